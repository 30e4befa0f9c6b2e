"""A relay that cuts the line after so many bytes of what comes back, and counts all that goes through."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Lock, Thread

SIZE = 4_096


@dataclass
class Cutting:
    """left: how often it still cuts; after: how many bytes of answers pass before that; size: what passed."""

    upstream: int
    listener: socket.socket
    cuts: int
    after: int
    left: int = 0
    size: int = 0

    def __post_init__(self) -> None:
        self.lock = Lock()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.listener.getsockname()[1])

    def begin(self) -> None:
        """Count and cut from now on."""
        self.left, self.size = self.cuts, 0

    def run(self) -> None:
        """Carry each line until the listener is closed."""
        with suppress(OSError):
            while True:
                line = self.listener.accept()[0]
                Thread(target=self._carry, args=(line,), daemon=True).start()

    def _carry(self, line: socket.socket) -> None:
        there = socket.create_connection(("127.0.0.1", self.upstream))
        up = Thread(target=self._pass, args=(line, there, None), daemon=True)
        up.start()
        with self.lock:
            most = self.after if self.left else None
        self._pass(there, line, most)

    def _pass(self, one: socket.socket, other: socket.socket, most: int | None) -> None:
        """Carry what comes one way until it ends, or so many bytes have passed."""
        passed = 0
        with suppress(OSError):
            while part := one.recv(SIZE):
                part = part if most is None else part[: most - passed]
                other.sendall(part)
                passed += len(part)
                with self.lock:
                    self.size += len(part)
                if passed == most:
                    with self.lock:
                        self.left -= 1
                    break
        for end in (one, other):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


@contextmanager
def cutting(upstream: int, cuts: int, after: int) -> Iterator[Cutting]:
    """Such a relay to this port."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        relay = Cutting(upstream, listener, cuts, after)
        thread = Thread(target=relay.run, daemon=True)
        thread.start()
        yield relay
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()
