"""Custody: nothing is counted in silence, nothing unsafe is written down first, one weapon counts once."""

from collections.abc import Callable
from datetime import date

from schema.custody import FROM_LOT, RECLASSIFIED, STORED, TO_LOT
from schema.inventory import EVENTS, ITEM_OF, kind_of, trail_of
from schema.record import Record, Working
from schema.rules.rule import CANNOT_TELL, FORBIDS, MARKS, NO, YES, Answer, Rule, answer

COUNTS_FOR_NOBODY = "none"
NAMELESS = ("cache", "found", "anonymous", "protected")
Ask = Callable[[Record, Working, date], Answer]


def _item(event: Record, work: Working) -> Record | None:
    noun, name = ITEM_OF[event.entity]
    return work.find(noun, event.get(name)) if event.get(name) else None


def _in_order(event: Record, work: Working, on: date) -> Answer:
    item = _item(event, work)
    if item is None or event.get("withdrawn_at"):
        return YES
    return answer(all(odd.step != event.id for odd in trail_of(item, work).odd))


def _sent_whole(event: Record, work: Working, on: date) -> Answer:
    lot = _item(event, work)
    if lot is None or event.get("event") != "moved-out" or not event.get("quantity"):
        return YES
    left = [place for place in trail_of(lot, work).held if place[0] == STORED]
    return answer(not left)


def _says_where_to(event: Record, work: Working, on: date) -> Answer:
    return answer(event.get("event") != "moved-out" or bool(event.get("to_store_id")))


def _says_what(event: Record, work: Working, on: date) -> Answer:
    if event.get("event") != RECLASSIFIED:
        return YES
    return answer(bool(event.get("type") and event.get("was_type")))


def _says_which_lot(event: Record, work: Working, on: date) -> Answer:
    if event.get("event") not in (FROM_LOT, TO_LOT):
        return YES
    return answer(bool(event.get("other_lot_id") and event.get("quantity")))


def _lawful(event: Record, work: Working, on: date) -> Answer:
    return answer(event.get("event") != "transferred" or event.get("lawful") is True)


def _authorised(event: Record, work: Working, on: date) -> Answer:
    said = all(event.get(name) for name in ("authorised_by", "received_by", "reason"))
    return answer(event.get("event") != "taken-out" or said)


def _not_in_silence(item: Record, work: Working, on: date) -> Answer:
    """From its first event on it is counted: as what and where, only events change, or a split of a lot."""
    before = work.rows.find(*item.key)
    if before is None:
        return YES
    if before.get("store_id") != item.get("store_id"):
        return answer(trail_of(item, work).store == item.get("store_id"))
    if kind_of(before) == kind_of(item):
        return YES
    events = work.below(EVENTS[item.entity], item.id)
    said = any(e.get("event") == RECLASSIFIED and e.get("type") == kind_of(item) for e in events)
    return answer(said or not events)


def _still_counted(record: Record, work: Working, on: date) -> Answer:
    return answer(not record.get("withdrawn_at"))


def _cleared(record: Record, work: Working, on: date) -> Answer:
    return answer(bool((record.get("cleared_by") or "").strip()))


def _names_nobody(hand_in: Record, work: Working, on: date) -> Answer:
    if hand_in.get("giver") not in NAMELESS:
        return YES
    return answer(not any(hand_in.get(name) for name in ("case_id", "giver_name", "slip")))


def _counts_once(line: Record, work: Working, on: date) -> Answer:
    if not line.get("weapon_id") or not _counts(line):
        return YES
    mine, weapon = _given(line, work), work.find("weapon", line.get("weapon_id"))
    if mine is None or weapon is None:
        return Answer(CANNOT_TELL, (str(line.get("hand_in_id")), str(line.get("weapon_id"))))
    if _others(weapon.get("case_id"), mine.get("case_id")):
        return NO
    lines = work.alike("hand_in_line", "weapon_id", line.get("weapon_id")) - {line.id}
    return answer(
        not any(_counts(one) for one in (work.find("hand_in_line", i) for i in lines) if one)
    )


def _counts(line: Record) -> bool:
    return line.get("criterion") != COUNTS_FOR_NOBODY and not line.get("withdrawn_at")


def _given(line: Record, work: Working) -> Record | None:
    hand_in_id = line.get("hand_in_id")
    return work.find("hand_in", hand_in_id) if hand_in_id else None


def _others(theirs: str | None, ours: str | None) -> bool:
    """Whether it counts for another person; a link that was cut says nothing."""
    return bool(theirs and ours and theirs != ours)


def _each(
    nouns: tuple[str, ...], name: str, kind: str, said: tuple[str, str], ask: Ask
) -> list[Rule]:
    """The same rule for each of these nouns."""
    return [Rule(name, noun, kind, *said, ask) for noun in nouns]


RULES = (
    *_each(
        ("custody_event", "lot_event"),
        "custody-in-order",
        MARKS,
        (
            "This does not fit where the events before it have left it, so it is not counted as it stands.",
            "MOSAIC 05.20; domain 2.3",
        ),
        _in_order,
    ),
    Rule(
        "lot-is-sent-whole",
        "lot_event",
        MARKS,
        "Only a part of the lot was sent. Put that part into a lot of its own first.",
        "IATG 03.10; domain 2.2",
        _sent_whole,
    ),
    *_each(
        ("custody_event", "lot_event"),
        "sent-somewhere",
        MARKS,
        ("It does not say to which store it was sent.", "MOSAIC 05.20; domain 2.3"),
        _says_where_to,
    ),
    Rule(
        "reclassified-says-what",
        "custody_event",
        FORBIDS,
        "Say what it was counted as before, and what it counts as from now on.",
        "Red line 9: no silent correction of a count",
        _says_what,
    ),
    Rule(
        "lot-says-which",
        "lot_event",
        FORBIDS,
        "Say which other lot, and how much.",
        "IATG 03.10; domain 2.2",
        _says_which_lot,
    ),
    *_each(
        ("custody_event", "lot_event"),
        "transfer-is-lawful",
        FORBIDS,
        ("Nothing is transferred before the legal, embargo and due-diligence check.", "IDDRS 4.10"),
        _lawful,
    ),
    *_each(
        ("custody_event", "lot_event"),
        "taken-out-is-authorised",
        MARKS,
        ("Who authorised it, who took it and what for belongs to it.", "IDDRS 4.10; domain 2.3"),
        _authorised,
    ),
    *_each(
        ("weapon", "lot"),
        "count-is-corrected-by-an-event",
        FORBIDS,
        (
            "It has been counted. Where it is and what it counts as, only a custody event changes.",
            "Red line 9: no silent correction of a count",
        ),
        _not_in_silence,
    ),
    *_each(
        ("weapon", "lot", "custody_event", "lot_event", "hand_in_line"),
        "taken-off-the-count",
        MARKS,
        (
            "It was withdrawn, so figures that counted it are different now.",
            "Red line 9: no silent correction of a count",
        ),
        _still_counted,
    ),
    *_each(
        ("hand_in", "lot"),
        "cleared-before-it-is-recorded",
        FORBIDS,
        ("Somebody trained says that it is safe before anything is written down.", "IDDRS 4.10"),
        _cleared,
    ),
    Rule(
        "nameless-source-stays-nameless",
        "hand_in",
        FORBIDS,
        "Where nobody is to be named, nothing leads to a person.",
        "IDDRS 4.10, 5.20; domain rule C3",
        _names_nobody,
    ),
    Rule(
        "weapon-counts-once",
        "hand_in_line",
        FORBIDS,
        "One weapon counts for one person, once.",
        "IDDRS 4.10; domain 2.1",
        _counts_once,
    ),
)
