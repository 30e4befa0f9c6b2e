"""The key of a store: wrapped by a passphrase, never in clear."""

import json
import sys
from pathlib import Path

import pytest

from field_client import cipher, home, keys
from schema.problems import Ambiguous, Damaged, Invalid, NotEncrypted, NotFound, WrongPassphrase

WORDS = "four words by heart"


def test_the_passphrase_opens_what_it_closed(tmp_path: Path) -> None:
    key = keys.new_key()
    keys.write_key_file(tmp_path / "key.json", key, WORDS)
    assert keys.read_key_file(tmp_path / "key.json", WORDS) == key
    assert key.hex() not in (tmp_path / "key.json").read_text()


def test_a_guess_costs_what_it_should(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    keys.write_key_file(tmp_path / "key.json", keys.new_key(), WORDS)
    said = json.loads((tmp_path / "key.json").read_text())
    assert (said["memory_kib"], said["passes"]) == (65_536, 3)


def test_another_passphrase_opens_nothing(tmp_path: Path) -> None:
    keys.write_key_file(tmp_path / "key.json", keys.new_key(), WORDS)
    with pytest.raises(WrongPassphrase):
        keys.read_key_file(tmp_path / "key.json", WORDS + " ")


def test_a_short_passphrase_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Invalid):
        keys.write_key_file(tmp_path / "key.json", keys.new_key(), "nine char")
    assert list(tmp_path.iterdir()) == []


def test_another_key_does_not_open_the_store(tmp_path: Path, capfd: pytest.CaptureFixture) -> None:
    with cipher.open_database(tmp_path / "s.db", keys.new_key()).conn as conn:
        conn.execute("CREATE TABLE x (y)")
    with pytest.raises(Damaged):
        cipher.open_database(tmp_path / "s.db", keys.new_key())
    assert capfd.readouterr().err == ""


def test_a_sqlite_that_does_not_encrypt_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = sys.modules["sqlite3"]
    monkeypatch.setattr(cipher, "dbapi2", plain)
    with pytest.raises(NotEncrypted):
        cipher.open_database(tmp_path / "s.db", keys.new_key())


def test_only_the_officer_may_look_into_the_folder(tmp_path: Path) -> None:
    unlocked = home.joined(home.prepare(tmp_path / "home", "awa", WORDS))
    with unlocked.opened() as db:
        db.execute("INSERT INTO meta (name, value) VALUES ('a', '1')")
        modes = {path.name: path.stat().st_mode & 0o777 for path in unlocked.folder.iterdir()}
    assert modes.pop("key.json") == modes.pop("store.db") == 0o600
    assert set(modes.values()) <= {0o600}
    assert unlocked.folder.stat().st_mode & 0o777 == 0o700


def test_what_was_prepared_and_not_enrolled_is_no_device(tmp_path: Path) -> None:
    home.prepare(tmp_path, "awa", WORDS)
    assert home.names(tmp_path) == []
    with pytest.raises(NotFound):
        home.folder_of(tmp_path)


def test_a_shared_laptop_asks_which_device(tmp_path: Path) -> None:
    for name in ("awa", "bakary"):
        home.joined(home.prepare(tmp_path, name, WORDS))
    with pytest.raises(Ambiguous) as asked:
        home.folder_of(tmp_path)
    assert asked.value.details["candidates"] == [["awa", "awa"], ["bakary", "bakary"]]
    assert home.folder_of(tmp_path, "bakary").name == "bakary"
