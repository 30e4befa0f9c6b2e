"""Saving on a laptop: judged as the registry will, whole or not at all."""

import base64

import pyrage
import pytest
from sqlite_utils import Database

from field_client import moments
from field_client.store import acts, facts, outbox, reading, rows, saving, states
from schema.change import Change, Unit
from schema.frames import is_sealed
from schema.ids import line_hash
from schema.problems import (
    Invalid,
    NotAllowed,
    NotASync,
    NotSaved,
    Refused,
    TooLarge,
    UnknownField,
    UnknownReference,
)
from tests.field_client.acting import case, everything, person, registered, weapon
from tests.field_client.laptops import CASELOAD_B, REGISTRY


def test_a_person_is_shown_only_here_until_the_registry_has_it(db: Database) -> None:
    who, passage = registered(db)
    assert reading.get(db, "person", who.record)["name"] == "Ibrahim Sow"
    assert reading.get(db, "case", passage.record)["compartment"] == "case"
    assert states.state_of(db, who.record).state == "here"
    assert states.pending(db).only_here == 1


def test_a_person_is_found_by_a_part_of_a_name_and_by_number(db: Database) -> None:
    who, _ = registered(db, name="Ibráhim Sow")
    assert [row["id"] for row in reading.people(db, "sow ibrah")] == [who.record]
    assert [row["id"] for row in reading.people(db, who.values["number"])] == [who.record]
    assert reading.people(db, "sow xx") == []


def test_the_outbox_is_a_chain_over_what_is_sent(db: Database) -> None:
    registered(db)
    registered(db)
    first, second = outbox.unsent(db)
    assert (first["n"], second["n"], second["prev"]) == (1, 2, first["hash"])
    assert second["hash"] == line_hash(first["hash"], second["payload"])
    assert [c.entity for c in Unit.from_text(second["payload"]).changes] == ["person", "case"]


def test_a_set_carries_what_was_seen_of_the_whole_group(db: Database) -> None:
    who, _ = registered(db, birth_date_precision="day")
    changed = acts.change(db, "person", who.record, {"birth_date": "1991-02-03"})
    assert changed
    seen = {"birth_date": "1990-01-01", "birth_date_precision": "day", "birth_date_told": None}
    assert changed.old == seen


def test_a_printed_number_is_not_changed_here_either(db: Database) -> None:
    who, _ = registered(db)
    other = acts.change(db, "person", who.record, {"number": moments.new_number()})
    assert other
    with pytest.raises(Refused) as refused:
        saving.save(db, [other])
    assert refused.value.details["rule"] == "number-kept"


def test_what_was_already_there_is_no_change(db: Database) -> None:
    who, _ = registered(db)
    assert acts.change(db, "person", who.record, {"name": "Ibrahim Sow"}) is None


def test_a_field_under_ones_own_open_value_keeps_the_base_of_that_unit(db: Database) -> None:
    who, _ = registered(db)
    facts.put(db, base=5)
    changed = acts.change(db, "person", who.record, {"name": "Ibrahima Sow", "phone": "1"})
    saving.save(db, [changed] if changed else [])
    said = Unit.from_text(outbox.unsent(db)[-1]["payload"])
    assert (said.base, dict(said.changes[0].bases)) == (5, {"name": 1})


def test_a_second_open_case_is_refused_and_nothing_is_written(db: Database) -> None:
    who, _ = registered(db)
    before = everything(db)
    with pytest.raises(Refused) as refused:
        saving.save(db, [case(who)])
    assert refused.value.details["rule"] == "one-open-case"
    assert everything(db) == before


def test_the_stranger_s_caseload_takes_nothing(db: Database) -> None:
    with pytest.raises(NotAllowed):
        saving.save(db, [person(caseload_id=CASELOAD_B)])


def test_a_service_for_a_case_that_is_not_here_is_refused(db: Database) -> None:
    said = {"case_id": CASELOAD_B, "type": "TVT", "start_date": "2026-01-01"}
    with pytest.raises(UnknownReference):
        saving.save(db, [acts.create("service", said)])


@pytest.mark.parametrize("name", ["a\x00b", "a\ud800b", "x" * 201])
def test_a_name_that_cannot_be_stored_is_refused(db: Database, name: str) -> None:
    with pytest.raises(Invalid):
        saving.save(db, [person(name=name)])


def test_an_unknown_field_is_refused(db: Database) -> None:
    with pytest.raises(UnknownField):
        acts.create("person", {"nom": "x"})


def test_a_unit_that_a_sync_could_not_carry_is_refused_whole(db: Database) -> None:
    before = everything(db)
    long = [person(safe_contact="x" * 200, alias="y" * 200) for _ in range(490)]
    custom = [
        Change(c.verb, c.entity, c.record, {**c.values, "custom": {"a": "z" * 2000}}) for c in long
    ]
    with pytest.raises(TooLarge):
        saving.save(db, custom)
    assert everything(db) == before


def test_a_weapon_of_a_store_that_may_not_be_read_stays_shown_here(db: Database) -> None:
    _, passage = registered(db)
    gun = weapon(passage)
    saving.save(db, [gun])
    assert reading.get(db, "weapon", gun.record)["compartment"] == "weapons"


def test_one_s_own_weapon_can_be_corrected_before_it_arrived(db: Database) -> None:
    _, passage = registered(db)
    gun = weapon(passage)
    saving.save(db, [gun])
    changed = acts.change(db, "weapon", gun.record, {"serial": "AB-1"})
    assert changed
    saving.save(db, [changed])
    assert reading.get(db, "weapon", gun.record)["serial"] == "AB-1"


def test_a_child_leaves_the_tables_at_once_and_waits_sealed(db: Database) -> None:
    who, passage = registered(db, name="Kadidiatou", birth_date="2015-06-01")
    saved = outbox.unsent(db)[0]
    assert rows.fetch(db, "person", who.record) is None
    assert rows.fetch(db, "case", passage.record) is None
    assert rows.select(db, "SELECT * FROM token") == []
    assert is_sealed(saved["payload"])
    assert saved["shown"] == ""
    assert states.pending(db).only_here == 1


def test_who_turns_out_a_child_leaves_with_all_that_was_said_before(db: Database) -> None:
    who, passage = registered(db, name="Kadidiatou")
    other, also = registered(db)
    visit = {"case_id": passage.record, "due_date": "2026-12-01"}
    saving.save(db, [acts.create("follow_up", visit)])
    doubt = acts.change(db, "person", who.record, {"may_be_under_18": True})
    assert doubt
    assert saving.save(db, [doubt]).sealed
    kept = [is_sealed(row["payload"]) for row in outbox.unsent(db)]
    assert kept == [True, False, True, True]
    left = rows.select(db, "SELECT record_id FROM touched")
    assert {row["record_id"] for row in left} == {change.record for change in (other, also)}
    assert "Kadidiatou" not in repr(everything(db))
    assert reading.get(db, "person", other.record)
    for before, row in zip(
        ["", *[r["hash"] for r in outbox.unsent(db)]], outbox.unsent(db), strict=False
    ):
        assert row["prev"] == before
        assert row["hash"] == line_hash(before, row["payload"])


def test_only_the_registry_opens_what_was_sealed(db: Database) -> None:
    who, _ = registered(db, birth_date="2015-06-01")
    body = base64.b64decode(outbox.unsent(db)[0]["payload"].removeprefix("age:"))
    unit = Unit.from_text(pyrage.decrypt(body, [REGISTRY]).decode())
    assert unit.changes[0].record == who.record


def test_a_unit_of_a_child_and_somebody_else_keeps_the_other_shown(db: Database) -> None:
    child, adult = person(birth_date="2015-06-01"), person(name="Moussa")
    saving.save(db, [child, adult])
    assert rows.fetch(db, "person", child.record) is None
    assert reading.get(db, "person", adult.record)["name"] == "Moussa"


def test_gates_are_derived_here_too(db: Database) -> None:
    _, passage = registered(db)
    gate = {"case_id": passage.record, "gate": "registered", "date": "2026-01-01"}
    saving.save(db, [acts.create("gate_event", gate)])
    assert reading.get(db, "case", passage.record)["gate"] == "registered"


def test_a_full_disk_saves_nothing_and_says_so(db: Database) -> None:
    registered(db)
    before = everything(db)
    pages = rows.one(db, "PRAGMA page_count")
    db.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(NotSaved):
        saving.save(db, [person(safe_contact="x" * 200) for _ in range(200)])
    db.execute("PRAGMA max_page_count = 1000000")
    assert everything(db) == before


def test_a_unit_that_the_registry_could_not_read_is_refused(db: Database) -> None:
    with pytest.raises(NotASync):
        saving.save(db, [person() for _ in range(501)])
    with pytest.raises(NotASync):
        saving.save(db, [])
    assert outbox.unsent(db) == []
