"""What goes over the wire, watched: no byte of a record reaches somebody who may not read it."""

import json
import re
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from schema import blobs
from schema.frames import END, PAGE, STATE, bucket_name, from_columnar
from server.arrivals.tables import arrival, rows
from tests.sync.laptops import Laptop
from tests.sync.links import Answer, Request, text_of
from tests.sync.oracle import Oracle
from tests.sync.registry import Registry

TOKEN = re.compile(rb"\bt\d+z\b")


class Wire:
    """The watcher of one schedule."""

    def __init__(self, registry: Registry, oracle: Oracle) -> None:
        self.registry, self.oracle = registry, oracle
        self.pages = 0
        self.files: dict[str, bytes] = {}

    def hears(self, laptop: Laptop) -> Callable[[Request, Answer], None]:
        """What is called with each whole answer to this laptop."""

        def heard(sent: Request, answer: Answer) -> None:
            if sent.path == "/sync/1" and answer.status == 200:
                self.watch(laptop, answer.text)
            elif sent.method == "GET" and sent.path.startswith(blobs.PATH):
                self.watch_picture(laptop, sent.path.rpartition("/")[2], answer)
            elif sent.method == "GET" and answer.status in (200, 206):
                self.watch_file(laptop, sent.path, answer)
            elif answer.status == 200:
                self._no_stray_word(laptop, answer.text, self.registry.readable(laptop.who))

        return heard

    def arrivals(self) -> list[Any]:
        """All that has arrived, as it is kept."""
        with self.registry.reading() as conn:
            return rows(conn, sa.select(arrival).order_by(arrival.c.chain, arrival.c.n))

    def watch(self, laptop: Laptop, text: bytes) -> None:
        """A whole answer to this laptop, whichever way it goes."""
        readable = self.registry.readable(laptop.who)
        names = {bucket_name(*bucket) for bucket in readable}
        frames = [json.loads(line) for line in text.splitlines()]
        assert frames[0][0] == STATE, "an answer begins with STATE"
        assert frames[-1][0] == END, "an answer ends with END"
        self.pages = sum(name == PAGE for name, _ in frames)
        for name, said in frames:
            if name == PAGE:
                self._rows_are_in(said, names, laptop)
        self._no_stray_word(laptop, text, readable)

    def watch_picture(self, laptop: Laptop, sha256: str, answer: Answer) -> None:
        """Bytes of a picture go to who may read a record that names them, and to nobody else."""
        readable = self.registry.readable(laptop.who)
        named = any(
            sha256 in (row["sha256"], row["preview_sha256"])
            and (row["compartment"], row["scope"]) in readable
            for row in self.registry.rows("attachment").values()
        )
        assert named or answer.status == 404, f"{laptop.who} was sent a picture of somebody else"

    def watch_file(self, laptop: Laptop, path: str, answer: Answer) -> None:
        """A part of a snapshot file to this laptop: all that it can make of it, with what came before."""
        begins = int(answer.headers.get("Content-Range", "bytes 0-").split()[1].partition("-")[0])
        known = self.files.get(path, b"")
        assert begins <= len(known), f"{laptop.name} goes on with a file that nobody has begun"
        self.files[path] = max(known, known[:begins] + answer.body, key=len)
        text = text_of(self.files[path], answer.headers["Content-Encoding"])
        readable = self.registry.readable(laptop.who)
        for line in text.splitlines():
            name, said = json.loads(line)
            assert name == PAGE
            self._rows_are_in(said, {bucket_name(*bucket) for bucket in readable}, laptop)
        self._no_stray_word(laptop, text, readable)

    def _rows_are_in(self, said: dict[str, Any], names: set[str], laptop: Laptop) -> None:
        assert said["bucket"] in names, f"{laptop.who} was sent {said['bucket']}"
        # Of a record that the laptop holds a page may name no bucket: the registry is asked.
        for table in said["tables"]:
            for row in from_columnar(table["columns"], table["rows"]):
                there = self.registry.rows(table["entity"])[row["id"]]
                where = bucket_name(there["compartment"], there["scope"])
                assert where == said["bucket"], f"{table['entity']} of {where} in {said}"

    def _no_stray_word(self, laptop: Laptop, text: bytes, readable: set[tuple[str, str]]) -> None:
        words = {word.decode() for word in TOKEN.findall(text)}
        if not words:
            return
        nouns = {edit.place[0][0] for edit in self.oracle.edits if edit.value in words}
        homes = {
            row["id"]: (row["compartment"], row["scope"])
            for noun in nouns
            for row in self.registry.rows(noun).values()
        }
        for edit in self.oracle.edits:
            if edit.value in words:
                home = homes.get(edit.place[0][1])
                assert home in readable, f"{laptop.who} was sent {edit.value!r}, which is in {home}"
