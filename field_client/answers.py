"""Taking in an answer of the registry line by line, whichever way it came: over a link or on a stick."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
from sqlite_utils import Database

from field_client import moments
from field_client.refusals import NOT_THE_REGISTRY
from field_client.store import facts, known, laying, outbox, overlay, promoting, staging
from schema import frames
from schema.problems import Unreachable


@dataclass
class Answered:
    """What one answer came to. obeyed: its STATE is the newest; forked: the log has moved.

    snapshots: files that are offered in place of pages; again: in how many seconds one will be there.
    disputes: some Units are disputed now, and what is shown does not say so yet.
    """

    begun: bool = False
    obeyed: bool = True
    ended: bool = False
    forked: bool = False
    more: bool = True
    progress: bool = False
    repairing: bool = False
    disputes: bool = False
    seen: int | None = None
    again: int = 0
    snapshots: list[dict[str, Any]] = field(default_factory=list)
    news: dict[str, str] = field(default_factory=dict)
    promoted: laying.Promoted | None = None


def take_state(db: Database, answered: Answered, text: bytes) -> None:
    """Take in the first line of an answer. Raises Unreachable when it is none."""
    name, said = _frame(text)
    if name != frames.STATE:
        raise Unreachable(NOT_THE_REGISTRY)
    answered.begun = True
    said = known.filled(db, said)
    before = (facts.get(db, "sent"), outbox.tip(db)[0])
    answered.obeyed = staging.state(db, said)
    after = (facts.get(db, "sent"), outbox.tip(db)[0])
    answered.progress, answered.forked = after != before, after[1] != before[1]


def take(db: Database, answered: Answered, lines: Iterable[bytes]) -> None:
    """Take in lines that came together, in the caller's transaction. Raises Unreachable."""
    for text in lines:
        if answered.ended:
            return
        (take_line if answered.begun else take_state)(db, answered, text)
    _show_disputes(db, answered)


def take_stick(db: Database, lines: Sequence[bytes]) -> Answered:
    """Take in all of an answer that came on a stick, in the caller's transaction.

    Of one that was made from other cursors only the outcomes count (R22).
    """
    answered, (first, *rest) = Answered(), lines
    contact, said = facts.get(db, "last_contact", ""), _frame(first)[1]
    if staging.is_answered_from_here(db, said):
        take_state(db, answered, first)
    else:
        answered.obeyed = False
    for text in rest:
        take_line(db, answered, text)
    _show_disputes(db, answered)
    # Nobody has heard of the registry since it wrote this.
    facts.put(db, last_contact=said["at"] if answered.obeyed else contact)
    return answered


def take_line(db: Database, answered: Answered, text: bytes) -> None:
    """Take in a further line of an answer, in the caller's transaction; END promotes what is whole."""
    name, said = _frame(text)
    if name == frames.RESULTS:
        news = staging.results(db, said)
        answered.news |= news
        answered.disputes |= "disputed" in news.values()
        answered.seen = said["seen"]
    elif name == frames.PAGE and answered.obeyed:
        staging.page(db, text, said)
        answered.progress = True
    elif name == frames.END:
        _ended(db, answered, said)


def _ended(db: Database, answered: Answered, said: dict[str, Any]) -> None:
    answered.ended = True
    seen = {"results_seen": answered.seen} if answered.obeyed and answered.seen is not None else {}
    facts.put(db, last_contact=moments.now(), **seen)
    answered.more = bool(said["more"])
    if answered.obeyed:
        answered.again, answered.snapshots = said.get("again", 0), said.get("snapshots", [])
    if said.get("ask"):
        known.forget(db)
    if answered.obeyed and not answered.more:
        answered.promoted = promoting.promote(db, said.get("digests"))
        answered.disputes &= answered.promoted.stayed


def _show_disputes(db: Database, answered: Answered) -> None:
    """Where a Unit is disputed, the value in force is shown at once, with one's own beside it (R2)."""
    if answered.disputes:
        overlay.lift_all(db)
        overlay.lay_all(db)
        answered.disputes = False


def _frame(line: bytes) -> tuple[str, Any]:
    try:
        name, said = orjson.loads(line)
    except (orjson.JSONDecodeError, ValueError, TypeError):
        raise Unreachable(NOT_THE_REGISTRY) from None
    return str(name), said
