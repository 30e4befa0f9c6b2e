"""One record, as it stands and as it stood; lists of any noun."""

import pytest

from schema.problems import NotFound, UnknownEntity, UnknownField
from server.registry import records
from server.registry.paging import FIRST
from tests.schema.conference import agreed
from tests.schema.programme import A, B, case, ident, person, service, weapon, write
from tests.server.town import Town, sight


def test_a_stranger_learns_nothing_of_whether_it_exists(town: Town) -> None:
    town.arrive("awa", person("Ali"))
    with town.reading() as conn:
        assert records.get(conn, sight("awa"), "person", ident("Ali")).get("name") == "Ali"
        for record_id in (ident("Ali"), ident("nobody"), "x", ""):
            with pytest.raises(NotFound):
                records.get(conn, sight("bakary"), "person", record_id)


def test_an_unknown_noun_is_said_to_be_one(town: Town) -> None:
    with town.reading() as conn, pytest.raises(UnknownEntity):
        records.find(conn, sight("awa"), "spaceship", ident("x"))


def test_a_record_is_told_as_it_stood_at_a_number(town: Town) -> None:
    town.arrive("awa", person("Ali"))
    then = town.head()
    town.arrive("awa", write("person", "Ali", {"name": "Ali"}, name="Karim"))
    record = town.record("person", ident("Ali"))
    with town.reading() as conn:
        assert records.values_at(conn, record, then)["name"] == "Ali"
        assert records.values_at(conn, record, town.head())["name"] == "Karim"
        assert records.values_at(conn, record, 0) == {}


def test_nobody_names_a_number_at_which_it_was_a_childs(town: Town) -> None:
    town.arrive("awa", person("Sami", may_be_under_18=True), case("Sami"))
    then = town.head()
    agreed(town, "Sami")
    town.arrive(
        "esther",
        write("person", "Sami", {}, age_decision="adult", age_decision_reason="Birth certificate"),
    )
    with town.reading() as conn:
        assert records.values_at(conn, town.record("person", ident("Sami")), then) == {}


@pytest.mark.parametrize("who", ["awa", "celine"])
def test_lists_of_any_noun_are_narrowed_by_values(town: Town, who: str) -> None:
    town.arrive("awa", person("Ali"), case("Ali"), service("one", "Ali"))
    town.arrive("awa", service("two", "Ali", type="TVT"))
    with town.reading() as conn:
        page = records.listed(conn, sight(who), "service", {"type": "TVT"}, FIRST)
        everything = records.listed(conn, sight(who), "service", {}, FIRST)
        none_ended = records.listed(conn, sight(who), "service", {"end_date": None}, FIRST)
    assert [record.id for record in page.rows] == [ident("two")]
    assert (page.count, everything.count, none_ended.count) == (1, 2, 2)


def test_a_list_holds_only_ones_own_scope(town: Town) -> None:
    town.arrive("awa", person("Ali"))
    with town.reading() as conn:
        assert records.listed(conn, sight("bakary"), "person", {}, FIRST).count == 0
        assert records.listed(conn, sight("faraj"), "person", {}, FIRST).count == 0


def test_a_moved_record_is_listed_where_it_is(town: Town) -> None:
    town.arrive("awa", person("Ali"), case("Ali"), service("one", "Ali"))
    town.arrive("celine", write("case", "case of Ali", {"caseload_id": A}, caseload_id=B))
    with town.reading() as conn:
        for who, count in (("awa", 0), ("bakary", 1)):
            assert records.listed(conn, sight(who), "service", {}, FIRST).count == count
            assert len(records.listed(conn, sight(who), "service", {}, FIRST).rows) == count


def test_a_field_that_is_none_is_refused(town: Town) -> None:
    with town.reading() as conn:
        for name in ("colour", "custom", "origin"):
            with pytest.raises(UnknownField):
                records.listed(conn, sight("awa"), "person", {name: "x"}, FIRST)


def test_what_hangs_on_a_record_comes_in_its_order(town: Town) -> None:
    town.arrive("awa", person("Ali"), case("Ali"))
    town.arrive("awa", service("one", "Ali"))
    town.arrive("awa", service("two", "Ali"))
    parent = ident("case of Ali")
    with town.reading() as conn:
        found = records.below(conn, sight("awa"), "service", "case_id", parent)
        strange = records.below(conn, sight("bakary"), "service", "case_id", parent)
    assert [record.id for record in found] == [ident("one"), ident("two")]
    assert strange == []


def test_weapons_are_listed_by_store(town: Town) -> None:
    town.arrive("faraj", weapon("rifle"))
    with town.reading() as conn:
        assert records.listed(conn, sight("faraj"), "weapon", {}, FIRST).count == 1
        assert records.listed(conn, sight("awa"), "weapon", {}, FIRST).count == 0
