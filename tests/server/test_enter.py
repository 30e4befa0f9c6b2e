"""What is entered at the registry: what one may not see answers as what does not exist."""

import pytest

from schema.change import SETTLE, Change, Unit
from schema.policy import Sight
from schema.problems import NotAllowed, Problem
from server.actor import Actor
from server.enter import enter
from tests.schema.programme import CAST, A, case, create, ident, person, service, write
from tests.server.cast import RegistryProgramme

NOBODY_S = ident("nothing")


@pytest.fixture
def programme(cast_registry: RegistryProgramme) -> RegistryProgramme:
    """Abel has an open case and a disputed name in caseload A."""
    cast_registry.arrive("awa", person("Abel"), case("Abel"), service("lesson", of="Abel"))
    base = cast_registry.n
    for who, name in (("awa", "Abil"), ("celine", "Abul")):
        cast_registry.arrive(who, write("person", "Abel", name=name), base=base)
    return cast_registry


def answer(programme: RegistryProgramme, change: Change) -> dict[str, object]:
    """What Bakary, a stranger, is told."""
    actor = Actor(ident("bakary"), "Bakary", Sight.of(CAST["bakary"]))
    with pytest.raises(Problem) as told:
        enter(Unit(ident("u"), programme.n, "said", (change,)), actor, "key")
    body = told.value.as_dict()
    return {**body, "missing": len(body.get("missing", []))}


def test_a_record_out_of_sight_is_changed_like_one_that_is_not_there(programme):
    for noun, name in (("person", "Abel"), ("case", "case of Abel"), ("service", "lesson")):
        there = answer(programme, write(noun, name, withdrawn_reason="x"))
        assert there == answer(programme, write(noun, "nothing", withdrawn_reason="x"))
        assert there["code"] == "not-found"


def test_a_case_out_of_sight_is_written_under_like_one_that_is_not_there(programme):
    there = answer(programme, service("course", of="Abel"))
    assert there == answer(programme, service("course", of="nobody"))
    assert there["code"] == "unknown-reference"


def test_a_dispute_out_of_sight_is_settled_like_one_that_is_not_there(programme):
    [dispute] = programme.disputes()
    said = {"value": {"name": "x"}, "inforce": {"name": "Abil"}, "side": {"name": "Abul"}}
    there = answer(programme, Change(SETTLE, "dispute", dispute.id, said))
    assert there == answer(programme, Change(SETTLE, "dispute", NOBODY_S, said))
    assert there["code"] == "not-found"


def test_what_is_seen_and_may_not_be_done_is_said_to_be_so(programme):
    programme.arrive("celine", create("organisation", "one", code="O", name="One"))
    actor = Actor(ident("bakary"), "Bakary", Sight.of(CAST["bakary"]))
    for change in (write("organisation", "one", name="x"), person("Cesar", caseload_id=A)):
        with pytest.raises(NotAllowed):
            enter(Unit(ident("u"), programme.n, "said", (change,)), actor, "key")
