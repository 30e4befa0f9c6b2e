"""Signing in and out. Flask-Security authenticates: password, session, later a second factor.

It decides nothing else: its roles are unused, its tokens and "remember me" are shut off, and what
somebody may do is asked at ``access``.
"""

from http import HTTPStatus
from typing import Any, cast

from flask import Flask, Response, after_this_request, request
from flask.globals import request_ctx
from flask_login import current_user, user_logged_in, user_logged_out
from flask_security import Security
from flask_wtf import CSRFProtect

from server.accounts.people import SHORTEST_PASSWORD
from server.config import Config
from server.signin import throttle
from server.signin.form import SignInForm
from server.signin.people import Passwords, Users
from server.signin.session import StoredSession, StoredSessions, fill

csrf = CSRFProtect()
# Where somebody who holds a session, perhaps not theirs, could guess at its password.
GUESSED = ("security.verify", "security.change_password")


def init_app(app: Flask, config: Config) -> None:
    """Set the app up to sign people in."""
    app.config.update(_configuration(config))
    app.session_interface = StoredSessions()
    app.before_request(_fill)
    app.before_request(_count_guess)
    app.after_request(_forgive_guess)
    csrf.init_app(app)
    security = Security(app, Users(), login_form=SignInForm, password_util_cls=Passwords)
    security.want_json(lambda _request: False)
    # Flask-Security would read a token from the address or the body of any request.
    security.login_manager.request_loader(lambda _request: None)
    user_logged_in.connect(_renew, app)
    user_logged_out.connect(_end, app)


def _configuration(config: Config) -> dict[str, Any]:
    cookie = "__Host-session" if config.https else "session"
    cost = {
        "argon2__type": "ID",
        "argon2__memory_cost": config.password_memory,
        "argon2__time_cost": 3,
        "argon2__parallelism": 4,
    }
    return {
        "SESSION_COOKIE_NAME": cookie,
        "SESSION_PROTECTION": None,
        # The gate protects every route; what a device calls has no cookie to steal.
        "WTF_CSRF_CHECK_DEFAULT": False,
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,
        "SECURITY_STATIC_FOLDER": None,
        # Every answer says so already, and says it right.
        "SECURITY_CACHE_CONTROL": None,
        "SECURITY_CLI_USERS_NAME": None,
        "SECURITY_CLI_ROLES_NAME": None,
        "SECURITY_API_ENABLED_METHODS": ["session"],
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_FLASH_MESSAGES": False,
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_PASSWORD_SCHEMES": ["argon2"],
        "SECURITY_PASSWORD_SINGLE_HASH": True,
        "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": cost,
        "SECURITY_PASSWORD_LENGTH_MIN": SHORTEST_PASSWORD,
        "SECURITY_LOGOUT_CSRF": True,
        "SECURITY_CHANGEABLE": True,
        "SECURITY_SEND_PASSWORD_CHANGE_EMAIL": False,
        "SECURITY_LOGIN_USER_TEMPLATE": "signin/login.html",
        "SECURITY_VERIFY_TEMPLATE": "signin/verify.html",
        "SECURITY_CHANGE_PASSWORD_TEMPLATE": "signin/change.html",
        "SECURITY_POST_LOGOUT_VIEW": "/login",
    }


def _mine() -> StoredSession:
    return cast(StoredSession, request_ctx.session)


def _fill() -> None:
    fill(_mine())


def _count_guess() -> None:
    if request.endpoint in GUESSED and request.method == "POST" and current_user.is_authenticated:
        throttle.take((throttle.ACCOUNT, current_user.email))


def _forgive_guess(response: Response) -> Response:
    passed = response.status_code == HTTPStatus.FOUND and current_user.is_authenticated
    if request.endpoint in GUESSED and request.method == "POST" and passed:
        throttle.forgive((throttle.ACCOUNT, current_user.email))
    return response


def _renew(_app: Flask, **_signal: Any) -> None:
    _mine().renew()


def _end(_app: Flask, **_signal: Any) -> None:
    _mine().end()
    after_this_request(_forget_pages)


def _forget_pages(response: Response) -> Response:
    """Let the browser drop what this site left in it."""
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
