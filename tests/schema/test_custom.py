"""Fields of a deployment: each key of ``custom`` is a value of its own; what is not known is carried."""

import pytest

from schema.change import Change
from tests.schema.programme import Programme, case, ident, person, write


@pytest.fixture
def programme() -> Programme:
    """Abel has an open case in caseload A."""
    made = Programme()
    made.arrive("awa", person("Abel"), case("Abel"))
    return made


def abel(programme: Programme):
    return programme.rows["person", ident("Abel")]


def custom(programme: Programme, who: str, old: dict | None, new: dict | None, **said):
    """Somebody writes the whole map, having seen the old one."""
    change = write("person", "Abel", {"custom": old}, custom=new)
    return programme.arrive(who, change, **said)


def both(programme: Programme, first: dict, second: dict) -> None:
    """Two laptops write at once, over a shoe size that both have seen."""
    custom(programme, "celine", None, {"shoe": 40})
    base = programme.n
    custom(programme, "celine", {"shoe": 40}, first, base=base)
    custom(programme, "awa", {"shoe": 40}, second, base=base)


def settled(programme: Programme, value: dict, inforce: dict) -> None:
    [dispute] = programme.disputes()
    said = {"value": {"custom": value}, "inforce": {"custom": inforce}, "side": dispute.get("side")}
    programme.arrive("celine", Change("settle", "dispute", dispute.id, {**said, "reason": "asked"}))


def test_different_keys_written_at_once_are_both_in_force(programme):
    both(programme, {"shoe": 40, "hat": "L"}, {"shoe": 40, "coat": "M"})
    assert abel(programme).get("custom") == {"shoe": 40, "hat": "L", "coat": "M"}
    assert not programme.disputes()


def test_the_same_key_is_disputed_and_the_others_are_in_force(programme):
    both(programme, {"shoe": 41}, {"shoe": 42, "hat": "L"})
    assert abel(programme).get("custom") == {"shoe": 41, "hat": "L"}
    [dispute] = programme.disputes()
    assert dispute.get("field") == "custom"
    assert [dispute.get(name) for name in ("before", "inforce", "side")] == [
        {"custom": {"shoe": 40}},
        {"custom": {"shoe": 41}},
        {"custom": {"shoe": 42}},
    ]


def test_two_keys_written_differently_are_two_disputes_and_replacing_one_s_side_leaves_the_other(
    programme,
):
    both(programme, {"shoe": 41, "hat": "L"}, {"shoe": 42, "hat": "S"})
    custom(programme, "awa", {"shoe": 42}, {"shoe": 43}, n=2)
    sides = [dispute.get("side")["custom"] for dispute in programme.disputes()]
    assert sorted(sides, key=str) == [{"hat": "S"}, {"shoe": 43}]


@pytest.mark.parametrize("shown", [{"shoe": 41}, {"shoe": 41, "hat": "L"}])
def test_a_settled_key_leaves_the_others_alone_whether_all_or_one_was_shown(programme, shown):
    both(programme, {"shoe": 41}, {"shoe": 42, "hat": "L"})
    settled(programme, {"shoe": 42}, shown)
    assert abel(programme).get("custom") == {"shoe": 42, "hat": "L"}
    assert not programme.disputes()


def test_a_key_that_is_taken_out_leaves_the_others(programme):
    both(programme, {"shoe": 40, "hat": "L"}, {})
    assert abel(programme).get("custom") == {"hat": "L"}
    custom(programme, "celine", {"hat": "L"}, None)
    assert abel(programme).get("custom") is None


def test_a_later_edit_of_a_key_has_seen_the_earlier_one_of_the_same_laptop(programme):
    base = programme.n
    custom(programme, "awa", None, {"shoe": 41}, base=base)
    custom(programme, "awa", {"shoe": 41}, {"shoe": 42}, base=base, n=2)
    assert abel(programme).get("custom") == {"shoe": 42}


def test_fields_that_are_not_known_are_kept_each_on_its_own(programme):
    base = programme.n
    programme.arrive("celine", write("person", "Abel", shoe_size=41, hat_size="L"), base=base)
    programme.arrive("awa", write("person", "Abel", coat_size="M", shoe_size=42), base=base)
    assert abel(programme).extra == {"shoe_size": 42, "hat_size": "L", "coat_size": "M"}
