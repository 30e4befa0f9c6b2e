"""The laptop's folder: one sub-folder a device, each with its own key, store and outbox.

A shared laptop holds several devices. Nothing in a folder can be read without its passphrase.
"""

import re
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlite_utils import Database

from field_client import cipher, keys, upgrades
from schema.problems import Ambiguous, Invalid, NotFound, Wiped

KEY_FILE, STORE_FILE, LOCK_FILE, CA_FILE = "key.json", "store.db", "lock", "ca.pem"
STORE_FILES = (STORE_FILE, f"{STORE_FILE}-wal", f"{STORE_FILE}-shm")
UNSENT_FILE = "unsent.age"
JOINING = ".joining"
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


@dataclass(frozen=True)
class Unlocked:
    """A device whose passphrase was given: its store can be opened as often as needed."""

    folder: Path
    key: bytes = field(repr=False)

    @contextmanager
    def opened(self) -> Iterator[Database]:
        """The store, for as long as the block lasts. One connection is used by one thread.

        Raises Wiped when it has been destroyed: opening it would make an empty one. Raises Damaged;
        NotSaved when the disk takes nothing more; Busy when somebody else writes for too long.
        """
        if not self.exists:
            raise Wiped
        try:
            with closing(cipher.open_database(self.folder / STORE_FILE, self.key)) as db:
                yield db
        except cipher.DriverError as error:
            if fault := cipher.of_the_file(error):
                raise fault from error
            raise

    @property
    def exists(self) -> bool:
        """Whether it has not been wiped since it was unlocked."""
        return (self.folder / STORE_FILE).exists()

    @property
    def ca(self) -> Path | None:
        """The certificate authority pinned at enrolment."""
        path = self.folder / CA_FILE
        return path if path.exists() else None


def names(home: Path) -> list[str]:
    """The devices enrolled here."""
    if not home.is_dir():
        return []
    return sorted(path.parent.name for path in home.glob(f"*/{KEY_FILE}") if not _unfinished(path))


def sealed(home: Path) -> list[Path]:
    """What wiped devices had not handed in: only the registry's key opens these files."""
    return sorted(home.glob(f"*/{UNSENT_FILE}"))


def folder_of(home: Path, name: str = "") -> Path:
    """The folder of the device of this name, or of the only one. Raises NotFound, Ambiguous."""
    found = names(home)
    if name and name not in found:
        raise NotFound(f"No device called {name!r} is enrolled here.", candidates=found)
    if not found:
        raise NotFound("No laptop has been enrolled here. Enrol it first.")
    if not name and len(found) > 1:
        sentence = "Several devices are enrolled here. Say which one with --device."
        raise Ambiguous(sentence, candidates=[[each, each] for each in found])
    return home / (name or found[0])


def unlock(folder: Path, passphrase: str) -> Unlocked:
    """Open a device with its passphrase and bring its store up to date. Raises WrongPassphrase."""
    unlocked = Unlocked(folder, keys.read_key_file(folder / KEY_FILE, passphrase))
    with unlocked.opened() as db:
        upgrades.upgrade(db)
    return unlocked


def prepare(home: Path, name: str, passphrase: str) -> Unlocked:
    """Make the folder, key and empty store of a device that is about to be enrolled."""
    if not _NAME.fullmatch(name):
        raise Invalid("A device's name has small letters, digits and hyphens, at most 40.")
    if (home / name).exists():
        raise Invalid(f"The name {name!r} is taken on this laptop. Choose another --name.")
    folder = home / f"{name}{JOINING}"
    discard(folder)
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.mkdir(mode=0o700)
    try:
        key = keys.new_key()
        keys.write_key_file(folder / KEY_FILE, key, passphrase)
        (folder / STORE_FILE).touch(mode=0o600)
        unlocked = Unlocked(folder, key)
        with unlocked.opened() as db:
            upgrades.upgrade(db)
    except BaseException:
        discard(folder)
        raise
    return unlocked


def joined(prepared: Unlocked) -> Unlocked:
    """Put the folder of an enrolled device in its place: from here on it exists."""
    place = prepared.folder.with_name(prepared.folder.name.removesuffix(JOINING))
    prepared.folder.rename(place)
    return Unlocked(place, prepared.key)


def discard(folder: Path) -> None:
    """Throw away what was prepared and not enrolled."""
    if folder.exists():
        shutil.rmtree(folder)


def _unfinished(path: Path) -> bool:
    return path.parent.name.endswith(JOINING)
