"""Language and theme are kept in a file that names nobody, and are there before unlocking."""

import json
from pathlib import Path

import pytest
from flask import Flask

from field_client.app import create_app
from tests.field_client.pages.browsing import PORT, Browser


def test_a_language_is_kept_and_turns_the_page(awa: Browser, app: Flask) -> None:
    awa.post("/display", language="ar", _next="/work")
    assert awa.path == "/work"
    assert '<html lang="ar" dir="rtl"' in awa.html
    kept = Path(app.extensions["laptop"].home / "display.json").read_text("utf-8")
    assert json.loads(kept) == {"language": "ar", "theme": "light", "large": "0"}
    again = Browser(create_app(app.extensions["laptop"], port=PORT)).start()
    assert 'dir="rtl"' in again.html


def test_the_theme_and_the_type_are_chosen_on_their_page(awa: Browser) -> None:
    awa.get("/display").submit(theme="sunlight", large="1")
    assert awa.path == "/display"
    assert 'data-theme="sunlight"' in awa.html
    assert 'class="large"' in awa.html


def test_what_is_not_offered_changes_nothing(awa: Browser) -> None:
    awa.post("/display", language="xx", theme="neon", _next="//evil.example")
    assert awa.path == "/"
    assert '<html lang="en"' in awa.html


@pytest.mark.parametrize("content", ["", "[]", "{", '{"language": "xx"}', '{"theme": 1}'])
def test_a_broken_file_is_as_good_as_none(awa: Browser, app: Flask, content: str) -> None:
    Path(app.extensions["laptop"].home / "display.json").write_text(content, "utf-8")
    again = Browser(create_app(app.extensions["laptop"], port=PORT)).start()
    assert '<html lang="en"' in again.html


def test_help_is_there_before_unlocking(app: Flask) -> None:
    browser = Browser(app).start().get("/help")
    assert browser.path == "/help"
    assert "Saved on this laptop and nowhere else, since a day and time." in browser.text
