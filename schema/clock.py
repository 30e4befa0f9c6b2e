"""One clock, and what is due by it: the machinery, apart from which clocks there are."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from schema.entities import BY_NOUN
from schema.record import Record, Working
from schema.rules.lifecycle import is_open
from schema.said import Said

Runs = Callable[[Record, Working], bool]


def _runs(_record: Record, _work: Working) -> bool:
    return True


@dataclass(frozen=True)
class Clock:
    """One clock. counts_from: the field with the day; days: how many are left from there.

    empty: the fields that stop it once they are filled; only: what must stand in others. compartment: the
    only one it is about. below: what ``runs`` looks at, each as (noun, the field of this record that it
    hangs by), so that it is loaded at once.
    """

    name: str
    noun: str
    label: Said
    counts_from: str
    days: int = 0
    empty: tuple[str, ...] = ()
    only: Mapping[str, Any] = field(default_factory=dict)
    runs: Runs = _runs
    compartment: str = ""
    below: tuple[tuple[str, str], ...] = ()

    def latest(self, until: date) -> str:
        """Until which day it must have begun to be due by this day."""
        return (until - timedelta(days=self.days)).isoformat()


@dataclass(frozen=True)
class Due:
    """Something that is due: the record whose clock it is, its case or store where it has one, and the day."""

    clock: str
    noun: str
    record_id: str
    case_id: str
    day: str
    store_id: str = ""


def due(clock: Clock, records: Iterable[Record], work: Working, until: date) -> list[Due]:
    """What of these records is due by a day, the longest overdue first."""
    found = [one for record in records if (one := _due(clock, record, work, until))]
    return sorted(found, key=lambda one: (one.day, one.record_id))


def _due(clock: Clock, record: Record, work: Working, until: date) -> Due | None:
    begun = record.get(clock.counts_from)
    if not begun or begun > clock.latest(until) or record.get("withdrawn_at"):
        return None
    if any(record.get(name) not in (None, "") for name in clock.empty):
        return None
    if any(record.get(name) != value for name, value in clock.only.items()):
        return None
    if clock.compartment not in ("", record.compartment) or not clock.runs(record, work):
        return None
    day = (date.fromisoformat(begun) + timedelta(days=clock.days)).isoformat()
    store = str(record.get("store_id") or "")
    return Due(clock.name, clock.noun, record.id, case_of(record, work), day, store)


def case_of(record: Record, work: Working) -> str:
    """The case that a record is about, however far above it hangs; empty where it is about none."""
    if record.get("case_id"):
        return str(record.get("case_id"))
    if record.entity == "person":
        return next((case.id for case in open_cases(record, work)), "")
    entity = BY_NOUN[record.entity]
    ref = entity.refs().get(entity.hangs_on)
    above = work.find(ref.to, str(record.get(entity.hangs_on) or "")) if ref else None
    return case_of(above, work) if above else ""


def open_cases(person: Record, work: Working) -> list[Record]:
    """The cases of somebody that are not over."""
    return [case for case in work.below("case", person.id) if is_open(case)]
