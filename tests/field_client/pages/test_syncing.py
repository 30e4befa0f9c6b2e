"""Sending from the page: the exact words for each end, without script."""

from pathlib import Path

import pytest
from flask import Flask
from sqlite_utils import Database

from field_client import home, keys
from field_client.app import create_app
from field_client.config import Config
from field_client.pages import syncing
from field_client.pages.running import Locked, Run
from field_client.store import facts, states
from field_client.sync import Progress
from schema.problems import NotSignedIn, Revoked, Unreachable
from tests.field_client.acting import registered
from tests.field_client.pages.browsing import PASSPHRASE, PORT, Browser
from tests.field_client.pages.registering import WHO, at_check, at_who
from tests.field_client.registry import Registry


@pytest.fixture
def joined(tmp_path: Path, registry: Registry, monkeypatch: pytest.MonkeyPatch) -> Browser:
    """Awa's browser on a laptop that has joined a registry and synced once."""
    monkeypatch.setattr(keys, "MEMORY_KIB", 64)
    unlocked = registry.laptop("awa")
    keys.write_key_file(unlocked.folder / home.KEY_FILE, unlocked.key, PASSPHRASE)
    browser = Browser(create_app(Config(unlocked.folder.parent), port=PORT)).start()
    return browser.unlock(PASSPHRASE, unlocked.folder.name)


def sent(awa: Browser) -> Browser:
    """Press Send now and wait for its end."""
    awa.post("/sync")
    run = awa.app.extensions["desk"].run
    assert run.wait(30)
    return awa.get("/sync")


def test_what_was_registered_here_arrives(joined: Browser, registry: Registry) -> None:
    at_check(joined).submit()
    assert "Only here" in joined.text
    sent(joined)
    assert "Finished: 1 sent" in joined.text
    assert "0 need a decision." in joined.text
    assert "Everything is at the registry. Last contact" in joined.text
    joined.post("/find", words="Ibrahim", year="")
    assert "At the registry" in joined.text
    assert "Finished: 0 sent, 0 fetched" in sent(joined).text


def test_a_child_that_was_handed_over_arrives_sealed(joined: Browser, registry: Registry) -> None:
    at_who(joined).submit(**{**WHO, "birth_date-year": "2015"})
    joined.submit(accompanied_by="A mother")
    assert "1 only here" in joined.html
    assert "Finished: 1 sent" in sent(joined).text


def enrolled(db: Database) -> None:
    """Let Awa's laptop know itself as a registry would know it."""
    facts.put(db, private_key="11" * 32, token="a token")


def test_no_answer_is_told_and_everything_is_kept(awa: Browser, db: Database) -> None:
    enrolled(db)
    registered(db)
    sent(awa)
    assert "There is a network, but the registry does not answer." in awa.text
    assert "Next try when you press Send now." in awa.text
    assert "1 change only on this laptop." in awa.text


def test_the_next_try_is_told_once_and_not_while_a_sync_goes_on(awa: Browser, app: Flask) -> None:
    automatic = app.extensions["automatic"]
    automatic.pace.regular = automatic.clock() + 600
    run = Run()
    app.extensions["desk"].run = run
    assert awa.get("/sync").text.count("Next try") == 0
    run._ended.set()
    for run.problem in (Unreachable(), Unreachable(network=False)):
        assert awa.get("/sync").text.count("Next try") == 1


def test_no_network_is_told_as_such(awa: Browser, db: Database) -> None:
    enrolled(db)
    facts.put(db, url="https://registry.invalid")
    sent(awa)
    assert "No network. Work goes on; everything is kept here." in awa.text


def test_while_it_goes_on_the_page_renews_itself(awa: Browser, app: Flask) -> None:
    run = Run(kilobytes=40)
    run.progress = Progress(to_send=10, sent=3, bytes_up=1, bytes_down=1)
    app.extensions["desk"].run = run
    page = awa.get("/sync").page
    assert page.headers["Refresh"] == "2; url=/sync"
    assert "Sending: 3 of 10 changes, 12 of 40 kB" in awa.text
    assert 'value="3" max="10"' in awa.html
    run.progress = Progress(10, 10, 1, 1, fetching=True)
    assert "Fetching: nothing changes on screen until all of it is here." in awa.get("/sync").text


def test_what_goes_again_after_a_restore_is_said(awa: Browser, app: Flask, db: Database) -> None:
    registered(db)
    facts.put(db, restored=True)
    app.extensions["desk"].run = Run()
    said = "The registry was restored. Sending again what it may have lost: 1. Nothing is needed from you."
    assert said in awa.get("/sync").text


def test_locking_ends_a_sync_and_loses_nothing(awa: Browser, db: Database) -> None:
    registered(db)
    desk = awa.app.extensions["desk"]
    desk.run = Run()
    desk.lock()
    with pytest.raises(Locked):
        desk.run._told(Progress(1, 0, 0, 0))
    assert states.pending(db).only_here == 1


def test_every_end_has_its_sentence(app: Flask) -> None:
    ended = {
        "This laptop may no longer be used.": Revoked(),
        "No network. Work goes on; everything is kept here.": Unreachable(network=False),
        "The answer was cut off.": Unreachable("The answer was cut off."),
        "The registry does not know this laptop.": NotSignedIn(
            "The registry does not know this laptop."
        ),
    }
    with app.test_request_context():
        assert syncing.run_words(None) == ""
        for words, problem in ended.items():
            run = Run(problem=problem)
            run._ended.set()
            assert syncing.run_words(run).startswith(words)
