"""Awa's laptop with its pages: enrolled, with a passphrase, without a registry."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from sqlite_utils import Database

from field_client import home, keys
from field_client.app import create_app
from field_client.config import Config
from tests.databases import FreshDatabase
from tests.field_client import laptops
from tests.field_client.pages.browsing import PASSPHRASE, PORT, Browser
from tests.field_client.registry import Registry, serving


@pytest.fixture
def unlocked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> home.Unlocked:
    """The store of Awa's laptop, in her own hands. The passphrase costs less than in the field."""
    monkeypatch.setattr(keys, "MEMORY_KIB", 64)
    made = laptops.make(tmp_path / "home" / "awa")
    keys.write_key_file(made.folder / home.KEY_FILE, made.key, PASSPHRASE)
    return made


@pytest.fixture
def db(unlocked: home.Unlocked) -> Iterator[Database]:
    """The same store, opened beside the pages."""
    with unlocked.opened() as opened:
        yield opened


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """Templates, compiled once for all tests of this worker."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture
def app(unlocked: home.Unlocked, compiled: FileSystemBytecodeCache) -> Flask:
    """The pages, just started."""
    started = create_app(Config(unlocked.folder.parent), port=PORT)
    started.jinja_env.bytecode_cache = compiled
    return started


@pytest.fixture
def stranger(app: Flask) -> Browser:
    """A browser that has not opened the printed address."""
    return Browser(app)


@pytest.fixture
def awa(app: Flask) -> Browser:
    """Awa's browser, unlocked."""
    return Browser(app).start().unlock()


@pytest.fixture
def registry(fresh_database: FreshDatabase, tmp_path: Path) -> Iterator[Registry]:
    """A served registry."""
    with serving(fresh_database("sqlite"), tmp_path) as served:
        yield served
