"""A relay between a laptop and its registry that lets so many bytes of an answer through."""

import socket
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread

from tests.walk.commands import PATIENCE

NOW = struct.pack("ii", 1, 0)
Ending = Callable[[socket.socket], None]


def with_fin(line: socket.socket) -> None:
    """Say that no more will come."""
    line.shutdown(socket.SHUT_WR)


def with_rst(line: socket.socket) -> None:
    """Break the connection; what was not read yet is lost to the other side."""
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, NOW)


ENDINGS: dict[str, Ending] = {"FIN": with_fin, "RST": with_rst}


@dataclass
class Relay:
    """One relay. lets: how many bytes of the next answer pass; heard, answered: what went through."""

    upstream: int
    listener: socket.socket
    lets: int | None = None
    ending: Ending = with_fin
    heard: list[bytes] = field(default_factory=list)
    answered: list[bytes] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Where laptops find it."""
        return f"http://127.0.0.1:{self.listener.getsockname()[1]}"

    def run(self) -> None:
        """Carry one request a connection until the listener is closed."""
        while line := self._next():
            with line:
                request = whole(line)
                self.heard.append(request)
                answer = ask(self.upstream, request)
                self.answered.append(answer)
                line.sendall(answer[: self.lets])
                # An answer that passes whole is not taken from who has not read it yet.
                (with_fin if self.lets is None else self.ending)(line)

    def _next(self) -> socket.socket | None:
        try:
            return self.listener.accept()[0]
        except OSError:
            return None


@contextmanager
def relaying(upstream: int) -> Iterator[Relay]:
    """A relay to the registry on this port."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        relay = Relay(upstream, listener)
        thread = Thread(target=relay.run, daemon=True)
        thread.start()
        yield relay
        listener.shutdown(socket.SHUT_RDWR)
        thread.join(PATIENCE)


def ask(port: int, request: bytes) -> bytes:
    """What is answered to a request, as it stands on the wire."""
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as line:
        line.sendall(request)
        return whole(line)


def whole(line: socket.socket) -> bytes:
    """A request or an answer: its head, and as much as that promises."""
    got = b""
    while b"\r\n\r\n" not in got:
        got += _some(line)
    head, _, _ = got.partition(b"\r\n\r\n")
    lengths = [
        int(value)
        for name, _, value in (row.partition(b":") for row in head.split(b"\r\n"))
        if name.lower() == b"content-length"
    ]
    while len(got) < len(head) + 4 + sum(lengths):
        got += _some(line)
    return got


def _some(line: socket.socket) -> bytes:
    part = line.recv(65_536)
    assert part, "the other side ended first"
    return part
