"""Looking, changing and settling from a shell: by an account's rights, with honest exit codes."""

from collections.abc import Iterator
from typing import Any

import pytest

from server.accounts.people import read_audit
from tests.schema.programme import A, B, case, create, ident, person, service, weapon, write
from tests.server.cli.shell import Shell
from tests.server.desk import address
from tests.server.sync.laptop import Fleet
from tests.server.town import Town

AWA, BAKARY, CELINE = (("--as", address(name)) for name in ("Awa", "Bakary", "Celine"))
ALI = ident("Ali")


@pytest.fixture
def town(town: Town) -> Iterator[Town]:
    """Ali of caseload A with a case, and accounts for the cast."""
    town.arrive("awa", person("Ali"), case("Ali"))
    for who in ("awa", "bakary", "celine"):
        town.signed_in(who)
    return town


def value(town: Town, name: str) -> Any:
    return town.record("person", ALI).get(name)


def test_a_record_is_shown_to_who_may_see_it(town: Town, shell: Shell) -> None:
    found = shell.json("get", "person", ALI, *AWA)
    assert (found["id"], found["name"], found["scope"]) == (ALI, "Ali", A)
    number = found["number"]
    assert shell.json("get", "person", number, *CELINE)["id"] == ALI


def test_the_stranger_is_told_what_nobody_is_told(town: Town, shell: Shell) -> None:
    number = str(value(town, "number"))
    hidden_ = shell.run("get", "person", ALI, *BAKARY, "--json")
    nothing = shell.run("get", "person", ident("nothing"), *BAKARY, "--json")
    assert hidden_.exit_code == nothing.exit_code == 1
    assert hidden_.stdout == nothing.stdout
    assert shell.refused("get", "person", number, *BAKARY) == "not-found"


def test_lists_hold_ones_own_and_are_narrowed(town: Town, shell: Shell) -> None:
    town.arrive("bakary", person("Bo", caseload_id=B), case("Bo", caseload_id=B))
    assert [line["id"] for line in shell.lines("list", "person", *AWA)] == [ALI]
    assert len(shell.lines("list", "case", *CELINE)) == 2
    assert shell.lines("list", "case", "caseload_id=B", *AWA) == []
    assert [line["id"] for line in shell.lines("list", "case", "caseload_id=B", *CELINE)] == [
        ident("case of Bo")
    ]
    assert shell.lines("list", "case", "gate=exited", *CELINE) == []
    assert len(shell.lines("list", "case", "gate=", *CELINE)) == 2


def test_a_long_list_is_whole(town: Town, shell: Shell) -> None:
    town.arrive("awa", *(person(f"P{n}") for n in range(120)))
    assert len({line["id"] for line in shell.lines("list", "person", *AWA)}) == 121


def test_bad_words_are_refused_with_their_code(town: Town, shell: Shell) -> None:
    assert shell.refused("list", "spaceship", *AWA) == "unknown-entity"
    assert shell.refused("list", "person", "colour=red", *AWA) == "unknown-field"
    assert shell.refused("list", "person", "sex=x", *AWA) == "invalid"
    assert shell.refused("list", "case", "area_id=nowhere", *AWA) == "unknown-reference"
    assert shell.lines("list", "person", "id=x", *AWA) == []
    assert shell.run("list", "person", "noequals", *AWA).exit_code == 2
    assert shell.refused("get", "person", "x", "--as", "nobody@example.org") == "not-found"


def test_a_field_is_set_by_ones_rights_and_nothing_more(town: Town, shell: Shell) -> None:
    done = shell.json("set", "person", ALI, "name=Karim", "phone=0123", *AWA)
    assert done["outcome"] == "applied"
    assert (value(town, "name"), value(town, "phone")) == ("Karim", "0123")
    assert shell.refused("set", "person", ALI, "name=Mine", *BAKARY) == "not-found"
    shell.json("set", "person", ALI, "phone=", *CELINE)
    assert (value(town, "name"), value(town, "phone")) == ("Karim", None)


def test_a_reference_is_set_by_its_code(town: Town, shell: Shell) -> None:
    town.arrive("celine", create("area", "one", pcode="XA01", name="North", level=1))
    shell.json("set", "case", ident("case of Ali"), "area_id=XA01", *AWA)
    assert town.record("case", ident("case of Ali")).get("area_id") == ident("one")


@pytest.mark.parametrize(
    "word", ["colour=red", "gate=exited", "id=x", "scope=B", "compartment=child", "ver=1"]
)
def test_what_is_no_field_cannot_be_set(town: Town, shell: Shell, word: str) -> None:
    assert shell.refused("set", "case", ident("case of Ali"), word, *CELINE) == "unknown-field"
    assert not town.record("case", ident("case of Ali")).extra


def test_a_value_that_cannot_be_stored_is_refused(town: Town, shell: Shell) -> None:
    for word in ("sex=x", "birth_date=2000-02-31", f"name={'x' * 300}", "name=\ud800"):
        assert shell.refused("set", "person", ALI, word, *AWA) == "invalid"
    assert value(town, "name") == "Ali"


def test_history_tells_each_change_newest_first(town: Town, shell: Shell) -> None:
    shell.json("set", "person", ALI, "name=Karim", *AWA)
    newest, first = shell.lines("history", "person", ALI, *AWA)
    assert (newest["changed"], newest["by"]) == ({"name": "Karim"}, "Awa")
    assert first["changed"]["name"] == "Ali"
    assert shell.refused("history", "person", ALI, *BAKARY) == "not-found"


@pytest.fixture
def disputed(town: Town) -> Town:
    """Celine's name for Ali is in force, Awa's is kept beside it."""
    base, seen = town.head(), {"name": "Ali"}
    town.arrive("celine", write("person", "Ali", seen, name="Aly"))
    town.arrive("awa", write("person", "Ali", seen, name="Alie"), base=base)
    return town


@pytest.mark.parametrize(("choice", "name"), [("keep", "Aly"), ("take", "Alie"), ("Ali", "Ali")])
def test_a_dispute_is_settled_with_one_command(
    disputed: Town, shell: Shell, choice: str, name: str
) -> None:
    [dispute] = shell.lines("disputes", *AWA)
    assert (dispute["inforce"], dispute["side"]) == ({"name": "Aly"}, {"name": "Alie"})
    done = shell.json("settle", dispute["id"], choice, "--reason", "Heard twice", *AWA)
    assert done["outcome"] == "applied"
    assert shell.lines("disputes", *AWA) == []
    assert value(disputed, "name") == name


def test_values_that_settle_as_one_are_given_as_one(town: Town, shell: Shell) -> None:
    base, seen = town.head(), {"birth_date": "1990-05-01", "birth_date_precision": "day"}
    for who, day in (("celine", "1991-05-01"), ("awa", "1992-05-01")):
        town.arrive(who, write("person", "Ali", seen, birth_date=day), base=base)
    [dispute] = shell.lines("disputes", *AWA)
    assert shell.run("settle", dispute["id"], "1993-05-01", *AWA).exit_code == 2
    told = '"birth_date_precision": "year", "birth_date_told": null'
    third = f'{{"birth_date": "1993-01-01", {told}}}'
    shell.json("settle", dispute["id"], third, *AWA)
    assert value(town, "birth_date") == "1993-01-01"
    assert value(town, "birth_date_precision") == "year"


def test_a_reference_is_settled_by_its_code(town: Town, shell: Shell) -> None:
    areas = {name: create("area", name, pcode=name, name=name, level=1) for name in ("A1", "A2")}
    town.arrive("celine", *areas.values(), create("area", "A3", pcode="A3", name="A3", level=1))
    base = town.head()
    for who, name in (("celine", "A1"), ("awa", "A2")):
        town.arrive(who, write("case", "case of Ali", area_id=ident(name)), base=base)
    [dispute] = shell.lines("disputes", *AWA)
    assert shell.refused("settle", dispute["id"], "A4", *AWA) == "unknown-reference"
    shell.json("settle", dispute["id"], "A3", *AWA)
    assert town.record("case", ident("case of Ali")).get("area_id") == ident("A3")


def test_a_dispute_is_settled_once_and_by_who_may(disputed: Town, shell: Shell) -> None:
    [dispute] = shell.lines("disputes", *AWA)
    assert shell.lines("disputes", *BAKARY) == []
    assert shell.refused("settle", dispute["id"], "take", *BAKARY) == "not-found"
    shell.json("settle", dispute["id"], "keep", *AWA)
    assert shell.refused("settle", dispute["id"], "take", *CELINE) == "already-settled"
    assert value(disputed, "name") == "Aly"


def test_what_is_held_is_listed_retried_and_closed(town: Town, shell: Shell) -> None:
    laptop = Fleet(town.app).laptop("supervisor")
    laptop.save(service("course", "Nobody"))
    laptop.sync()
    [held] = shell.lines("held")
    assert held["reason"] == "unknown-reference"
    assert shell.lines("held", *AWA) == []
    assert shell.refused("held", "retry", held["id"], *AWA) == "not-found"
    assert shell.json("held", "retry", held["id"])["outcome"] == "held"
    assert shell.refused("held", "close", held["id"]) == "invalid"
    assert shell.json("held", "close", held["id"], "--reason", "A mistake")["outcome"] == "closed"
    assert shell.lines("held") == []
    assert shell.run("held", "retry").exit_code == 2


def test_who_looks_from_a_shell_is_noted(town: Town, shell: Shell) -> None:
    shell.json("get", "person", ALI, *AWA)
    shell.lines("list", "case", *AWA)
    with town.reading() as conn:
        noted = conn.execute(read_audit.select()).all()
    assert {(row.noun, row.record_id) for row in noted} == {
        ("person", ALI),
        ("case", ident("case of Ali")),
    }


def test_a_weapon_for_a_child_is_refused_by_rule(town: Town, shell: Shell) -> None:
    town.arrive("awa", person("Chidi", birth_date="2015-01-01"), case("Chidi"))
    town.arrive("faraj", weapon("rifle"))
    word = f"case_id={ident('case of Chidi')}"
    assert shell.refused("set", "weapon", ident("rifle"), word) == "refused-by-rule"
    assert town.record("weapon", ident("rifle")).get("case_id") is None
