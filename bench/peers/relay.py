"""A relay in a process of its own that counts what goes over a line, and can make that line a long one."""

import asyncio
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.sharedctypes import SynchronizedArray
from typing import Any

UP, DOWN, TURNS = range(3)
SIZE = 65_536
_SPAWN = multiprocessing.get_context("spawn")


@dataclass(frozen=True)
class Count:
    """Bytes both ways, and how often a client spoke and was answered."""

    up: int = 0
    down: int = 0
    turns: int = 0

    def since(self, before: "Count") -> "Count":
        """What was added."""
        return Count(self.up - before.up, self.down - before.down, self.turns - before.turns)


@dataclass(frozen=True)
class Relay:
    """A relay under way: where it listens, and what it has counted."""

    port: int
    counts: "SynchronizedArray[int]"

    @property
    def count(self) -> Count:
        """So far; what a client has read is in it."""
        return Count(*(self.counts[kind] for kind in (UP, DOWN, TURNS)))


@dataclass(frozen=True)
class Road:
    """What a line is like. delay: seconds each way; rate: bytes a second each way, 0 for as fast as it goes."""

    delay: float = 0.0
    rate: float = 0.0


LOOPBACK = Road()


def port_of(address: str) -> int:
    """The port at the end of an address."""
    return int(address.rpartition(":")[2])


@contextmanager
def relaying(upstream: int, road: Road = LOOPBACK) -> Iterator[Relay]:
    """A relay to this port over such a line."""
    counts = _SPAWN.Array("q", 3)
    mine, its = _SPAWN.Pipe()
    process = _SPAWN.Process(target=_run, args=(its, upstream, counts, road), daemon=True)
    process.start()
    try:
        yield Relay(mine.recv(), counts)
    finally:
        process.terminate()
        process.join()


def _run(said: Connection, upstream: int, counts: Any, road: Road) -> None:
    asyncio.run(_serve(said, upstream, counts, road))


async def _serve(said: Connection, upstream: int, counts: Any, road: Road) -> None:
    # Both ways are shared by all connections, like a line is.
    free = [0.0, 0.0]

    async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", upstream)
        line = _Line(counts, road, free)
        await asyncio.gather(line.carry(reader, back, UP), line.carry(there, writer, DOWN))

    server = await asyncio.start_server(carry, "127.0.0.1", 0, backlog=512)
    said.send(server.sockets[0].getsockname()[1])
    await server.serve_forever()


class _Line:
    """One connection, both ways."""

    def __init__(self, counts: Any, road: Road, free: list[float]) -> None:
        self.counts, self.road, self.free, self.last = counts, road, free, DOWN

    async def carry(self, source: Any, target: Any, way: int) -> None:
        """Carry one way until its end, each part so long after it came."""
        parts: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        writing = asyncio.create_task(self._write(parts, target))
        try:
            while part := await source.read(SIZE):
                self._counted(way, len(part))
                parts.put_nowait((self._through(way, len(part)) + self.road.delay, part))
        except ConnectionError:
            target.transport.abort()
        parts.put_nowait((0.0, b""))
        await writing

    def _through(self, way: int, size: int) -> float:
        """When a part has passed: after those before it, and what it takes itself."""
        now = asyncio.get_running_loop().time()
        taken = size / self.road.rate if self.road.rate else 0.0
        self.free[way] = max(now, self.free[way]) + taken
        return self.free[way]

    def _counted(self, way: int, size: int) -> None:
        self.counts[way] += size
        if way == UP and self.last == DOWN:
            self.counts[TURNS] += 1
        self.last = way

    async def _write(self, parts: "asyncio.Queue[tuple[float, bytes]]", target: Any) -> None:
        while (said := await parts.get())[1]:
            due, part = said
            await asyncio.sleep(due - asyncio.get_running_loop().time())
            target.write(part)
        target.close()
