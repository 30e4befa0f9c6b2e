"""Complaints: who is complained of takes no part, who wrote one down decides nothing, some name nobody."""

from datetime import date

from schema.fields import name_of, who
from schema.names import fold
from schema.record import Record, Working
from schema.rules.acts import acts_of
from schema.rules.decisions import for_new
from schema.rules.rule import CANNOT_TELL, FORBIDS, YES, Answer, Rule, answer

NEW, LOOKED_INTO, DECIDED = "new", "looked-into", "decided"
DECISIONS = ("upheld", "not-upheld")


def state_of(complaint: Record, work: Working) -> str:
    """What a complaint has come to: ``new``, ``looked-into`` or ``decided``."""
    acts = acts_of("complaint_event", complaint.id, work)
    if any(act.get("act") in DECISIONS for act in acts):
        return DECIDED
    return LOOKED_INTO if acts else NEW


def _names_nobody(complaint: Record, work: Working, on: date) -> Answer:
    named = any(str(complaint.get(name) or "").strip() for name in ("number", "contact"))
    return answer(not (complaint.get("anonymous") and named))


def _not_by_who_is_complained_of(event: Record, work: Working, on: date) -> Answer:
    complaint = _complaint(event, work)
    if complaint is None:
        return Answer(CANNOT_TELL, (str(event.get("complaint_id")),))
    against, by = fold(str(complaint.get("against") or "")), event.get("recorded_by")
    return answer(not against or against not in (fold(name_of(by)), fold(who(by))))


def _decided_by_another(event: Record, work: Working, on: date) -> Answer:
    if event.get("act") not in DECISIONS:
        return YES
    complaint = _complaint(event, work)
    if complaint is None:
        return Answer(CANNOT_TELL, (str(event.get("complaint_id")),))
    mine = who(event.get("recorded_by"))
    return answer(not mine or mine != who(complaint.get("recorded_by")))


def _decision_says_why(event: Record, work: Working, on: date) -> Answer:
    said = str(event.get("said") or "").strip()
    return answer(event.get("act") not in DECISIONS or bool(said))


def _complaint(event: Record, work: Working) -> Record | None:
    return work.find("complaint", str(event.get("complaint_id")))


SOURCE = "Domain rule G8; IDDRS 5.10"

RULES = (
    Rule(
        "anonymous-complaint-names-nobody",
        "complaint",
        FORBIDS,
        "An anonymous complaint says neither who complains nor how to reach them.",
        SOURCE,
        for_new(_names_nobody),
    ),
    Rule(
        "complaint-not-by-who-is-complained-of",
        "complaint_event",
        FORBIDS,
        "Who is complained of takes no part in the complaint.",
        "Red line 9; domain rule G8",
        for_new(_not_by_who_is_complained_of),
    ),
    Rule(
        "complaint-decided-by-another",
        "complaint_event",
        FORBIDS,
        "Who wrote a complaint down does not decide on it.",
        "Red line 9; domain rule G8",
        for_new(_decided_by_another),
    ),
    Rule(
        "complaint-decision-says-why",
        "complaint_event",
        FORBIDS,
        "A decision on a complaint says why.",
        SOURCE,
        for_new(_decision_says_why),
    ),
)
