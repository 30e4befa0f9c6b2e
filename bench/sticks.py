"""1,000 edits on a stick beside the same over a link: processor time of both ends, and bytes."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from bench import laptops
from bench.peers.relay import port_of, relaying
from bench.registries import ENGINES, app_on, cpu_of, database, served
from bench.table import Line
from bench.timing import cpu
from field_client import bundle as laptop_bundle
from field_client import sync
from field_client.home import Unlocked
from field_client.store import acts, facts, saving
from server.actor import SYSTEM
from server.sync import bundle

EDITS = 1_000


@dataclass(frozen=True)
class Pushed:
    """What a push took. cpu: seconds of both ends; size: bytes up."""

    cpu: float
    size: int


def lines() -> Iterator[Line]:
    """The ratios on both engines."""
    for engine in ENGINES:
        with database(engine) as (url, folder):
            with app_on(url, folder):
                laptops.people(2 * EDITS)
                codes = [laptops.code(), laptops.another_code()]
            pushed, carried, size = _sent(url, folder, codes)
        figures = f"{carried:.2f} s, push {pushed.cpu:.2f} s; aim 1.5"
        name = f"stick with {EDITS:,} edits, CPU of both ends beside a push"
        yield Line(name, engine, carried / pushed.cpu, 2, figures)
        figures = f"{size:,} B, push {pushed.size:,} B up"
        yield Line(
            f"stick with {EDITS:,} edits, bytes beside a push",
            engine,
            size / pushed.size,
            1.1,
            figures,
        )


def _sent(url: str, folder: Path, codes: list[str]) -> tuple[Pushed, float, int]:
    """What a push took, the processor time of a stick, and its size."""
    with served(url, folder) as (address, pid), relaying(port_of(address)) as relay:
        by_link, by_stick = (
            laptops.enrolled(folder / code, f"http://127.0.0.1:{relay.port}", code)
            for code in codes
        )
        for number, unlocked in enumerate((by_link, by_stick)):
            sync.run(unlocked)
            _edit(unlocked, range(number * EDITS, (number + 1) * EDITS))
        before, used = relay.count, cpu_of(pid)
        here = cpu(lambda: sync.run(by_link))
        pushed = Pushed(here + cpu_of(pid) - used, relay.count.since(before).up)
    stick = folder / "stick"
    written = cpu(lambda: laptop_bundle.write(by_stick, stick))
    with app_on(url, folder), stick.open("rb") as file:
        accepted = cpu(lambda: _accept(file))
    return pushed, written + accepted, stick.stat().st_size


def _accept(file: IO[bytes]) -> None:
    assert bundle.accept(file, SYSTEM).fresh == EDITS


def _edit(unlocked: Unlocked, numbers: range) -> None:
    with unlocked.opened() as db:
        base = facts.base(db)
        for number in numbers:
            said = {"alias": f"Alias {number}", "phone": f"+111 {number:07}"}
            change = acts.change(db, "person", laptops.person_id(number), said, None, base)
            assert change is not None
            saving.save(db, [change])
