"""A dispute as the page lays it out: both values in words, their difference, and what may be chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from schema.change import SETTLE, Change
from schema.deployment import CUSTOM, Noun, gathered, spread
from schema.detail import details
from schema.difference import pieces
from schema.fields import Text
from schema.form import Input
from schema.parts import names_in, part_of
from schema.policy import Sight
from schema.record import Record
from schema.said import Said
from server.pages.deployed import noun_of
from server.pages.record_questions import Questions
from server.pages.told import disputed_field, readable, word, worded
from server.registry.disputes import DisputePage

KEEP, TAKE, NEITHER = "keep", "take", "neither"
CHOICES = (KEEP, TAKE, NEITHER)
PREFIX = "neither-"
Errors = Mapping[str, Sequence[Any]]


@dataclass(frozen=True)
class Choice:
    """What the form says: which value, the third one where neither is right, and why."""

    chosen: str
    third: Mapping[str, Any]
    reason: str
    errors: Errors

    @classmethod
    def read(cls, form: Mapping[str, Any], found: DisputePage) -> "Choice":
        """The choice that was sent."""
        parsed = questions(found).read(form)
        chosen = str(form.get("choice", ""))
        wrong = {PREFIX + name: said for name, said in parsed.errors.items()}
        reason = str(form.get("reason", "")).strip()
        return cls(chosen, parsed.values, reason, wrong if chosen == NEITHER else {})

    def value(self, inforce: Mapping[str, Any], side: Mapping[str, Any]) -> dict[str, Any]:
        """The value chosen, for each disputed field."""
        if self.chosen == TAKE:
            return dict(side)
        if self.chosen == KEEP:
            return {name: inforce.get(name) for name in side}
        third = gathered(self.third, {})
        return part_of(third, side)


def entity_of(found: DisputePage) -> Noun:
    """The noun of the disputed record."""
    return noun_of(found.record.entity)


def names_of(found: DisputePage) -> tuple[str, ...]:
    """The disputed fields, in the order of the form."""
    side = spread(found.dispute.get("side") or {})
    names = tuple(name for name in entity_of(found).describe() if name in side)
    return tuple(name for name in names if name != CUSTOM) or names


def questions(found: DisputePage) -> Questions:
    """The questions for a third value."""
    return Questions(entity_of(found), names_of(found), prefix=PREFIX)


def field(dispute: Record) -> str:
    """What is disputed, in the reader's language."""
    return word(disputed_field(dispute))


def settlement(
    found: DisputePage,
    value: Mapping[str, Any],
    inforce: Mapping[str, Any],
    side: Mapping[str, Any],
    reason: str,
) -> Change:
    """The change that settles: the value chosen, and both values as they were shown."""
    said = {"value": dict(value), "inforce": dict(inforce), "side": dict(side), "reason": reason}
    return Change(SETTLE, "dispute", found.dispute.id, said)


def neither(
    conn: sa.Connection, sight: Sight, found: DisputePage, form: Mapping[str, Any], errors: Errors
) -> list[Input]:
    """The questions for a third value, as they were answered."""
    typed = questions(found).read(form).typed
    wrong = {name.removeprefix(PREFIX): said for name, said in errors.items()}
    # What is typed here is no further question: whoever takes neither value types it.
    drawn = questions(found).drawn(conn, sight, typed, wrong)
    return [replace(one, required=True) for one in drawn]


def asked(
    found: DisputePage, third: Sequence[Input], form: Mapping[str, Any], errors: Errors
) -> dict[str, Any]:
    """What the macro of a dispute takes."""
    dispute = found.dispute
    side = dispute.get("side") or {}
    inforce = (
        part_of(found.record.values, side)
        if dispute.get("state") == "open"
        else dispute.get("inforce") or {}
    )
    ours, theirs = in_words(found, inforce), in_words(found, side)
    number = max((found.record.version_of(name)[0] for name in names_in(side)), default=0)
    return {
        "label": Said(disputed_field(dispute)),
        "before": in_words(found, dispute.get("before") or {}, empty=""),
        "chosen": form.get("choice", ""),
        "sides": [
            {
                "state": "registry",
                "tag": _("In force at the registry"),
                "pieces": marked(found, ours, theirs),
                "who": dispute.get("inforce_by") or "",
                "said_at": readable(dispute.get("inforce_at")),
                "arrived_at": found.arrived.get(number),
                "choice": _("Keep this value"),
                "value": KEEP,
            },
            {
                "state": "disputed",
                "tag": _("The other value, kept"),
                "pieces": marked(found, theirs, ours),
                "who": dispute.get("side_by") or "",
                "said_at": readable(dispute.get("side_at")),
                "arrived_at": found.arrived.get(dispute.first),
                "choice": _("Use this value"),
                "value": TAKE,
            },
        ],
        "neither": third[0] if third else None,
        "reason": form.get("reason", ""),
        "reason_errors": errors.get("reason", ()),
    }


def marked(found: DisputePage, value: str, other: str) -> list[tuple[str, bool]]:
    """A value with what differs marked: letters of what people wrote, else the whole of it."""
    fields = entity_of(found).describe()
    written = all(isinstance(fields[name], Text) for name in names_of(found))
    return pieces(value, other) if written else [(value, value != other)]


def in_words(found: DisputePage, values: Mapping[str, Any], empty: str | None = None) -> str:
    """The disputed fields' values as one text."""
    lines = details(entity_of(found), values, found.labels, names_of(found))
    texts = [worded(line) for line in lines if line.text is not None]
    if not texts:
        return word("Not given") if empty is None else empty
    return ", ".join(word_or_text(text) for text in texts)


def word_or_text(text: Said | str) -> str:
    """What is declared in the reader's language; what people wrote as it stands."""
    return word(text) if isinstance(text, Said) else text


def summary(third: Sequence[Input], errors: Errors) -> list[tuple[Any, str]]:
    """Every error with what it links to."""
    anchors = {one.name: one.anchor for one in third} | {"reason": "f-reason", "choice": "choices"}
    return [(said, anchors.get(name, "choices")) for name, all_ in errors.items() for said in all_]
