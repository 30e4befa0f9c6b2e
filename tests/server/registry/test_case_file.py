"""The file of a person: what each reader finds in it, and what is not there for them."""

import pytest

from schema.policy import EVERYWHERE, Grant, Sight
from schema.problems import NotFound
from schema.record import Record
from server.registry.case_file import CaseFile, case_file, person_file
from tests.schema.programme import case, create, ident, person, service, weapon, write
from tests.server.town import Town, sight


def opened(town: Town, who: str, name: str = "Ali") -> CaseFile:
    with town.reading() as conn:
        return case_file(conn, sight(who), ident(f"case of {name}"))


def furnished(town: Town) -> None:
    town.arrive("awa", person("Ali"), case("Ali"), service("course", "Ali"))
    town.arrive("faraj", weapon("rifle", case_id=ident("case of Ali")))
    background = {"case_id": ident("case of Ali"), "armed_group_id": ident("group")}
    town.arrive(
        "celine",
        create("gate_event", "g", case_id=ident("case of Ali"), gate="listed", date="2026-11-01"),
    )
    assert town.arrive("awa", create("background", "b", **background)).held


def ids(records: list[Record]) -> list[str]:
    return [record.id for record in records]


def test_the_officer_sees_what_hangs_on_the_case_but_no_weapon(town: Town) -> None:
    furnished(town)
    found = opened(town, "awa")
    assert ids(found.parts["service"]) == [ident("course")]
    assert ids(found.parts["gate_event"]) == [ident("g")]
    assert found.parts["weapon"] == []
    assert "background" not in found.parts
    assert found.weapons_elsewhere


def test_the_manager_sees_the_weapons_of_every_store(town: Town) -> None:
    furnished(town)
    found = opened(town, "celine")
    assert ids(found.parts["weapon"]) == [ident("rifle")]
    assert found.parts["background"] == []
    assert not found.weapons_elsewhere


def test_the_stranger_gets_what_nobody_gets(town: Town) -> None:
    furnished(town)
    for who in ("bakary", "faraj", "esther"):
        with pytest.raises(NotFound):
            opened(town, who)


def test_a_childs_file_is_open_to_child_protection_alone(town: Town) -> None:
    town.arrive("awa", person("Chidi", birth_date="2015-01-01"), case("Chidi", process="child"))
    found = opened(town, "esther", "Chidi")
    assert "weapon" not in found.parts
    assert "background" not in found.parts
    for who in ("awa", "celine"):
        with pytest.raises(NotFound):
            opened(town, who, "Chidi")


def test_no_right_to_weapons_opens_a_childs_file_to_them(town: Town) -> None:
    town.arrive("awa", person("Chidi", birth_date="2015-01-01"), case("Chidi", process="child"))
    both = Sight.of([*sight("esther").grants, Grant("weapons-officer", EVERYWHERE)])
    with town.reading() as conn:
        assert "weapon" not in case_file(conn, both, ident("case of Chidi")).parts


def test_a_person_without_a_case_has_a_file(town: Town) -> None:
    town.arrive("awa", person("Ali"))
    with town.reading() as conn:
        found = person_file(conn, sight("awa"), ident("Ali"))
    assert (found.case, found.parts) == (None, {})


def test_open_disputes_and_flags_of_all_that_hangs_there_are_in_it(town: Town) -> None:
    furnished(town)
    base = town.head()
    town.arrive("awa", write("service", "course", {"type": "EDU"}, type="TVT"), base=base)
    town.arrive("celine", write("service", "course", {"type": "EDU"}, type="EMP"), base=base)
    town.arrive("awa", write("service", "course", {}, end_date="2026-10-01"))
    found = opened(town, "awa")
    assert [d.get("record_id") for d in found.disputes] == [ident("course")]
    assert [f.get("rule") for f in found.flags] == ["service-ends-after-it-starts"]


def test_its_references_have_words(town: Town) -> None:
    furnished(town)
    assert set(opened(town, "awa").labels.values()) >= {
        "A",
        f"Ali · \u2066{town.record('person', ident('Ali')).get('number')}\u2069",
    }
