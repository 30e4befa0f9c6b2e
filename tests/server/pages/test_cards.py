"""Cards at the registry: made by a form, printed, and checked by whoever holds one in their hand."""

import pytest

from server.tables import table_of
from tests.printed import codes_on, picture_of, words_of
from tests.schema.programme import case, create, ident, person, write
from tests.server.desk import Visitor
from tests.server.town import Town, send

CASE = ident("case of Ali")
DAY = {"issued_on-day": "10", "issued_on-month": "11", "issued_on-year": "2026"}


@pytest.fixture
def office(town: Town) -> Town:
    """A town where Ali is registered."""
    town.arrive("awa", person("Ali"), case("Ali"))
    return town


def made(office: Town, awa: Visitor) -> str:
    """The id of a card that was made by the form."""
    path = f"/records/card/new?case_id={CASE}"
    assert send(awa, path, {"kind": "card", **DAY}).status_code == 302
    with office.reading() as conn:
        return str(conn.execute(table_of("card").select()).mappings().one()["id"])


def verdict(visitor: Visitor, code: str) -> str:
    answer = send(visitor, "/cards/check", {"code": code})
    assert answer.status_code == 200
    assert "Ali" not in answer.text
    said = ("This card is good", "no longer good", "not known here")
    [found] = [one for one in said if one in answer.text]
    return found


def test_a_card_is_made_printed_checked_and_after_its_loss_no_longer_good(office: Town) -> None:
    awa = office.signed_in("awa")
    card_id = made(office, awa)
    card = office.record("card", card_id)
    assert "recorded_by" in card.values
    assert f'action="/papers/card/{card_id}"' in awa.get(f"/records/card/{card_id}").text
    body = awa.get(f"/papers/card/{card_id}?language=ar").data
    [code] = codes_on(body)
    assert code.startswith(str(card.get("token")).replace("-", "")[:10])
    assert picture_of(body).width > picture_of(body).height
    assert verdict(awa, code) == verdict(awa, str(card.get("token"))) == "This card is good"
    assert verdict(awa, code[:-1] + ("A" if code[-1] != "A" else "B")) == "not known here"
    assert verdict(awa, str(card.get("number"))) == verdict(awa, "") == "not known here"
    # Who answers for another caseload holds it in their hand too.
    assert verdict(office.signed_in("bakary"), code) == "This card is good"
    lost = {"card_id": card_id, "event": "lost", "date": "2026-11-12"}
    office.arrive("awa", create("card_event", "lost", **lost))
    assert verdict(awa, code) == verdict(awa, str(card.get("token"))) == "no longer good"
    assert awa.get(f"/papers/card/{card_id}").status_code == 409


def test_an_adult_s_card_is_void_when_a_child_is_recognised(office: Town) -> None:
    awa = office.signed_in("awa")
    token = str(office.record("card", made(office, awa)).get("token"))
    office.arrive("awa", write("person", "Ali", may_be_under_18=True))
    assert verdict(awa, token) == "no longer good"


@pytest.mark.parametrize(("kind", "born"), [("release", "1990-05-01"), ("card", "2014-05-01")])
def test_a_child_s_paper_is_for_children_and_a_card_is_not(
    town: Town, kind: str, born: str
) -> None:
    town.arrive("awa", person("Ali", birth_date=born), case("Ali"))
    said = {"case_id": CASE, "kind": kind, "number": "00000-000000", "token": "00000-000000"}
    done = town.arrive("awa", create("card", "c", **said, issued_on="2026-11-10"))
    assert done.outcome == "held"
    assert "release paper" in str(done.held)


def test_a_card_is_not_cancelled_without_a_reason(office: Town) -> None:
    card_id = made(office, office.signed_in("awa"))
    said = {"card_id": card_id, "event": "cancelled", "date": "2026-11-12"}
    assert office.arrive("awa", create("card_event", "e", **said)).outcome == "held"
    done = office.arrive("awa", create("card_event", "e2", **said, reason="Never picked up"))
    assert done.outcome == "applied"


def test_a_certificate_is_printed_of_a_discharge_and_of_nothing_else(office: Town) -> None:
    for key, gate in (("d", "discharged"), ("r", "registered")):
        said = {"case_id": CASE, "gate": gate, "date": "2026-11-10"}
        office.arrive("awa", create("gate_event", key, **said))
    awa = office.signed_in("awa")
    assert "civilian" in words_of(awa.get(f"/papers/gate_event/{ident('d')}").data)
    assert f"/papers/gate_event/{ident('d')}" in awa.get(f"/records/gate_event/{ident('d')}").text
    assert awa.get(f"/papers/gate_event/{ident('r')}").status_code == 409
