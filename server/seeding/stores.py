"""What is recorded in a synthetic store beside hand-ins: checks, discrepancies, convoys, destructions."""

from collections.abc import Iterator, Mapping

from schema import stock_checks
from schema.change import CREATE, Change
from server.seeding import places
from server.seeding.dice import TODAY, Dice, day

OPENED = 400
OBSERVER, AUTHORITY = "Observer of Le Pont Imaginaire", "Invented Small Arms Authority"


def laid() -> Iterator[tuple[str, list[Change]]]:
    """(key, changes) of each store; its convoys go to the next one."""
    codes = [f"ST{region + 1:02}" for region in range(len(places.REGIONS))]
    watching = places.place_id("organisation", "PONT")
    for code, following in zip(codes, [*codes[1:], codes[0]], strict=True):
        here, there = (places.place_id("store", one) for one in (code, following))
        yield f"stock {code}", list(kept(code, here, there, watching))


def kept(code: str, store_id: str, next_id: str, observers_id: str) -> Iterator[Change]:
    """What the keepers of a store and its checkers wrote down. next_id: the store that convoys go to."""
    dice = Dice("store", code)
    yield from _checks(dice, store_id)
    yield from _destruction(dice, store_id, observers_id)
    yield from _convoy(dice, store_id, next_id)


def _checks(dice: Dice, store_id: str) -> Iterator[Change]:
    for weeks, kind in ((3, "full"), (2, "weekly"), (1, "weekly")):
        on = day(TODAY.toordinal() - 7 * weeks + dice.whole(0, 2))
        missing = int(dice.chance(30))
        expected = dice.whole(20, 60)
        count = {
            "counted_type": "assault-rifle",
            "expected": expected,
            "found": expected - missing,
        }
        check = {"store_id": store_id, "kind": kind, "date": on}
        ids = [dice.id() for _ in range(3)]
        changes = stock_checks.written(check, [count], ids)
        yield from changes
        if len(changes) == 3:
            step = {"discrepancy_id": ids[2], "step": "reported", "date": on}
            yield _made(dice, "discrepancy_step", step)


def _destruction(dice: Dice, store_id: str, observers_id: str) -> Iterator[Change]:
    lot_id, batch_id = dice.id(), dice.id()
    on = day(TODAY.toordinal() - dice.whole(20, 60))
    batch = {
        "store_id": store_id,
        "kind": "planned",
        "certificate": f"C{dice.whole(0, 99_999):05}",
        "method": "obod",
        "date": on,
        "authority": AUTHORITY,
        "observer": OBSERVER,
        "observer_organisation_id": observers_id,
    }
    lot = {
        "store_id": store_id,
        "number": f"L{dice.whole(0, 9_999_999):07}",
        "nature": "mine",
        "unit": "pieces",
        "condition": "unsafe",
        "cleared_by": "Clearance team of the store",
    }
    there = {"lot_id": lot_id, "store_id": store_id}
    opening = {"event": "opening", "date": day(TODAY.toordinal() - OPENED), "quantity": 40}
    ended = {"event": "destroyed", "date": on, "quantity": 25, "destruction_batch_id": batch_id}
    yield Change(CREATE, "destruction_batch", batch_id, batch)
    yield Change(CREATE, "lot", lot_id, lot)
    yield _made(dice, "lot_event", {**there, **opening})
    yield _made(dice, "lot_event", {**there, **ended})
    signed = {"destruction_batch_id": batch_id, "signs_as": "observer", "name": OBSERVER}
    yield _made(dice, "countersign", {"store_id": store_id, "date": on, **signed})


def _convoy(dice: Dice, store_id: str, next_id: str) -> Iterator[Change]:
    load_id, weapon_id = dice.id(), dice.id()
    sent = TODAY.toordinal() - dice.whole(5, 40)
    number = f"M{dice.whole(0, 99_999):05}"
    load = {
        "store_id": store_id,
        "to_store_id": next_id,
        "manifest": number,
        "carries": "arms",
        "date": day(sent),
        "seals": f"S{number}",
    }
    gun = {"store_id": store_id, "class": "light-weapon", "type": "hmg", "serial_state": "none"}
    about = {"weapon_id": weapon_id, "store_id": store_id}
    out = {"event": "moved-out", "date": day(sent), "to_store_id": next_id, "load_id": load_id}
    yield Change(CREATE, "load", load_id, load)
    yield Change(CREATE, "weapon", weapon_id, gun)
    yield _made(dice, "custody_event", {**about, "event": "opening", "date": day(sent - 30)})
    yield _made(dice, "custody_event", {**about, **out})
    taken = {
        "weapon_id": weapon_id,
        "store_id": next_id,
        "event": "moved-in",
        "date": day(sent + 1),
    }
    yield _made(dice, "custody_event", taken)
    check = {"store_id": next_id, "load_id": load_id, "manifest": number, "date": day(sent + 1)}
    seen = {"seals_seen": f"S{number}", "seals_whole": True, "complete": True}
    yield _made(dice, "load_check", {**check, **seen})


def _made(dice: Dice, noun: str, values: Mapping[str, object]) -> Change:
    return Change(CREATE, noun, dice.id(), values)
