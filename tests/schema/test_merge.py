"""Laws of the merge: no value is invented or lost, whatever arrives in whatever order."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.schema.programme import Programme, ident, person, write

FIELDS = ("name", "alias", "mother_name", "father_name")
VALUES = st.sampled_from(["Ali", "Bako", "Coumba", "Dado"])
EDIT = st.dictionaries(st.sampled_from(FIELDS), VALUES, min_size=1)


def started() -> tuple[Programme, int]:
    programme = Programme()
    programme.arrive("awa", person("Abel"))
    return programme, programme.n


def both(first: dict[str, str], second: dict[str, str]) -> Programme:
    programme, base = started()
    old = {"name": "Abel"}
    programme.arrive(
        "celine", write("person", "Abel", {k: old.get(k) for k in first}, **first), base=base
    )
    programme.arrive(
        "awa", write("person", "Abel", {k: old.get(k) for k in second}, **second), base=base, n=2
    )
    return programme


def values(programme: Programme) -> dict[str, Any]:
    return dict(programme.rows["person", ident("Abel")].values)


@given(EDIT, EDIT)
def test_edits_of_different_fields_commute(first, second):
    second = {name: value for name, value in second.items() if name not in first}
    if second:
        one, other = values(both(first, second)), values(both(second, first))
        one.pop("number")
        other.pop("number")
        assert one == other


@given(EDIT, EDIT)
def test_every_value_is_in_force_or_in_a_dispute(first, second):
    programme = both(first, second)
    inforce = values(programme)
    sides = {(d.get("field"), d.get("side")[d.get("field")]) for d in programme.disputes()}
    for name, value in [*first.items(), *second.items()]:
        assert inforce[name] == value or (name, value) in sides


@given(EDIT, EDIT)
def test_there_is_a_dispute_for_each_field_written_differently_and_no_other(first, second):
    programme = both(first, second)
    differing = {name for name in first if name in second and first[name] != second[name]}
    assert sorted(d.get("field") for d in programme.disputes()) == sorted(differing)


@given(EDIT)
def test_applying_twice_is_applying_once(edit):
    programme, base = started()
    programme.arrive("awa", write("person", "Abel", **edit), base=base, n=2)
    before = values(programme)
    judged = programme.arrive("awa", write("person", "Abel", **edit), base=base, n=3)
    assert values(programme) == before
    assert not judged.changed
