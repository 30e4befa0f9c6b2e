"""A push that breaks off anywhere: the registry holds whole Units only, and the next sync completes."""

import re
import socket
import sqlite3
import struct
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import pytest

from field_client import home
from field_client.store import facts
from field_client.sync import request
from schema.encodings import GZIP, IDENTITY, ZSTD, packed, unpacked
from tests.conftest import Hit
from tests.walk.commands import PATIENCE
from tests.walk.laptop import PASSPHRASE, Laptop
from tests.walk.served import Registry

NAMES = ("Kadiatou Ba", "Léa Ouédraogo", "Mariam Cissé")
STEP = 7
NOW = struct.pack("ii", 1, 0)


@pytest.fixture(scope="module")
def engine() -> str:
    """What is read off a socket is the same on both engines; this is about what is read."""
    return "sqlite"


@dataclass
class Pushed:
    """The request that a laptop with three unsent Units sends, and how it is packed."""

    frames: bytes
    encoding: str
    token: str

    @property
    def body(self) -> bytes:
        """What goes over the line."""
        return self.frames if self.is_plain else packed(self.frames, self.encoding)

    def whole_units(self, cut: int) -> int:
        """How many Units stand whole within so many bytes."""
        part = b"".join(unpacked(iter([self.body[:cut]]), self.encoding))
        return sum(line.startswith(b'["OPS"') for line in part.split(b"\n")[:-1])

    def cuts(self) -> list[int]:
        """Where it is cut: around every end of a line, and every few bytes between."""
        ends = list(accumulate(len(line) + 1 for line in self.frames.split(b"\n")[:-1]))
        around = {end + near for end in ends for near in range(-2, 3)} if self.is_plain else set()
        spread = set(range(0, len(self.body), STEP)) | {1, 2, len(self.body) - 1}
        return sorted(cut for cut in around | spread if 0 <= cut < len(self.body))

    @property
    def is_plain(self) -> bool:
        """Whether a byte of a line is a byte on the wire."""
        return self.encoding == IDENTITY

    def head(self) -> bytes:
        """The request's head, which promises the whole body."""
        lines = (
            "POST /sync/1 HTTP/1.1",
            "Host: 127.0.0.1",
            f"Authorization: Bearer {self.token}",
            "Content-Type: application/x-ndjson",
            f"Content-Encoding: {self.encoding}",
            f"Content-Length: {len(self.body)}",
            "\r\n",
        )
        return "\r\n".join(lines).encode()


def with_fin(line: socket.socket) -> bytes:
    """Say that no more will come, and hear what is answered."""
    line.shutdown(socket.SHUT_WR)
    return b"".join(iter(lambda: line.recv(4096), b""))


def with_rst(line: socket.socket) -> bytes:
    """Break the connection; what was not read yet is lost to the other side."""
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, NOW)
    return b""


Ending = Callable[[socket.socket], bytes]
ENDINGS: dict[str, Ending] = {"FIN": with_fin, "RST": with_rst}


@pytest.fixture(params=[IDENTITY, GZIP, ZSTD])
def pushed(request_of: Callable[[str], Pushed], request: pytest.FixtureRequest) -> Iterator[Pushed]:
    """A push of three Units, plain and compressed."""
    return request_of(str(request.param))


@pytest.fixture
def request_of(awa: Laptop) -> Callable[[str], Pushed]:
    """Makes the request that Awa's laptop would send now."""

    def make(encoding: str) -> Pushed:
        awa.rows_of_file("add", "person", [{"name": name, "sex": "female"} for name in NAMES])
        folder = home.folder_of(awa.home)
        with home.unlock(folder, PASSPHRASE).opened() as db:
            body, beyond = request(db)
            assert beyond == 0
            return Pushed(body, encoding, facts.get(db, "token"))

    return make


def people(registry: Registry) -> int:
    """How many people the registry holds, straight from its file."""
    path = registry.database_url.removeprefix("sqlite:///")
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as conn:
        return int(conn.execute("SELECT count(*) FROM person").fetchone()[0])


def heard(log: Path) -> int:
    """How many syncs the registry has ended, one way or the other."""
    return len(re.findall(r'"endpoint": ?"sync.sync"', log.read_text("utf-8")))


def until(true: Callable[[], bool]) -> None:
    """Wait for what another process does."""
    deadline, nothing = time.monotonic() + PATIENCE, threading.Event()
    while not true():
        assert time.monotonic() < deadline, "it never came"
        nothing.wait(0.005)


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_cut_push_leaves_whole_units_and_the_next_sync_completes(
    registry: Registry, awa: Laptop, pushed: Pushed, hit: Hit, ending: str
) -> None:
    before, most = people(registry), 0
    for cut in pushed.cuts():
        ended = heard(registry.log)
        with socket.create_connection(("127.0.0.1", registry.port), PATIENCE) as line:
            line.sendall(pushed.head() + pushed.body[:cut])
            answer = ENDINGS[ending](line)
        until(lambda ended=ended: heard(registry.log) > ended)
        most = max(most, pushed.whole_units(cut))
        found = people(registry) - before
        assert found == most if ending == "FIN" else found <= most, (cut, answer)
    hit(
        f"push, {pushed.encoding}, cut {len(pushed.cuts())} times in {len(pushed.body)} B, {ending}"
    )
    assert awa.sync()["held"] == 0
    assert people(registry) - before == len(NAMES)
