"""The registry in this process, put back to a prepared state in a few milliseconds, and its people."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import sqlalchemy as sa
from flask import Flask

from schema.change import Change, Source, Unit
from schema.ids import new_id
from schema.policy import EVERYWHERE, POLICY, PROGRAMME, Grant, Sight
from schema.record import Bucket
from server import Config, accounts, apply, backups, create_app, devices, ledger
from server.accounts import Place
from server.actor import SYSTEM, Actor
from server.db import db, reading, upgrade, writing
from server.tables import table_of
from tests.postgres import Cluster
from tests.schema.programme import STORE_A, STORE_B, TODAY, A, B, ident

SECRET = "a secret for tests, thirty-two characters"
PASSWORD = "five rivers meet here"
CAST: dict[str, tuple[Grant, ...]] = {
    "awa": (Grant("field-officer", A), Grant("field-officer", STORE_A)),
    "idriss": (Grant("field-officer", A), Grant("case-worker", A), Grant("field-officer", STORE_A)),
    "bakary": (Grant("field-officer", B), Grant("field-officer", STORE_B)),
    "esther": (Grant("child-protection", EVERYWHERE),),
    "faraj": (Grant("storekeeper", STORE_A), Grant("storekeeper", STORE_B)),
    "celine": (Grant("programme-manager", EVERYWHERE),),
}
# What an administrator may give and take while a schedule runs.
TOGGLES: tuple[tuple[str, Grant], ...] = (
    ("awa", Grant("field-officer", A)),
    ("awa", Grant("field-officer", B)),
    ("bakary", Grant("field-officer", B)),
    ("bakary", Grant("field-officer", A)),
    ("idriss", Grant("case-worker", A)),
    ("idriss", Grant("case-worker", B)),
    ("faraj", Grant("storekeeper", STORE_A)),
    ("awa", Grant("field-officer", STORE_A)),
)
GROUP = ident("group")


class Database(Protocol):
    """A database that can be kept as it is and put back to that."""

    url: str

    def keep(self) -> None:
        """Take what is there now as the prepared state."""

    def put_back(self) -> None:
        """Make it again what it was when it was kept. Nobody is connected."""

    def empty(self) -> None:
        """Lose it all."""


@dataclass
class FileDatabase:
    """A SQLite file and its copy."""

    folder: Path

    def __post_init__(self) -> None:
        self.path = self.folder / "registry.sqlite"
        self.kept = self.folder / "kept.sqlite"
        self.url = f"sqlite:///{self.path}"

    def keep(self) -> None:
        shutil.copyfile(self.path, self.kept)

    def put_back(self) -> None:
        for tail in ("-wal", "-shm"):
            self.path.with_name(self.path.name + tail).unlink(missing_ok=True)
        shutil.copyfile(self.kept, self.path)

    def empty(self) -> None:
        for tail in ("", "-wal", "-shm"):
            self.path.with_name(self.path.name + tail).unlink(missing_ok=True)


@dataclass
class ServedDatabase:
    """A PostgreSQL database and the template made of it."""

    cluster: Cluster

    def __post_init__(self) -> None:
        self.name = self.cluster.create()
        self.kept = f"{self.name}_kept"
        self.url = self.cluster.url(self.name)

    def keep(self) -> None:
        self.cluster.copy(self.name, self.kept)

    def put_back(self) -> None:
        self.cluster.drop(self.name)
        self.cluster.copy(self.kept, self.name)

    def empty(self) -> None:
        self.cluster.drop(self.name)
        self.cluster.copy("template0", self.name)


@dataclass
class Registry:
    """The registry and who has what role there. data: its own folder, put back with the database.

    seen: its rows as they were read at number ``seen_at``; nothing changes without a new number.
    """

    app: Flask
    database: Database
    data: Path
    ids: dict[str, str] = field(default_factory=dict)
    given: dict[str, set[Grant]] = field(default_factory=dict)
    seen_at: int = -1
    seen: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Read one moment of it."""
        with self.app.app_context(), reading() as conn:
            yield conn

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """Write in one transaction."""
        with self.app.app_context(), writing() as conn:
            yield conn

    def within(self, act: Callable[[], Any]) -> Any:
        """Do what opens its own transactions."""
        with self.app.app_context():
            return act()

    # -- prepared states

    def keep(self) -> None:
        """Take what is there now as the state in which every schedule begins."""
        self.close()
        self.database.keep()
        shutil.copytree(self.data, self.data.with_name("data-kept"))

    def put_back(self) -> None:
        """Begin again from the state that was kept."""
        self.close()
        self.database.put_back()
        shutil.rmtree(self.data)
        shutil.copytree(self.data.with_name("data-kept"), self.data)
        self.seen_at = -1
        self.given = {who: set(grants) for who, grants in CAST.items()}

    def restore(self, file: Path, actor: Actor) -> None:
        """Lose the database, and come back from a backup."""
        self.close()
        self.database.empty()
        loaded = backups.load(self.app.extensions["ddr_config"], file)
        self.within(lambda: backups.begin_again(loaded, actor))
        self.seen_at = -1

    def close(self) -> None:
        """Let go of the database."""
        with self.app.app_context():
            db.engine.dispose()

    # -- people

    def actor(self, who: str) -> Actor:
        """Somebody at the web, with what they may do now."""
        with self.reading() as conn:
            return Actor(self.ids[who], who.title(), accounts.sight_of(conn, self.ids[who]))

    def toggle(self, who: str, grant: Grant) -> None:
        """Take a grant away from who has it, and give it to who has not."""
        with self.writing() as conn:
            if grant in self.given[who]:
                [row] = [
                    r
                    for r in accounts.held_by(conn, self.ids[who])
                    if (r.role, r.scope_id) == (grant.role, grant.scope)
                ]
                accounts.end_grant(conn, SYSTEM, row.id)
            else:
                place = Place("scope", grant.scope)
                accounts.grant(conn, SYSTEM, self.ids[who], grant.role, place)
        self.given[who] ^= {grant}

    def readable(self, who: str) -> set[Bucket]:
        """The buckets that somebody may read now, told from the table of roles alone."""
        found: set[Bucket] = set()
        for compartment, scopes in _SCOPES.items():
            for scope in scopes:
                if any(_reads(grant, compartment, scope) for grant in self.given[who]):
                    found.add((compartment, scope))
        return found

    def code(self, who: str) -> str:
        """A one-time code for a laptop of somebody."""
        with self.writing() as conn:
            return devices.make_code(conn, SYSTEM, f"{who}@example.org")

    # -- looking

    def head(self) -> int:
        """The last number given."""
        with self.reading() as conn:
            return ledger.head(conn)

    def rows(self, noun: str) -> dict[str, dict[str, Any]]:
        """All records of a noun, by id."""
        with self.reading() as conn:
            head = ledger.head(conn)
            if self.seen_at != head:
                self.seen_at, self.seen = head, {}
            if noun not in self.seen:
                found = conn.execute(sa.select(table_of(noun))).mappings()
                self.seen[noun] = {row["id"]: dict(row) for row in found}
        return self.seen[noun]


_SCOPES = {
    "case": (A, B),
    "background": (A, B, PROGRAMME),
    "child": (A, B),
    "health": (A, B),
    "payments": (A, B),
    "weapons": (STORE_A, STORE_B),
    "reference": (PROGRAMME,),
}


def _reads(grant: Grant, compartment: str, scope: str) -> bool:
    covers = grant.scope in (scope, EVERYWHERE) or scope == PROGRAMME
    return covers and "read" in POLICY[grant.role].get(compartment, ())


def opened(database: Database, folder: Path) -> Registry:
    """A registry with two caseloads, two stores, an armed group and the cast."""
    upgrade(database.url)
    data = folder / "data"
    data.mkdir()
    config = Config(data=data, database_url=database.url, secret_key=SECRET, password_memory=1_024)
    registry = Registry(create_app(config), database, data)
    with registry.writing() as conn:
        _write(conn, _places())
        for who, grants in CAST.items():
            address = f"{who}@example.org"
            account = accounts.add_account(conn, SYSTEM, address, who.title(), PASSWORD)
            registry.ids[who] = account
            for grant in grants:
                everywhere = grant.scope == EVERYWHERE
                place = Place("everywhere") if everywhere else Place("scope", grant.scope)
                accounts.grant(conn, SYSTEM, account, grant.role, place)
    return registry


def _places() -> list[Change]:
    named = (
        ("caseload", A, "A"),
        ("caseload", B, "B"),
        ("store", STORE_A, "SA"),
        ("store", STORE_B, "SB"),
        ("armed_group", GROUP, "G"),
    )
    return [Change("create", noun, i, {"code": code, "name": code}) for noun, i, code in named]


def _write(conn: sa.Connection, changes: list[Change]) -> None:
    roles = ("administrator", "programme-manager", "case-worker")
    sight = Sight.of(Grant(role, EVERYWHERE) for role in roles)
    unit = Unit(new_id(1), 0, "2026-11-22T10:00:00Z", tuple(changes))
    arriving = apply.Arriving(unit, Source("system", unit.id), sight.may, sight.may, TODAY)
    [done] = apply.chunk(conn, [arriving])
    assert done.outcome != "held", done
