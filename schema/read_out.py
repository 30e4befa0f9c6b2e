"""Eligibility in words for the person it is about: what the criteria say of them, and how to appeal."""

from schema.record import Record
from schema.rules.eligibility import Assessment
from schema.rules.rule import BROKEN, CANNOT_TELL, HOLDS
from schema.said import Said

STANDING = {
    "not-screened": Said("Not screened yet."),
    "screened": Said("Screened. Somebody else decides."),
    "eligible": Said("Eligible."),
    "untold": Said("Refused, and not in force until somebody has read it out to the person."),
    "refused": Said("Not eligible. It was read out to the person."),
    "appealed": Said("Not eligible. The person has appealed."),
    "referred": Said("Referred to another programme."),
    "differs": Said("Two decisions differ. Neither counts until somebody decides again."),
    "child": Said("In the child process: no criteria are asked."),
}
_UNMET = Said("By the criteria of %(name)s this is not met:")
_MET = Said("By what is known here, you meet the criteria of %(name)s.")
_UNCLEAR = Said("It cannot be told here yet whether you meet the criteria of %(name)s:")
_NOT_YET = Said("This is not a decision. Somebody else decides, and the reason is read out to you.")
_APPEAL = Said("You can appeal within %(days)s days of today, to: %(body)s.")


def refusal(criteria_set: Record, assessed: Assessment) -> list[Said | str]:
    """What a refusal says: the criteria that are not met, in their own words, and the way to appeal."""
    lines: list[Said | str] = [
        _UNMET.of(name=criteria_set.get("name")),
        *_worded(assessed, BROKEN),
    ]
    if criteria_set.get("appeal_days"):
        body = criteria_set.get("appeal_body") or ""
        lines.append(_APPEAL.of(days=criteria_set.get("appeal_days"), body=body))
    return lines


def screened(criteria_set: Record, assessed: Assessment) -> list[Said | str]:
    """What somebody can be told at once, before anybody has decided."""
    first = {HOLDS: _MET, BROKEN: _UNMET, CANNOT_TELL: _UNCLEAR}[assessed.verdict]
    worded = [] if assessed.verdict == HOLDS else _worded(assessed, assessed.verdict)
    return [first.of(name=criteria_set.get("name")), *worded, _NOT_YET]


def _worded(assessed: Assessment, verdict: str) -> list[str]:
    found = (one for way in assessed.ways for one in way.findings if one.verdict == verdict)
    return list(dict.fromkeys(f"– {one.criterion.get('wording')}" for one in found))
