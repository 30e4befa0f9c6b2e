"""Our side: a served registry, a laptop that syncs with it through the relay, and its steps."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import laptops
from bench.peers import rows
from bench.peers.cost import Cost, cost
from bench.peers.relay import LOOPBACK, Road, port_of, relaying
from bench.registries import app_on, database, served
from field_client.home import Unlocked
from field_client.store import acts, facts, saving
from field_client.sync import Summary
from schema.change import Change


def steps(
    engine: str, people: int, road: Road = LOOPBACK, edits: int = rows.EDITS
) -> Iterator[tuple[str, Cost]]:
    """What each step of the comparison cost, by its name."""
    with database(engine) as (url, folder):
        with app_on(url, folder):
            laptops.people(people)
            one_time = laptops.code()
        with served(url, folder) as (address, server), relaying(port_of(address), road) as relay:
            unlocked = laptops.enrolled(folder, f"http://127.0.0.1:{relay.port}", one_time)
            with _syncing(unlocked) as sync:
                for name, ready in _ready(unlocked, url, folder, edits):
                    ready()
                    yield name, cost(sync, relay, server)


@contextmanager
def _syncing(unlocked: Unlocked) -> Iterator[Callable[[], Summary]]:
    """What has the laptop sync once, in a process that holds nothing else."""
    module = [sys.executable, "-m", "bench.peers.laptop"]
    process = subprocess.Popen(
        [*module, str(unlocked.folder), laptops.PASSPHRASE],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    said, heard = process.stdin, process.stdout
    heard.readline()

    def sync() -> Summary:
        said.write("\n")
        said.flush()
        return Summary(**json.loads(heard.readline()))

    try:
        yield sync
    finally:
        process.terminate()
        process.communicate(timeout=30)


def _ready(
    unlocked: Unlocked, url: str, folder: Path, edits: int
) -> Iterator[tuple[str, Callable[[], None]]]:
    """Each step, with what happens before it at either end."""

    def edited() -> None:
        _edit_here(unlocked, edits)
        with app_on(url, folder):
            edit_there("before", rows.changed_base(edits))

    def changed() -> None:
        with app_on(url, folder):
            edit_there("pulled", rows.pulled(edits))

    yield "first", lambda: None
    yield "push", edited
    yield "pull", changed
    yield "nothing", lambda: None


def _edit_here(unlocked: Unlocked, edits: int) -> None:
    with unlocked.opened() as db:
        base = facts.base(db)
        for number in rows.pushed(edits):
            said = acts.change(
                db, "person", laptops.person_id(number), rows.on_laptop(number), None, base
            )
            assert said is not None
            saving.save(db, [said])


def edit_there(word: str, numbers: range) -> None:
    """Edit people at the registry, as somebody who saw what was recorded first."""
    laptops.write(
        [
            (
                f"{word}-{number}",
                (
                    Change(
                        "set", "person", laptops.person_id(number), rows.at_registry(number), old
                    ),
                ),
            )
            for number in numbers
            for old in [{"father_name": None, "mother_name": f"Mother {number}"}]
        ]
    )
