"""A weapons table on the laptop: the hand-in, what was given, and custody, one event at a time."""

from sqlite_utils import Database

from field_client import moments
from field_client.store import acts, outbox, reading, rewriting, saving, stock
from schema.change import Unit
from tests.field_client.laptops import STORE
from tests.field_client.pages.browsing import Browser
from tests.printed import words_of

DAY = {"date-day": "2", "date-month": "11", "date-year": "2026"}
CLEARED = {"giver": "anonymous", "cleared_by": "Sgt Test", "receipt": "R1"}
RIFLE = {"thing.class": "small-arm", "thing.type": "rifle", "thing.serial": "AK-77"}


def handed_in(awa: Browser) -> str:
    """The id of a hand-in that was just recorded."""
    awa.get(f"/stores/{STORE}/hand-in").submit(**DAY, **CLEARED)
    return awa.path.rsplit("/", 1)[-1]


def test_a_hand_in_leads_on_to_what_was_given(awa: Browser, db: Database) -> None:
    hand_in = handed_in(awa)
    assert awa.path == f"/files/hand_in/{hand_in}"
    assert "It is only here until you sync." in awa.text
    awa.get(f"/hand-ins/{hand_in}/weapon").submit(**RIFLE)
    lot = {"thing.number": "L1", "thing.nature": "small-arms", "thing.unit": "rounds"}
    awa.get(f"/hand-ins/{hand_in}/lot").submit(**lot, **{"line.quantity": "210"})
    assert awa.path == f"/files/hand_in/{hand_in}"
    [lot_row] = reading.listed(db, "lot")
    assert (lot_row["quantity"], lot_row["cleared_by"]) == (210, "Sgt Test")
    page = awa.get(f"/stores/{STORE}").text
    assert "AK-77" in page
    assert "210" in page


def test_thing_receipt_and_line_are_one_unit(awa: Browser, db: Database) -> None:
    hand_in = handed_in(awa)
    awa.get(f"/hand-ins/{hand_in}/weapon").submit(**RIFLE)
    unit = Unit.from_text(outbox.unsent(db)[-1]["payload"])
    assert [change.entity for change in unit.changes] == ["weapon", "custody_event", "hand_in_line"]
    [line] = reading.listed(db, "hand_in_line")
    assert line["criterion"] == "none"


def test_what_was_not_cleared_comes_back_as_typed(awa: Browser, db: Database) -> None:
    awa.get(f"/stores/{STORE}/hand-in").submit(
        **DAY, giver="anonymous", receipt="R 9", cleared_by=" "
    )
    assert awa.status == 422
    assert 'value="R 9"' in awa.html
    assert reading.listed(db, "hand_in") == []


def test_a_source_without_a_name_leads_to_nobody(awa: Browser, db: Database) -> None:
    awa.get(f"/stores/{STORE}/hand-in").submit(**DAY, **CLEARED, giver_name="Tall Man")
    assert awa.status == 422
    assert "nothing leads to a person" in awa.text
    assert reading.listed(db, "hand_in") == []


def test_a_form_sent_twice_makes_one_event(awa: Browser, db: Database) -> None:
    gun = acts.create("weapon", {"store_id": STORE, "class": "small-arm", "type": "rifle"})
    saving.save(db, [gun])
    path = awa.get(f"/custody/weapon/{gun.record}/lost").path
    ids = awa.html.partition('name="_ids" value="')[2].partition('"')[0]
    for _ in range(2):
        awa.send(path, {"_ids": ids, **DAY, "reason": "Gone"})
        assert awa.path == f"/files/weapon/{gun.record}"
    assert len(reading.listed(db, "custody_event")) == 1
    assert reading.get(db, "weapon", gun.record)["state"] == "missing"
    found = stock.account(db, STORE, "2026-12-31")
    [line] = found.lines.values()
    assert (line.columns["received"], line.columns["missing"], line.balances) == (1, 1, True)
    assert "Recovered" in awa.text


def test_a_store_of_others_is_not_there(awa: Browser) -> None:
    assert awa.get("/stores/01a22e32-0000-7000-8000-000000000000").status == 404
    assert awa.get("/stores/01a22e32-0000-7000-8000-000000000000/hand-in").status == 404


def test_a_receipt_is_printed_without_a_link_and_lies_on_no_disk(
    awa: Browser, db: Database
) -> None:
    hand_in = handed_in(awa)
    awa.get(f"/hand-ins/{hand_in}/weapon").submit(**RIFLE)
    assert f'action="/papers/hand_in/{hand_in}"' in awa.html
    answer = awa.client.get(f"/papers/hand_in/{hand_in}?language=es", base_url=awa.base)
    assert answer.headers["Cache-Control"] == "no-store"
    words = words_of(answer.data)
    assert all(one in words for one in ("Recibo", "AK-77", "R1", "Sgt Test"))


def test_a_manifest_is_not_printed_where_its_list_is_not_whole(awa: Browser, db: Database) -> None:
    far = moments.new_id()
    stamps = {"scope": "programme", "compartment": "reference"}
    rewriting.lay(db, "store", {"id": far, "code": "S2", "name": "Far", "ver": 1, **stamps})
    said = {"store_id": STORE, "to_store_id": far, "manifest": "M1", "carries": "arms"}
    load = acts.create("load", {**said, "date": "2026-11-02"})
    saving.save(db, [load])
    assert "/papers/" not in awa.get(f"/files/load/{load.record}").html
    assert awa.client.get(f"/papers/load/{load.record}", base_url=awa.base).status_code == 409
