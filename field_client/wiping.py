"""Wipes a device: what was not handed in is sealed to the registry first, then the key is destroyed.

Without its key a store is noise, so the key goes first; files are removed after that. A wipe that was
cut off is begun again by the next sync, or had already ended for everybody who would read the store.
"""

import os
import secrets
from collections.abc import Callable
from pathlib import Path

import pyrage
from sqlite_utils import Database

from field_client import home
from field_client.cipher import transaction
from field_client.store import facts


def wipe(unlocked: home.Unlocked, unsent: Callable[[Database], bytes]) -> Path | None:
    """Destroy this device's key and store; the sealed file with what was not handed in, if any was.

    unsent: the lines that the registry does not have, empty when it has all. The caller holds the lock.
    """
    kept = unlocked.folder / home.UNSENT_FILE
    with unlocked.opened() as db, transaction(db):
        lines = unsent(db)
        if lines:
            _put_sealed(kept, lines, facts.device(db).seal_key)
        _destroy_key(unlocked.folder)
        # A page that is saving at this moment fails, instead of saving into what is gone.
        db.execute("ALTER TABLE chain RENAME TO chain_wiped")
    for name in home.STORE_FILES:
        (unlocked.folder / name).unlink(missing_ok=True)
    _sync_folder(unlocked.folder)
    return kept if lines else None


def sweep(folder: Path) -> None:
    """Remove what else lies in a wiped device's folder; the folder too when nothing is kept in it."""
    for path in folder.iterdir():
        if path.name != home.UNSENT_FILE:
            path.unlink()
    if not (folder / home.UNSENT_FILE).exists():
        folder.rmdir()


def _put_sealed(path: Path, lines: bytes, recipient: str) -> None:
    sealed = pyrage.encrypt(lines, [pyrage.x25519.Recipient.from_str(recipient)])
    fresh = path.with_suffix(".new")
    handle = os.open(fresh, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    _sync_folder(path.parent)


def _destroy_key(folder: Path) -> None:
    """Write over the wrapped key, and over one that a crash left beside it, before they are removed."""
    place = folder / home.KEY_FILE
    for path in (place, place.with_suffix(".new")):
        if path.exists():
            with path.open("r+b", buffering=0) as file:
                file.write(secrets.token_bytes(path.stat().st_size))
                os.fsync(file.fileno())
            path.unlink()
    _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    """Have the disk keep which files there are."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
