"""A sync with a million records at the registry beside the same with ten thousand: it costs what it brings.

The officer's caseload holds 10,000 in both; the others are people and cases of 300 to a caseload elsewhere.
"""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from bench import laptops
from bench.filling import fill, put_in_buckets
from bench.peers.cost import Cost, cost, middle
from bench.peers.relay import port_of, relaying
from bench.registries import ENGINES, app_on, database, served
from bench.table import Line
from field_client import sync
from field_client.home import Unlocked

RECORDS, MANY = 10_000, 1_000_000
TIMES, TURNS = 3, 20


def lines() -> Iterator[Line]:
    """Server CPU of a first sync, and of one that brings nothing, on both engines."""
    for engine in ENGINES:
        with database(engine) as (url, folder):
            with app_on(url, folder):
                laptops.people(RECORDS // laptops.EACH)
                codes = [laptops.code(), *(laptops.another_code() for _ in range(2 * TIMES - 1))]
            few = _costs(url, folder, codes[:TIMES], "few")
            with app_on(url, folder):
                fill((MANY - RECORDS) // 2)
                put_in_buckets((MANY - RECORDS) // 2)
            many = _costs(url, folder, codes[TIMES:], "many")
        for step, was, now in zip(("first sync of 10,000", "nothing new"), few, many, strict=True):
            figures = f"{now.cpu:.3f} s, with 10,000 {was.cpu:.3f} s; aim 1.1"
            name = f"{step}, server CPU with 1,000,000 records"
            yield Line(name, engine, now.cpu / max(was.cpu, 0.01), 1.3, figures)


def _costs(url: str, folder: Path, codes: list[str], word: str) -> tuple[Cost, Cost]:
    firsts, nothings = [], []
    with served(url, folder) as (address, pid), relaying(port_of(address)) as relay:
        for number, code in enumerate(codes):
            place = folder / f"{word}-{number}"
            unlocked = laptops.enrolled(place, f"http://127.0.0.1:{relay.port}", code)
            firsts.append(cost(partial(sync.run, unlocked), relay, pid))
            assert firsts[-1].said.fetched >= RECORDS
            sync.run(unlocked)
            again = partial(_again, unlocked)
            nothings.append(cost(again, relay, pid))
    return middle(firsts), middle(nothings)


def _again(unlocked: Unlocked) -> None:
    for _ in range(TURNS):
        assert not sync.run(unlocked).fetched
