"""Only the browser that opened the printed address is let in, and only by this machine's names."""

import pytest
from flask import Flask

from tests.field_client.pages.browsing import PORT, Browser


def test_without_the_cookie_nothing_is_shown(stranger: Browser) -> None:
    for path in ("/", "/unlock", "/find", "/look/look.css"):
        assert stranger.get(path).status == 403
        assert "<html" not in stranger.html


def test_the_printed_address_lets_one_browser_in_once(app: Flask) -> None:
    said: list[str] = []
    app.extensions["gate"].announce = said.append
    address = app.extensions["gate"].address
    first, second = Browser(app), Browser(app)
    path = address.removeprefix(first.base)
    assert first.get(path).path == "/unlock"
    assert second.get(path).status == 403
    assert said == [app.extensions["gate"].address]
    assert said != [address]
    assert second.start().path == "/unlock"
    assert first.get("/unlock").status == 403


def test_a_new_browser_begins_at_the_door(awa: Browser, app: Flask) -> None:
    assert awa.get("/find").path == "/find"
    assert Browser(app).start().get("/find").path == "/unlock"


def test_the_cookie_is_for_this_port_no_other_site_and_no_script(stranger: Browser) -> None:
    path = stranger.gate.address.removeprefix(stranger.base)
    cookie = stranger.client.get(path, base_url=stranger.base).headers["Set-Cookie"]
    assert cookie.startswith(f"ploughshare-field-{PORT}=")
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie


@pytest.mark.parametrize(
    "host", ["registry.example", f"evil.example:{PORT}", "127.0.0.1:1", "[::1]"]
)
def test_another_name_for_this_machine_is_refused(awa: Browser, host: str) -> None:
    answer = awa.client.get("/", base_url=awa.base, headers={"Host": host})
    assert answer.status_code == 421


def test_localhost_is_a_name_of_this_machine(awa: Browser) -> None:
    answer = awa.client.get("/unlock", base_url=awa.base, headers={"Host": f"localhost:{PORT}"})
    assert answer.status_code != 421


def test_a_post_without_the_token_writes_nothing(awa: Browser) -> None:
    for typed in ({}, {"csrf_token": ""}, {"csrf_token": "guess"}):
        answer = awa.client.post("/lock", data=typed, base_url=awa.base)
        assert answer.status_code == 400
    assert awa.get("/").status == 200
    assert awa.path == "/"


def test_every_answer_tells_the_browser_what_to_refuse(awa: Browser) -> None:
    for path in ("/", "/nothing-here", "/look/look.css"):
        headers = awa.get(path).page.headers
        assert headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert "Access-Control-Allow-Origin" not in headers
    assert awa.get("/").page.headers["Cache-Control"] == "no-store"
