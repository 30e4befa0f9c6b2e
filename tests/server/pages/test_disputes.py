"""Disputes on pages: both values, nothing chosen beforehand, one click to settle."""

import re

import pytest

from schema.record import Record
from tests.schema.programme import ident, person, weapon, write
from tests.server.desk import Visitor
from tests.server.town import Town, hidden, send

NASTY = "<b onmouseover=alert(1)>"


@pytest.fixture
def disputed(town: Town) -> Town:
    """Celine's name for Ali is in force, Awa's is kept beside it."""
    town.arrive("awa", person("Ali"))
    two_names(town, "Aly", "Alie")
    return town


def two_names(town: Town, first: str, second: str) -> None:
    base = town.head()
    seen = {"name": "Ali"}
    town.arrive("celine", write("person", "Ali", seen, name=first))
    town.arrive("awa", write("person", "Ali", seen, name=second), base=base)


def opened(town: Town, visitor: Visitor) -> str:
    found = re.search(r'href="(/disputes/[0-9a-f-]+)"', visitor.get("/disputes").text)
    assert found is not None
    return found[1]


def ali(town: Town) -> Record:
    return town.record("person", ident("Ali"))


def test_both_values_are_shown_and_none_is_chosen(disputed: Town) -> None:
    awa = disputed.signed_in("awa")
    page = awa.get(opened(disputed, awa)).text
    assert re.sub("</?mark>", "", page).count("<bdi>Aly</bdi>") == 1
    assert re.sub("</?mark>", "", page).count("<bdi>Alie</bdi>") == 1
    assert "checked" not in page
    assert "Before both edits: <bdi>Ali</bdi>" in " ".join(page.split())


@pytest.mark.parametrize(
    ("choice", "name"), [("keep", "Aly"), ("take", "Alie"), ("neither", "Ali the Third")]
)
def test_settling_puts_the_chosen_value_in_force(disputed: Town, choice: str, name: str) -> None:
    awa = disputed.signed_in("awa")
    form = {"choice": choice, "reason": "They said so", "neither-name": "Ali the Third"}
    answer = send(awa, opened(disputed, awa), form)
    assert answer.location == "/disputes"
    assert "No dispute is open" in awa.get("/disputes").text
    assert ali(disputed).get("name") == name


def test_a_choice_and_a_reason_are_asked_for(disputed: Town) -> None:
    awa = disputed.signed_in("awa")
    answer = send(awa, opened(disputed, awa), {})
    assert answer.status_code == 422
    assert "Choose one of the values" in answer.text
    assert "Say why you choose this value" in answer.text


def test_what_was_chosen_comes_back_with_the_form(disputed: Town) -> None:
    awa = disputed.signed_in("awa")
    answer = send(awa, opened(disputed, awa), {"choice": "neither", "neither-name": "Third"})
    assert answer.status_code == 422
    assert 'value="Third"' in answer.text
    assert 'value="neither" checked' in answer.text


def test_settled_meanwhile_is_said_and_shown(disputed: Town) -> None:
    awa, celine = disputed.signed_in("awa"), disputed.signed_in("celine")
    address = opened(disputed, awa)
    late = hidden(awa.get(address))
    send(celine, address, {"choice": "take", "reason": "Read on the card"})
    answer = awa.post(address, **late, choice="keep", reason="As I heard it")
    assert answer.status_code == 409
    assert "Read on the card" in answer.text
    assert ali(disputed).get("name") == "Alie"


def test_a_value_that_changed_meanwhile_does_not_settle(disputed: Town) -> None:
    awa = disputed.signed_in("awa")
    address = opened(disputed, awa)
    shown = hidden(awa.get(address))
    disputed.arrive("celine", write("person", "Ali", {"name": "Aly"}, name="Newer"))
    answer = awa.post(address, **shown, choice="keep", reason="It was right")
    assert answer.status_code == 302
    assert "still open" in awa.get("/disputes").text
    assert ali(disputed).get("name") == "Newer"


def test_the_stranger_finds_no_dispute(disputed: Town) -> None:
    awa, bakary = disputed.signed_in("awa"), disputed.signed_in("bakary")
    address = opened(disputed, awa)
    form = {**hidden(awa.get(address)), "choice": "take", "reason": "Mine"}
    assert "No dispute is open" in bakary.get("/disputes").text
    assert bakary.get(address).status_code == bakary.post(address, **form).status_code == 404
    assert ali(disputed).get("name") == "Aly"


def test_who_may_not_choose_may_look(town: Town) -> None:
    town.arrive("faraj", weapon("rifle"))
    base = town.head()
    for condition in ("unsafe", "repairable"):
        town.arrive("faraj", write("weapon", "rifle", {}, condition=condition), base=base)
    celine = town.signed_in("celine")
    address = opened(town, celine)
    page = celine.get(address)
    assert "Unsafe" in page.text
    assert 'type="radio"' not in page.text
    form = {"_key": ident("key"), "_version": str(town.head()), "choice": "take", "reason": "x"}
    assert celine.post(address, **form).status_code in (403, 404)
    assert town.record("weapon", ident("rifle")).get("condition") == "unsafe"


def test_a_disputed_value_is_shown_and_never_run(town: Town) -> None:
    town.arrive("awa", person("Ali"))
    two_names(town, NASTY, NASTY + "2")
    awa = town.signed_in("awa")
    page = awa.get(opened(town, awa)).text
    assert "<b onmouse" not in page
    assert "onmouseover" in page


def test_the_next_dispute_of_the_record_follows(town: Town) -> None:
    town.arrive("awa", person("Ali"))
    base = town.head()
    town.arrive("celine", write("person", "Ali", {}, name="Aly", phone="1"))
    town.arrive("awa", write("person", "Ali", {}, name="Alie", phone="2"), base=base)
    awa = town.signed_in("awa")
    answer = send(awa, opened(town, awa), {"choice": "take", "reason": "Heard twice"})
    assert answer.location.startswith("/disputes/")
    assert awa.get(answer.location).status_code == 200
