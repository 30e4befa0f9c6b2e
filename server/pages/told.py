"""What happened, told by day for the timeline: who, what, from which value to which."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from schema.chains import ACCOUNT, IMPORT, LAPTOP, kind_of
from schema.codes import GATE
from schema.deployment import CUSTOM, changed_names, spread
from schema.detail import Detail, details
from schema.entities import BY_NOUN
from schema.record import Record
from schema.said import Said
from schema.wording import Words
from server import moments
from server.config import settings
from server.pages.deployed import noun_of
from server.registry.timeline import Past

_NOTHING = Said("Not given")
_LAPTOP, _FORM, _IMPORT = Said("from a laptop"), Said("at the registry"), Said("from a list")
_GATE = Said("Gate")
A_DAY = timedelta(days=1)
# The field that tells records of a noun apart in one line.
TOLD_BY = ("gate", "event", "relation", "type", "due_date", "process")
WORDS = Words(_, ngettext, zone=lambda: settings().timezone)


@dataclass(frozen=True)
class Event:
    """One change as the timeline macro takes it."""

    kind: str
    time: str
    who: str
    what: str
    changes: list[tuple[Any, Any, Any]]
    origin: str


def told(past: Iterable[Past], labels: Mapping[str, str]) -> list[tuple[str, list[Event]]]:
    """The changes by the day on which they came, newest first."""
    events = ((_day(one.came_at), _event(one, labels)) for one in past)
    return [
        (day, [event for _day, event in group]) for day, group in groupby(events, lambda e: e[0])
    ]


def _day(instant: str) -> str:
    """The day on which this was, where the programme is."""
    return _local(instant).date().isoformat()


def _local(instant: str) -> datetime:
    return moments.from_text(instant).astimezone(settings().timezone)


def _event(one: Past, labels: Mapping[str, str]) -> Event:
    noun = word(BY_NOUN[one.entity].label)
    if one.before is None:
        kind, what, changes = "done", _recorded(one, noun, labels), []
    else:
        kind, what = "draft", _("%(noun)s changed", noun=noun)
        changes = _changes(one, labels)
    return Event(kind, f"{_local(one.came_at):%H:%M}", one.by, what, changes, _origin(one))


def _recorded(one: Past, noun: str, labels: Mapping[str, str]) -> str:
    """What was recorded, with the word by which it is told apart."""
    entity = noun_of(one.entity)
    told_by = next((name for name in TOLD_BY if name in entity.describe()), "")
    lines = details(entity, one.after or {}, labels, [told_by] if told_by else [])
    if lines and lines[0].text is not None:
        return _("%(noun)s recorded: %(which)s", noun=noun, which=WORDS.shown(worded(lines[0])))
    return _("%(noun)s recorded", noun=noun)


def _origin(one: Past) -> str:
    where = {LAPTOP: _LAPTOP, ACCOUNT: _FORM, IMPORT: _IMPORT}.get(kind_of(one.chain))
    if kind_of(one.chain) == LAPTOP and readable(one.said_at):
        when, there = WORDS.moment(one.said_at), word(str(where))
        if _is_ahead(one):
            return _(
                "%(where)s, said there %(when)s by a clock that was ahead", where=there, when=when
            )
        return _("%(where)s, said there %(when)s", where=there, when=when)
    return word(str(where)) if where else ""


def _is_ahead(one: Past) -> bool:
    """Whether a laptop said this more than a day after it had come."""
    said = datetime.fromisoformat(str(one.said_at))
    return said.astimezone() - moments.from_text(one.came_at) > A_DAY


def readable(said_at: Any) -> str | None:
    """A laptop's clock, if it says a moment at all: what a laptop sent is shown and never trusted."""
    try:
        known = datetime.fromisoformat(str(said_at))
    except ValueError:
        return None
    return str(said_at) if 1 < known.year < 9999 else None


def _changes(one: Past, labels: Mapping[str, str]) -> list[tuple[Any, Any, Any]]:
    entity = noun_of(one.entity)
    fields = entity.describe()
    was, became = spread(one.before or {}), spread(one.after or {})
    names = changed_names(one.changed, was, became, fields)
    before = details(entity, one.before or {}, labels, names)
    after = details(entity, one.after or {}, labels, names)
    lines = [(old.label, worded(old), worded(new)) for old, new in zip(before, after, strict=True)]
    if "gate" in one.changed and "gate" not in fields:
        lines.append((_GATE, _gate(one.before), _gate(one.after)))
    return lines


def _gate(values: Mapping[str, Any] | None) -> Said:
    code = (values or {}).get("gate")
    return Said(GATE.label(code)) if code else _NOTHING


def worded(line: Detail) -> Said | str:
    """A value as it stands in a sentence."""
    if line.text is None:
        return _NOTHING
    if line.kind == "day":
        return WORDS.day(str(line.text), line.precision)
    return line.text


def disputed_field(dispute: Record) -> str:
    """What the disputed field is called: its label, or that of the first of its group."""
    fields = noun_of(str(dispute.get("entity"))).describe()
    side = spread(dispute.get("side") or {})
    names = [name for name in fields if name in side and name != CUSTOM] or [
        name for name in fields if name in side
    ]
    return fields[names[0]].about.label if names else str(dispute.get("field"))


def word(text: Said | str) -> str:
    """A declared word in the reader's language."""
    return WORDS.word(text)
