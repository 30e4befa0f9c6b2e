"""The answer of a sync, from one snapshot: STATE, RESULTS, PAGEs up to the budget, END."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from schema import encodings, lines
from schema.digest import Digest, word
from schema.frames import BUDGET, END, PAGE, PAGE_ROWS, RESULTS, STATE, bucket_name, standing
from schema.problems import OlderRegistry
from schema.record import Bucket
from server import digests, epochs, ledger, logs, moments, signing
from server.arrivals import reports
from server.arrivals.receiving import STICK
from server.db import reading
from server.highwater import Mark
from server.sync import buckets, known, pages, snapshots
from server.sync.evidence import is_beyond
from server.sync.hello import Hello
from server.sync.push import Push
from server.sync.writer import Writer
from server.whole_files import CannotWrite

MOST_BUDGET = 8_000_000
# A stick is one round trip, however long it takes.
MOST_ON_STICK = 200_000_000
LEAST_ROWS = 100
BYTES_A_ROW = 160
RESULTS_A_FRAME = 2_000


@dataclass(frozen=True)
class Moment:
    """Which moment of the registry an answer tells: where it stands, and what it knows of before."""

    here: Mark
    kept: Mapping[int, int]

    @classmethod
    def of(cls, conn: sa.Connection) -> "Moment":
        """Now."""
        return cls(epochs.standing(conn), epochs.kept(conn))

    @property
    def known(self) -> epochs.Known:
        """Whether a number is one that this registry has given, and given once."""
        return epochs.known_by(self.here, self.kept)

    @property
    def head(self) -> int:
        """The last number given."""
        return epochs.head_of(self.here)

    def is_of(self, hello: Hello) -> bool:
        """Whether this laptop has heard of the epoch in force."""
        said = hello.epoch_id or self.here.epoch_id
        return (hello.epoch, said) == (self.here.epoch, self.here.epoch_id)


@dataclass(frozen=True)
class Answer:
    """What goes back: the body, the head of the snapshot it tells, and how many rows it has.

    encoding: how the body is compressed; told: what it leaves behind when it is told to its end;
    lacking: a bucket whose snapshot file has to be made before it can be told of.
    """

    body: bytes
    encoding: str
    head: int
    rows: int
    told: known.Told | None
    lacking: tuple[int, str] | None = None


def answer(push: Push, device: Any, encoding: str) -> Answer:
    """Everything this laptop is told, compressed so; what it needs a snapshot file for is made first.

    Raises OlderRegistry, as ``_answer`` does.
    """
    told = _answer(push, device, encoding)
    if told.lacking is None:
        return told
    try:
        if not snapshots.made(*told.lacking, encoding):
            return told
    except CannotWrite as error:
        logs.failed(error)
        push.hello = push.hello.but(by_pages=1)
    return _answer(push, device, encoding)


def _answer(push: Push, device: Any, encoding: str) -> Answer:
    """The same, made in one reading transaction.

    Raises OlderRegistry when it has seen numbers that were never given here, or nobody may be told
    anything before a further epoch is opened; ``last`` says how far its Units are here all the same.
    """
    most = MOST_ON_STICK if push.sender.via == STICK else MOST_BUDGET
    writer = Writer(min(push.hello.budget or BUDGET, most), encoding)
    with reading() as conn:
        moment = Moment.of(conn)
        _require_ours(conn, push, moment)
        verbs = buckets.opened(conn, device)
        state = _state(conn, push, device, moment, verbs)
        writer.frame(STATE, _news(push, state))
        if push.asks:
            writer.frame(END, {"more": True, "ask": "cursors"})
            return Answer(*writer.done(), moment.head, 0, None)
        seen = _results(conn, writer, push, moment)
        offers = snapshots.Offers(conn, push, encoding, moment.here)
        pull = _Pull(conn, writer, push, moment, offers)
        pull.run([home for home, may in verbs.items() if "read" in may])
        told = None if pull.more else known.Told.of(push.hello, state, seen, pull.digests)
        writer.frame(END, _end(push, told, pull.digests) | offers.said())
    return Answer(*writer.done(), moment.head, pull.rows, told, offers.lacking)


def _news(push: Push, state: dict[str, Any]) -> dict[str, Any]:
    """A STATE without what its laptop knows."""
    if push.told is None or word(standing(state)) != push.told.state:
        return state
    news: dict[str, Any] = {"same": True}
    news |= {name: state[name] for name in ("forks", "signer") if state.get(name)}
    if state["head"] != push.hello.base:
        news |= {"head": state["head"], "link": state["link"]}
    return news


def _end(push: Push, told: known.Told | None, digests: Mapping[str, Digest]) -> dict[str, Any]:
    if told is None:
        return {"more": True}
    if push.told is not None and push.told.digests == told.digests:
        return {"more": False}
    return {"more": False, "digests": digests}


def _require_ours(conn: sa.Connection, push: Push, moment: Moment) -> None:
    """Never answer "nothing new" to who has seen more than there is."""
    if not push.numbering or is_beyond(conn, moment.here, push.hello):
        last = _last(reports.chains(conn, push.hello.device))
        raise OlderRegistry(last=last, forks=sorted(push.receipt.forks))


def _last(chains: Sequence[Any]) -> dict[str, Any]:
    """How far each incarnation of a laptop is here, with the hash there."""
    return {str(c["incarnation"]): [c["last_n"], c["last_hash"]] for c in chains}


def _state(
    conn: sa.Connection, push: Push, device: Any, moment: Moment, verbs: buckets.Verbs
) -> dict[str, Any]:
    chains = reports.chains(conn, device["id"])
    gone = reports.missing(conn, device["id"])
    return {
        "epoch": moment.here.epoch,
        "epoch_id": moment.here.epoch_id,
        "head": moment.head,
        "link": ledger.link_at(conn, moment.head),
        "last": _last(chains),
        "safe": {str(c["incarnation"]): c["safe_n"] for c in chains},
        "forks": sorted(push.receipt.forks),
        "buckets": {bucket_name(*home): may for home, may in verbs.items()},
        "from": word(push.hello.cursors),
        "given_up": {str(incarnation): ranges for incarnation, ranges in gone.items()},
        "at": moments.moment(),
        "account": {"id": device["account_id"], "name": device["account_name"]},
        **({"signer": signing.signer()} if push.hello.asks_signer else {}),
        "lines": lines.SHORT,
        "kept": {str(number): n for number, n in moment.kept.items()},
        "takes": list(encodings.known()),
    }


def _results(conn: sa.Connection, writer: Writer, push: Push, moment: Moment) -> int:
    """What became of this laptop's Units since it was last told; all of it in a new epoch (R12)."""
    since = push.hello.results_seen if moment.is_of(push.hello) else 0
    seen, found, runs = reports.results(
        conn, push.hello.device, since, push.receipt.repeated, push.by_number
    )
    if push.told is not None and not found and seen == since:
        return seen
    for start in range(0, max(len(found), 1), RESULTS_A_FRAME):
        part = found[start : start + RESULTS_A_FRAME]
        writer.frame(RESULTS, {"seen": seen, "results": part})
    if runs:
        writer.frame(RESULTS, {"seen": seen, "results": [], "runs": runs})
    return seen


class _Pull:
    """The pages of one answer: reference first, until the budget is spent."""

    def __init__(
        self,
        conn: sa.Connection,
        writer: Writer,
        push: Push,
        moment: Moment,
        offers: snapshots.Offers,
    ) -> None:
        self.conn, self.writer, self.push, self.head = conn, writer, push, moment.head
        self.offers = offers
        self.known = moment.known
        self.is_of_epoch = moment.is_of(push.hello)
        self.rows = 0
        self.more = False
        self.digests: dict[str, Digest] = {}

    def run(self, readable: list[Bucket]) -> None:
        """Write the pages; when they are all, what the buckets come to."""
        ids = buckets.ids_of(self.conn, readable)
        cursors = {number: self._cursor(home) for home, number in ids.items()}
        changed = pages.changed(self.conn, cursors)
        for home in sorted(ids, key=lambda home: (home[0] != "reference", home)):
            if wanted := self.push.hello.want.get(bucket_name(*home)):
                self._named(home, ids[home], wanted)
            if ids[home] in changed and not self._is_a_file(home, ids[home]):
                self._bucket(home, ids[home])
        self.more = self.more or self.offers.any
        for home in readable:
            if self._is_void(home) and ids.get(home) not in changed and not self.more:
                self._empty(bucket_name(*home))
        if not self.more:
            names = {number: bucket_name(*home) for home, number in ids.items()}
            found = digests.told(self.conn, ids.values())
            self.digests = {names[number]: digest for number, digest in found.items()}

    def _is_a_file(self, home: Bucket, number: int) -> bool:
        return not self._cursor(home) and self.offers.takes(bucket_name(*home), number)

    def _cursor(self, home: Bucket) -> int:
        """Where to go on: from the beginning when this registry does not know the laptop's cursor."""
        return 0 if self._is_void(home) else self._said(home)

    def _is_void(self, home: Bucket) -> bool:
        return not self.known(self._said(home))

    def _said(self, home: Bucket) -> int:
        return self.push.hello.cursors.get(bucket_name(*home), 0)

    def _base(self, home: Bucket) -> int | None:
        """The number at which the laptop's rows of a bucket stand, if it has said so in this epoch."""
        hello = self.push.hello
        return min(hello.base, self._said(home)) if self.is_of_epoch else None

    def _named(self, home: Bucket, number: int, wanted: Mapping[str, Sequence[str]]) -> None:
        """Records of a bucket that were asked for by name; those that are not in it count as left."""
        name, tables = bucket_name(*home), pages.named(self.conn, number, wanted)
        body = {"bucket": name, "to": self._cursor(home), "whole": None, "tables": tables}
        self.writer.frame(PAGE, body)

    def _empty(self, name: str) -> None:
        """A bucket that is pulled from the beginning and holds nothing says so: nothing of it stays."""
        body = {"bucket": name, "to": self.head, "whole": self.head, "tables": []}
        self.writer.frame(PAGE, body)

    def _bucket(self, home: Bucket, number: int) -> None:
        name, at = bucket_name(*home), self._cursor(home)
        begun = None if self._is_void(home) else self.push.hello.whole.get(name)
        whole = begun or (None if at else self.head)
        while not self.more:
            if self.rows and self.writer.room <= 0:
                self.more = True
                return
            most = min(max(self.writer.room // BYTES_A_ROW, LEAST_ROWS), PAGE_ROWS)
            base = None if whole else self._base(home)
            page = pages.page(self.conn, number, at, most, whole, base)
            body = {"bucket": name, "to": page.to, "whole": whole, "tables": page.tables}
            self.writer.frame(PAGE, body)
            self.rows += page.rows
            at = page.to
            if page.last:
                return
