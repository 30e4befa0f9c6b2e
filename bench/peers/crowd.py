"""200 laptops at once, each with five new records to hand in and fifty changed ones to fetch.

All are real clients with files of their own, of a caseload of 200 records: ours are threads of this
process, the peer's live in one process of node. They share the machine with the server, so the
server's processor time is the figure, and nobody may fail.
"""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from bench import laptops
from bench.peers import ours, pouch, rows
from bench.peers.cost import Cost, cost
from bench.peers.relay import port_of, relaying
from bench.registries import ENGINES, app_on, database, served
from bench.table import Line, NotRun
from field_client import sync
from field_client.home import Unlocked
from field_client.store import acts, saving
from schema.ids import derived_id
from schema.problems import Problem

LAPTOPS = int(os.environ.get("LAPTOPS", "200"))
PEOPLE = CHANGED = 50
NEW = 5


def lines() -> Iterator[Line | NotRun]:
    """Failures and the server's processor time on both engines, beside the peer's where it can run."""
    why = pouch.why_not()
    theirs = None if why else _theirs()
    for engine in ENGINES:
        mine = _ours(engine)
        yield Line(f"{LAPTOPS} laptops at once, failures", engine, mine.said, 0, _took(mine), "")
        if theirs:
            figures = f"{_took(mine)}, PouchDB {_took(theirs)}, failures {theirs.said}; aim 0.35"
            ratio = mine.cpu / theirs.cpu
            yield Line(f"{LAPTOPS} laptops at once, server CPU", engine, ratio, 0.6, figures)
    if why:
        yield NotRun(f"{LAPTOPS} laptops at once beside PouchDB", why)


def _took(cost: Cost) -> str:
    return f"{cost.cpu:.2f} s CPU in {cost.seconds:.1f} s"


def _ours(engine: str) -> Cost:
    with database(engine) as (url, folder):
        with app_on(url, folder):
            laptops.people(PEOPLE)
            codes = [laptops.code(), *(laptops.another_code() for _ in range(1, LAPTOPS))]
        with served(url, folder) as (address, server), relaying(port_of(address)) as relay:
            place = f"http://127.0.0.1:{relay.port}"
            crowd = [_joined(folder, place, code, number) for number, code in enumerate(codes)]
            with app_on(url, folder):
                ours.edit_there("crowd", range(CHANGED))
            return cost(lambda: _failures(crowd), relay, server)


def _joined(folder: Path, place: str, code: str, number: int) -> Unlocked:
    unlocked = laptops.enrolled(folder, place, code)
    sync.run(unlocked)
    with unlocked.opened() as db:
        for values in _services(number):
            saving.save(db, [acts.create("service", values)])
    return unlocked


def _failures(crowd: list[Unlocked]) -> int:
    with ThreadPoolExecutor(len(crowd)) as threads:
        return sum(threads.map(_failed, crowd))


def _failed(unlocked: Unlocked) -> bool:
    try:
        done = sync.run(unlocked)
    except Problem:
        return True
    return done.held > 0 or done.sent < NEW or done.fetched < CHANGED


def _services(number: int) -> list[dict[str, Any]]:
    """What this laptop recorded."""
    cases = [derived_id("bench", "case", (number + n) % PEOPLE) for n in range(NEW)]
    return [{"case_id": case, "type": "TVT", "start_date": "2026-11-02"} for case in cases]


def _theirs() -> Cost:
    with pouch.talking("crowd.js") as (client, relay, server):
        client.do("load", rows.documents(PEOPLE))
        for number in range(LAPTOPS):
            client.do("join")
            client.do("write", number, _documents(number))
        client.do("editThere", rows.by_id(range(CHANGED), rows.at_registry))
        return cost(lambda: client.do("all", CHANGED), relay, server)


def _documents(number: int) -> list[dict[str, Any]]:
    return [
        {"_id": derived_id("bench", f"new-{number}", n), "entity": "service", **values}
        for n, values in enumerate(_services(number))
    ]
