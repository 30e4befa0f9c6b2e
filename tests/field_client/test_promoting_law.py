"""The law of the promote: what is left out because it changes nothing changes nothing."""

import shutil
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from field_client import home
from field_client.cipher import transaction
from field_client.store import acts, promoting, saving, staging
from schema import frames
from schema.policy import Grant
from schema.problems import Problem
from tests.field_client import laptops, plainly
from tests.field_client.acting import ADULT, everything, person, weapon
from tests.field_client.answers import answer, columnar, page, results, state
from tests.field_client.laptops import CASELOAD_A, CASELOAD_B, OFFICER

PEOPLE = [f"01940000-0000-7000-8000-00000000100{n}" for n in range(4)]
CASES = [f"01940000-0000-7000-8000-00000000200{n}" for n in range(2)]
SINCE = ("since", PEOPLE[1], {"alias": "Bah"}, "phone")
FRESH = "01940000-0000-7000-8000-000000001009"
IN_A, IN_B = f"case:{CASELOAD_A}", f"case:{CASELOAD_B}"
GRANTS: tuple[tuple[Grant, ...], ...] = (
    OFFICER,
    OFFICER[:1],
    (*OFFICER, Grant("field-officer", CASELOAD_B)),
    (),
)
grants = st.one_of(st.just(OFFICER), st.just(OFFICER), st.sampled_from(GRANTS))

# Few people and mostly the same rights, so that what is told meets what lies on top.
who = st.sampled_from(PEOPLE[:2])
written: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {},
    optional={
        "name": st.sampled_from(["Moussa Ba", "Ibrahim Sow", "عمر"]),
        "phone": st.sampled_from(["77", "+000 1"]),
        "alias": st.sampled_from(["Bah", "Sow"]),
        "custom": st.sampled_from([{"a": 1}, {"a": 1.0}, {"a": True}, {"b": None}]),
        "shoe_size": st.sampled_from([42, 43]),
    },
)
deeds = st.lists(
    st.one_of(
        st.tuples(st.just("edit"), who, written),
        st.tuples(st.just("case"), who, st.just({})),
        st.tuples(st.just("weapon"), st.sampled_from(CASES), st.just({})),
        st.tuples(st.just("new"), st.just(""), st.just({})),
    ),
    max_size=5,
)
told = st.lists(
    st.tuples(st.sampled_from(["applied", "disputed", "held", ""]), st.integers(3, 12)), max_size=7
)
tables = st.one_of(
    st.tuples(st.just("since"), who, written, st.sampled_from(["", "phone", "custom", "hat"])),
    st.tuples(st.just("whole"), st.sampled_from([*PEOPLE, FRESH]), written, st.just("")),
    # Nobody leaves before what hangs on them.
    st.tuples(st.just("left"), st.sampled_from(PEOPLE[1:3]), st.just({}), st.just("")),
)
pages = st.lists(
    st.tuples(st.sampled_from([IN_A, IN_A, IN_A, IN_B]), tables, st.sampled_from([None] * 9 + [9])),
    max_size=6,
)


def begin(db: Database) -> None:
    """Four people and two cases, pulled."""
    people = [
        {"id": each, **ADULT, "caseload_id": CASELOAD_A, "alias": f"Alias {n}"}
        for n, each in enumerate(PEOPLE)
    ]
    stages = {"caseload_id": CASELOAD_A, "process": "adult", "gate": "registered"}
    cases = [{"id": each, "person_id": PEOPLE[3 * n], **stages} for n, each in enumerate(CASES)]
    answer(db, state(db, 2), pages=[page("person", *people), page("case", *cases)])


def do(db: Database, deed: tuple[str, str, dict[str, Any]]) -> None:
    """Something Awa does; what is refused is not done."""
    kind, target, values = deed
    declared = {name: value for name, value in values.items() if name != "shoe_size"}
    try:
        if kind == "edit":
            changed = acts.change(db, "person", target, declared)
            saving.save(db, [changed] if changed else [])
        elif kind == "case":
            said = {"person_id": target, "caseload_id": CASELOAD_A, "process": "adult"}
            saving.save(db, [acts.create("case", said)])
        elif kind == "weapon":
            saving.save(db, [weapon(acts.create("case", {}, target))])
        else:
            saving.save(db, [person(name="Salif Keita")])
    except Problem:
        return


def paged(number: int, bucket: str, said: tuple[str, str, dict[str, Any], str]) -> dict[str, Any]:
    """A page as the registry would send it, with one record."""
    kind, target, values, emptied = said
    if kind == "left":
        return page("person", bucket=bucket, removed=[target])
    ver, scope = 3 + number, bucket.partition(":")[2]
    if kind == "whole":
        row = {"id": target, **ADULT, "caseload_id": scope, **values, "ver": ver, "scope": scope}
        return page("person", row, bucket=bucket)
    names, columns = columnar([{"id": target, "ver": ver, **values}])
    cleared = {emptied: [0]} if emptied and emptied not in values else {}
    table = {"entity": "person", "columns": names, "rows": columns, "removed": []}
    since = {**table, "delta": True, "cleared": cleared}
    return {"bucket": bucket, "to": 9, "whole": None, "tables": [since]}


def stage(db: Database, grants: tuple[Grant, ...], outcomes: list[Any], came: list[Any]) -> None:
    """All of an answer but its end."""
    with transaction(db):
        staging.state(db, state(db, 9, grants))
        staging.results(db, {"seen": 1, "results": results(db, *outcomes)})
        for number, (bucket, said, whole) in enumerate(came):
            one = {**paged(number, bucket, said), "whole": whole}
            staging.page(db, frames.frame(frames.PAGE, one), one)


def both(one: home.Unlocked, other: home.Unlocked) -> None:
    """Promote the one as it is done, and the other plainly: they come to the same."""
    with one.opened() as db:
        with transaction(db):
            new = promoting.promote(db).new
        done, facts = everything(db), said_of(db)
    with other.opened() as db:
        with transaction(db):
            wanted = plainly.promote(db)
        assert done == everything(db)
        assert facts == said_of(db)
    assert new == wanted


def said_of(db: Database) -> list[tuple[str, str]]:
    """The facts of a store, without when it was looked at."""
    found = db.execute("SELECT name, value FROM meta WHERE name <> 'agreement' ORDER BY name")
    return list(found.fetchall())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(deeds, grants, told, pages)
@example(
    [("edit", PEOPLE[1], {"phone": "77"})], OFFICER, [], [(IN_A, ("left", PEOPLE[1], {}, ""), None)]
)
@example(
    [("edit", PEOPLE[1], {"phone": "77"})], OFFICER, [], [(IN_A, SINCE, None), (IN_A, SINCE, None)]
)
@example([("edit", PEOPLE[1], {"phone": "77"})], OFFICER, [("applied", 3)], [(IN_A, SINCE, None)])
@example([("edit", PEOPLE[1], {"phone": "77"})], OFFICER, [("applied", 3)], [])
@example([("weapon", CASES[0], {})], OFFICER, [("applied", 3)], [(IN_A, SINCE, None)])
def test_a_promote_comes_to_the_same_as_laying_everything_again(
    done: list[Any], granted: tuple[Grant, ...], outcomes: list[Any], came: list[Any]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        one = laptops.make(Path(folder) / "one")
        with one.opened() as db:
            begin(db)
            for deed in done:
                do(db, deed)
            stage(db, granted, outcomes, came)
        other = home.Unlocked(Path(folder) / "other", one.key)
        shutil.copytree(one.folder, other.folder)
        both(one, other)
