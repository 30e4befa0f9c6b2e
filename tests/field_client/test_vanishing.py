"""What a laptop may no longer hold is gone from its file: every page is decrypted and looked through."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from field_client import home, sync
from field_client.store import acts, drafts, rows, saving
from schema.change import Change
from schema.ids import new_id
from server import backups
from tests.databases import FreshDatabase
from tests.field_client.registry import Registry, serving
from tests.field_client.test_sync import change, register
from tests.schema.programme import A, B

PAGE, RESERVED, SALT = 4096, 80, 16
THEIRS, MINE, BEGUN, OTHER = "Kanari Wambugu", "Zoriq Tembo", "Temba Oyelaran", "Vusi Mkhatshwa"


@pytest.fixture
def registry(fresh_database: FreshDatabase, tmp_path: Path) -> Iterator[Registry]:
    """The served registry."""
    with serving(fresh_database("sqlite"), tmp_path) as served:
        yield served


def in_pages(laptop: home.Unlocked, *words: str) -> set[str]:
    """The words that stand in any page of the store, freed ones too, as SQLCipher 4 lays them."""
    with laptop.opened() as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw = (laptop.folder / home.STORE_FILE).read_bytes()
    plain = b"".join(
        _decrypted(raw[at : at + PAGE], laptop.key, 0 if at else SALT)
        for at in range(0, len(raw), PAGE)
    )
    assert b"CREATE TABLE" in plain
    # A token is folded and split: each part of a name counts.
    return {
        word for word in words for part in word.split() if part.lower().encode() in plain.lower()
    }


def _decrypted(page: bytes, key: bytes, salt: int) -> bytes:
    iv = page[PAGE - RESERVED : PAGE - RESERVED + 16]
    reader = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
    return reader.update(page[salt : PAGE - RESERVED]) + reader.finalize()


def move(registry: Registry, passage: Change, scope: str) -> None:
    """The registry gives a case to another caseload."""
    said = {"caseload_id": scope}
    registry.write(Change("set", "case", passage.record, said, {"caseload_id": A}))


def back_up(registry: Registry) -> None:
    """A checked backup of the registry: what it holds may leave the laptops."""
    with registry.app.app_context():
        backups.take(registry.folder / f"{registry.head()}.backup")


def begin(laptop: home.Unlocked, who: Change) -> None:
    """A form about somebody is begun and left."""
    with laptop.opened() as db:
        drafts.keep(db, "record", {"person_id": who.record, "typed": {"note": BEGUN}})


def test_what_the_registry_took_away_is_in_no_page(registry: Registry) -> None:
    awa = registry.laptop("awa")
    who = Change("create", "person", new_id(1), {"name": THEIRS, "sex": "male", "caseload_id": A})
    passage = Change(
        "create",
        "case",
        new_id(2),
        {"person_id": who.record, "caseload_id": A, "process": "adult"},
    )
    registry.write(who, passage)
    sync.run(awa)
    begin(awa, who)
    register(awa, name=OTHER)
    assert in_pages(awa, THEIRS, BEGUN, OTHER) == {THEIRS, BEGUN, OTHER}
    move(registry, passage, B)
    sync.run(awa)
    assert in_pages(awa, THEIRS, BEGUN, OTHER) == {OTHER}


def test_what_had_still_to_be_sent_is_hidden_handed_in_and_wiped_with_the_backup(
    registry: Registry,
) -> None:
    awa = registry.laptop("awa")
    who, passage = register(awa, name=THEIRS)
    sync.run(awa)
    move(registry, passage, B)
    change(awa, "person", who.record, name=MINE)
    begin(awa, who)
    sync.run(awa)
    with awa.opened() as db:
        assert rows.fetch(db, "person", who.record) is None
    stored = registry.row("person", who.record)
    assert stored
    assert stored["name"] == MINE
    # What was typed here waits in the log for a backup; what was only shown is gone already.
    assert in_pages(awa, MINE, BEGUN) == {MINE}
    back_up(registry)
    sync.run(awa)
    assert in_pages(awa, THEIRS, MINE, BEGUN) == set()


def test_what_was_sealed_for_the_registry_goes_with_the_backup(registry: Registry) -> None:
    awa = registry.laptop("awa")
    child = acts.create(
        "person", {"name": THEIRS, "sex": "male", "birth_date": "2015-01-01", "caseload_id": A}
    )
    passage = acts.create("case", {"person_id": child.record, "caseload_id": A, "process": "child"})
    with awa.opened() as db:
        assert saving.save(db, [child, passage]).sealed
        [(sealed,)] = db.execute("SELECT payload FROM outbox").fetchall()
    assert in_pages(awa, THEIRS, sealed) == {sealed}
    sync.run(awa)
    assert in_pages(awa, sealed) == {sealed}
    back_up(registry)
    sync.run(awa)
    assert in_pages(awa, sealed) == set()
