"""Short forms from the declaration: what is saved, what is told, what comes back as typed."""

import pytest
from sqlite_utils import Database

from field_client.store import acts, facts, outbox, reading, rewriting, saving
from schema.change import Unit
from tests.field_client.acting import edit, registered, weapon
from tests.field_client.laptops import AREA, CASELOAD_A, STORE
from tests.field_client.pages.browsing import Browser

ADDED = {
    "weapon": {"class": "small-arm", "type": "rifle", "store_id": STORE},
    "service": {"type": "TVT"},
    "follow_up": {"due_date-day": "1", "due_date-month": "12", "due_date-year": "2026"},
    "household_member": {"relation": "spouse", "sex": "female"},
    "gate_event": {"gate": "disarmed"},
}


@pytest.mark.parametrize("noun", ADDED)
def test_each_kind_of_record_is_added_to_a_case(awa: Browser, db: Database, noun: str) -> None:
    who, passage = registered(db)
    awa.get(f"/records/case/{passage.record}/add/{noun}").submit(**ADDED[noun])
    assert awa.path == f"/people/{who.record}"
    assert "It is only here until you sync." in awa.text
    [row] = reading.listed(db, noun)
    assert row["case_id"] == passage.record


def test_a_form_sent_twice_makes_one_record(awa: Browser, db: Database) -> None:
    who, passage = registered(db)
    path = awa.get(f"/records/case/{passage.record}/add/service").path
    record_id = awa.html.partition('name="_id" value="')[2][:36]
    for _ in range(2):
        awa.send(path, {"_id": record_id, **ADDED["service"], "start_date": "2026-11-01"})
        assert awa.path == f"/people/{who.record}"
    assert len(reading.listed(db, "service")) == 1


def test_what_is_not_understood_comes_back_as_typed(awa: Browser, db: Database) -> None:
    _, passage = registered(db)
    awa.get(f"/records/case/{passage.record}/add/follow_up")
    awa.submit(**{"due_date-day": "31", "due_date-month": "2", "due_date-year": "2026"})
    assert awa.status == 422
    assert "Due on must be a real date" in awa.text
    assert 'value="31"' in awa.html
    assert reading.listed(db, "follow_up") == []


def test_an_edit_sends_only_what_was_changed_with_what_was_seen(awa: Browser, db: Database) -> None:
    who, _ = registered(db, phone="11")
    awa.get(f"/records/person/{who.record}").submit(phone="22")
    change = Unit.from_text(outbox.unsent(db)[-1]["payload"]).changes[0]
    assert (dict(change.values), dict(change.old)) == ({"phone": "22"}, {"phone": "11"})


def test_what_came_while_the_form_was_open_was_not_seen(awa: Browser, db: Database) -> None:
    who, _ = registered(db, phone="11")
    awa.get(f"/records/person/{who.record}")
    edit(db, "person", who.record, phone="33")
    awa.submit(phone="22")
    change = Unit.from_text(outbox.unsent(db)[-1]["payload"]).changes[0]
    assert dict(change.old) == {"phone": "11"}


def test_nothing_changed_sends_nothing(awa: Browser, db: Database) -> None:
    who, _ = registered(db)
    awa.get(f"/records/person/{who.record}").submit()
    assert "Nothing was changed." in awa.text
    assert len(outbox.unsent(db)) == 1


def test_an_area_is_typed_by_its_code_where_there_are_many(awa: Browser, db: Database) -> None:
    stamps = {"ver": 1, "scope": "programme", "compartment": "reference", "level": 2}
    for n in range(40):
        place = {"id": f"{AREA[:-2]}{n:02}", "pcode": f"XX02{n:02}", "name": f"Place {n}"}
        rewriting.lay(db, "area", {**stamps, **place})
    _, passage = registered(db)
    awa.get(f"/records/case/{passage.record}").submit(area_id="nowhere")
    assert "Area must be a code that is known on this laptop" in awa.text
    assert 'value="nowhere"' in awa.html
    awa.submit(area_id="xx0207")
    case = reading.get(db, "case", passage.record)
    assert reading.get(db, "area", case["area_id"])["name"] == "Place 7"
    assert 'value="XX0207"' in awa.get(f"/records/case/{passage.record}").html


def test_what_a_rule_marks_is_saved_and_told(awa: Browser, db: Database) -> None:
    who, passage = registered(db)
    awa.get(f"/records/case/{passage.record}/add/service")
    typed = {"start_date-day": "5", "start_date-month": "6", "start_date-year": "2026"}
    end = {"end_date-day": "4", "end_date-month": "6", "end_date-year": "2026"}
    awa.submit(type="TVT", **typed, **end)
    assert awa.path == f"/people/{who.record}"
    assert "marked to be looked at: The service ends before it starts." in awa.text
    assert "To look at 1" in awa.text


def test_a_second_open_case_is_not_offered_and_forms_of_other_nouns_do_not_exist(
    awa: Browser, db: Database
) -> None:
    _, passage = registered(db)
    for path in (
        f"/records/case/{passage.record}/add/case",
        f"/records/case/{passage.record}/add/dispute",
        f"/records/area/{AREA}",
        f"/records/person/{CASELOAD_A}",
        f"/people/{passage.record}",
        "/records/nothing/nothing",
    ):
        assert awa.get(path).status == 404
        assert "There is no such record." in awa.text


def test_a_form_that_lost_what_it_showed_is_refused(awa: Browser, db: Database) -> None:
    who, _ = registered(db)
    address = f"/records/person/{who.record}"
    for broken in ("", "[]", '{"name": 1}', "{"):
        awa.get(address)
        assert awa.submit(_shown=broken, phone="1").status == 400
    assert len(outbox.unsent(db)) == 1


def test_a_weapon_in_another_store_stays_outside(awa: Browser, db: Database) -> None:
    who, passage = registered(db)
    saving.save(db, [weapon(passage, serial="56-1 22417")])
    assert "56-1 22417" in awa.get(f"/people/{who.record}").text
    assert "Others: outside your scope." in awa.text
    assert facts.Rights(db).scopes("read", "weapons") == ()


def test_a_person_without_a_case_is_shown_without_doors_to_one(awa: Browser, db: Database) -> None:
    who = acts.create("person", {"name": "Fatou", "sex": "female", "caseload_id": CASELOAD_A})
    saving.save(db, [who])
    awa.get(f"/people/{who.record}")
    assert awa.status == 200
    assert "/add/" not in awa.html
