"""Convoys: arms and ammunition never in one load, and who sends a load does not check it in."""

from datetime import date

from schema.fields import who
from schema.record import Record, Working
from schema.rules.rule import CANNOT_TELL, FORBIDS, MARKS, NO, YES, Answer, Rule, answer

CARRIED = {"custody_event": "arms", "lot_event": "ammunition"}


def _load(record: Record, work: Working) -> Record | None:
    load_id = record.get("load_id")
    return work.find("load", load_id) if load_id else None


def _one_kind(event: Record, work: Working, on: date) -> Answer:
    if not event.get("load_id"):
        return YES
    load = _load(event, work)
    if load is None:
        return Answer(CANNOT_TELL, (event.get("load_id"),))
    return answer(load.get("carries") == CARRIED[event.entity])


def _goes_there(event: Record, work: Working, on: date) -> Answer:
    load = _load(event, work)
    if load is None or event.get("event") != "moved-out":
        return YES
    return answer(load.get("to_store_id") == event.get("to_store_id"))


def _elsewhere(load: Record, work: Working, on: date) -> Answer:
    return answer(not load.get("store_id") or load.get("store_id") != load.get("to_store_id"))


def _by_another(check: Record, work: Working, on: date) -> Answer:
    if not check.get("load_id"):
        return YES
    load = _load(check, work)
    if load is None:
        return Answer(CANNOT_TELL, (check.get("load_id"),))
    mine = who(check.get("recorded_by"))
    return NO if mine and mine == who(load.get("recorded_by")) else YES


def _as_sealed(check: Record, work: Working, on: date) -> Answer:
    load = _load(check, work)
    same = load is None or _numbers(load.get("seals")) == _numbers(check.get("seals_seen"))
    return answer(same and check.get("seals_whole") is not False)


def _all_came(check: Record, work: Working, on: date) -> Answer:
    return answer(check.get("complete") is not False)


def _numbers(said: str | None) -> set[str]:
    return set((said or "").upper().replace(",", " ").replace(";", " ").split())


RULES = (
    *(
        Rule(
            "load-carries-one-kind",
            noun,
            FORBIDS,
            "Arms and ammunition never travel in one load.",
            "IDDRS 4.10; domain 2.2",
            _one_kind,
        )
        for noun in CARRIED
    ),
    *(
        Rule(
            "load-goes-there",
            noun,
            MARKS,
            "The convoy goes to another store than this says.",
            "Data quality",
            _goes_there,
        )
        for noun in CARRIED
    ),
    Rule(
        "load-goes-elsewhere",
        "load",
        MARKS,
        "The convoy goes to the store that it comes from.",
        "Data quality",
        _elsewhere,
    ),
    Rule(
        "receiver-is-not-sender",
        "load_check",
        FORBIDS,
        "Who recorded the sending of a convoy does not check it in.",
        "Red line 9; IDDRS 4.10",
        _by_another,
    ),
    Rule(
        "seals-are-the-same",
        "load_check",
        MARKS,
        "The seals are not those of the manifest, or not whole.",
        "IDDRS 4.10; domain 2.3",
        _as_sealed,
    ),
    Rule(
        "load-came-whole",
        "load_check",
        MARKS,
        "Not everything on the manifest came.",
        "IDDRS 4.10; domain 2.3",
        _all_came,
    ),
)
