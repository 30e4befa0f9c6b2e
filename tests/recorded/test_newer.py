"""Two versions at once: what the older one does not know comes through it unchanged, or waits."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests
import sqlalchemy as sa

from field_client import home, keys, sync
from field_client.store import acts, rows
from schema import codes
from server.db import reading
from tests.conftest import FreshDatabase
from tests.faults.served import until
from tests.faults.two_officers import save
from tests.field_client.conftest import TEST_PASSPHRASE_MEMORY
from tests.field_client.registry import Registry, serving
from tests.recorded import newer
from tests.schema.programme import A
from tests.walk.commands import PATIENCE
from tests.walk.served import LIGHT, free_port


@pytest.fixture(autouse=True)
def _quick_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "MEMORY_KIB", TEST_PASSPHRASE_MEMORY)


@pytest.fixture(scope="module")
def version(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The newer version."""
    return newer.make(tmp_path_factory.mktemp("newer"))


@contextmanager
def upgraded(registry: Registry, version: Path) -> Iterator[Registry]:
    """The same registry, upgraded and served by the newer version."""
    port, config = free_port(), registry.app.extensions["ddr_config"]
    env = {name: value for name, value in os.environ.items() if not name.startswith("DDR_")}
    env |= {"DDR_DATA": str(config.data), "DDR_DATABASE_URL": config.database_url, **LIGHT}
    env |= {"DDR_SECRET_KEY": config.secret_key}
    run = [sys.executable, "serve.py"]
    made = subprocess.run(
        [*run, "init"], cwd=version, env=env, capture_output=True, text=True, check=False
    )
    assert made.returncode == 0, made.stderr
    words = [*run, "serve", "--port", str(port), "--workers", "1"]
    url = f"http://127.0.0.1:{port}"
    with subprocess.Popen(words, cwd=version, env=env, stdout=subprocess.DEVNULL) as process:
        until(lambda: answers(url))
        yield Registry(registry.app, url, registry.folder)
        process.terminate()


def answers(url: str) -> bool:
    """Whether it is served."""
    try:
        return requests.get(f"{url}/health/ready", timeout=PATIENCE).ok
    except requests.ConnectionError:
        return False


def value(registry: Registry, statement: str) -> object:
    """One value of the registry's database."""
    with registry.app.app_context(), reading() as conn:
        return conn.execute(sa.text(statement)).scalar_one()


def edited(laptop: home.Unlocked, person: str) -> None:
    """Somebody writes down a telephone number."""
    with laptop.opened() as db:
        changed = acts.change(db, "person", person, {"phone": "76 00 00 09"})
    assert changed
    save(laptop, changed)


@pytest.mark.slow
def test_what_an_older_laptop_does_not_know_comes_through_it_unchanged(
    fresh_database: FreshDatabase, version: Path, tmp_path: Path
) -> None:
    with (
        serving(fresh_database("sqlite"), tmp_path) as before,
        upgraded(before, version) as registry,
    ):
        made = newer.laptop(version, tmp_path / "n", registry.url, registry.code("awa"), A)
        assert (made["outcomes"], made["unequal"]) == (["applied"] * 3, 0)
        old = registry.laptop("awa")
        with old.opened() as db:
            row = rows.fetch(db, "person", made["person"])
            assert row
            assert row["extra"] == {"nickname": "Fa"}
            relation = rows.one(db, "SELECT relation FROM household_member")
            assert codes.RELATION.label(relation) == "cousin"
        edited(old, made["person"])
        done = sync.run(old)
        assert (done.sent, done.held, done.unequal) == (1, 0, 0)
        assert sync.run(old).unequal == 0
        assert value(registry, "SELECT nickname || phone FROM person") == "Fa76 00 00 09"
        assert value(registry, "SELECT relation FROM household_member") == "cousin"
        assert value(registry, "SELECT place FROM outing") == "The market"


def test_what_an_older_registry_does_not_know_is_carried_or_held_and_goes_on_to_others(
    fresh_database: FreshDatabase, version: Path, tmp_path: Path
) -> None:
    with serving(fresh_database("sqlite"), tmp_path) as registry:
        made = newer.laptop(version, tmp_path / "n", registry.url, registry.code("awa"), A)
        assert (made["outcomes"], made["unequal"]) == (["applied", "held", "held"], 0)
        old = registry.laptop("awa")
        edited(old, made["person"])
        assert sync.run(old).unequal == 0
        row = registry.row("person", made["person"])
        assert row
        assert (row["extra"], row["phone"]) == ({"nickname": "Fa"}, "76 00 00 09")
