"""What an attachment must say of its bytes, and that it never says anything else of them later."""

from datetime import date

from schema.entities.attachment import Attachment
from schema.record import Record, Working
from schema.rules.rule import FORBIDS, Answer, Rule, answer

CONTENT = Attachment.groups()["sha256"]


def _has_content(attachment: Record, work: Working, on: date) -> Answer:
    return answer(all(attachment.get(name) is not None for name in CONTENT))


def _content_kept(attachment: Record, work: Working, on: date) -> Answer:
    before = work.rows.find(*attachment.key)
    return answer(
        before is None or all(before.get(name) == attachment.get(name) for name in CONTENT)
    )


RULES = (
    Rule(
        "attachment-names-its-bytes",
        "attachment",
        FORBIDS,
        "A photo or paper names its bytes and those of its preview.",
        "Data quality",
        _has_content,
    ),
    Rule(
        "attachment-is-not-exchanged",
        "attachment",
        FORBIDS,
        "A picture is never exchanged for another: withdraw it and add the other one.",
        "No silent correction (red line 9)",
        _content_kept,
    ),
)
