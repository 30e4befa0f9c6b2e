"""A registry that burns and comes back from a backup, for laptops that had synced with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from field_client import home
from field_client.store import facts
from server import backups, create_app
from server.actor import SYSTEM
from server.db import db, reading, upgrade
from server.verify import verify
from tests.field_client.registry import Registry, running


def backup(registry: Registry, name: str = "night") -> Path:
    """A checked backup of the registry."""
    file = registry.folder / f"{name}.backup"
    with registry.app.app_context():
        backups.take(file)
    return file


@contextmanager
def restored(registry: Registry, file: Path, database_url: str) -> Iterator[Registry]:
    """The registry as it comes back from this backup, in an empty database, at another address."""
    config = replace(registry.app.extensions["ddr_config"], database_url=database_url)
    loaded = backups.load(config, file)
    upgrade(database_url)
    app = create_app(config)
    with app.app_context():
        backups.begin_again(loaded, SYSTEM)
    with running(app) as url:
        yield Registry(app, url, registry.folder)
    with app.app_context():
        db.engine.dispose()


def moved_to(registry: Registry, *laptops: home.Unlocked) -> None:
    """Where the registry answers now."""
    for laptop in laptops:
        with laptop.opened() as store:
            facts.put(store, url=registry.url)


def faults(registry: Registry) -> list[str]:
    """What of the registry does not agree with itself."""
    with registry.app.app_context(), reading() as conn:
        return verify(conn).wrong
