"""Papers at the registry: printed from the pages where one stands, by page and by shell."""

import pytest

from tests.printed import words_of
from tests.schema.programme import STORE_A, STORE_B, case, create, ident, person, weapon, write
from tests.server.town import Town

HAND_IN = {
    "store_id": STORE_A,
    "giver": "other-person",
    "giver_name": "Zita Example",
    "date": "2026-11-10",
    "receipt": "R-7",
    "cleared_by": "Sgt Test",
}
LINE = {"hand_in_id": ident("h"), "criterion": "none"}
LOAD = {
    "store_id": STORE_A,
    "to_store_id": STORE_B,
    "manifest": "M-1",
    "carries": "arms",
    "date": "2026-11-11",
    "seals": "S-99",
}


@pytest.fixture
def table(town: Town) -> Town:
    """A town where a rifle was handed in by somebody who is no participant."""
    town.arrive("faraj", weapon("rifle", serial="AK-1"), create("hand_in", "h", **HAND_IN))
    town.arrive("faraj", create("hand_in_line", "l", **LINE, weapon_id=ident("rifle")))
    return town


def paper(town: Town, noun: str, key: str, who: str = "faraj", language: str = "en") -> bytes:
    answer = town.signed_in(who).get(f"/papers/{noun}/{ident(key)}?language={language}")
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.data


def test_a_receipt_is_printed_from_the_page_of_the_hand_in(table: Town) -> None:
    page = table.signed_in("faraj").get(f"/records/hand_in/{ident('h')}").text
    assert f'action="/papers/hand_in/{ident("h")}"' in page
    words = words_of(paper(table, "hand_in", "h"))
    assert all(one in words for one in ("Zita Example", "AK-1", "R-7", "10 November 2026"))
    assert paper(table, "hand_in", "h") == paper(table, "hand_in", "h")
    assert "Reçu" in words_of(paper(table, "hand_in", "h", language="fr"))


def test_a_manifest_lists_what_is_the_receiver_s_already(table: Town) -> None:
    sent = {"event": "moved-out", "date": "2026-11-11", "store_id": STORE_A, "to_store_id": STORE_B}
    table.arrive("faraj", create("load", "load", **LOAD))
    moved = create("custody_event", "e", weapon_id=ident("rifle"), load_id=ident("load"), **sent)
    table.arrive("faraj", moved)
    assert table.record("weapon", ident("rifle")).scope == STORE_B
    words = words_of(paper(table, "load", "load"))
    assert all(one in words for one in ("M-1", "S-99", "AK-1"))


def test_a_withdrawn_hand_in_has_no_paper(table: Town) -> None:
    taken = {"withdrawn_at": "2026-11-12T00:00:00Z", "withdrawn_reason": "Twice"}
    table.arrive("faraj", write("hand_in", "h", **taken))
    faraj = table.signed_in("faraj")
    assert faraj.get(f"/papers/hand_in/{ident('h')}").status_code == 409
    assert "/papers/" not in faraj.get(f"/records/hand_in/{ident('h')}").text


def test_a_language_that_is_not_here_is_no_page(table: Town) -> None:
    faraj = table.signed_in("faraj")
    assert faraj.get(f"/papers/hand_in/{ident('h')}?language=xx").status_code == 404


def test_the_name_of_a_participant_out_of_sight_is_not_printed(table: Town) -> None:
    table.arrive("awa", person("Hidden"), case("Hidden"))
    named = {
        **HAND_IN,
        "giver": "participant",
        "giver_name": None,
        "case_id": ident("case of Hidden"),
    }
    given = {name: value for name, value in named.items() if value}
    table.arrive("faraj", create("hand_in", "h2", **given))
    assert "Hidden" not in words_of(paper(table, "hand_in", "h2"))
