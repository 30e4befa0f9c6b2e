"""One sync: hand in what is only here, fetch what is new, show it all at once when it is complete.

Push goes first, so that a laptop that dies half way has at least delivered. One run at a time.
"""

import zlib
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

import orjson
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from filelock import FileLock
from sqlite_utils import Database

from field_client import home, moments, wiping
from field_client.cipher import transaction
from field_client.store import facts, outbox, promoting, staging
from field_client.store.rows import Row
from field_client.transport import CUT, NOT_THE_REGISTRY, Line, Link, WipeAsked, tell_wiped
from schema import frames, points
from schema.problems import Refused, Unreachable, Wiped

MOST_STALLED = 3
# While Units still wait beyond this request, hardly anything is fetched with it.
BUDGET, LEAST_BUDGET = 4_000_000, 1
# What a compressor may still hold back when it says how much it has written.
UNWRITTEN = 64_000


@dataclass(frozen=True)
class Progress:
    """How far a sync has come. fetching: pages have begun to arrive."""

    to_send: int
    sent: int
    bytes_up: int
    bytes_down: int
    fetching: bool = False


@dataclass
class Summary:
    """What a sync did. fetched: records that say something this laptop did not show before."""

    sent: int = 0
    fetched: int = 0
    disputed: int = 0
    held: int = 0
    bytes_up: int = 0
    bytes_down: int = 0
    round_trips: int = 0
    seconds: float = 0.0

    def as_dict(self) -> dict[str, Any]:
        """The summary for a machine."""
        return asdict(self)


@dataclass
class _Answered:
    """What one answer came to. obeyed: its STATE is the newest; forked: the log has moved."""

    obeyed: bool = True
    forked: bool = False
    more: bool = True
    progress: bool = False
    seen: int | None = None
    news: dict[str, str] = field(default_factory=dict)
    promoted: promoting.Promoted | None = None


Tell = Callable[[Progress], None]


def run(unlocked: home.Unlocked, tell: Tell = lambda progress: None) -> Summary:
    """Sync once, to the end. Raises Unreachable with everything kept, Revoked, NotSignedIn.

    Raises Wiped when the registry asked for that: what was not handed in is sealed, the rest is gone.
    """
    with _locked(unlocked):
        try:
            return _run(unlocked, tell)
        except WipeAsked:
            raise Wiped(kept=what_is_kept(_obey(unlocked))) from None


def wipe_sealing(unlocked: home.Unlocked) -> Path | None:
    """Wipe this device by hand; the sealed file with what was not handed in, if any was."""
    return _wipe_by_hand(unlocked, unsent_lines)


def wipe_all_sent(unlocked: home.Unlocked) -> Path | None:
    """Wipe this device by hand, with nothing to keep. Raises Refused while something is only here."""
    return _wipe_by_hand(unlocked, _nothing_unsent)


def what_is_kept(sealed: Path | None) -> str:
    """In one sentence, after a wipe."""
    if sealed is None:
        return "Everything had been handed in; nothing is kept here."
    return f"What was not sent stays sealed in {sealed} and can still be handed in."


def _locked(unlocked: home.Unlocked) -> FileLock:
    return FileLock(unlocked.folder / home.LOCK_FILE, mode=0o600)


def _obey(unlocked: home.Unlocked) -> Path | None:
    with unlocked.opened() as db:
        link = link_of(db, unlocked)
    kept = wiping.wipe(unlocked, unsent_lines)
    # Not heard: the registry goes on listing it as asked, which is what it knows.
    tell_wiped(link)
    wiping.sweep(unlocked.folder)
    return kept


def _wipe_by_hand(unlocked: home.Unlocked, unsent: Callable[[Database], bytes]) -> Path | None:
    with _locked(unlocked):
        kept = wiping.wipe(unlocked, unsent)
        wiping.sweep(unlocked.folder)
    return kept


def _nothing_unsent(db: Database) -> bytes:
    count = len(outbox.unsent(db))
    if count:
        sentence = f"{count} saved only here would be lost. Sync first, or keep them sealed with --keep-unsent."
        raise Refused(sentence, rule="only-here", count=count)
    return b""


def _run(unlocked: home.Unlocked, tell: Tell) -> Summary:
    started = moments.seconds()
    with unlocked.opened() as db, Line(link_of(db, unlocked)) as line:
        facts.put(db, sent=0)
        outcomes: dict[str, str] = {}
        new = 0
        for answered in _rounds(db, line, tell):
            outcomes |= answered.news
            new += len(answered.promoted.new) if answered.promoted else 0
        told = list(outcomes.values())
        return Summary(
            sent=facts.get(db, "sent", 0),
            fetched=new,
            disputed=told.count("disputed"),
            held=told.count("held"),
            bytes_up=line.traffic.up,
            bytes_down=line.traffic.down,
            round_trips=line.traffic.round_trips,
            seconds=round(moments.seconds() - started, 3),
        )


def link_of(db: Database, unlocked: home.Unlocked) -> Link:
    """Where this device's registry is."""
    return Link(facts.get(db, "url", ""), facts.get(db, "token", ""), unlocked.ca)


def request(db: Database) -> tuple[bytes, int]:
    """(frames of the next request, how many Units wait beyond it)."""
    with transaction(db):
        lines = [_ops(row) for row in outbox.unsent(db)]
        now = lines[: _fitting(lines)]
        hello = _hello(db, LEAST_BUDGET if len(now) < len(lines) else BUDGET)
    body = [frames.frame(frames.HELLO, hello), *now, frames.frame(frames.END, {})]
    return b"".join(body), len(lines) - len(now)


def unsent_lines(db: Database) -> bytes:
    """What the registry has not acknowledged, signed, as the body of one sync; empty when it has all."""
    lines = [_ops(row) for row in outbox.unsent(db)]
    if not lines:
        return b""
    hello = frames.frame(frames.HELLO, _hello(db, LEAST_BUDGET))
    return b"".join([hello, *lines, frames.frame(frames.END, {})])


def _rounds(db: Database, line: Line, tell: Tell) -> Iterator[_Answered]:
    """Requests until everything is sent and everything is here."""
    to_send, stalled = len(outbox.unsent(db)), 0
    while stalled < MOST_STALLED:
        body, beyond = request(db)
        points.reach("after save, before send")
        answered = _answered(db, line.exchange(body), lambda: tell(_progress(db, line, to_send)))
        yield answered
        if not (answered.more or beyond or answered.forked):
            return
        stalled = 0 if answered.progress else stalled + 1
    raise Unreachable("The registry answers and nothing moves. Everything is kept here.")


def _progress(db: Database, line: Line, to_send: int) -> Progress:
    sent, fetching = facts.get(db, "sent", 0), bool(db.table("stage").count)
    return Progress(to_send, sent, line.traffic.up, line.traffic.down, fetching)


def _answered(db: Database, lines: Iterator[bytes], tell: Callable[[], None]) -> _Answered:
    """Take in an answer line by line; it may stop anywhere."""
    answered = _Answered()
    name, said = _frame(next(lines, b""))
    if name != frames.STATE:
        raise Unreachable(NOT_THE_REGISTRY)
    _state(db, answered, said)
    for text in lines:
        tell()
        name, said = _frame(text)
        with transaction(db):
            if name == frames.RESULTS:
                answered.news |= staging.results(db, said)
                answered.seen = said["seen"]
            elif name == frames.PAGE and answered.obeyed:
                staging.page(db, text, said)
                answered.progress = True
            elif name == frames.END:
                return _ended(db, answered, said)
    raise Unreachable(CUT)


def _state(db: Database, answered: _Answered, said: dict[str, Any]) -> None:
    with transaction(db):
        before = (facts.get(db, "sent"), outbox.tip(db)[0])
        answered.obeyed = staging.state(db, said)
        after = (facts.get(db, "sent"), outbox.tip(db)[0])
    answered.progress, answered.forked = after != before, after[1] != before[1]


def _ended(db: Database, answered: _Answered, said: dict[str, Any]) -> _Answered:
    facts.put(db, last_contact=moments.now())
    if answered.obeyed and answered.seen is not None:
        facts.put(db, results_seen=answered.seen)
    answered.more = bool(said["more"])
    if answered.obeyed and not answered.more:
        answered.promoted = promoting.promote(db)
    return answered


def _hello(db: Database, budget: int) -> dict[str, Any]:
    incarnation, announced, _ = outbox.tip(db)
    cursors, whole = staging.cursors(db)
    hello = {
        "protocol": frames.PROTOCOL,
        "device": facts.get(db, "device"),
        "incarnation": incarnation,
        "first": outbox.lowest_held(db),
        "announced": announced,
        "epoch": facts.get(db, "epoch", [0, ""])[0],
        "cursors": cursors,
        "whole": whole,
        "results_seen": facts.get(db, "results_seen", 0),
        "app": version("ploughshare"),
        "at": moments.now(),
        "budget": budget,
    }
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(facts.get(db, "private_key")))
    return {**hello, "signature": key.sign(frames.hello_text(hello)).hex()}


def _ops(row: Row) -> bytes:
    parts = [row["n"], row["prev"], row["hash"], row["payload"], row["incarnation"]]
    return frames.frame(frames.OPS, parts)


def _fitting(lines: list[bytes]) -> int:
    """How many lines one request may carry, compressed; one at least."""
    engine, size = zlib.compressobj(6), 0
    for count, line in enumerate(lines):
        size += len(engine.compress(line))
        if size > frames.BODY_LIMIT - UNWRITTEN:
            return max(count, 1)
    return len(lines)


def _frame(line: bytes) -> tuple[str, Any]:
    try:
        name, said = orjson.loads(line)
    except (orjson.JSONDecodeError, ValueError, TypeError):
        raise Unreachable(NOT_THE_REGISTRY) from None
    return str(name), said
