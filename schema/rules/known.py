"""What can be known of a case here, for criteria to be asked about it. Consents are no part of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from schema.record import Record, Working
from schema.rules.custody import COUNTS_FOR_NOBODY
from schema.rules.listing import confirmed_on


@dataclass(frozen=True)
class Known:
    """What is known of a case here. None: it cannot be known here, which is not the same as none.

    weapons, rounds: how many are recorded for this case; all_weapons: whether there can be no others elsewhere.
    joined: the days on which they joined an armed group. taken: how many others the criteria have let in.
    """

    category: str | None = None
    born: str | None = None
    precision: str | None = None
    weapons: int = 0
    rounds: int = 0
    all_weapons: bool = False
    joined: tuple[str, ...] | None = None
    listed: bool | None = None
    background: str | None = None
    taken: int | None = None
    checks: Mapping[str, Record] = field(default_factory=dict)


def known(case: Record, criteria_set: Record, work: Working) -> Known:
    """What can be known of a case here, and of how many others the criteria have let in."""
    person = work.find("person", str(case.get("person_id")))
    weapons, rounds = _handed_in(case, work)
    return Known(
        category=case.get("category"),
        born=person.get("birth_date") if person else None,
        precision=person.get("birth_date_precision") if person else None,
        weapons=weapons,
        rounds=rounds,
        all_weapons=work.rows.knows("weapon", ""),
        joined=_joined(case, work),
        listed=_listed(case, work),
        background=_background(case, work),
        taken=work.found_eligible(criteria_set.id, case.id),
        checks=_checks(case, work),
    )


def _handed_in(case: Record, work: Working) -> tuple[int, int]:
    """Weapons and rounds that count for a case: by their receipt, and without one by the weapon's own word.

    One weapon counts once, for whoever its receipt says; what an agreement takes in place of a weapon counts
    as that, and not as rounds too.
    """
    lines = [
        line
        for hand_in_id in work.alike("hand_in", "case_id", case.id)
        if _stands(work.find("hand_in", hand_in_id))
        for line in work.below("hand_in_line", hand_in_id)
        if line.get("criterion") != COUNTS_FOR_NOBODY and not line.get("withdrawn_at")
    ]
    mine = {str(line.get("weapon_id")) for line in lines if line.get("weapon_id")}
    mine |= {one for one in work.alike("weapon", "case_id", case.id) if _without_receipt(one, work)}
    instead = sum(int(line.get("equivalent") or 0) for line in lines if line.get("lot_id"))
    rounds = [line for line in lines if line.get("lot_id") and not line.get("equivalent")]
    return len(mine) + instead, sum(int(line.get("quantity") or 0) for line in rounds)


def _stands(record: Record | None) -> bool:
    return record is not None and not record.get("withdrawn_at")


def _without_receipt(weapon_id: str, work: Working) -> bool:
    lines = (
        work.find("hand_in_line", one) for one in work.alike("hand_in_line", "weapon_id", weapon_id)
    )
    return _stands(work.find("weapon", weapon_id)) and not any(_stands(line) for line in lines)


def _checks(case: Record, work: Working) -> dict[str, Record]:
    """The latest finding on each criterion."""
    found = [one for one in work.below("criterion_check", case.id) if not one.get("withdrawn_at")]
    found.sort(key=lambda one: (str(one.get("date")), one.first, one.id))
    return {str(one.get("criterion_id")): one for one in found}


def _joined(case: Record, work: Working) -> tuple[str, ...] | None:
    there = [one for one in work.below("background", case.id) if not one.get("withdrawn_at")]
    days = tuple(str(one.get("joined_on")) for one in there if one.get("joined_on"))
    return days if days or work.rows.knows("background", "") else None


def _listed(case: Record, work: Working) -> bool | None:
    if confirmed_on(str(case.get("person_id")), work):
        return True
    return False if work.rows.knows("roster_match", "") else None


def _background(case: Record, work: Working) -> str | None:
    """The last result; an empty one where none came yet, and None where none could be seen."""
    there = [one for one in work.below("background_check", case.id) if not one.get("withdrawn_at")]
    if not there:
        return "" if work.rows.knows("background_check", "") else None
    last = max(there, key=lambda one: (str(one.get("date")), one.first, one.id))
    return str(last.get("status"))
