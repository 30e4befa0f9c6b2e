"""Taking in what a laptop sends: HELLO, lines, END; each group of lines stored before the next is read.

A body that is cut, or that turns out to be none, keeps the whole lines that came: they are stored and
judged like any others, only nobody is answered.
"""

import time
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from typing import Any

from schema import lines as op_lines
from schema import points
from schema.chains import of_laptop
from schema.change import Outcome
from schema.frames import END, OPS, WITNESS, read_frame
from schema.problems import NotASync
from server import epochs
from server.arrivals import gaps, payloads, witness
from server.arrivals.logbook import Line
from server.arrivals.ready import is_ready, judge_ready
from server.arrivals.receiving import DIRECT, Receipt, Sender, has_gap, receive
from server.arrivals.rights import ends_unheard
from server.db import reading, writing
from server.sync import known
from server.sync.evidence import heed, is_beyond
from server.sync.hello import Hello

GROUP_LINES = 400
GROUP_SECONDS = 1.0


@dataclass
class Push:
    """One request's lines, as they are taken in. numbering: whether what comes may be judged now.

    told: what this laptop was told last, when it says the word for it; asks: it said one that is not
    known here, so what comes is stored, and judged when it has said in full how far it is.
    """

    hello: Hello
    sender: Sender
    receipt: Receipt = field(default_factory=Receipt)
    outcomes: list[Outcome] = field(default_factory=list)
    group: list[Line] = field(default_factory=list)
    group_began: float = 0.0
    complete: bool = False
    lines: int = 0
    numbering: bool = True
    told: known.Told | None = None
    asks: bool = False
    offered: list[witness.Offered] = field(default_factory=list)
    before: op_lines.Said | None = None

    @property
    def by_number(self) -> Container[str]:
        """The Units of which the laptop may be told by the numbers that it has just said."""
        may = self.hello.lines >= op_lines.SHORT and self.sender.via == DIRECT
        return self.receipt.fresh if may and not self.receipt.forks else ()

    @classmethod
    def begin(cls, lines: Iterator[bytes], device: Any, via: str = DIRECT) -> "Push":
        """Read the HELLO of this device. Raises NotASync, NotSignedIn."""
        first = next(lines, None)
        if first is None:
            raise NotASync("The body ended before its first line did.")
        hello = Hello.read(*read_frame(first), device["id"], device["public_key"])
        sender = Sender(device["id"], device["account_id"], hello.first, via)
        hello, told = known.in_full(hello)
        asks = bool(hello.known) and told is None
        numbering = heed(hello, device["id"])
        return cls(hello, sender, numbering=numbering, told=told, asks=asks)

    def take(self, lines: Iterator[bytes]) -> None:
        """Store and judge what comes; ``complete`` says whether END was read."""
        try:
            for line in lines:
                if self._is_end(line):
                    break
        finally:
            self._finish()

    def _is_end(self, text: bytes) -> bool:
        name, body = read_frame(text)
        if name == END:
            self.complete = True
            return True
        if name == WITNESS:
            self._offer(witness.Offered.read(body))
            return False
        if name != OPS:
            raise NotASync("Between HELLO and END stand only OPS and WITNESS.")
        self.before = op_lines.read(body, self.before)
        self._add(line_of(self.sender.device_id, self.before))
        return False

    def _add(self, line: Line) -> None:
        now = time.monotonic()
        if not self.group:
            self.group_began = now
        self.group.append(line)
        self.lines += 1
        if len(self.group) >= GROUP_LINES or now - self.group_began > GROUP_SECONDS:
            self._store()

    def _store(self) -> None:
        """Store the lines of this group, durably, before anything is said of them."""
        group, self.group = self.group, []
        with writing() as conn:
            receive(conn, self.sender, group, self.receipt)

    def _offer(self, one: witness.Offered) -> None:
        self.offered.append(one)
        if len(self.offered) >= GROUP_LINES:
            self._keep_offered()

    def _keep_offered(self) -> None:
        offered, self.offered = self.offered, []
        with writing() as conn:
            witness.store(conn, self.sender.device_id, offered)

    def _finish(self) -> None:
        """Store what is left, and judge; a registry that was put back only stores."""
        if self.offered:
            self._keep_offered()
        if self.lines or self._has_work():
            if self.group or not self.lines:
                self._store()
            points.reach("after receipt, before apply")
            if self.numbering and not self.asks and self._is_to_be_judged():
                self.outcomes += judge_ready(self.sender.device_id, self.receipt.fresh)
            if self.receipt.waits:
                with writing() as conn:
                    gaps.place(conn, self.sender.device_id)
            points.reach("after commit, before RESULTS")

    def _is_to_be_judged(self) -> bool:
        """Whether this laptop will hear the answer, or there is no end of its rights to hear of.

        Else one that never lets a request end would never know, and its rights would last for ever.
        What came stays stored, and is judged with the first request that is answered.
        """
        with reading() as conn:
            answered = self.complete and not is_beyond(conn, epochs.standing(conn), self.hello)
            return answered or not ends_unheard(conn, self.sender.device_id, self.sender.account_id)

    def _has_work(self) -> bool:
        """Whether a body without lines leaves anything to do all the same."""
        with reading() as conn:
            return has_gap(conn, self.sender) or is_ready(conn, self.sender.device_id)


def line_of(device_id: str, said: op_lines.Said) -> Line:
    """An OPS line as the logbook takes it."""
    chain, text = of_laptop(device_id, said.incarnation), said.text
    body = said.body or payloads.body_of(text)
    unit_id = payloads.unit_id_of(body or text, chain, said.n)
    stored = payloads.storable(text)
    return Line(said.incarnation, said.n, said.prev, said.hash, stored, unit_id, body)
