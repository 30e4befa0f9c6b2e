"""The passage through the programme: one open case, a derived gate, dates in order."""

from datetime import date

from schema.codes import GATE
from schema.record import Record, Working
from schema.rules.rule import FORBIDS, MARKS, YES, Answer, Rule, answer

EXITED = "exited"


def gate_of(case: Record, work: Working) -> str | None:
    """The gate a case has come to: that of its latest event, and of two on one day the later gate."""
    passed = [
        (event.get("date") or "", GATE.values.index(event.get("gate")), event.get("gate"))
        for event in work.below("gate_event", case.id)
        if event.get("gate") in GATE and not event.get("withdrawn_at")
    ]
    return max(passed)[2] if passed else None


def is_open(case: Record) -> bool:
    """Whether a case is open: not exited, not withdrawn."""
    return case.gate != EXITED and not case.get("withdrawn_at")


def _one_open_case(case: Record, work: Working, on: date) -> Answer:
    person = case.get("person_id")
    if not person or not is_open(case):
        return YES
    return answer(not any(is_open(c) and c.id != case.id for c in work.below("case", person)))


def _ends_after_start(service: Record, work: Working, on: date) -> Answer:
    start, end = service.get("start_date"), service.get("end_date")
    return answer(not (start and end) or start <= end)


def _not_ahead(event: Record, work: Working, on: date) -> Answer:
    return answer(not event.get("date") or event.get("date") <= on.isoformat())


def _done_not_ahead(visit: Record, work: Working, on: date) -> Answer:
    return answer(not visit.get("done_date") or visit.get("done_date") <= on.isoformat())


def _withdrawn_untouched(record: Record, work: Working, on: date) -> Answer:
    if not record.get("withdrawn_at"):
        return YES
    # Not by its own number: that also rises when the record moves along with its case.
    withdrawn = record.version_of("withdrawn_at")[0]
    return answer(not any(version[0] > withdrawn for version in record.fver.values()))


RULES = (
    Rule(
        "one-open-case",
        "case",
        FORBIDS,
        "A person has at most one open case.",
        "IDDRS 4.20, registration",
        _one_open_case,
    ),
    Rule(
        "service-ends-after-it-starts",
        "service",
        MARKS,
        "The service ends before it starts.",
        "Data quality",
        _ends_after_start,
    ),
    Rule(
        "gate-not-ahead",
        "gate_event",
        MARKS,
        "The date of the gate lies ahead.",
        "Data quality",
        _not_ahead,
    ),
    Rule(
        "custody-not-ahead",
        "custody_event",
        MARKS,
        "The date of the custody event lies ahead.",
        "Data quality",
        _not_ahead,
    ),
    Rule(
        "visit-not-ahead",
        "follow_up",
        MARKS,
        "The visit is recorded as done on a day that lies ahead.",
        "Data quality",
        _done_not_ahead,
    ),
    Rule(
        "withdrawn-stays-withdrawn",
        "*",
        MARKS,
        "A record that was withdrawn has been changed since; it stays withdrawn.",
        "Data quality",
        _withdrawn_untouched,
    ),
)
