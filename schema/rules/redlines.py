"""What no deployment may record, whatever it calls it (red line 6)."""

from datetime import date

from schema.names import fold
from schema.record import Record, Working
from schema.rules.rule import FORBIDS, Answer, Rule, answer

FORBIDDEN_WORDS = (
    "informant",
    "informer",
    "intelligence",
    "hiv",
    "aids",
    "rape",
    "sexual violence",
    "sgbv",
    "gbv",
    "vetting evidence",
    "risk score",
    "risk rank",
    "prediction",
    "fingerprint",
    "face template",
    "home gps",
)


def _no_forbidden_field(record: Record, work: Working, on: date) -> Answer:
    custom = record.get("custom")
    if not custom:
        return answer(True)
    names = [f" {fold(str(name))} " for name in custom] if isinstance(custom, dict) else []
    return answer(not any(f" {word} " in name for name in names for word in FORBIDDEN_WORDS))


RULES = (
    Rule(
        "no-forbidden-field",
        "*",
        FORBIDS,
        "Informants, intelligence, HIV, sexual violence, scores and vetting evidence are not recorded here.",
        "Red lines 1, 6 and 7",
        _no_forbidden_field,
    ),
)
