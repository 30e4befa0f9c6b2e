"""The list of cases: who sees which, filters, pages by key, honest counts."""

import pytest

from schema.change import Change
from schema.ids import new_id
from schema.policy import Grant, Sight
from schema.problems import Invalid
from server.registry import cases as listing
from server.registry.cases import CaseFilter, CaseList
from server.registry.paging import FIRST, Turn
from server.registry.sought import read
from tests.schema.programme import A, B, case, create, ident, person, write
from tests.server.town import Town, sight

EVERYTHING = CaseFilter()


def listed(
    town: Town, who: str, asked: CaseFilter = EVERYTHING, turn: Turn = FIRST, text: str = ""
) -> CaseList:
    with town.reading() as conn:
        return listing.cases(conn, sight(who), asked, turn, read(text) if text else None)


def names(found: CaseList) -> list[str]:
    return [line.person.get("name") for line in found.page.rows if line.person]


def many(town: Town, count: int) -> None:
    """So many people of caseload A, the later the newer."""
    for start in range(0, count, 100):
        changes: list[Change] = []
        for place in range(start, min(start + 100, count)):
            who, what = new_id(place * 10), new_id(place * 10 + 1)
            said = {"name": f"Person {place}", "sex": "male", "caseload_id": A}
            changes.append(Change("create", "person", who, {**said, "birth_date": "1990-01-01"}))
            opened = {"person_id": who, "caseload_id": A, "process": "adult"}
            changes.append(Change("create", "case", what, opened))
        town.arrive("awa", *changes)


def test_an_officer_sees_the_cases_of_their_caseload_alone(town: Town) -> None:
    town.arrive("awa", person("Ali"), case("Ali"))
    town.arrive("bakary", person("Binta", caseload_id=B), case("Binta", caseload_id=B))
    assert names(listed(town, "awa")) == ["Ali"]
    assert names(listed(town, "bakary")) == ["Binta"]
    assert sorted(names(listed(town, "celine"))) == ["Ali", "Binta"]


def test_a_child_is_in_no_adult_list_and_in_that_of_child_protection(town: Town) -> None:
    town.arrive("awa", person("Chidi", birth_date="2015-01-01"), case("Chidi"))
    assert names(listed(town, "awa")) == names(listed(town, "celine")) == []
    assert names(listed(town, "esther")) == ["Chidi"]


def test_a_storekeeper_sees_no_case(town: Town) -> None:
    town.arrive("awa", person("Ali"), case("Ali"))
    found = listed(town, "faraj")
    assert (found.page.rows, found.page.count) == ((), 0)


def test_each_filter_narrows_the_list(town: Town) -> None:
    town.arrive("awa", person("Ali"), case("Ali", category="combatant"))
    town.arrive("awa", person("Hawa", sex="female"), case("Hawa", process="cvr"))
    event = {"case_id": ident("case of Ali"), "gate": "registered", "date": "2026-11-01"}
    town.arrive("awa", create("gate_event", "passed", **event))
    assert names(listed(town, "celine", CaseFilter(gate="registered"))) == ["Ali"]
    assert names(listed(town, "celine", CaseFilter(category="combatant"))) == ["Ali"]
    assert names(listed(town, "celine", CaseFilter(process="cvr"))) == ["Hawa"]
    assert names(listed(town, "celine", CaseFilter(sex="female"))) == ["Hawa"]
    assert names(listed(town, "celine", CaseFilter(caseload=B))) == []


def test_an_area_takes_in_all_below_it(town: Town) -> None:
    root = {"pcode": "XA", "name": "Country", "level": 0}
    village = {"pcode": "XA01", "name": "Village", "level": 1, "parent_id": ident("country")}
    town.arrive("celine", create("area", "country", **root), create("area", "village", **village))
    town.arrive("awa", person("Ali"), case("Ali", area_id=ident("village")))
    town.arrive("awa", person("Hawa"), case("Hawa"))
    assert names(listed(town, "celine", CaseFilter(area=ident("country")))) == ["Ali"]


def test_pages_go_on_by_key_and_come_back(town: Town) -> None:
    many(town, 120)
    first = listed(town, "celine").page
    second = listed(town, "celine", turn=Turn(after=first.after)).page
    third = listed(town, "celine", turn=Turn(after=second.after)).page
    assert [len(page.rows) for page in (first, second, third)] == [50, 50, 20]
    assert (first.before, third.after) == ("", "")
    back = listed(town, "celine", turn=Turn(before=third.before)).page
    assert back.rows == second.rows
    assert listed(town, "celine", turn=Turn(before=back.before)).page.rows == first.rows


def test_two_caseloads_make_one_list_newest_first(town: Town) -> None:
    town.arrive("awa", person("Ali"), case("Ali"))
    town.arrive("bakary", person("Binta", caseload_id=B), case("Binta", caseload_id=B))
    both = Sight.of([Grant("field-officer", A), Grant("field-officer", B)])
    with town.reading() as conn:
        found = listing.cases(conn, both, EVERYTHING, FIRST).page.rows
    ids = [line.case.id for line in found if line.case]
    assert ids == sorted([ident("case of Ali"), ident("case of Binta")], reverse=True)


def test_a_key_that_is_none_is_refused(town: Town) -> None:
    with pytest.raises(Invalid):
        listed(town, "celine", turn=Turn(after="somewhere"))


def test_a_search_finds_somebody_without_a_case(town: Town) -> None:
    town.arrive("awa", person("Ali Baba"))
    found = listed(town, "awa", text="baba")
    assert names(found) == ["Ali Baba"]
    assert found.page.rows[0].case is None


def test_a_search_is_narrowed_by_filters(town: Town) -> None:
    town.arrive("awa", person("Ali One"), case("Ali One", process="cvr"))
    town.arrive("awa", person("Ali Two"), case("Ali Two"))
    assert names(listed(town, "awa", CaseFilter(process="cvr"), text="ali")) == ["Ali One"]
    assert names(listed(town, "awa", CaseFilter(process="cvr"), text="ali 1990")) == ["Ali One"]
    assert names(listed(town, "awa", CaseFilter(process="child"), text="ali")) == []


def test_a_search_with_a_filter_stays_inside_the_caseload(town: Town) -> None:
    town.arrive("awa", person("Ali"), case("Ali", process="cvr"))
    assert names(listed(town, "bakary", CaseFilter(process="cvr"), text="ali")) == []


def test_what_is_marked_shows_on_the_line(town: Town) -> None:
    town.arrive("awa", person("Ali", birth_date=None, birth_date_precision=None), case("Ali"))
    base = town.head()
    town.arrive("awa", write("person", "Ali", {"name": "Ali"}, name="Aly"), base=base)
    town.arrive("celine", write("person", "Ali", {"name": "Ali"}, name="Alie"), base=base)
    assert listed(town, "awa").page.rows[0].marks == {"dispute", "flag"}
