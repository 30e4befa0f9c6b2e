"""A real registry on loopback for the laptop's tests: its cast, its codes, and what it holds."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any

import sqlalchemy as sa
from flask import Flask
from werkzeug.serving import make_server

from field_client import enrolment, home, sync
from schema.change import Change, Source, Unit
from schema.ids import new_id
from schema.policy import EVERYWHERE, Grant, Sight
from server import Config, accounts, apply, create_app, devices, ledger
from server.accounts import Place
from server.actor import SYSTEM
from server.db import db, reading, writing
from server.tables import table_of
from tests.schema.programme import STORE_A, STORE_B, TODAY, A, B

PASSPHRASE = "four words by heart"
ADDRESS = "{}@example.org"
PASSWORD = "five rivers meet here"


@dataclass
class Registry:
    """The served registry. url: where laptops find it."""

    app: Flask
    url: str
    folder: Path

    def laptop(self, who: str, name: str = "") -> home.Unlocked:
        """A laptop of somebody, enrolled and synced once."""
        folder = self.folder / (name or who)
        unlocked = enrolment.enrol(folder, self.url, self.code(who), PASSPHRASE)
        sync.run(unlocked)
        return unlocked

    def code(self, who: str) -> str:
        """A one-time code for a laptop of somebody."""
        with self.app.app_context(), writing() as conn:
            return devices.make_code(conn, SYSTEM, ADDRESS.format(who))

    def add(self, who: str, role: str, *places: Place) -> None:
        """Somebody with a role over places."""
        with self.app.app_context(), writing() as conn:
            address = ADDRESS.format(who)
            account = accounts.add_account(conn, SYSTEM, address, who.title(), PASSWORD)
            for place in places:
                accounts.grant(conn, SYSTEM, account, role, place)

    def add_grant(self, who: str, role: str, scope: str) -> None:
        """Give somebody another role."""
        with self.app.app_context(), writing() as conn:
            account = accounts.find(conn, ADDRESS.format(who))
            accounts.grant(conn, SYSTEM, account["id"], role, Place("scope", scope))

    def end_grants(self, who: str) -> None:
        """Take every role from somebody."""
        with self.app.app_context(), writing() as conn:
            account = accounts.find(conn, ADDRESS.format(who))
            for row in accounts.grants_given(conn, account["id"]):
                accounts.end_grant(conn, SYSTEM, row["id"])

    def write(self, *changes: Change) -> None:
        """Changes by the system itself, with every right."""
        sight = Sight.of(
            Grant(role, EVERYWHERE)
            for role in ("administrator", "programme-manager", "storekeeper")
        )
        with self.app.app_context(), writing() as conn:
            unit = Unit(new_id(len(changes)), ledger.head(conn), "2026-11-22T10:00:00Z", changes)
            source = Source("system", unit.id)
            [done] = apply.chunk(conn, [apply.Arriving(unit, source, sight.may, sight.may, TODAY)])
        assert done.outcome != "held", done

    def row(self, noun: str, record_id: str) -> dict[str, Any] | None:
        """A record of the registry."""
        table = table_of(noun)
        with self.app.app_context(), reading() as conn:
            found = conn.execute(sa.select(table).where(table.c.id == record_id)).mappings().first()
            return dict(found) if found else None

    def head(self) -> int:
        """The last number given."""
        with self.app.app_context(), reading() as conn:
            return ledger.head(conn)


@contextmanager
def serving(database_url: str, folder: Path) -> Iterator[Registry]:
    """A registry with two caseloads, two stores and the cast, answering on loopback."""
    config = Config(
        data=folder / "registry",
        database_url=database_url,
        secret_key="a secret for tests, thirty-two characters",
        password_memory=1_024,
    )
    app = create_app(config)
    with running(app) as url:
        yield peopled(Registry(app, url, folder))
    with app.app_context():
        db.engine.dispose()


def peopled(registry: Registry) -> Registry:
    """The registry with two caseloads, two stores and the cast."""
    registry.write(*_places())
    registry.add("awa", "field-officer", Place("scope", A), Place("scope", STORE_A))
    registry.add("bakary", "field-officer", Place("scope", B), Place("scope", STORE_B))
    registry.add("faraj", "storekeeper", Place("scope", STORE_A))
    return registry


@contextmanager
def running(app: Any, port: int = 0) -> Iterator[str]:
    """An application on a port of loopback (a free one), in a thread of this process."""
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _places() -> list[Change]:
    named = (
        ("caseload", A, "A"),
        ("caseload", B, "B"),
        ("store", STORE_A, "SA"),
        ("store", STORE_B, "SB"),
    )
    return [Change("create", noun, id_, {"code": code, "name": code}) for noun, id_, code in named]
