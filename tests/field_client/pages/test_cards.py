"""Cards on a laptop: made and printed without a link, and checked by what is here."""

from sqlite_utils import Database

from field_client.store import acts, facts, reading, saving
from tests.field_client.acting import registered
from tests.field_client.pages.browsing import Browser
from tests.printed import codes_on, words_of

DAY = {"issued_on-day": "2", "issued_on-month": "11", "issued_on-year": "2026"}


def verdict(awa: Browser, code: str) -> str:
    awa.get("/cards/check").post("/cards/check", code=code)
    assert awa.status == 200
    assert "Ibrahim" not in awa.text
    said = ("This card is good", "no longer good", "not known here")
    [found] = [one for one in said if one in awa.text]
    return found


def test_a_card_is_made_printed_and_checked_without_a_link(awa: Browser, db: Database) -> None:
    facts.put(db, private_key="11" * 32)
    _, case = registered(db)
    awa.get(f"/records/case/{case.record}/add/card").submit(kind="card", **DAY)
    [card] = reading.listed(db, "card")
    awa.get(f"/files/card/{card['id']}")
    assert f'action="/papers/card/{card["id"]}"' in awa.html
    answer = awa.client.get(f"/papers/card/{card['id']}?language=fr", base_url=awa.base)
    assert "Carte" in words_of(answer.data)
    [code] = codes_on(answer.data)
    assert verdict(awa, code) == verdict(awa, card["token"]) == "This card is good"
    assert verdict(awa, card["number"]) == verdict(awa, code + "A") == "not known here"
    said = {"card_id": card["id"], "event": "stolen", "date": "2026-11-03"}
    saving.save(db, [acts.create("card_event", said)])
    assert verdict(awa, code) == verdict(awa, card["token"]) == "no longer good"
    awa.get(f"/papers/card/{card['id']}")
    assert awa.status == 409


def test_a_certificate_is_printed_of_a_discharge(awa: Browser, db: Database) -> None:
    _, case = registered(db)
    said = {"case_id": case.record, "gate": "discharged", "date": "2026-11-02"}
    gate = acts.create("gate_event", said)
    saving.save(db, [gate])
    answer = awa.client.get(f"/papers/gate_event/{gate.record}?language=en", base_url=awa.base)
    assert "civilian" in words_of(answer.data)
