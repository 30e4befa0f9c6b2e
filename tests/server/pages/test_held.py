"""Held on pages: what waits and why, for those who answer for it; and the board that counts it."""

import re

import pytest

from schema.policy import EVERYWHERE, Grant, Sight
from server import accounts, arrivals
from server.accounts import Place
from tests.schema.programme import A, B, case, ident, person, service
from tests.server.desk import Desk, Visitor
from tests.server.sync.laptop import Fleet
from tests.server.town import Town

NASTY = "<script>alert(1)</script>"


@pytest.fixture
def waiting(town: Town) -> Town:
    """Awa's laptop has sent a service of somebody whom nobody knows yet."""
    laptop = Fleet(town.app).laptop("awa")
    unit = laptop.save(person("Omar", alias=NASTY), service("Tailoring", "Abel"))
    laptop.sync()
    assert laptop.outcome(unit) == "held"
    return town


def supervisor(town: Town, scope: str = A) -> Visitor:
    desk = Desk(town.app)
    desk.add("Sup", Place("scope", scope), "site-supervisor")
    return desk.signed_in("Sup")


def opened(visitor: Visitor) -> str:
    found = re.search(r'href="(/held/[0-9a-f-]+)"', visitor.get("/held").text)
    assert found is not None
    return found[1]


def still_held(town: Town) -> int:
    everywhere = Sight.of([Grant("site-supervisor", EVERYWHERE)])
    with town.reading() as conn:
        return len(arrivals.held(conn, everywhere))


def test_what_came_and_what_it_waits_for_is_shown_and_never_run(waiting: Town) -> None:
    sup = supervisor(waiting)
    page = sup.get(opened(sup)).text
    assert "It refers to a record that is not here yet." in page
    assert ident("case of Abel") in page
    assert "Omar" in page
    assert NASTY not in page


def test_judging_again_before_the_cure_says_it_is_still_held(waiting: Town) -> None:
    sup = supervisor(waiting)
    address = opened(sup)
    assert sup.post(f"{address}/retry").location == address
    assert "still held" in sup.get(address).text


def test_what_it_waited_for_puts_it_in_force(waiting: Town) -> None:
    sup = supervisor(waiting)
    address = opened(sup)
    waiting.arrive("awa", person("Abel"), case("Abel"))
    assert sup.post(f"{address}/retry").location == "/held"
    assert "It is in force now." in sup.get("/held").text
    assert waiting.record("service", ident("Tailoring")).scope == A


def test_closing_asks_why_and_keeps_it(waiting: Town) -> None:
    sup = supervisor(waiting)
    address = opened(sup)
    assert sup.post(f"{address}/close", reason=" ").status_code == 422
    assert still_held(waiting) == 1
    assert sup.post(f"{address}/close", reason="Sent by mistake").location == "/held"
    assert "Nothing is held." in sup.get("/held").text
    assert sup.get(address).status_code == 404


def test_another_supervisor_and_an_officer_find_nothing(waiting: Town) -> None:
    with_right, stranger = supervisor(waiting), Desk(waiting.app)
    address = opened(with_right)
    stranger.add("Other", Place("scope", B), "site-supervisor")
    other = stranger.signed_in("Other")
    assert "Nothing is held." in other.get("/held").text
    for path in (address, f"/held/{ident('nothing')}"):
        assert other.get(path).status_code == 404
        assert other.post(f"{path}/retry").status_code == 404
        assert other.post(f"{path}/close", reason="x").status_code == 404
    assert waiting.signed_in("bakary").get("/held").status_code == 404
    assert still_held(waiting) == 1


def test_an_administrator_sees_that_something_is_held_and_not_what(waiting: Town) -> None:
    desk = Desk(waiting.app)
    desk.add("Grace", accounts.ALL_PLACES)
    grace = desk.signed_in("Grace")
    page = grace.get(opened(grace)).text
    assert "Omar" not in page
    assert "for those who answer for these records" in page
    assert "Judge again" not in page


def test_the_board_counts_what_is_the_readers(waiting: Town) -> None:
    waiting.arrive("awa", person("Ali"), case("Ali"))
    board = supervisor(waiting).get("/board").text
    cards = re.findall(r'class="what">(.*?)</span><span class="figure">(.*?)</span>', board)
    assert cards == [("Cases", "1"), ("Disputes", "0"), ("Held", "1"), ("Weapons", "0")]
    theirs = waiting.signed_in("bakary").get("/board").text
    assert re.findall(r'class="what">(.*?)</span><span class="figure">(.*?)</span>', theirs) == [
        ("Cases", "0"),
        ("Disputes", "0"),
    ]


def test_the_board_of_a_donor_has_lists_and_no_case(town: Town) -> None:
    desk = Desk(town.app)
    desk.add("Dario")
    board = desk.signed_in("Dario").get("/board").text
    assert 'class="figure"' not in board.replace('class="figures"', "")
    assert "/records/area" in board


def test_the_form_to_close_can_be_sent_from_its_page(waiting: Town) -> None:
    sup = supervisor(waiting)
    address = opened(sup)
    page = sup.get(address).text
    assert f'action="{address}/close"' in page
    assert f'action="{address}/retry"' in page
