"""Stores on pages: the hand-in at a weapons table, custody one event at a time, the ledger on any date."""

import re

from tests.schema.programme import STORE_A, STORE_B, case, create, ident, person, weapon
from tests.server.town import Town, send

STORE = f"/stores/{STORE_A}"
DAY = {"date-day": "2", "date-month": "11", "date-year": "2026"}
CLEARED = {
    "giver": "other-person",
    "giver_name": "Tall Man",
    "cleared_by": "Sgt Test",
    "receipt": "R1",
}
RIFLE = {"weapon.class": "small-arm", "weapon.type": "rifle", "weapon.serial": "AK-77"}


def handed_in(browser, **said: str) -> str:
    """The address of a hand-in that was just recorded."""
    form = {**DAY, **CLEARED, **said}
    return send(browser, f"/records/hand_in/new?store_id={STORE_A}", form).location


def added(browser, hand_in: str, what: str, **said: str):
    return send(browser, f"/hand-ins/{hand_in.rsplit('/', 1)[-1]}/{what}", said)


def figures(page: str, words: str) -> list[str]:
    """The figures of one type in the ledger: what came in, the sign between, what became of it."""
    row = next(r for r in page.split("<tr") if f">{words}</th>" in r)
    return re.findall(r'class="num"[^>]*>([^<]*)</td>', row)


def test_a_hand_in_puts_weapons_and_rounds_into_the_store_and_onto_the_receipt(town: Town) -> None:
    faraj = town.signed_in("faraj")
    file = handed_in(faraj)
    assert added(faraj, file, "weapon", **RIFLE, **{"line.criterion": "weapon"}).location == file
    lot = {
        "lot.number": "L1",
        "lot.nature": "small-arms",
        "lot.calibre": "7.62x39",
        "lot.unit": "rounds",
    }
    line = {"line.quantity": "210", "line.criterion": "ammunition", "line.equivalent": "1"}
    assert added(faraj, file, "lot", **lot, **line).location == file
    receipt, store = faraj.get(file).text, faraj.get(STORE).text
    assert "AK-77" in receipt
    assert "210" in receipt
    assert figures(store, "Rifle or carbine") == ["1", "=", "1"]
    assert figures(store, "Small-arms ammunition · 7.62 × 39 mm · Rounds") == ["210", "=", "210"]


def test_an_equivalent_is_no_weapon_in_the_store(town: Town) -> None:
    faraj = town.signed_in("faraj")
    file = handed_in(faraj)
    lot = {"lot.number": "L1", "lot.nature": "small-arms", "lot.unit": "rounds"}
    line = {"line.quantity": "420", "line.criterion": "ammunition", "line.equivalent": "2"}
    added(faraj, file, "lot", **lot, **line)
    page = faraj.get(STORE).text
    assert "Small-arms ammunition" in page
    assert "Rifle" not in page


def test_what_was_not_cleared_is_not_written_down(town: Town) -> None:
    faraj = town.signed_in("faraj")
    form = {**DAY, **CLEARED, "cleared_by": " "}
    answer = send(faraj, f"/records/hand_in/new?store_id={STORE_A}", form)
    assert answer.status_code == 422
    assert "Tall Man" in answer.text


def test_rounds_without_a_number_come_back_as_typed(town: Town) -> None:
    faraj = town.signed_in("faraj")
    file = handed_in(faraj)
    lot = {
        "lot.number": "L1",
        "lot.nature": "small-arms",
        "lot.unit": "rounds",
        "lot.marks": "PS 71",
    }
    answer = added(faraj, file, "lot", **lot, **{"line.criterion": "none"})
    assert answer.status_code == 422
    assert "Quantity must be filled in" in answer.text
    assert "PS 71" in answer.text


def test_a_weapon_sent_away_is_the_receivers_to_take_in(town: Town) -> None:
    town.arrive("faraj", weapon("rifle", serial="AK-1", handed_in_on="2026-11-01"))
    faraj, celine = town.signed_in("faraj"), town.signed_in("celine")
    path = f"/custody/weapon/{ident('rifle')}"
    send(faraj, f"{path}/moved-out", {**DAY, "to_store_id": STORE_B})
    assert faraj.get(f"/weapons/{ident('rifle')}").status_code == 404
    assert figures(celine.get(STORE).text, "Rifle or carbine") == ["1", "=", "0", "1"]
    town.arrive(
        "bakary",
        create(
            "custody_event",
            "in",
            weapon_id=ident("rifle"),
            event="moved-in",
            date="2026-11-04",
            store_id=STORE_B,
        ),
    )
    theirs = celine.get(f"/stores/{STORE_B}").text
    assert figures(theirs, "Rifle or carbine") == ["1", "=", "1"]
    assert "Came from other stores" in theirs
    before = celine.get(f"{STORE}?on-day=1&on-month=11&on-year=2026").text
    assert figures(before, "Rifle or carbine") == ["1", "=", "1"]


def test_what_does_not_fit_is_named_on_the_page(town: Town) -> None:
    said = {
        "weapon_id": ident("rifle"),
        "event": "returned",
        "date": "2026-11-02",
        "store_id": STORE_A,
    }
    town.arrive("faraj", weapon("rifle"), create("custody_event", "e", **said))
    page = town.signed_in("faraj").get(STORE).text
    assert "One custody event does not fit" in page
    assert "It was not there in that state" in page


def test_only_what_the_event_asks_is_asked(town: Town) -> None:
    town.arrive("faraj", weapon("rifle"))
    faraj = town.signed_in("faraj")
    path = f"/custody/weapon/{ident('rifle')}"
    page = faraj.get(f"{path}/taken-out").text
    assert 'name="due_back-day"' in page
    assert 'name="to_store_id"' not in page
    assert faraj.get(f"{path}/destroyed").status_code == 404
    assert send(faraj, f"{path}/taken-out", {**DAY, "seal": "x"}).status_code == 422


def test_a_split_is_written_on_both_lots(town: Town) -> None:
    faraj = town.signed_in("faraj")
    lot = {"store_id": STORE_A, "nature": "mixed", "unit": "rounds", "cleared_by": "Sgt Test"}
    town.arrive(
        "faraj",
        create("lot", "one", number="L1", **lot),
        create("lot", "two", number="L2", **{**lot, "nature": "small-arms"}),
        create(
            "lot_event", "r", lot_id=ident("one"), event="received", date="2026-11-01", quantity=500
        ),
    )
    form = {**DAY, "other_lot_id": "L2", "quantity": "300"}
    answer = send(faraj, f"/custody/lot/{ident('one')}/to-lot", form)
    assert answer.status_code == 302, answer.text
    assert town.record("lot", ident("one")).get("quantity") == 200
    assert town.record("lot", ident("two")).get("quantity") == 300


def test_the_stranger_sees_no_store_of_others(town: Town) -> None:
    town.arrive("bakary", weapon("rifle", store_id=STORE_B))
    faraj = town.signed_in("faraj")
    assert faraj.get(f"/stores/{STORE_B}").status_code == 404
    assert STORE_B not in faraj.get("/stores").text
    assert town.signed_in("awa").get(STORE).status_code == 404


def test_a_child_gives_no_name_for_arms(town: Town) -> None:
    town.arrive("awa", person("Idris", birth_date="2012-01-01"), case("Idris"))
    said = {"giver": "participant", "date": "2026-11-02", "cleared_by": "Sgt", "store_id": STORE_A}
    held = town.arrive("faraj", create("hand_in", "h", case_id=ident("case of Idris"), **said))
    assert held.held.reason == "child-gives-no-name-for-arms"
