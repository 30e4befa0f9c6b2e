"""What is written of nobody's health, and what comes in twos (IDDRS 5.70; domain 1.7, rule G6)."""

import re
from datetime import date

from schema.names import fold
from schema.record import Record, Working
from schema.rules.rule import FORBIDS, MARKS, YES, Answer, Rule, answer

# HIV of ICD-11 and of ICD-10, and being maltreated sexually, now or in the past.
_NEVER_CODED = re.compile(r"(?:1C6[0-2]|MA14\.0|QC90\.6|B2[0-4]|Z21|PJ22|QE82\.1|T74\.2|Y05)")
_WORDS = """
hiv; h i v; vih; v i h; sida; virus de l immunodeficience; inmunodeficiencia humana; immunodeficiency
rape; raped; sexual violence; sexual abuse; viol; violee; violence sexuelle; violences sexuelles; abus sexuel
violacion; violada; violado; violencia sexual; abuso sexual
فيروس نقص المناعة; نقص المناعة البشرية; ايدز; الايدز; السيدا; اغتصاب; الاغتصاب; عنف جنسي; العنف الجنسي
"""
_NEVER_WRITTEN = re.compile(
    rf"\b(?:{'|'.join(fold(one) for line in _WORDS.splitlines() for one in line.split(';') if one.strip())})\b"
)
_WRITTEN = {
    "medical_screening": ("facility", "arrange"),
    "clinical": ("note",),
    "functioning": ("accommodation",),
}


def _names_nothing(record: Record, work: Working, on: date) -> Answer:
    code = str(record.get("icd11") or "").upper()
    texts = (fold(str(record.get(name) or "")) for name in _WRITTEN[record.entity])
    coded = any(_NEVER_CODED.match(part) for part in re.split("[/&]", code))
    return answer(not coded and not any(_NEVER_WRITTEN.search(text) for text in texts))


def _tool_and_band(record: Record, work: Working, on: date) -> Answer:
    return answer(bool(record.get("mental_tool")) == bool(record.get("mental_band")))


def _accepted_what_was_offered(record: Record, work: Working, on: date) -> Answer:
    return answer(not record.get("service_accepted") or bool(record.get("service_offered")))


def _helped(record: Record, work: Working, on: date) -> Answer:
    return answer(bool(record.get("accommodation_asked")))


def _not_ahead(record: Record, work: Working, on: date) -> Answer:
    return YES if not record.get("date") else answer(str(record.get("date")) <= on.isoformat())


_NEVER = (
    "HIV is recorded of nobody, and sexual violence nowhere here: a service is offered, and whether the "
    "referral was accepted is all that is kept."
)
RULES = (
    *(
        Rule(
            f"{noun.replace('_', '-')}-names-nothing",
            noun,
            FORBIDS,
            _NEVER,
            "Red line 6; domain rule G6; IDDRS 5.60",
            _names_nothing,
        )
        for noun in _WRITTEN
    ),
    *(
        Rule(
            f"{noun.replace('_', '-')}-not-ahead",
            noun,
            MARKS,
            "The date lies ahead.",
            "Data quality",
            _not_ahead,
        )
        for noun in _WRITTEN
    ),
    Rule(
        "mental-tool-has-its-band",
        "clinical",
        MARKS,
        "A questionnaire has its band, and a band its questionnaire.",
        "Data quality",
        _tool_and_band,
    ),
    Rule(
        "service-was-offered",
        "clinical",
        MARKS,
        "A referral was accepted that nobody offered.",
        "Data quality",
        _accepted_what_was_offered,
    ),
    Rule(
        "accommodation-is-asked",
        "functioning",
        MARKS,
        "Nobody asked the person what would help them to take part.",
        "IDDRS 5.80; domain rule G7",
        _helped,
    ),
)
