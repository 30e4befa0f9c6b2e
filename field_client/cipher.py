"""Opens an encrypted SQLite file, and refuses one that would not encrypt."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlcipher3 import dbapi2

from schema.problems import Busy, Damaged, NotEncrypted, NotSaved, Problem
from schema.said import Said

# sqlite-utils looks for pysqlite3 when it is imported and catches that driver's errors: this makes
# them ours. It must stand before the import.
sys.modules["pysqlite3"] = sys.modules["pysqlite3.dbapi2"] = dbapi2

from sqlite_utils import Database  # noqa: E402 - see above

PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "secure_delete=ON",
    "temp_store=MEMORY",
    "foreign_keys=ON",
    "busy_timeout=10000",
    # KiB. With the usual 2 MB a promote reads its pages again and again, and each is deciphered anew.
    "cache_size=-32000",
)
DriverError = dbapi2.Error
NOT_WRITABLE = (
    dbapi2.SQLITE_IOERR,
    dbapi2.SQLITE_FULL,
    dbapi2.SQLITE_READONLY,
    dbapi2.SQLITE_CANTOPEN,
)
NO_ROOM = Said("The laptop's disk is full or cannot be written. Make room, then try again.").text
READABLE = Said("What was not sent and can still be read is handed in by a sync or a stick.").text


def open_database(path: Path, key: bytes) -> Database:
    """The encrypted database in this file. Raises NotEncrypted, Damaged."""
    conn = dbapi2.connect(str(path), isolation_level=None, check_same_thread=False)
    try:
        # A wrong key would otherwise print the library's own errors to standard error.
        conn.execute("PRAGMA cipher_log_level=NONE")
        conn.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
        version = conn.execute("PRAGMA cipher_version").fetchone()
        if not version or not version[0]:
            raise NotEncrypted
        _try_key(conn)
        for pragma in PRAGMAS:
            conn.execute(f"PRAGMA {pragma}")
    except BaseException:
        conn.close()
        raise
    return Database(conn)


def _try_key(conn: dbapi2.Connection) -> None:
    try:
        conn.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except dbapi2.DatabaseError as error:
        if fault := of_the_file(error):
            raise fault from error
        raise


def of_the_file(error: dbapi2.Error) -> Problem | None:
    """What an error says of the file, its disk and who uses it; None when it is about something else."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    # The first says that the beginning is altered, or that this is not its key: but a passphrase is
    # tried on the key's own file, so a key that comes here is the right one.
    if code in (dbapi2.SQLITE_NOTADB, dbapi2.SQLITE_CORRUPT):
        return Damaged(kept=READABLE)
    if code in (dbapi2.SQLITE_BUSY, dbapi2.SQLITE_LOCKED):
        return Busy()
    return NotSaved(NO_ROOM) if code in NOT_WRITABLE else None


@contextmanager
def transaction(db: Database) -> Iterator[None]:
    """One transaction that writes: all of it or nothing. Foreign keys are looked at when it ends.

    Raises NotSaved when the disk is full or cannot be written.
    """
    db.execute("BEGIN IMMEDIATE")
    try:
        db.execute("PRAGMA defer_foreign_keys=ON")
        with db.atomic():
            yield
        db.execute("COMMIT")
    except BaseException as error:
        if db.conn.in_transaction:
            db.execute("ROLLBACK")
        if isinstance(error, dbapi2.OperationalError):
            raise NotSaved from error
        raise
