"""Forms of every noun: what is typed is kept, merged, given back, or refused; never half written."""

import re
from typing import Any

import pytest
from werkzeug.test import TestResponse

from schema.entities import BY_NOUN, SCOPES
from server import accounts
from server.actor import SYSTEM
from server.db import writing
from server.pages import record_questions as asking
from server.pages.records import WRITTEN
from server.registry import records
from server.registry.paging import FIRST
from tests.schema.programme import (
    STORE_A,
    A,
    B,
    case,
    create,
    ident,
    person,
    service,
    weapon,
    write,
)
from tests.server.desk import PASSWORD, Desk
from tests.server.sync.laptop import Fleet
from tests.server.town import Town, hidden, send, sight

ALI = f"/records/person/{ident('Ali')}/edit"
NEW_SERVICE = f"/records/service/new?case_id={ident('case of Ali')}"
COURSE = {"type": "EDU", "start_date-day": "1", "start_date-month": "11", "start_date-year": "2026"}


@pytest.fixture
def ali(town: Town) -> Town:
    """Ali of caseload A, with a case."""
    town.arrive("awa", person("Ali"), case("Ali"))
    return town


def held_by(town: Town, noun: str, who: str = "celine") -> list[Any]:
    with town.reading() as conn:
        return list(records.listed(conn, sight(who), noun, {}, FIRST).rows)


def name_of(town: Town) -> Any:
    return town.record("person", ident("Ali")).get("name")


def typed(page: TestResponse, name: str) -> str | None:
    """What stands in a box of the form."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page.text)
    return found[1] if found else None


def test_a_new_record_is_in_the_file_at_once(ali: Town) -> None:
    awa = ali.signed_in("awa")
    answer = send(awa, NEW_SERVICE, COURSE)
    assert answer.location == f"/cases/{ident('case of Ali')}"
    page = awa.get(answer.location).text
    assert "Education" in page
    assert "Saved." in page
    assert [s.get("start_date") for s in held_by(ali, "service")] == ["2026-11-01"]


def test_a_form_sent_twice_is_one_act(ali: Town) -> None:
    awa = ali.signed_in("awa")
    form = {**hidden(awa.get(NEW_SERVICE)), **COURSE}
    first, second = awa.post(NEW_SERVICE, **form), awa.post(NEW_SERVICE, **form)
    assert first.location == second.location
    assert len(held_by(ali, "service")) == 1


def test_a_form_sent_again_with_other_words_is_refused_and_loses_nothing(ali: Town) -> None:
    awa = ali.signed_in("awa")
    form = {**hidden(awa.get(NEW_SERVICE)), **COURSE}
    awa.post(NEW_SERVICE, **form)
    answer = awa.post(NEW_SERVICE, **{**form, "start_date-year": "2025"})
    assert answer.status_code == 422
    assert typed(answer, "start_date-year") == "2025"
    assert len(held_by(ali, "service")) == 1


def test_what_is_wrong_stands_in_the_summary_and_at_the_field(ali: Town) -> None:
    answer = send(ali.signed_in("awa"), NEW_SERVICE, {**COURSE, "start_date-month": "13"})
    assert answer.status_code == 422
    assert "<title>Error:" in answer.text
    assert 'href="#f-start_date-day"' in answer.text
    assert typed(answer, "start_date-month") == "13"
    assert held_by(ali, "service") == []


def test_what_is_required_is_asked_for(ali: Town) -> None:
    answer = send(ali.signed_in("awa"), NEW_SERVICE, {})
    assert answer.status_code == 422
    assert answer.text.count("must be filled in") == 4


def test_an_edit_writes_only_what_was_changed(ali: Town) -> None:
    celine = ali.signed_in("celine")
    page = celine.get(ALI)
    ali.arrive("awa", write("person", "Ali", {"phone": None}, phone="0123"))
    answer = celine.post(ALI, **{**answers(page), "name": "Karim"})
    assert answer.status_code == 302
    kept = ali.record("person", ident("Ali"))
    assert (kept.get("name"), kept.get("phone")) == ("Karim", "0123")
    assert "somebody else changed meanwhile" in celine.get(answer.location).text


def answers(page: TestResponse) -> dict[str, str]:
    """Everything that a form's boxes hold."""
    boxes = re.findall(
        r'<input (?:class="[^"]*" )?type="text"[^>]*name="([^"]+)" value="([^"]*)"', page.text
    )
    radios = re.findall(r'type="radio"[^>]*name="([^"]+)" value="([^"]*)" checked', page.text)
    return {**hidden(page), **dict(boxes), **dict(radios)}


def test_a_clash_gives_the_form_back_with_both_values(ali: Town) -> None:
    celine = ali.signed_in("celine")
    page = celine.get(ALI)
    ali.arrive("awa", write("person", "Ali", {"name": "Ali"}, name="Theirs", alias="Lion"))
    clash = celine.post(ALI, **{**answers(page), "name": "Mine", "phone": "0999"})
    assert clash.status_code == 409
    assert "Theirs" in clash.text
    assert (typed(clash, "name"), typed(clash, "phone")) == ("Mine", "0999")
    assert typed(clash, "alias") == "Lion"
    assert name_of(ali) == "Theirs"
    again = celine.post(ALI, **answers(clash))
    assert again.status_code == 302
    kept = ali.record("person", ident("Ali"))
    assert [kept.get(name) for name in ("name", "phone", "alias")] == ["Mine", "0999", "Lion"]


def test_a_date_and_its_precision_are_one_value(ali: Town) -> None:
    celine = ali.signed_in("celine")
    send(celine, ALI, {"birth_date-day": "", "birth_date-month": "", "birth_date-year": "1985"})
    kept = ali.record("person", ident("Ali"))
    assert (kept.get("birth_date"), kept.get("birth_date_precision")) == ("1985-01-01", "year")


def test_sending_a_form_unchanged_changes_nothing(ali: Town) -> None:
    awa, before = ali.signed_in("awa"), ali.head()
    answer = awa.post(ALI, **answers(awa.get(ALI)))
    assert answer.status_code == 302
    assert "Nothing was changed." in awa.get(answer.location).text
    assert ali.head() == before


def test_what_must_be_there_cannot_be_emptied(ali: Town) -> None:
    assert send(ali.signed_in("awa"), ALI, {"name": ""}).status_code == 422
    assert name_of(ali) == "Ali"


def test_what_came_incomplete_can_be_changed_elsewhere(town: Town) -> None:
    town.arrive("awa", person("Ali", sex=None))
    assert send(town.signed_in("awa"), ALI, {"phone": "0123"}).status_code == 302


def test_the_stranger_can_neither_open_nor_send_a_form(ali: Town) -> None:
    bakary, nothing = ali.signed_in("bakary"), ident("nothing")
    form = {"_key": ident("key"), "_version": "0"}
    for path in (ALI, NEW_SERVICE, f"/records/person/{ident('Ali')}/withdraw"):
        assert bakary.get(path).status_code == 404
        assert bakary.post(path, **form, name="X").status_code == 404
        other = path.replace(ident("Ali"), nothing).replace(ident("case of Ali"), nothing)
        assert bakary.get(other).status_code == 404
    assert name_of(ali) == "Ali"


def test_who_may_only_read_may_not_change(ali: Town) -> None:
    ali.arrive("faraj", weapon("rifle"))
    celine = ali.signed_in("celine")
    assert celine.get(f"/records/weapon/{ident('rifle')}/edit").status_code == 403


def test_a_field_that_the_form_does_not_ask_is_not_written(ali: Town) -> None:
    send(ali.signed_in("awa"), ALI, {"number": "X", "age_decision": "adult", "caseload_id": B})
    kept = ali.record("person", ident("Ali"))
    assert (kept.get("age_decision"), kept.scope) == (None, A)
    assert kept.get("number") != "X"


def test_a_form_from_the_future_or_without_a_key_is_refused(ali: Town) -> None:
    awa = ali.signed_in("awa")
    for form in ({"_version": "9" * 16}, {"_version": "-1"}, {"_version": "x"}, {"_key": "1"}):
        page = hidden(awa.get(ALI))
        assert awa.post(ALI, **{**page, **form}, name="X").status_code == 400
    assert name_of(ali) == "Ali"


def test_a_later_word_on_ones_own_disputed_value_is_kept_as_one(ali: Town) -> None:
    laptop, seen = Fleet(ali.app).laptop("awa"), {"name": "Ali"}
    ali.arrive("celine", write("person", "Ali", seen, name="Theirs"))
    laptop.save(write("person", "Ali", seen, name="Mine"))
    laptop.sync()
    with ali.app.app_context(), writing() as conn:
        accounts.set_password(conn, SYSTEM, laptop.account_id, PASSWORD)
        email = accounts.find(conn, laptop.account_id)["email"]
    awa = Desk(ali.app).visitor()
    awa.post("/login", email=email, password=PASSWORD)
    answer = send(awa, ALI, {"name": "Mine, better"})
    assert answer.status_code == 302
    assert "somebody must choose" in awa.get(answer.location).text
    assert name_of(ali) == "Theirs"


def test_moving_a_case_moves_all_of_it_and_the_reader_is_told(ali: Town) -> None:
    ali.arrive("awa", service("course", "Ali"))
    address = f"/records/case/{ident('case of Ali')}/edit"
    celine = ali.signed_in("celine")
    assert send(celine, address, {"caseload_id": B}).status_code == 302
    assert ali.record("service", ident("course")).scope == B
    assert ali.signed_in("awa").get(f"/cases/{ident('case of Ali')}").status_code == 404


def test_a_child_leaves_the_officers_lists_with_a_word(ali: Town) -> None:
    awa = ali.signed_in("awa")
    answer = send(
        awa, ALI, {"birth_date-day": "1", "birth_date-month": "1", "birth_date-year": "2015"}
    )
    assert answer.status_code == 302
    assert ali.record("person", ident("Ali")).compartment == "child"
    landed = awa.get(answer.location, follow_redirects=True)
    assert landed.status_code == 200
    assert "no longer in your lists" in landed.text


def test_a_weapon_for_a_child_is_refused_and_the_form_comes_back(town: Town) -> None:
    town.arrive("awa", person("Chidi", birth_date="2015-01-01"), case("Chidi"))
    form = {"case_id": ident("case of Chidi"), "class": "small-arm", "type": "rifle", "tag": "T7"}
    answer = send(town.signed_in("faraj"), "/records/weapon/new", {**form, "store_id": STORE_A})
    assert answer.status_code == 422
    assert typed(answer, "tag") == "T7"
    assert held_by(town, "weapon", "faraj") == []


def test_withdrawing_asks_why_keeps_the_record_and_can_be_taken_back(ali: Town) -> None:
    ali.arrive("awa", service("course", "Ali"))
    awa, address = ali.signed_in("awa"), f"/records/service/{ident('course')}/withdraw"
    assert send(awa, address, {}).status_code == 422
    assert send(awa, address, {"reason": "Recorded twice"}).status_code == 302
    kept = ali.record("service", ident("course"))
    assert kept.get("withdrawn_reason") == "Recorded twice"
    assert "Withdrawn" in awa.get(f"/cases/{ident('case of Ali')}").text
    assert send(awa, address, {"reason": "It was not"}).status_code == 302
    assert ali.record("service", ident("course")).get("withdrawn_at") is None


def test_lists_of_the_programme_are_for_all_and_their_forms_for_some(ali: Town) -> None:
    ali.arrive("celine", create("area", "one", pcode="XA01", name="North", level=1))
    awa, celine = ali.signed_in("awa"), ali.signed_in("celine")
    assert "North" in awa.get("/records/area").text
    assert "/new" not in awa.get("/records/area").text
    assert awa.get("/records/area/new").status_code == 404
    assert awa.get("/records/armed_group").status_code == 404
    form = {"pcode": "XA02", "name": "South", "level": "1", "parent_id": "XA01"}
    assert send(celine, "/records/area/new", form).location == "/records/area"
    assert "South" in celine.get("/records/area").text


def test_an_unknown_code_is_said_at_its_field_and_comes_back_as_typed(ali: Town) -> None:
    address = f"/records/case/{ident('case of Ali')}/edit"
    answer = send(ali.signed_in("awa"), address, {"area_id": "nowhere"})
    assert answer.status_code == 422
    assert typed(answer, "area_id") == "nowhere"
    assert "f-area_id-error" in answer.text


@pytest.mark.parametrize("noun", WRITTEN)
def test_every_noun_can_be_asked_for(town: Town, noun: str) -> None:
    """No form asks where a known record hangs, and each draws."""
    with town.app.test_request_context():
        known = asking.known(noun)
    entity = BY_NOUN[noun]
    ref = entity.refs().get(entity.hangs_on)
    assert ref is None or ref.to in SCOPES or entity.hangs_on not in known.only
    with town.reading() as conn:
        assert known.drawn(conn, sight("celine"), {})
    assert set(known.only) <= set(BY_NOUN[noun].describe())


def test_a_date_told_in_another_calendar_comes_back_as_it_was_told(ali: Town) -> None:
    celine = ali.signed_in("celine")
    told = {"birth_date-day": "1", "birth_date-month": "Meskerem", "birth_date-year": "1980"}
    send(celine, ALI, {**told, "birth_date-calendar": "ethiopian"})
    kept = ali.record("person", ident("Ali"))
    assert kept.get("birth_date") == "1987-09-12"
    assert kept.get("birth_date_told") == "ethiopian · 1 · Meskerem · 1980"
    page = celine.get(ALI)
    assert typed(page, "birth_date-month") == "Meskerem"
    send(celine, ALI, {**told, "birth_date-calendar": "ethiopian"})
    assert ali.record("person", ident("Ali")).ver == kept.ver
