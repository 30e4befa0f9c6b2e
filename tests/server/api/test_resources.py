"""The API: the same sight as pages, read-only, strict about what it is asked."""

from typing import Any

import pytest

from server.accounts.people import read_audit
from server.api.resources import RESOURCES
from tests.schema.programme import A, B, case, create, ident, person, service, weapon
from tests.server.desk import Visitor
from tests.server.registry.test_cases import many
from tests.server.town import Town

NASTY = "<script>alert(1)</script>"


def asked(visitor: Visitor, path: str) -> Any:
    answer = visitor.get(f"/api/v1/{path}")
    assert answer.status_code == 200, answer.text
    return answer.get_json()


def ids(body: Any) -> list[str]:
    return [item["id"] for item in body["items"]]


def test_a_case_is_given_flat_with_its_gate_and_number(town: Town) -> None:
    town.arrive("awa", person("Ali"), case("Ali", category="combatant"))
    event = {"case_id": ident("case of Ali"), "gate": "registered", "date": "2026-11-01"}
    town.arrive("awa", create("gate_event", "g", **event))
    [found] = asked(town.signed_in("awa"), "cases")["items"]
    assert found["id"] == ident("case of Ali")
    assert (found["gate"], found["category"], found["caseload_id"]) == (
        "registered",
        "combatant",
        A,
    )
    assert found["version"] == town.record("case", ident("case of Ali")).ver
    assert found["withdrawn_at"] is None
    assert found == asked(town.signed_in("awa"), f"cases/{found['id']}")


@pytest.mark.parametrize("path", ["cases", "people", "services", "gate-events"])
def test_a_stranger_is_given_nothing(town: Town, path: str) -> None:
    town.arrive("awa", person("Ali"), case("Ali"), service("course", "Ali"))
    body = asked(town.signed_in("bakary"), path)
    assert (body["items"], body["count"], body["more"], body["next"]) == ([], 0, False, None)


def test_what_is_out_of_sight_answers_as_what_is_not_there(town: Town) -> None:
    town.arrive("awa", person("Ali"), case("Ali"))
    bakary = town.signed_in("bakary")
    hidden_, nothing = (bakary.get(f"/api/v1/people/{ident(name)}") for name in ("Ali", "nothing"))
    assert hidden_.status_code == nothing.status_code == 404
    assert hidden_.data == nothing.data
    assert hidden_.get_json()["code"] == "not-found"


def test_a_child_is_given_to_child_protection_alone(town: Town) -> None:
    town.arrive("awa", person("Chidi", birth_date="2015-01-01"), case("Chidi"))
    for who in ("awa", "celine"):
        visitor = town.signed_in(who)
        assert asked(visitor, "people")["items"] == []
        assert visitor.get(f"/api/v1/people/{ident('Chidi')}").status_code == 404
    assert ids(asked(town.signed_in("esther"), "people")) == [ident("Chidi")]


def test_a_role_without_the_compartment_has_no_such_address(town: Town) -> None:
    faraj = town.signed_in("faraj")
    assert faraj.get("/api/v1/cases").status_code == 404
    assert faraj.get("/api/v1/weapons").status_code == 200


def test_lists_are_narrowed_by_codes_and_references(town: Town) -> None:
    town.arrive("awa", person("Ali"), case("Ali"), service("one", "Ali"))
    town.arrive("awa", service("two", "Ali", type="TVT"))
    town.arrive("bakary", person("Bo", caseload_id=B), case("Bo", caseload_id=B))
    celine = town.signed_in("celine")
    assert ids(asked(celine, "services?type=TVT")) == [ident("two")]
    assert ids(asked(celine, f"cases?caseload_id={B}")) == [ident("case of Bo")]
    assert len(ids(asked(celine, f"services?case_id={ident('case of Ali')}"))) == 2
    town.arrive("faraj", weapon("rifle"))
    assert ids(asked(celine, "weapons?type=smg")) == []


def test_a_list_is_read_to_its_end_by_what_comes_next(town: Town) -> None:
    many(town, 120)
    awa, found, after = town.signed_in("awa"), [], ""
    while True:
        body = asked(awa, f"people?after={after}" if after else "people")
        found += ids(body)
        after = body["next"]
        if after is None:
            break
    assert (len(found), len(set(found)), body["count"]) == (120, 120, 120)


@pytest.mark.parametrize(
    "query",
    [
        "gate=moon",
        "colour=red",
        "name=Ali",
        "after=x",
        "caseload_id=A",
        "gate=%00",
        "after=",
        "sex=x",
    ],
)
def test_a_bad_or_unknown_parameter_is_refused(town: Town, query: str) -> None:
    answer = town.signed_in("awa").get(f"/api/v1/cases?{query}")
    assert answer.status_code == 422
    assert answer.get_json()["code"]


@pytest.mark.parametrize("verb", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(town: Town, verb: str) -> None:
    awa = town.signed_in("awa")
    for path in ("cases", f"cases/{ident('x')}"):
        answer = getattr(awa.client, verb)(f"/api/v1/{path}")
        assert answer.status_code == 405
        assert {"GET", "HEAD"} <= set(answer.headers["Allow"].split(", "))
        assert answer.get_json()["code"] == "method-not-allowed"


def test_signed_out_there_is_no_api(town: Town, desk: Any) -> None:
    nobody = desk.visitor()
    for path in ("/api/v1/cases", "/api/v1/openapi.json", "/api/docs"):
        answer = nobody.get(path)
        assert (answer.status_code, answer.get_json()["code"]) == (401, "not-signed-in")


def test_what_people_wrote_is_given_as_data(town: Town) -> None:
    town.arrive("awa", person("Ali", name=NASTY))
    answer = town.signed_in("awa").get(f"/api/v1/people/{ident('Ali')}")
    assert answer.mimetype == "application/json"
    assert answer.get_json()["name"] == NASTY


def test_who_is_read_one_by_one_is_noted(town: Town) -> None:
    town.arrive("awa", person("Ali"))
    asked(town.signed_in("awa"), f"people/{ident('Ali')}")
    with town.reading() as conn:
        [noted] = conn.execute(read_audit.select()).all()
    assert (noted.noun, noted.record_id) == ("person", ident("Ali"))


def test_the_description_names_every_resource_and_code(town: Town) -> None:
    awa = town.signed_in("awa")
    spec = awa.get("/api/v1/openapi.json").get_json()
    for entity in RESOURCES:
        word = entity.in_addresses()
        assert set(spec["paths"][f"/api/v1/{word}"]) & {"get", "post"} == {"get"}
        assert f"/api/v1/{word}/{{record_id}}" in spec["paths"]
    gate = spec["components"]["schemas"]["CaseShape"]["properties"]["gate"]
    assert "registered" in gate["enum"]
    page = awa.get("/api/docs").text.replace("<wbr>", "")
    assert "/api/v1/cases" in page
    assert "<script src" in page
    assert "http" not in page.replace("http://www.w3.org", "").split("<main")[1]


def test_a_list_asks_as_much_of_one_record_as_of_fifty(town: Town) -> None:
    many(town, 60)
    awa = town.signed_in("awa")
    with town.counted() as said:
        asked(awa, "cases")
    assert len(said) == 6
