"""The state in which every schedule begins: a registry, its people, and laptops that have synced once."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

import requests

import server.db
from field_client import cipher, enrolment, keys, transport
from schema.record import Key
from server import logs
from server.sync import snapshots
from tests.sync import links
from tests.sync.acts import Desk
from tests.sync.laptops import Laptop
from tests.sync.oracle import Oracle
from tests.sync.registry import Database, Registry, opened
from tests.sync.views import LaptopView
from tests.sync.world import World

PASSPHRASE = "four words by heart"
LAPTOPS = {
    "awa": "awa",
    "awa-2": "awa",
    "idriss": "idriss",
    "bakary": "bakary",
    "esther": "esther",
    "faraj": "faraj",
}
# The tokens of the prepared records, which no schedule reaches.
PREPARED = 9_000
SYNCED = "synchronous=FULL"
UNSYNCED = "synchronous=OFF"


@contextmanager
def quickly() -> Iterator[None]:
    """No schedule loses its power: files need not reach the disk. Passphrases cost little, logs nothing.

    What is new to a laptop comes as a snapshot file, however little it is.
    """
    local = tuple(UNSYNCED if one == SYNCED else one for one in cipher.PRAGMAS)
    there = tuple(UNSYNCED if one == SYNCED else one for one in server.db.PRAGMAS)
    with (
        mock.patch.object(cipher, "PRAGMAS", local),
        mock.patch.object(server.db, "PRAGMAS", there),
        mock.patch.object(keys, "MEMORY_KIB", 1_024),
        mock.patch.object(logs, "_log", mock.Mock()),
        mock.patch.object(snapshots, "LEAST_RECORDS", 2),
        mock.patch.object(snapshots, "STALE", 1),
    ):
        yield


class Stage:
    """Makes worlds: each begins with the same registry and the same laptops."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.folder = folder
        self.registry: Registry = opened(database, folder)
        self.prepared = {name: self._enrolled(name, who) for name, who in LAPTOPS.items()}
        self._first_people()
        self.registry.keep()
        self.worlds = 0

    def world(self) -> World:
        """A schedule that is about to begin."""
        self.worlds += 1
        folder = self.folder / f"world-{self.worlds}"
        folder.mkdir()
        return World(self.registry, self.prepared, folder)

    def _enrolled(self, name: str, who: str) -> Laptop:
        link = links.Link(self.registry.app.wsgi_app, lambda sent, answer: None)

        def session(_: transport.Link) -> requests.Session:
            made = requests.Session()
            made.mount("http://", link)
            return made

        with mock.patch.object(transport, "_session", session):
            code = self.registry.code(who)
            unlocked = enrolment.enrol(self.folder / "home", links.URL, code, PASSPHRASE, name)
        return Laptop(name, who, unlocked, link)

    def _first_people(self) -> None:
        """One person with case and household in each caseload, and everybody has synced."""
        self.registry.given = {}
        made: list[Key] = []
        for name in ("awa", "bakary"):
            laptop = self.prepared[name]
            laptop.sync()
            made += _register(laptop)
        for _ in range(2):
            for laptop in self.prepared.values():
                assert laptop.sync()
                laptop.link.delivered.clear()
                laptop.prepared = tuple(made)


def _register(laptop: Laptop) -> list[Key]:
    with laptop.opened() as db:
        desk = Desk(LaptopView(laptop.who, db), Oracle(tokens=PREPARED), {})
        draft = desk.draft("person", 1, 0, 0)
    assert draft
    assert laptop.save(draft.changes)
    return draft.made
