"""What every answer tells the browser to refuse."""

from dataclasses import replace

import pytest
from flask import Flask

from tests.server.desk import Desk, Visitor

EVERYWHERE = [
    "/login",
    "/people",
    "/no-such-page",
    "/look/look.css",
    "/health/live",
    "/api/nothing",
]


@pytest.mark.parametrize("path", EVERYWHERE)
def test_every_answer_is_hardened(desk: Desk, path: str) -> None:
    said = desk.visitor().get(path).headers
    assert "default-src 'none'" in said["Content-Security-Policy"]
    assert "unsafe" not in said["Content-Security-Policy"]
    assert said["X-Content-Type-Options"] == "nosniff"
    assert said["Referrer-Policy"] == "no-referrer"
    assert said["Cross-Origin-Opener-Policy"] == "same-origin"
    assert said["Cross-Origin-Resource-Policy"] == "same-origin"
    assert said["Permissions-Policy"]


@pytest.mark.parametrize(
    "directive", ["script-src 'self'", "style-src 'self'", "form-action 'self'"]
)
def test_the_policy_lets_only_our_own_files_in(desk: Desk, directive: str) -> None:
    policy = desk.visitor().get("/login").headers["Content-Security-Policy"].split("; ")
    assert directive in policy
    assert {"base-uri 'none'", "frame-ancestors 'none'", "object-src 'none'"} <= set(policy)


@pytest.mark.parametrize("path", [path for path in EVERYWHERE if not path.startswith("/look/")])
def test_nothing_that_is_somebodys_is_kept_by_a_browser(desk: Desk, path: str) -> None:
    assert desk.visitor().get(path).headers["Cache-Control"] == "no-store"


def test_a_file_of_the_look_may_be_kept_when_its_address_names_its_content(desk: Desk) -> None:
    visitor = desk.visitor()
    named = visitor.get("/look/look.css?v=abc").headers["Cache-Control"]
    assert "immutable" in named
    assert visitor.get("/look/look.css").headers["Cache-Control"] == "no-cache"


NOT_OF_THE_LOOK = ["../config.py", "%2e%2e/config.py", "..%2fconfig.py", "/etc/passwd", "vendor"]


@pytest.mark.parametrize("path", NOT_OF_THE_LOOK)
def test_only_files_of_the_look_are_handed_out(desk: Desk, path: str) -> None:
    assert desk.visitor().get(f"/look/{path}").status_code in (308, 404)


def test_an_answer_about_a_fault_is_hardened_too(app: Flask, desk: Desk) -> None:
    visitor = desk.visitor()
    app.view_functions["health.live"] = _fault
    answer = visitor.get("/health/live")
    assert answer.status_code == 404
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


def _fault() -> None:
    raise ZeroDivisionError


@pytest.fixture
def secure(app: Flask, another) -> Visitor:
    """A browser at the same server, reached by https."""
    config = replace(app.extensions["ddr_config"], https=True)
    return Visitor(another(config).test_client())


def test_by_https_the_cookie_is_bound_to_this_host_and_https_is_demanded(secure: Visitor) -> None:
    answer = secure.get("/login", base_url="https://ddr.example.org")
    assert answer.headers["Set-Cookie"].startswith("__Host-session=")
    assert "Secure" in answer.headers["Set-Cookie"]
    assert "max-age=63072000" in answer.headers["Strict-Transport-Security"]


def test_in_clear_https_is_not_promised(desk: Desk) -> None:
    assert "Strict-Transport-Security" not in desk.visitor().get("/login").headers


def test_no_other_site_may_read_an_answer(desk: Desk) -> None:
    answer = desk.visitor().get("/login", headers={"Origin": "https://evil.example"})
    assert "Access-Control-Allow-Origin" not in answer.headers
