"""A store of an older version comes to the present one, once, and keeps what it holds."""

from pathlib import Path

import pytest
from sqlite_utils import Database

from field_client import cipher, keys, upgrades
from field_client.store import acts, digests, known, overlay, reading, rows, saving, tables
from schema.digest import entry_hash
from schema.entities import ENTITIES
from schema.ids import new_id
from tests.field_client.acting import registered
from tests.field_client.answers import answer, page, state
from tests.field_client.laptops import CASELOAD_A


def test_an_empty_file_becomes_a_store_and_is_recorded(tmp_path: Path) -> None:
    db = cipher.open_database(tmp_path / "s.db", keys.new_key())
    assert upgrades.upgrade(db) == ["tables of the first version"]
    assert upgrades.upgrade(db) == []
    assert [row["number"] for row in rows.select(db, "SELECT * FROM upgrade")] == [1]
    for entity in ENTITIES:
        columns = {*tables.columns_of(entity), tables.ROW_HASH}
        assert set(db.table(entity.noun).columns_dict) == columns
    db.close()


def test_a_field_that_is_new_becomes_a_column_and_nothing_is_lost(db: Database) -> None:
    who, _ = registered(db)
    db.execute("DROP INDEX idx_person_phone")
    db.execute("ALTER TABLE person DROP COLUMN phone")
    assert upgrades.upgrade(db) == ["person.phone"]
    row = reading.get(db, "person", who.record)
    assert (row["name"], row["phone"]) == ("Ibrahim Sow", None)


def test_what_was_carried_unread_stands_in_its_field_once_that_is_declared(db: Database) -> None:
    """Of the row that the registry sent, and of the one that lies under an open Unit."""
    sent, covered = ({"id": i, "name": "Moussa", "sex": "male"} for i in (new_id(1), new_id(2)))
    carried = {"extra": {"phone": "77", "later": "x"}}
    answer(db, state(db, 9), pages=[page("person", sent | carried, covered | carried)])
    changed = acts.change(db, "person", covered["id"], {"alias": "Mou"})
    assert changed
    saving.save(db, [changed])
    hashed = rows.one(db, f"SELECT {tables.ROW_HASH} FROM person WHERE id = ?", (sent["id"],))
    db.execute("DROP INDEX idx_person_phone")
    db.execute("ALTER TABLE person DROP COLUMN phone")
    assert upgrades.upgrade(db) == ["person.phone"]
    for record_id in (sent["id"], covered["id"]):
        row = reading.get(db, "person", record_id)
        assert (row["phone"], row["extra"]) == ("77", {"later": "x"})
    with cipher.transaction(db):
        overlay.lift_all(db)
    assert reading.get(db, "person", covered["id"])["phone"] == "77"
    row = reading.get(db, "person", sent["id"])
    assert entry_hash(rows.as_record("person", row)) == hashed


def test_records_of_a_noun_that_is_new_are_asked_for(db: Database) -> None:
    db.execute("DROP TABLE service")
    unread = (new_id(1), "service", "case", CASELOAD_A, 7)
    db.execute("INSERT INTO unread VALUES (?, ?, ?, ?, ?)", unread)
    assert upgrades.upgrade(db) == ["service"]
    assert known.spoken(db)["want"] == {f"case:{CASELOAD_A}": {"service": [unread[0]]}}
    assert db.table("unread").count == 0


def test_a_store_of_the_first_version_gets_the_hashes_of_its_rows(db: Database) -> None:
    who, _ = registered(db)
    db.execute(f"ALTER TABLE person DROP COLUMN {tables.ROW_HASH}")
    db.execute("DROP TABLE unread")
    assert upgrades.upgrade(db) == ["unread", f"person.{tables.ROW_HASH}"]
    row = reading.get(db, "person", who.record)
    found = digests.entries(db, f"case:{CASELOAD_A}")
    assert ("person", who.record, entry_hash(rows.as_record("person", row))) in found


def test_what_records_are_looked_up_by_since_is_indexed_in_an_older_store(db: Database) -> None:
    db.execute("DROP INDEX idx_person_phone")
    assert tables.unindexed(db) == [("person", "phone")]
    assert upgrades.upgrade(db) == []
    assert tables.unindexed(db) == []


def test_a_store_that_lacks_nothing_is_not_written(db: Database) -> None:
    db.execute("PRAGMA query_only=ON")
    assert upgrades.upgrade(db) == []


def test_a_step_that_fails_leaves_nothing(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    def halfway(opened: Database) -> None:
        opened.execute("CREATE TABLE half (x)")
        raise RuntimeError

    monkeypatch.setattr(upgrades, "STEPS", (*upgrades.STEPS, (2, "half", halfway)))
    with pytest.raises(RuntimeError):
        upgrades.upgrade(db)
    assert not db.table("half").exists()
    assert [row["number"] for row in rows.select(db, "SELECT * FROM upgrade")] == [1]
