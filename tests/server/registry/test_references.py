"""Typed references: ids, codes, P-codes and printed numbers, and nothing out of sight."""

import pytest

from schema.entities import BY_NOUN
from schema.problems import Ambiguous, UnknownReference
from server.registry import references
from tests.schema.programme import STORE_A, A, case, create, ident, person, weapon, write
from tests.server.town import Town, sight

CASELOAD = BY_NOUN["case"].refs()["caseload_id"]
AREA = BY_NOUN["case"].refs()["area_id"]
CASE = BY_NOUN["service"].refs()["case_id"]
CROSSING = BY_NOUN["weapon"].refs()["case_id"]


def resolved(town: Town, who: str, field: object, typed: str) -> str:
    with town.reading() as conn:
        return references.resolve(conn, sight(who), field, typed)  # type: ignore[arg-type] - a Ref


def test_a_code_and_an_id_name_the_same(town: Town) -> None:
    assert resolved(town, "awa", CASELOAD, "A") == A
    assert resolved(town, "awa", CASELOAD, f" {A.upper()} ") == A


def test_a_p_code_goes_before_a_name(town: Town) -> None:
    town.arrive("celine", create("area", "one", pcode="XA01", name="North", level=1))
    town.arrive("celine", create("area", "two", pcode="North", name="South", level=1))
    assert resolved(town, "awa", AREA, "XA01") == ident("one")
    assert resolved(town, "awa", AREA, "North") == ident("two")
    assert resolved(town, "awa", AREA, "South") == ident("two")


def test_what_fits_several_lists_them(town: Town) -> None:
    for name in ("one", "two"):
        town.arrive("celine", create("area", name, pcode=name, name="Haut", level=1))
    with pytest.raises(Ambiguous) as caught:
        resolved(town, "awa", AREA, "Haut")
    assert {i for i, _ in caught.value.details["candidates"]} == {ident("one"), ident("two")}


def test_a_printed_number_names_the_open_case(town: Town) -> None:
    town.arrive("awa", person("Ali"), case("Ali"))
    number = str(town.record("person", ident("Ali")).get("number"))
    assert resolved(town, "awa", CASE, number.lower()) == ident("case of Ali")
    gone = {"case_id": ident("case of Ali"), "gate": "exited", "date": "2026-11-01"}
    town.arrive("awa", create("gate_event", "g", **gone))
    with pytest.raises(UnknownReference):
        resolved(town, "awa", CASE, number)


def test_what_is_out_of_sight_is_not_known(town: Town) -> None:
    town.arrive("awa", person("Ali"), case("Ali"))
    number = str(town.record("person", ident("Ali")).get("number"))
    for typed in (number, ident("case of Ali"), ident("nothing")):
        with pytest.raises(UnknownReference):
            resolved(town, "bakary", CASE, typed)


def test_a_crossing_reference_takes_the_id_of_what_is_out_of_sight(town: Town) -> None:
    town.arrive("awa", person("Ali"), case("Ali"))
    assert resolved(town, "faraj", CROSSING, ident("case of Ali")) == ident("case of Ali")
    with pytest.raises(UnknownReference):
        resolved(town, "faraj", CROSSING, ident("nothing"))


def test_what_was_withdrawn_is_no_longer_named(town: Town) -> None:
    town.arrive("celine", create("area", "one", pcode="XA01", name="North", level=1))
    town.arrive("celine", write("area", "one", {}, withdrawn_at="2026-11-20T10:00:00Z"))
    with pytest.raises(UnknownReference):
        resolved(town, "awa", AREA, "XA01")


def test_values_are_resolved_and_shown_again_as_typed(town: Town) -> None:
    entity = BY_NOUN["case"]
    with town.reading() as conn:
        values = references.resolved(
            conn, sight("awa"), entity, {"caseload_id": "A", "area_id": None}
        )
        codes = references.codes(conn, sight("awa"), entity, values)
        assert (values, codes) == ({"caseload_id": A, "area_id": None}, {"caseload_id": "A"})
        with pytest.raises(UnknownReference) as caught:
            references.resolved(conn, sight("awa"), entity, {"area_id": "nowhere"})
    assert caught.value.details["field"] == "area_id"


def test_a_weapon_is_named_by_its_tag(town: Town) -> None:
    town.arrive("faraj", weapon("rifle", tag="T1", store_id=STORE_A))
    field = BY_NOUN["custody_event"].refs()["weapon_id"]
    assert resolved(town, "faraj", field, "T1") == ident("rifle")
