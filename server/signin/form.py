"""The sign-in form: an address, a password, and a count of the tries."""

from typing import Any

from flask import request
from flask_babel import lazy_gettext
from flask_security import LoginForm
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from server.accounts import people
from server.addresses import within
from server.signin import throttle
from server.signin.people import Users


class SignInForm(LoginForm):
    """Flask-Security's form without "remember me", which would outlive the session."""

    remember = None
    email = StringField(
        lazy_gettext("Email address"),
        validators=[InputRequired(lazy_gettext("Type your address.")), Length(max=200)],
    )
    password = PasswordField(
        lazy_gettext("Password"),
        validators=[
            InputRequired(lazy_gettext("Type your password.")),
            Length(max=people.LONGEST_PASSWORD),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.next.data = within(self.next.data or "/")

    def validate(self, **kwargs: Any) -> bool:
        """Whether this address and password belong together. Raises TooOften."""
        address = people.folded(self.email.data or "")
        mine, here = (throttle.ACCOUNT, address), (throttle.ADDRESS, request.remote_addr or "")
        throttle.take(mine, here)
        self.ifield = self.email
        self.user = Users().find_user(email=address)
        right = bool(super().validate(**kwargs))
        if right:
            throttle.forgive(mine)
            throttle.ease(*here)
        return right
