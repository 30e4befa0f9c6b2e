"""The door: the passphrase, the lock, what is kept while nobody is there, and joining."""

from pathlib import Path

import pytest
from flask import Flask

from field_client import keys
from field_client.app import create_app
from field_client.config import Config
from field_client.pages.desk import Desk
from tests.field_client.pages.browsing import PASSPHRASE, PORT, Browser
from tests.field_client.registry import Registry

BEHIND_THE_DOOR = ("/", "/find", "/register", "/work", "/disputes", "/sync", "/people/x")


@pytest.fixture
def time(app: Flask) -> list[float]:
    """The desk's clock: what stands in the list."""
    seconds = [0.0]
    app.extensions["desk"].clock = lambda: seconds[0]
    return seconds


def desk_of(browser: Browser) -> Desk:
    """What lies on the desk."""
    found: Desk = browser.app.extensions["desk"]
    return found


@pytest.mark.parametrize("path", BEHIND_THE_DOOR)
def test_while_locked_every_page_leads_to_the_door(app: Flask, path: str) -> None:
    assert Browser(app).start().get(path).path == "/unlock"


def test_the_right_passphrase_leads_where_one_was_going(app: Flask) -> None:
    browser = Browser(app).start().get("/work")
    assert browser.submit(officer="awa", passphrase=PASSPHRASE).path == "/work"


def test_a_wrong_passphrase_is_told_with_the_tries_so_far(app: Flask) -> None:
    browser = Browser(app).start()
    browser.unlock("another one").unlock("one more")
    assert browser.status == 403
    assert browser.title.startswith("Error: Unlock")
    assert "Tries so far: 2" in browser.text
    assert "another one" not in browser.html


def test_a_name_that_is_not_here_is_told_like_a_wrong_passphrase(app: Flask) -> None:
    browser = Browser(app).start()
    unknown = browser.unlock(PASSPHRASE, "bakary").text
    assert unknown.replace("bakary", "awa").replace("1", "2") == browser.unlock("wrong").text


def test_only_our_own_pages_are_opened_after_unlocking(app: Flask) -> None:
    for elsewhere in ("//evil.example", "https://evil.example", "/\\evil.example"):
        browser = Browser(app).start()
        typed = {"officer": "awa", "passphrase": PASSPHRASE, "_next": elsewhere}
        assert browser.send("/unlock", typed).path == "/"


def test_lock_drops_the_key_and_what_memory_holds(awa: Browser) -> None:
    awa.post("/find", words="Ibrahim", year="")
    assert awa.post("/lock").path == "/unlock"
    assert desk_of(awa).unlocked is None
    assert not desk_of(awa).searches
    assert awa.get("/").path == "/unlock"


def test_left_alone_for_five_minutes_it_locks(awa: Browser, time: list[float]) -> None:
    awa.get("/")
    time[0] += 299
    assert awa.get("/").path == "/"
    time[0] += 300
    assert awa.get("/").path == "/unlock"
    assert desk_of(awa).unlocked is None


def test_the_key_goes_even_if_no_page_is_asked_for(app: Flask) -> None:
    app.extensions["desk"].idle = 0.05
    browser = Browser(app).start().unlock()
    timer = desk_of(browser)._timer
    assert timer is not None
    timer.join(5)
    while (timer := desk_of(browser)._timer) and timer.is_alive():
        timer.join(5)
    assert desk_of(browser).unlocked is None


def test_any_key_stays(awa: Browser, time: list[float]) -> None:
    awa.get("/")
    time[0] += 290
    assert awa.post("/stay").status == 204
    time[0] += 290
    assert awa.get("/").path == "/"


def test_what_was_sent_to_a_locked_laptop_is_given_back(awa: Browser, time: list[float]) -> None:
    awa.get("/find")
    time[0] += 301
    assert awa.submit(words="Ibrahim Sow").path == "/unlock"
    assert "Ibrahim" not in awa.html
    awa.submit(officer="awa", passphrase=PASSPHRASE)
    assert awa.path == "/kept"
    awa.send("/find", {"words": "Ibrahim Sow", "year": ""})
    assert "Nobody on this laptop fits" in awa.text
    assert desk_of(awa).kept is None


def test_a_field_saved_while_locked_sends_the_page_to_the_door(
    awa: Browser, time: list[float]
) -> None:
    step = awa.get("/register").path
    time[0] += 301
    token = {"csrf_token": awa.gate.token, "name": "Ibrahim"}
    headers = {"HX-Request": "true"}
    answer = awa.client.post(f"{step}/draft", data=token, base_url=awa.base, headers=headers)
    assert answer.headers["HX-Redirect"].startswith("/unlock")
    kept = desk_of(awa).kept
    assert kept
    assert (kept.path, dict(kept.typed)) == (step, {"name": "Ibrahim", "_act": "stay"})


def test_another_officer_does_not_get_what_was_sent(awa: Browser, time: list[float]) -> None:
    awa.get("/find")
    time[0] += 301
    awa.submit(words="Ibrahim Sow")
    found = desk_of(awa)
    assert found.kept
    unlocked = found.kept and awa.app.extensions["laptop"]
    assert unlocked
    found.unlock("bakary", found.unlocked)  # type: ignore[arg-type]
    assert found.kept is None


def test_a_laptop_without_an_officer_asks_to_join(tmp_path: Path) -> None:
    browser = Browser(create_app(Config(tmp_path / "empty"), port=PORT)).start()
    assert browser.path == "/join"
    browser.post("/join", officer="Awa!", passphrase="short", again="other")
    assert browser.status == 422
    for words in ("There are 5 problems", "at least 10 characters", "must be the same"):
        assert words in browser.text


def test_joining_with_a_code_brings_the_caseload(
    tmp_path: Path, registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "MEMORY_KIB", 64)
    browser = Browser(create_app(Config(tmp_path / "fresh"), port=PORT)).start()
    typed = {"officer": "awa", "address": registry.url, "code": "wrong"}
    secret = {"passphrase": PASSPHRASE, "again": PASSPHRASE}
    assert browser.send("/join", {**typed, **secret}).status == 403
    assert "This code is wrong" in browser.text
    assert not list((tmp_path / "fresh").glob("awa*"))
    browser.send("/join", {**typed, **secret, "code": registry.code("awa")})
    assert browser.path == "/sync"
    run = desk_of(browser).run
    assert run
    assert run.wait(30)
    assert "Finished: 0 sent" in browser.get("/sync").text
