"""Disputes as people see them: whose matter they are, in which order, with which values."""

import pytest

from schema.problems import NotFound
from schema.record import Record
from server.registry import disputes
from server.registry.paging import FIRST, Turn
from tests.schema.programme import case, ident, person, service, weapon, write
from tests.server.town import Town, sight


def disputed(town: Town, noun: str, name: str, field: str, *values: str) -> None:
    """Two people write different values into one field, both having seen what was there."""
    base = town.head()
    first, second = values
    town.arrive("celine", write(noun, name, {}, **{field: first}))
    town.arrive("awa", write(noun, name, {}, **{field: second}), base=base)


def found(town: Town, who: str, turn: Turn = FIRST) -> list[Record]:
    with town.reading() as conn:
        return [line.dispute for line in disputes.disputes(conn, sight(who), turn).rows]


def test_the_oldest_open_dispute_comes_first(town: Town) -> None:
    town.arrive("awa", person("Ali"), person("Omar"))
    disputed(town, "person", "Omar", "name", "Umar", "Oumar")
    disputed(town, "person", "Ali", "phone", "1", "2")
    assert [d.get("record_id") for d in found(town, "awa")] == [ident("Omar"), ident("Ali")]
    assert found(town, "bakary") == []


def test_a_list_of_disputes_goes_on_by_key(town: Town) -> None:
    names = [f"P{n}" for n in range(60)]
    town.arrive("awa", *(person(name) for name in names))
    base = town.head()
    for who, phone in (("celine", "1"), ("awa", "2")):
        changes = [write("person", name, {}, phone=phone) for name in names]
        town.arrive(who, *changes, base=base)
    with town.reading() as conn:
        first = disputes.disputes(conn, sight("awa"), FIRST)
        second = disputes.disputes(conn, sight("awa"), Turn(after=first.after))
        assert disputes.count(conn, sight("awa")) == 60
    seen = [line.dispute.id for line in (*first.rows, *second.rows)]
    assert (len(first.rows), len(second.rows), len(set(seen))) == (50, 10, 60)


def test_a_dispute_says_whom_it_is_about(town: Town) -> None:
    town.arrive("awa", person("Ali"), case("Ali"), service("course", "Ali"))
    disputed(town, "service", "course", "type", "TVT", "EMP")
    with town.reading() as conn:
        [line] = disputes.disputes(conn, sight("awa"), FIRST).rows
        page = disputes.get(conn, sight("awa"), line.dispute.id)
    assert line.subject.words.startswith("Ali")
    assert line.subject.case_id == ident("case of Ali")
    assert (page.record.get("type"), page.dispute.get("side")) == ("TVT", {"type": "EMP"})
    assert page.may_settle
    assert set(page.arrived) == {page.dispute.first, page.record.version_of("type")[0]}


def test_a_strangers_dispute_is_not_found(town: Town) -> None:
    town.arrive("awa", person("Ali"))
    disputed(town, "person", "Ali", "name", "Aly", "Alie")
    [dispute] = found(town, "awa")
    with town.reading() as conn, pytest.raises(NotFound):
        disputes.get(conn, sight("bakary"), dispute.id)


def test_a_dispute_on_a_weapon_is_the_stores_matter(town: Town) -> None:
    town.arrive("faraj", weapon("rifle", serial="1"))
    base = town.head()
    for condition in ("unsafe", "repairable"):
        town.arrive("faraj", write("weapon", "rifle", {}, condition=condition), base=base)
    assert [d.get("side") for d in found(town, "faraj")] == [{"condition": "repairable"}]
    assert found(town, "awa") == []


def test_other_disputes_of_the_record_are_named(town: Town) -> None:
    town.arrive("awa", person("Ali"))
    base = town.head()
    town.arrive("celine", write("person", "Ali", {}, name="Aly", phone="1"))
    town.arrive("awa", write("person", "Ali", {}, name="Alie", phone="2"), base=base)
    one, other = found(town, "awa")
    with town.reading() as conn:
        assert [d.id for d in disputes.get(conn, sight("awa"), one.id).others] == [other.id]
