"""Registering somebody at the registry: a person and a case, together or not at all."""

import re

from server.registry import cases
from server.registry.cases import CaseFilter
from server.registry.paging import FIRST
from tests.schema.programme import A
from tests.server.town import Town, hidden, send, sight

FORM = {
    "person.name": "Ali Baba",
    "person.sex": "male",
    "person.birth_date-year": "1990",
    "case.caseload_id": A,
    "case.process": "adult",
}


def registered(town: Town, who: str) -> list[str]:
    with town.reading() as conn:
        found = cases.cases(conn, sight(who), CaseFilter(), FIRST).page.rows
    return [str(line.person.get("name")) for line in found if line.person]


def test_a_person_and_their_case_are_registered_together(town: Town) -> None:
    awa = town.signed_in("awa")
    answer = send(awa, "/cases/new", FORM)
    assert re.fullmatch("/cases/[0-9a-f-]{36}", answer.location)
    page = awa.get(answer.location)
    assert "Ali Baba" in page.text
    assert "Adult participant" in page.text
    assert re.search(r"[0-9A-Z]{5}-[0-9A-Z]{5}[0-9A-Z*~$=]", page.text)


def test_registering_twice_by_one_form_registers_once(town: Town) -> None:
    awa = town.signed_in("awa")
    form = {**hidden(awa.get("/cases/new")), **FORM}
    assert awa.post("/cases/new", **form).location == awa.post("/cases/new", **form).location
    assert registered(town, "awa") == ["Ali Baba"]


def test_a_form_with_a_mistake_comes_back_whole(town: Town) -> None:
    answer = send(town.signed_in("awa"), "/cases/new", {**FORM, "person.birth_date-year": "19"})
    assert answer.status_code == 422
    assert 'value="Ali Baba"' in answer.text
    assert 'href="#f-person.birth_date-day"' in answer.text
    assert registered(town, "awa") == []


def test_an_error_of_the_case_stands_with_the_case(town: Town) -> None:
    answer = send(town.signed_in("awa"), "/cases/new", {**FORM, "case.area_id": "nowhere"})
    assert answer.status_code == 422
    assert "f-case.area_id-error" in answer.text


def test_the_one_caseload_is_already_chosen(town: Town) -> None:
    page = town.signed_in("awa").get("/cases/new").text
    assert f'<option value="{A}" selected>' in page


def test_a_child_goes_to_child_protection_and_the_officer_is_told(town: Town) -> None:
    awa = town.signed_in("awa")
    answer = send(awa, "/cases/new", {**FORM, "person.birth_date-year": "2015"})
    assert "no longer in your lists" in awa.get(answer.location).text
    assert registered(town, "awa") == []
    assert registered(town, "esther") == ["Ali Baba"]


def test_another_caseload_cannot_be_named(town: Town) -> None:
    bakary = town.signed_in("bakary")
    answer = send(bakary, "/cases/new", FORM)
    assert answer.status_code == 403
    assert "Ali Baba" in answer.text
    assert registered(town, "awa") == []


def test_who_may_not_register_has_no_such_page(town: Town) -> None:
    assert town.signed_in("faraj").get("/cases/new").status_code == 404
