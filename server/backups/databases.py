"""A registry's database as a file, and back: the same four verbs on both engines.

SQLite's copy is made by its own online backup, PostgreSQL's by pg_dump; both hold one moment, whoever
writes meanwhile.
"""

import secrets
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import sqlalchemy as sa

from schema.problems import Problem
from server.backups import programs
from server.db import engine_options, tune
from server.whole_files import CannotWrite, sync_folder, whole_file

SQLITE, POSTGRESQL = "sqlite", "postgresql"
DUMPS = {SQLITE: "registry.sqlite", POSTGRESQL: "registry.dump"}


class NoScratch(Problem):
    """Nowhere to restore a backup to, to see that it is good."""

    code, status = "no-scratch", 500
    sentence = (
        "A backup is checked by restoring it, and this account of PostgreSQL may make no database for "
        "that. Let it (ALTER ROLE … CREATEDB), or name a server where it may in DDR_SCRATCH_URL."
    )


def engine_of(url: str) -> str:
    """SQLITE or POSTGRESQL."""
    return SQLITE if sa.make_url(url).drivername == SQLITE else POSTGRESQL


def dump(url: str, path: Path) -> None:
    """Write one moment of the database at this address to a file.

    Raises NoProgram, ProgramFailed, CannotWrite.
    """
    if engine_of(url) == SQLITE:
        _copy(_file(url), path)
    else:
        options = ("--format=custom", "--no-owner", "--no-privileges", f"--file={path}")
        programs.run(url, "pg_dump", *options)


def load(path: Path, url: str) -> None:
    """Put what ``dump`` wrote into an empty database: all of it, or nothing. Raises CannotWrite."""
    if engine_of(url) == SQLITE:
        target = _file(url)
        with path.open("rb") as source, whole_file(target) as out:
            shutil.copyfileobj(source, out)
        sync_folder(target.parent)
    else:
        options = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction")
        programs.run(url, "pg_restore", *options, str(path))


def is_empty(url: str) -> bool:
    """Whether the database at this address has no table."""
    if engine_of(url) == SQLITE and not _file(url).exists():
        return True
    engine = sa.create_engine(url, **engine_options(url))
    try:
        return not sa.inspect(engine).get_table_names()
    finally:
        engine.dispose()


def left_beside(url: str) -> Path | None:
    """A journal of the database that lay here before: SQLite would write it into the next one."""
    if engine_of(url) != SQLITE:
        return None
    place = _file(url)
    beside = [place.with_name(place.name + ending) for ending in ("-wal", "-journal")]
    return next((one for one in beside if one.exists() and one.stat().st_size), None)


@contextmanager
def scratch(url: str, folder: Path) -> Iterator[str]:
    """The address of an empty database, gone afterwards: in this folder, or beside the one at ``url``.

    Raises NoScratch.
    """
    if engine_of(url) == SQLITE:
        yield f"sqlite:///{folder / 'scratch.sqlite'}"
        return
    name = f"ddr_check_{secrets.token_hex(6)}"
    _beside(url, f'CREATE DATABASE "{name}" TEMPLATE template0')
    try:
        made = sa.make_url(url).set(database=name)
        yield made.render_as_string(hide_password=False)
    finally:
        _beside(url, f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def reading_at(url: str) -> Iterator[sa.Connection]:
    """A transaction that only reads, in the database at this address."""
    engine = tune(sa.create_engine(url, **engine_options(url)))
    try:
        with engine.connect() as conn, conn.begin():
            yield conn
    finally:
        engine.dispose()


def _copy(source: Path, target: Path) -> None:
    try:
        with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(target)) as out:
            here.backup(out)
    except sqlite3.DatabaseError as error:
        raise CannotWrite(f"The database could not be copied: {error}.") from error


def _beside(url: str, statement: str) -> None:
    """Run one statement outside any transaction, on the server of this address."""
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT", **engine_options(url))
    try:
        with engine.connect() as conn:
            conn.exec_driver_sql(statement)
    except sa.exc.ProgrammingError:
        raise NoScratch from None
    finally:
        engine.dispose()


def _file(url: str) -> Path:
    return Path(str(sa.make_url(url).database))
