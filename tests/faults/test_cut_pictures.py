"""Pictures over a line that breaks off anywhere, either way, and between processes that are killed."""

import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread

import pytest

from field_client import home, sync
from schema import points
from tests.conftest import Hit
from tests.databases import Databases
from tests.faults.dying import Doom, alone, with_parent
from tests.faults.relay import Relay, ask, whole, with_rst
from tests.faults.served import served
from tests.faults.test_cut_answers import point
from tests.faults.test_killed_laptop import command
from tests.field_client.photographs import at_registry, here, keep_original, photographed
from tests.field_client.registry import Registry
from tests.pictures import made
from tests.walk.commands import PATIENCE

# Longer than the head of any answer.
LONGEST = 4_000


@dataclass
class Cutting(Relay):
    """A relay that breaks off the requests of one method, on their way up or in their answers.

    method: which requests. up, down: how many bytes of one pass; None passes all. cuts: how many it broke off.
    """

    method: bytes = b""
    up: int | None = None
    down: int | None = None
    cuts: list[int] = field(default_factory=list)

    def run(self) -> None:
        """Carry one request a connection until the listener is closed."""
        while line := self._next():
            with line:
                request = whole(line)
                mine = request.startswith(self.method)
                if mine and self.up is not None:
                    self.cuts.append(self.up)
                    self._cut_up(request)
                    with_rst(line)
                    continue
                answer = ask(self.upstream, request)
                cut = mine and self.down is not None and len(answer) > self.down
                self.cuts += [self.down or 0] if cut else []
                line.sendall(answer[: self.down] if cut else answer)
                line.shutdown(socket.SHUT_WR)

    def _cut_up(self, request: bytes) -> None:
        """The registry gets so much of a request, and then its line is broken."""
        with socket.create_connection(("127.0.0.1", self.upstream), PATIENCE) as line:
            line.sendall(request[: self.up])
            with_rst(line)


@contextmanager
def cutting(registry: Registry) -> Iterator[Cutting]:
    """Such a relay to this registry."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        relay = Cutting(int(registry.url.rpartition(":")[2]), listener)
        thread = Thread(target=relay.run, daemon=True)
        thread.start()
        yield relay
        listener.shutdown(socket.SHUT_RDWR)
        thread.join(PATIENCE)


@pytest.mark.parametrize("way", ["up", "down"])
@pytest.mark.parametrize("passes", [1, 200, 700, LONGEST, 40_000])
def test_a_picture_that_is_sent_over_a_line_that_is_cut_comes_whole_with_the_next_sync(
    registry: Registry, hit: Hit, way: str, passes: int
) -> None:
    picture, name = made(passes + len(way), (1200, 900)), f"sends-{way}-{passes}"
    awa = registry.laptop("awa", name)
    photographed(awa, picture)
    with cutting(registry) as relay:
        point(awa, relay.url)
        relay.method = b"PATCH"
        if way == "up":
            relay.up = passes
        else:
            relay.down = min(passes, 150)
        done = sync.run(awa)
        assert relay.cuts
        assert (done.sent, bool(done.pictures_why)) == (2, True)
        assert not at_registry(registry, picture.body)
        relay.up = relay.down = None
        done = sync.run(awa)
        assert (done.pictures_waiting, done.pictures_why) == (0, "")
        assert at_registry(registry, picture.body)
        hit(f"picture cut {way} at {passes}")


@pytest.mark.parametrize("passes", [1, 300, LONGEST, 30_000, 60_000])
def test_a_picture_that_is_fetched_over_a_line_that_is_cut_goes_on_at_its_byte(
    registry: Registry, hit: Hit, passes: int
) -> None:
    picture = made(-passes, (1200, 900))
    awa, second = (registry.laptop("awa", f"{who}-{passes}") for who in ("takes", "looks"))
    photographed(awa, picture)
    sync.run(awa)
    sync.run(second)
    keep_original(second, picture)
    with cutting(registry) as relay:
        point(second, relay.url)
        relay.method, relay.down = b"GET", passes
        done = sync.run(second)
        assert relay.cuts == [passes]
        assert (done.pictures_fetched, here(second, picture.body)) == (0, False)
        relay.down = None
        got = sync.run(second)
        assert here(second, picture.body)
        assert done.pictures_bytes + got.pictures_bytes == len(picture.body)
        assert (done.pictures_bytes > 0) == (passes >= LONGEST)
        hit(f"picture's answer cut at {passes}")


@pytest.fixture(scope="module")
def doom(tmp_path_factory: pytest.TempPathFactory) -> Doom:
    """What hangs over the laptop's processes."""
    return Doom(tmp_path_factory.mktemp("doom"), alone)


@pytest.mark.parametrize("dies", points.FIELD_CARRYING)
def test_a_laptop_that_is_killed_while_it_carries_goes_on(
    registry: Registry, doom: Doom, hit: Hit, dies: str
) -> None:
    picture, name = made(len(dies), (1200, 900)), f"dies-{len(dies)}"
    awa, second = registry.laptop("awa", name), registry.laptop("awa", f"{name}-looks")
    photographed(awa, picture)
    victim = awa if "sent" in dies else second
    if victim is second:
        sync.run(awa)
    doom.at(dies)
    assert command(victim, doom, "sync").done().code == -signal.SIGKILL
    hit(f"laptop killed {dies}")
    for laptop in (awa, second):
        assert command(laptop, doom, "sync").done().code == 0
    assert at_registry(registry, picture.body)
    assert here(second, picture.preview)


@pytest.mark.parametrize("dies", points.SERVER_CARRYING)
def test_a_registry_that_is_killed_while_it_takes_a_picture_goes_on(
    engine: str, databases: Databases, tmp_path: Path, hit: Hit, dies: str
) -> None:
    doom, picture = Doom(tmp_path, with_parent), made(7, (1200, 900))
    with (
        databases.fresh(engine, migrated=True, folder=tmp_path) as url,
        served(url, tmp_path, doom) as registry,
    ):
        awa: home.Unlocked = registry.inside.laptop("awa")
        photographed(awa, picture)
        doom.at(dies)
        done = sync.run(awa)
        assert registry.is_gone()
        assert doom.hits() == [dies]
        assert (done.sent, bool(done.pictures_why)) == (2, True)
        hit(f"registry on {engine} killed {dies}")
        registry.serve()
        assert sync.run(awa).pictures_waiting == 0
        assert at_registry(registry.inside, picture.body)
        assert at_registry(registry.inside, picture.preview)
