"""Criteria of an agreement: adopted whole, by who may approve, and never rewritten."""

import pytest

from schema.record import Working
from schema.rules.criteria import in_force
from tests.schema.programme import CAST, Programme, create, ident, write

WHOLE = {"code": "PA", "edition": 1, "name": "Peace agreement", "appeal_days": 30}
WHOLE |= {"appeal_body": "The commission", "valid_from": "2026-01-01"}


@pytest.fixture
def programme() -> Programme:
    """A draft with one way in."""
    made = Programme()
    made.arrive("celine", create("criteria_set", "PA", **WHOLE, state="draft"))
    made.arrive("celine", criterion("by age", kind="born-by", day="2008-01-01"))
    return made


def criterion(name: str, **said: object):
    values = {"criteria_set_id": ident("PA"), "path": "A", "wording": "Born by 1 January 2008"}
    return create("criterion", name, **{**values, **said})


def adopted(programme: Programme):
    return programme.arrive("celine", write("criteria_set", "PA", state="adopted"))


def test_a_draft_is_adopted_and_in_force_between_its_days(programme):
    assert adopted(programme).held is None
    one = programme.rows["criteria_set", ident("PA")]
    assert in_force(one, "2026-01-01")
    assert not in_force(one, "2025-12-31")
    assert not in_force(one.but(values={**one.values, "valid_to": "2026-01-31"}), "2026-02-01")


def test_a_draft_is_never_in_force(programme):
    assert not in_force(programme.rows["criteria_set", ident("PA")], "2026-06-01")


@pytest.mark.parametrize("name", ["valid_from", "appeal_days", "appeal_body"])
def test_nothing_is_adopted_without_its_day_and_an_appeal(programme, name):
    programme.arrive("celine", write("criteria_set", "PA", {name: WHOLE[name]}, **{name: None}))
    assert adopted(programme).held.reason == "criteria-adopted-whole"


def test_nothing_is_adopted_without_a_criterion_or_without_its_figures(programme):
    programme.arrive("celine", create("criteria_set", "PB", **WHOLE, state="draft"))
    empty = programme.arrive("celine", write("criteria_set", "PB", state="adopted"))
    assert empty.held.reason == "criteria-adopted-whole"
    noted = programme.arrive("celine", criterion("by nothing", kind="weapon"))
    assert [f.rule.name for f in noted.findings] == ["criterion-says-its-figures"]
    assert adopted(programme).held.reason == "criteria-adopted-whole"


def test_what_was_adopted_is_not_rewritten_and_may_end(programme):
    adopted(programme)
    moved = write("criterion", "by age", {"day": "2008-01-01"}, day="2010-01-01")
    assert programme.arrive("celine", moved).held.reason == "adopted-criterion-stands"
    added = programme.arrive("celine", criterion("another", kind="document"))
    assert added.held.reason == "adopted-criterion-stands"
    softer = write("criteria_set", "PA", {"appeal_days": 30}, appeal_days=1)
    assert programme.arrive("celine", softer).held.reason == "adopted-criteria-stand"
    assert (
        programme.arrive("celine", write("criteria_set", "PA", valid_to="2026-12-31")).held is None
    )


def test_nothing_comes_to_adopted_criteria_from_another_set(programme):
    programme.arrive("celine", create("criteria_set", "PB", **WHOLE, state="draft"))
    other = criterion("elsewhere", kind="document", criteria_set_id=ident("PB"))
    programme.arrive("celine", other)
    adopted(programme)
    moved = write(
        "criterion", "elsewhere", {"criteria_set_id": ident("PB")}, criteria_set_id=ident("PA")
    )
    assert programme.arrive("celine", moved).held.reason == "adopted-criterion-stands"


def test_only_who_may_approve_adopts(programme, monkeypatch):
    monkeypatch.setitem(CAST, "celine", CAST["awa"])
    assert adopted(programme).held.reason == "not-allowed"


def test_criteria_and_their_set_can_be_made_and_adopted_in_one_act():
    programme = Programme()
    said = create("criteria_set", "PA", **WHOLE, state="adopted")
    judged = programme.arrive("celine", said, criterion("c", kind="document"))
    assert judged.held is None
    assert Working(programme).below("criterion", ident("PA"))
