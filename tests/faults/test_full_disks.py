"""A full disk at either end: what cannot be kept is refused with a sentence, and nothing is half written."""

import resource
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa

from field_client import cipher, home, sync
from field_client.store import acts, drafts, outbox, rows
from schema.problems import NotSaved, Unreachable
from server.arrivals.tables import arrival
from server.db import db as engine_of
from server.db import reading, writing
from tests.databases import Databases
from tests.faults import checks
from tests.faults.two_officers import said, save
from tests.field_client.registry import PASSPHRASE, Registry, serving
from tests.walk.commands import start

LARGE = 400_000


def noise() -> str:
    """Text that nothing makes smaller."""
    return secrets.token_hex(LARGE // 2)


def large(name: str) -> acts.Change:
    """Somebody with a long note, which no free page of a database takes in."""
    return acts.create("person", {**said(name), "custom": {"note": noise()}})


@pytest.fixture(scope="module")
def enrolled(registry: Registry) -> home.Unlocked:
    """Awa's laptop as it was enrolled; tests take copies."""
    return registry.laptop("awa")


@pytest.fixture
def awa(enrolled: home.Unlocked, tmp_path: Path) -> home.Unlocked:
    """Awa's laptop."""
    copy = home.Unlocked(tmp_path / "home" / "awa", enrolled.key)
    shutil.copytree(enrolled.folder, copy.folder)
    return copy


@contextmanager
def full_laptop(laptop: home.Unlocked) -> Iterator[None]:
    """Its store may not grow any more, as on a disk that is full."""
    with laptop.opened() as db:
        pages = rows.one(db, "PRAGMA page_count")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cipher, "PRAGMAS", (*cipher.PRAGMAS, f"max_page_count={pages}"))
        yield


def test_what_a_full_laptop_cannot_save_is_refused_and_the_form_is_kept(
    awa: home.Unlocked,
) -> None:
    with awa.opened() as db:
        drafts.keep(db, "person", {"name": "Kadiatou Ba"})
    with full_laptop(awa), awa.opened() as db:
        with pytest.raises(NotSaved, match="disk is full"):
            save(awa, large("Kadiatou Ba"))
        assert (outbox.held(db), db.table("person").count, db.table("touched").count) == ([], 0, 0)
        assert db.table("draft").count == 1
    save(awa, large("Kadiatou Ba"))


def test_a_sync_on_a_full_laptop_keeps_what_it_had_and_goes_on_when_there_is_room(
    registry: Registry, awa: home.Unlocked
) -> None:
    other = registry.laptop("awa", "another")
    save(other, large("Léa Ouédraogo"))
    sync.run(other)
    unit = save(awa, acts.create("person", said("Mariam Cissé")))
    with full_laptop(awa), pytest.raises(NotSaved, match="disk is full"):
        sync.run(awa)
    with awa.opened() as db:
        assert [row["name"] for row in rows.select(db, "SELECT name FROM person")] == [
            "Mariam Cissé"
        ]
    # Léa, and the flag on her note: what was typed here is no news here.
    assert sync.run(awa).fetched == 2
    with awa.opened() as db:
        names = rows.select(db, "SELECT name FROM person ORDER BY name")
    assert [row["name"] for row in names] == ["Léa Ouédraogo", "Mariam Cissé"]
    assert checks.outcomes(registry, [unit]) == ["applied"]
    checks.all_is_well(registry, awa)


@dataclass(frozen=True)
class Cramped:
    """What a process does first whose files may not grow beyond so many bytes."""

    size: int

    def __call__(self) -> None:
        """In the new process."""
        resource.setrlimit(resource.RLIMIT_FSIZE, (self.size, self.size))


def command(laptop: home.Unlocked, *words: str, size: int) -> tuple[int, str, str]:
    """``ddr-field`` in a process whose files may not grow."""
    folder = laptop.folder.parent
    env = {"DDR_FIELD_HOME": str(folder), "DDR_PASSPHRASE": PASSPHRASE}
    done = start("ddr-field", (*words, "--json"), env, folder, Cramped(size)).done()
    assert "Traceback" not in done.err, done.err
    return done.code, done.out, done.err


@pytest.mark.parametrize("size", [4_096, 100_000])
def test_the_commands_of_a_laptop_whose_disk_takes_nothing_end_with_a_sentence(
    registry: Registry, awa: home.Unlocked, size: int
) -> None:
    unit = save(awa, acts.create("person", said("Oumou Diallo")))
    note = f'custom={{"note": "{noise()[:120_000]}"}}'
    for words in (("add", "person", "name=Ali", "sex=male", note), ("sync",)):
        code, out, err = command(awa, *words, size=size)
        assert (code, "not-saved" in out, "disk is full" in err) == (1, True, True), (out, err)
    sync.run(awa)
    assert checks.outcomes(registry, [unit]) == ["applied"]
    checks.all_is_well(registry, awa)


# -- the registry


@pytest.fixture(scope="module")
def either(
    engine: str, databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Registry]:
    """A registry on each engine."""
    folder = tmp_path_factory.mktemp("either")
    with (
        databases.fresh(engine, migrated=True, folder=folder) as url,
        serving(url, folder) as registry,
    ):
        yield registry


Full = Callable[[Registry, str], AbstractContextManager[None]]


@contextmanager
def full_file(registry: Registry, table: str) -> Iterator[None]:
    """SQLite's file takes what arrives and nothing more, or not even that."""
    with registry.app.app_context(), reading() as conn:
        pages = conn.exec_driver_sql("PRAGMA page_count").scalar_one()
        size = conn.exec_driver_sql("PRAGMA page_size").scalar_one()
    room = 0 if table == "arrival" else LARGE // size + 40

    def limit(connection: sa.engine.interfaces.DBAPIConnection, _record: object) -> None:
        connection.cursor().execute(f"PRAGMA max_page_count={pages + room}")

    with registry.app.app_context():
        engine = engine_of.engine
        sa.event.listen(engine, "connect", limit)
        engine.dispose()
        yield
        sa.event.remove(engine, "connect", limit)
        engine.dispose()


@contextmanager
def full_tablespace(registry: Registry, table: str) -> Iterator[None]:
    """PostgreSQL says of one table what it says when the disk under it is full."""
    raises = "RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'"
    act = partial(_execute, registry)
    act(
        f"CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {raises}; END $$"
    )
    act(f"CREATE TRIGGER full_disk BEFORE INSERT ON {table} EXECUTE FUNCTION full_disk()")
    yield
    act("DROP FUNCTION full_disk CASCADE")


def _execute(registry: Registry, statement: str) -> None:
    with registry.app.app_context(), writing() as conn:
        conn.exec_driver_sql(statement)


FULL: dict[str, Full] = {"sqlite": full_file, "postgresql": full_tablespace}


def arrived(registry: Registry, unit: str) -> int:
    """How many lines the registry has of a Unit."""
    query = sa.select(sa.func.count()).where(arrival.c.unit_id == unit)
    with registry.app.app_context(), reading() as conn:
        return int(conn.execute(query).scalar_one())


@pytest.mark.parametrize("table", ["arrival", "history"])
def test_a_full_registry_acknowledges_nothing_and_the_next_sync_completes(
    either: Registry, engine: str, table: str
) -> None:
    awa = either.laptop("awa", f"awa-{table}")
    unit = save(awa, large("Sira Keïta"))
    with FULL[engine](either, table), pytest.raises(Unreachable, match="cannot answer now"):
        sync.run(awa)
    assert arrived(either, unit) == (table == "history")
    with awa.opened() as db:
        assert len(outbox.unsent(db)) == 1
    assert sync.run(awa).sent == 1
    assert checks.outcomes(either, [unit]) == ["applied"]
    checks.all_is_well(either, awa)
