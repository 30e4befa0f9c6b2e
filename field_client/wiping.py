"""Wipes a device: what was not handed in is sealed to the registry first, then the key is destroyed.

Without its key a store is noise, so the key goes first; files are removed after that. A wipe that was
cut off is begun again by the next sync, or had already ended for everybody who would read the store.
"""

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from sqlite_utils import Database

from field_client import home, whole_files
from field_client.cipher import transaction
from field_client.sealed_log import last_word
from field_client.store import blobs, outbox
from field_client.turns import locked
from schema.problems import Refused


def wipe(unlocked: home.Unlocked, unsent: Callable[[Database], bytes]) -> Path | None:
    """Destroy this device's key and store; the sealed file with what was not handed in, if any was.

    unsent: makes that file, empty when there is nothing to keep. The caller holds the lock.
    """
    kept = unlocked.folder / home.UNSENT_FILE
    with unlocked.opened() as db, transaction(db):
        sealed = unsent(db)
        if sealed:
            whole_files.put(kept, sealed)
        _destroy_key(unlocked.folder)
        # A page that is saving at this moment fails, instead of saving into what is gone.
        db.execute("ALTER TABLE chain RENAME TO chain_wiped")
    for name in home.STORE_FILES:
        (unlocked.folder / name).unlink(missing_ok=True)
    whole_files.sync_folder(unlocked.folder)
    return kept if sealed else None


def sweep(folder: Path) -> None:
    """Remove what else lies in a wiped device's folder; the folder too when nothing is kept in it."""
    for path in folder.iterdir():
        if path.name != home.UNSENT_FILE:
            path.unlink()
    if not (folder / home.UNSENT_FILE).exists():
        folder.rmdir()


def wipe_sealing(unlocked: home.Unlocked) -> Path | None:
    """Wipe this device by hand; the sealed file with what was not handed in, if any was."""
    return _wipe_by_hand(unlocked, last_word)


def wipe_all_sent(unlocked: home.Unlocked) -> Path | None:
    """Wipe this device by hand, with nothing to keep. Raises Refused while something is only here."""
    return _wipe_by_hand(unlocked, _nothing_unsent)


def what_is_kept(sealed: Path | None) -> str:
    """In one sentence, after a wipe."""
    if sealed is None:
        return "Everything had been handed in; nothing is kept here."
    return f"What was not sent stays sealed in {sealed} and can still be handed in."


def _wipe_by_hand(unlocked: home.Unlocked, unsent: Callable[[Database], bytes]) -> Path | None:
    with locked(unlocked):
        kept = wipe(unlocked, unsent)
        sweep(unlocked.folder)
    return kept


def _nothing_unsent(db: Database) -> bytes:
    count = len(outbox.unsent(db))
    if count:
        sentence = f"{count} saved only here would be lost. Sync first, or keep them sealed with --keep-unsent."
        raise Refused(sentence, rule="only-here", count=count)
    there = blobs.counted(db)
    if pictures := there.only_here + there.on_the_way:
        sentence = f"{pictures} photos or papers are only here and would be lost. Sync first."
        raise Refused(sentence, rule="only-here", count=pictures)
    return b""


def _destroy_key(folder: Path) -> None:
    """Write over the wrapped key, and over one that a crash left beside it, before they are removed."""
    place = folder / home.KEY_FILE
    for path in whole_files.copies(place):
        with path.open("r+b", buffering=0) as file:
            file.write(secrets.token_bytes(path.stat().st_size))
            os.fsync(file.fileno())
        path.unlink()
    whole_files.sync_folder(folder)
