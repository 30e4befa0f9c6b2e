"""A laptop of the schedule: a real folder with a real store, and what happens to laptops."""

import json
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

import requests
from sqlite_utils import Database

from field_client import home, repair, sync, transport
from field_client.cipher import DriverError
from field_client.store import blobs, facts, outbox, rows, saving
from field_client.store.rows import Row
from schema.change import Change
from schema.entities import ENTITIES
from schema.picture import Picture
from schema.problems import Problem
from schema.record import Key
from tests.sync.acts import Typed
from tests.sync.links import GOOD, Link, Weather


@dataclass
class Laptop:
    """One machine of somebody.

    typed: what its officer remembers of what was typed here. prepared: the records that it holds when a
    schedule begins. doubtful: what the registry believes it to have been told may not be what it was told.
    excused: it was put back to an old image, or the registry was, so that its rows may differ for once.
    unheard: its last sync did not come to an end, and what it was told then it has still to hear.
    """

    name: str
    who: str
    unlocked: home.Unlocked
    link: Link
    typed: Typed = field(default_factory=dict)
    prepared: tuple[Key, ...] = ()
    doubtful: bool = False
    always_doubtful: bool = False
    excused: bool = False
    unheard: bool = False

    @contextmanager
    def opened(self) -> Iterator[Database]:
        """Its store."""
        with self.unlocked.opened() as db:
            yield db

    # -- people

    def save(self, changes: Sequence[Change], pictures: Sequence[Picture] = ()) -> str | None:
        """Save a Unit; its id, None when the laptop refused it."""
        with self.opened() as db:
            try:
                return saving.save(db, changes, pictures=pictures).unit_id
            except Problem:
                return None

    def pictures(self) -> set[str]:
        """What was taken here, shown or sealed, and is kept to be handed in."""
        with self.opened() as db:
            sql = "SELECT sha256 FROM blob WHERE made_here = 1 AND whole = 1"
            return {row["sha256"] for row in rows.select(db, sql)}

    def owes_pictures(self) -> bool:
        """Whether the registry has still to be asked about bytes that were taken here."""
        with self.opened() as db:
            due = blobs.to_send(db)
            new = facts.get(db, "epoch") != facts.get(db, "blobs_epoch")
            return any(new or row["arrived_at"] is None for row in due)

    def may_ask_about_pictures(self) -> bool:
        """Whether there are bytes that were taken here and are in no backup that this laptop has heard of."""
        with self.opened() as db:
            return bool(rows.one(db, "SELECT 1 FROM blob WHERE made_here = 1 AND safe = 0"))

    # -- the link

    def sync(self, weather: Weather | None = None) -> sync.Summary | None:
        """Sync once; None when it did not come to an end."""
        self.link.weather = weather or Weather(GOOD)
        self.doubtful = self.unheard = True
        try:
            with (
                mock.patch.object(transport, "_session", self._session),
                mock.patch.object(repair, "noticed", self._noticed),
            ):
                done = sync.run(self.unlocked)
            self.doubtful, self.unheard = self.always_doubtful, False
            return done
        except DriverError as error:
            raise AssertionError(f"{self.name} cannot take in what it was sent: {error}") from error
        except Problem:
            return None
        finally:
            self.link.weather = Weather(GOOD)

    def _noticed(self, buckets: Iterable[str]) -> None:
        """Rows differ from the registry's. Repair would hide what led to it."""
        assert self.excused, f"{self.name}: the rows of {list(buckets)} differ, without a restore"

    def _session(self, link: transport.Link) -> requests.Session:
        session = requests.Session()
        session.trust_env = False
        session.mount("http://", self.link)
        return session

    # -- disasters

    def copied(self, name: str, folder: Path) -> "Laptop":
        """A copy of its disk in another machine."""
        shutil.copytree(self.unlocked.folder, folder)
        link = Link(self.link.wsgi, self.link.heard)
        unlocked = home.Unlocked(folder, self.unlocked.key)
        typed = {place: set(values) for place, values in self.typed.items()}
        return Laptop(name, self.who, unlocked, link, typed, self.prepared)

    def put_back(self, image: "Laptop") -> None:
        """Its disk becomes what the image holds."""
        shutil.rmtree(self.unlocked.folder)
        shutil.copytree(image.unlocked.folder, self.unlocked.folder)
        self.typed = {place: set(values) for place, values in image.typed.items()}

    # -- looking

    def is_behind(self, head: int) -> bool:
        """Whether there is anything to send or to fetch."""
        with self.opened() as db:
            return self.unheard or bool(outbox.unsent(db)) or facts.base(db) < head

    def log(self) -> set[str]:
        """The Units that its log holds."""
        with self.opened() as db:
            return {row["unit_id"] for row in rows.select(db, "SELECT unit_id FROM outbox")}


def registry_rows(db: Database) -> dict[Key, Row]:
    """What the registry had sent of it, without anything that lies on top."""
    found = {
        (entity.noun, row["id"]): row
        for entity in ENTITIES
        for row in rows.fetch_where(db, entity.noun, "1")
    }
    for cover in rows.select(db, "SELECT * FROM shadow"):
        key = (cover["entity"], cover["record_id"])
        under = None if cover["row"] is None else json.loads(cover["row"])
        if under is None:
            found.pop(key, None)
        else:
            found[key] = under
    return found


def kept_on_screen(laptop: Laptop) -> None:
    """What the registry applied stays shown until the rows that hold it are here."""
    with laptop.opened() as db:
        sql = (
            "SELECT unit_id FROM outbox WHERE outcome IN ('applied', 'merged') AND open = 0"
            " AND seq > ? AND payload NOT LIKE 'age:%'"
        )
        vanished = rows.select(db, sql, (facts.base(db),))
    assert not vanished, f"{laptop.name}: {vanished} were applied and are gone from the screen"


def where_it_stands(db: Database) -> dict[str, Any]:
    """How far this laptop is, in figures."""
    return {
        "unsent": len(outbox.unsent(db)),
        "staged": db.table("stage").count,
        "base": facts.base(db),
    }
