"""What a synthetic participant hands in: the receipt, a weapon, sometimes ammunition, and their custody."""

from collections.abc import Iterator

from schema import handing_in
from schema.change import CREATE, Change
from server.seeding.dice import TODAY, Dice, day

WEAPONS = (
    (("small-arm", "assault-rifle", "7.62x39"), 62.0),
    (("small-arm", "rifle", "7.62x54R"), 12.0),
    (("small-arm", "pistol", "9x19"), 9.0),
    (("small-arm", "shotgun", "12-gauge"), 6.0),
    (("small-arm", "craft-made", "unknown"), 5.0),
    (("light-weapon", "lmg", "7.62x39"), 3.0),
    (("light-weapon", "anti-tank", "40"), 2.0),
    (("light-weapon", "mortar", "60"), 1.0),
)
SERIAL_STATES = (("legible", 68.0), ("partly", 14.0), ("obliterated", 11.0), ("none", 7.0))
CONDITIONS = (("serviceable", 58.0), ("repairable", 18.0), ("unserviceable", 20.0), ("unsafe", 4.0))
LOTS = (
    (("small-arms", "7.62x39"), 60.0),
    (("small-arms", "7.62x54R"), 15.0),
    (("machine-gun", "7.62x54R"), 10.0),
    (("hand-grenade", None), 9.0),
    (("mortar", "60"), 6.0),
)
WITH_AMMUNITION = 22
STEPS = ((("tagged",), 40.0), (("tagged", "stored"), 60.0))


def handed_in(dice: Dice, case_id: str, store_id: str, on: int) -> Iterator[Change]:
    """A hand-in with its lines, at the weapons table of the store. on: an ordinal."""
    weapon_id, weapon = _weapon(dice)
    beside = dice.beside("hand-in", weapon_id)
    hand_in_id = beside.id()
    hand_in: dict[str, object] = {
        "store_id": store_id,
        "giver": "participant",
        "case_id": case_id,
        "date": day(on),
        "receipt": weapon.pop("receipt"),
        "cleared_by": "Clearance team of the store",
        "received_by": "Weapons officer of the store",
    }
    yield Change(CREATE, "hand_in", hand_in_id, hand_in)
    steps = dice.weighed(STEPS)
    ids = [weapon_id, dice.id(), beside.id()]
    line = {"criterion": "weapon"}
    yield from handing_in.weapon_given(hand_in_id, hand_in, weapon, line, ids)
    for later, event in enumerate(steps, 1):
        said = {
            "weapon_id": weapon_id,
            "event": event,
            "date": day(min(on + later, TODAY.toordinal())),
            "store_id": store_id,
        }
        yield Change(CREATE, "custody_event", dice.id(), said)
    if beside.chance(WITH_AMMUNITION):
        yield from _ammunition(beside, hand_in_id, hand_in)


def _weapon(dice: Dice) -> tuple[str, dict[str, object]]:
    kind, form, calibre = dice.weighed(WEAPONS)
    weapon_id, state = dice.id(), dice.weighed(SERIAL_STATES)
    values: dict[str, object] = {
        "class": kind,
        "type": form,
        "calibre": calibre,
        "serial_state": state,
        "condition": dice.weighed(CONDITIONS),
        "tag": f"T{dice.whole(0, 9_999_999):07}",
        "receipt": f"R{dice.whole(0, 9_999_999):07}",
    }
    if state in ("legible", "partly"):
        # Few enough serials that some are there twice, as makers repeat them.
        values["serial"] = f"{dice.one('ABCDEFGH')}{dice.one('KLMNP')}-{dice.whole(1, 9999):04}"
    return weapon_id, values


def _ammunition(dice: Dice, hand_in_id: str, hand_in: dict[str, object]) -> Iterator[Change]:
    nature, calibre = dice.weighed(LOTS)
    loose = nature in ("hand-grenade", "mortar")
    lot = {
        "number": f"L{dice.whole(0, 9_999_999):07}",
        "nature": nature,
        "calibre": calibre,
        "unit": "pieces" if loose else "rounds",
        "condition": "unknown",
    }
    # Rounds are taken with a weapon and count for nothing more.
    line = {"quantity": dice.whole(1, 6) if loose else dice.whole(10, 240), "criterion": "none"}
    ids = [dice.id() for _ in range(3)]
    yield from handing_in.lot_given(hand_in_id, hand_in, lot, line, ids)
