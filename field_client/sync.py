"""One sync: hand in what is only here, fetch what is new, show it all at once when it is complete.

Push goes first, so that a laptop that dies half way has at least delivered. One run at a time.
"""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from field_client import answers, budget, carrying, home, moments, repair, wiping
from field_client.cipher import transaction
from field_client.gathering import gathered
from field_client.hello import LEAST_BUDGET, Place, hello
from field_client.refusals import NOT_THE_REGISTRY, WipeAsked
from field_client.sealed_log import last_word, ops
from field_client.snapshots import Files
from field_client.store import facts, known, outbox, restored
from field_client.store.rows import one
from field_client.transport import CUT, Line, Link, knock, tell_wiped
from field_client.turns import turn
from schema import encodings, frames, points
from schema.problems import (
    NotSignedIn,
    OlderRegistry,
    Problem,
    Revoked,
    Unreachable,
    Wiped,
    WrongFormat,
)

MOST_STALLED = 3
# Below this gzip is as small.
SMALL = 2_000
# What a compressor may still hold back when it says how much it has written.
UNWRITTEN = 64_000


@dataclass(frozen=True)
class Progress:
    """How far a sync has come. fetching: pages have begun to arrive. waiting: another one goes on."""

    to_send: int
    sent: int
    bytes_up: int
    bytes_down: int
    fetching: bool = False
    waiting: bool = False


WAITING = Progress(0, 0, 0, 0, waiting=True)


@dataclass
class Summary:
    """What a sync did. fetched: records that say something this laptop did not show before."""

    sent: int = 0
    fetched: int = 0
    disputed: int = 0
    held: int = 0
    unequal: int = 0
    bytes_up: int = 0
    bytes_down: int = 0
    round_trips: int = 0
    seconds: float = 0.0
    pictures_sent: int = 0
    pictures_fetched: int = 0
    pictures_waiting: int = 0
    pictures_bytes: int = 0
    pictures_why: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The summary for a machine."""
        return asdict(self)


Tell = Callable[[Progress], None]


def run(unlocked: home.Unlocked, tell: Tell = lambda progress: None) -> Summary:
    """Sync once, to the end. Raises Unreachable with everything kept, Revoked, NotSignedIn.

    One that goes on already, of this program or another, is waited for; ``tell`` hears of that.
    Raises Wiped when the registry asked for that: what was not handed in is sealed, the rest is gone.
    """
    with turn(unlocked, lambda: tell(WAITING)):
        try:
            return _run(unlocked, tell)
        except WipeAsked:
            raise Wiped(kept=wiping.what_is_kept(_obey(unlocked))) from None
        except Revoked as problem:
            _know_revoked(unlocked)
            _know_why(unlocked, problem)
            raise
        except (Unreachable, NotSignedIn, OlderRegistry) as problem:
            _know_why(unlocked, problem)
            raise


def run_if_answered(unlocked: home.Unlocked, tell: Tell = lambda progress: None) -> Summary:
    """Sync once if the registry answers a knock, which shows it nothing of this laptop."""
    with unlocked.opened() as db:
        link = link_of(db, unlocked)
    try:
        knock(link)
    except Unreachable as problem:
        _know_why(unlocked, problem)
        raise
    return run(unlocked, tell)


def _know_why(unlocked: home.Unlocked, problem: Problem) -> None:
    """Remember why it did not work, until it does."""
    why = {"at": moments.now(), "said": problem.said, **problem.details}
    with unlocked.opened() as db:
        facts.put(db, failed=why)


def _know_revoked(unlocked: home.Unlocked) -> None:
    """Remember it: the next stick holds the whole log (R25)."""
    with unlocked.opened() as db:
        facts.put(db, revoked=moments.now())


def _obey(unlocked: home.Unlocked) -> Path | None:
    with unlocked.opened() as db:
        link = link_of(db, unlocked)
    kept = wiping.wipe(unlocked, last_word)
    # Not heard: the registry goes on listing it as asked, which is what it knows.
    tell_wiped(link)
    wiping.sweep(unlocked.folder)
    return kept


def _run(unlocked: home.Unlocked, tell: Tell) -> Summary:
    started = moments.seconds()
    with unlocked.opened() as db, Line(link_of(db, unlocked)) as line:
        begun = Progress(outbox.count_unsent(db), facts.get(db, "sent", 0), 0, 0)
        outcomes: dict[str, str] = {}
        new = unequal = 0
        for answered in _rounds(db, line, lambda: tell(_progress(db, line, begun))):
            outcomes |= answered.news
            new += len(answered.promoted.new) if answered.promoted else 0
            unequal += len(answered.promoted.unequal) if answered.promoted else 0
        if facts.get(db, "failed"):
            facts.put(db, failed=None)
        carried = carrying.carry(
            db, line, lambda: tell(_progress(db, line, replace(begun, to_send=0)))
        )
        told = list(outcomes.values())
        return Summary(
            sent=facts.get(db, "sent", 0) - begun.sent,
            fetched=new,
            disputed=told.count("disputed"),
            held=told.count("held"),
            unequal=unequal,
            bytes_up=line.traffic.up,
            bytes_down=line.traffic.down,
            round_trips=line.traffic.round_trips,
            seconds=round(moments.seconds() - started, 3),
            pictures_sent=carried.sent,
            pictures_fetched=carried.fetched,
            pictures_waiting=carried.waiting,
            pictures_bytes=carried.bytes,
            pictures_why=carried.why,
        )


def link_of(db: Database, unlocked: home.Unlocked) -> Link:
    """Where this device's registry is."""
    return Link(facts.get(db, "url", ""), facts.get(db, "token", ""), unlocked.ca)


def request(db: Database, place: Place = known.spoken) -> tuple[bytes, int]:
    """(frames of the next request, how many Units wait beyond it). place: how HELLO says where it is."""
    with transaction(db):
        unsent = outbox.unsent(db)
        lines = ops(db, unsent)
        count = _fitting(lines)
        # The last line of a body is in full, so a part of them is written as a body of its own.
        now = lines if count == len(lines) else ops(db, unsent[:count])
        # While Units still wait beyond this request, hardly anything is fetched with it.
        offered = restored.offered(db) if count == len(lines) else []
        said = hello(db, LEAST_BUDGET if count < len(lines) else budget.asked(db), place)
    body = [frames.frame(frames.HELLO, said), *now, *offered, frames.frame(frames.END, {})]
    return b"".join(body), len(lines) - count


def _rounds(db: Database, line: Line, tell: Callable[[], None]) -> Iterator[answers.Answered]:
    """Requests until everything is sent and everything is here."""
    stalled, repaired = 0, 0
    files = Files(db, line, tell)
    while stalled < MOST_STALLED:
        body, beyond = request(db, files.place)
        points.reach("after save, before send")
        try:
            lines = line.exchange(body, encoding=_encoding(db, body))
            answered = _answered(db, lines, tell)
        except OlderRegistry as problem:
            if not _hand_in_more(db, problem):
                raise
            continue
        except WrongFormat:
            if not _takes_no_more(db):
                raise
            continue
        finally:
            budget.learn(db, line.took)
        answered.progress |= _heard(db)
        yield answered
        answered.progress |= files.take(answered)
        repaired += repair.begin(db, line, answered, repaired)
        if not (
            answered.more or beyond or answered.forked or restored.goes_on(db) or answered.repairing
        ):
            return
        stalled = 0 if answered.progress else stalled + 1
    raise Unreachable("The registry answers and nothing moves. Everything is kept here.")


def _hand_in_more(db: Database, problem: OlderRegistry) -> bool:
    """Whether a registry that answers nobody has taken what was sent and there is more to hand in.

    It was put back to an older state and keeps what it gets: no pull that fails stops a push.
    """
    with transaction(db):
        before = outbox.count_unsent(db)
        restored.handed_in(db, problem.details)
        return 0 < outbox.count_unsent(db) < before


def _encoding(db: Database, body: bytes) -> str:
    """How to compress a request: as both ends can, where there is enough of it."""
    if len(body) < SMALL:
        return encodings.GZIP
    taken = (encodings.GZIP, *facts.get(db, "takes", []))
    return next(name for name in encodings.known() if name in taken)


def _takes_no_more(db: Database) -> bool:
    """Whether a registry that refused a compression had said that it takes it; gzip it takes always."""
    with transaction(db):
        said = facts.get(db, "takes", [])
        facts.put(db, takes=[])
    return bool(said)


def _heard(db: Database) -> bool:
    if not facts.get(db, "offered"):
        return False
    with transaction(db):
        return restored.heard(db)


def _progress(db: Database, line: Line, begun: Progress) -> Progress:
    """How far it is. begun: what there was to send, and what had been sent in all before it."""
    sent, fetching = facts.get(db, "sent", 0) - begun.sent, bool(one(db, "SELECT 1 FROM stage"))
    return Progress(begun.to_send, sent, line.traffic.up, line.traffic.down, fetching)


def _answered(
    db: Database, answer: Iterator[list[bytes]], tell: Callable[[], None]
) -> answers.Answered:
    """Take in an answer as it comes; it may stop anywhere."""
    answered = answers.Answered()
    for lines in gathered(answer):
        tell()
        with transaction(db):
            answers.take(db, answered, lines)
        if answered.ended:
            return answered
    raise Unreachable(CUT if answered.begun else NOT_THE_REGISTRY)


def _fitting(lines: list[bytes]) -> int:
    """How many lines one request may carry, compressed; one at least."""
    engine, size = frames.compressor(), 0
    for count, line in enumerate(lines):
        size += len(engine.compress(line))
        if size > frames.BODY_LIMIT - UNWRITTEN:
            return max(count, 1)
    return len(lines)
