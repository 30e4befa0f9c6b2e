"""Profiling: the notice before the questions, and no child is asked about service (domain 1.8, rule C5)."""

from datetime import date

from schema.record import Record, Working
from schema.rules.rule import CANNOT_TELL, FORBIDS, YES, Answer, Rule, answer
from schema.rules.safeguards import CHILD


def _notice_read(profile: Record, work: Working, on: date) -> Answer:
    return answer(profile.get("notice_read") is True)


def _no_service(profile: Record, work: Working, on: date) -> Answer:
    """What an adult said before they were recognised as a child is sealed with them, and stays."""
    written = profile.version_of("service_skills")[0] >= profile.ver
    if not profile.get("service_skills") or not written:
        return YES
    case_id = str(profile.get("case_id") or "")
    case = work.find("case", case_id)
    return Answer(CANNOT_TELL, (case_id,)) if case is None else answer(case.compartment != CHILD)


RULES = (
    Rule(
        "notice-is-read-first",
        "profile",
        FORBIDS,
        "Nobody is profiled before the notice was read out to them that it promises nothing.",
        "IDDRS 4.20, profiling; domain 1.8",
        _notice_read,
    ),
    Rule(
        "child-is-asked-no-service",
        "profile",
        FORBIDS,
        "A child is not asked about skills learned in service.",
        "IDDRS 5.20; domain rule C5",
        _no_service,
    ),
)
