"""Every noun has a list and every record a page, for who may read it."""

import pytest

from schema.entities import BY_NOUN
from schema.entities.custody_event import CustodyEvent
from server.pages.lists import LISTED
from server.pages.sections import OWN_PAGES
from server.registry.lanes import lanes
from tests.schema.programme import case, create, ident, person, service, weapon, write
from tests.server.town import Town, send, sight

COURSE = f"/records/service/{ident('course')}"
SEEN = f"/records/custody_event/{ident('received')}"


@pytest.fixture
def filled(town: Town) -> Town:
    """Ali with a case and a course; a rifle with a custody event."""
    town.arrive("awa", person("Ali"), case("Ali"), service("course", of="Ali"))
    town.arrive("faraj", weapon("rifle"), received())
    return town


def received():
    values = {"weapon_id": ident("rifle"), "event": "received", "date": "2026-11-20"}
    return create("custody_event", "received", **values, received_by="Faraj")


def test_no_noun_that_people_write_is_without_a_list_or_a_page():
    written = {noun for noun, entity in BY_NOUN.items() if entity.written_by == "people"}
    assert written == {*LISTED, *OWN_PAGES}


def test_each_list_is_there_for_who_may_read_it_and_for_nobody_else(filled: Town) -> None:
    for who in ("celine", "awa", "faraj"):
        visitor = filled.signed_in(who)
        for noun in LISTED:
            wanted = 200 if lanes(sight(who), noun) else 404
            assert visitor.get(f"/records/{noun}").status_code == wanted, (who, noun)


def test_all_lists_are_named_by_what_they_are_about(filled: Town) -> None:
    shown = filled.signed_in("faraj").get("/records").text
    assert "/records/custody_event" in shown
    assert "/records/service" not in shown


def test_a_record_has_a_page_with_what_happened_to_it(filled: Town) -> None:
    filled.arrive("awa", write("service", "course", type="TVT"))
    shown = filled.signed_in("celine").get(COURSE).text
    assert "Vocational training" in shown
    assert "Education" in shown  # before, in the timeline
    assert f"{COURSE}/edit" in shown


def test_a_record_out_of_sight_answers_like_one_that_is_not_there(filled: Town) -> None:
    stranger = filled.signed_in("bakary")
    nothing = f"/records/service/{ident('nothing')}"
    assert stranger.get(COURSE).status_code == stranger.get(nothing).status_code == 404
    assert filled.signed_in("awa").get(SEEN).status_code == 404


def test_an_act_that_is_never_rewritten_has_no_form_to_change_it(filled: Town, monkeypatch) -> None:
    monkeypatch.setattr(CustodyEvent, "appended", True)
    faraj = filled.signed_in("faraj")
    assert f"{SEEN}/edit" not in faraj.get(SEEN).text
    assert faraj.get(f"{SEEN}/edit").status_code == 404
    assert send(faraj, f"{SEEN}/withdraw", {"reason": "Another rifle"}).status_code == 302
    assert "Another rifle" in faraj.get(SEEN).text


def test_what_is_not_recorded_is_named_with_the_way_to_record_it(filled: Town) -> None:
    shown = filled.signed_in("awa").get(f"/cases/{ident('case of Ali')}").text
    assert "Nothing recorded yet" in shown
    assert f"/records/follow_up/new?case_id={ident('case of Ali')}" in shown
