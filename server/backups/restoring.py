"""Coming back from a backup: into an empty database, and into a further epoch.

Between the two the high-water file says that more was reached than the database knows, so that nothing
serves or writes a registry that was loaded and has no epoch of its own yet.
"""

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import pyrage

from schema.problems import Problem, Refused
from server import epochs, highwater, sealing
from server.actor import Actor
from server.arrivals import safe
from server.backups import archive, databases
from server.backups.archive import Manifest
from server.blobs import copies
from server.blobs.copies import Copied
from server.config import Config
from server.db import reading, writing
from server.highwater import Mark
from server.verify import verify
from server.whole_files import sync_folder, whole_file


class Unsound(Problem):
    """What was restored does not agree with itself. details: faults, wrong [sentence]."""

    code, status = "restored-disagrees", 500
    sentence = (
        "What was restored does not agree with itself. It will not serve; try an older backup."
    )


@dataclass(frozen=True)
class Loaded:
    """A backup that lies in the database and has no epoch of its own yet. earlier: the mark before."""

    manifest: Manifest
    earlier: Mark | None
    file: Path


@dataclass(frozen=True)
class Restored:
    """A registry that came back. lost: how many numbers had been given since, where that is known.

    blobs: what came back of the bytes of attachments, and what laptops are asked for again.
    """

    now: Mark
    made_at: str
    units: int
    lost: int | None
    blobs: Copied


def load(config: Config, file: Path) -> Loaded:
    """Put a backup into the database of these settings, which is empty, and its key beside the data.

    Raises NotABackup, CannotRead, CannotWrite, Refused, NoProgram, ProgramFailed; the database is then as
    it was.
    """
    config.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=config.data) as name:
        folder = Path(name)
        manifest = archive.unpack(file, folder)
        _require_fitting(config, manifest)
        _take_key(config, manifest, folder / archive.KEY)
        earlier = highwater.read(config.data)
        highwater.raise_to(config.data, replace(manifest.reached, n=manifest.reached.n + 1))
        databases.load(folder / databases.DUMPS[manifest.engine], config.database_url)
    return Loaded(manifest, earlier, file)


def begin_again(loaded: Loaded, actor: Actor) -> Restored:
    """Check what was loaded and open a further epoch: from here on it may serve. Raises Unsound."""
    with reading() as conn:
        report, wanted = verify(conn), copies.listed(conn)
    if report.faults:
        raise Unsound(faults=report.faults, wrong=report.wrong)
    copied = copies.bring_together(wanted, loaded.file)
    with writing() as conn:
        held = safe.held(conn)
        # The file that was loaded is good and holds them.
        safe.raise_to(conn, held)
        copies.mark_safe(conn, copied.held)
        copies.forget(conn, copied.lost)
        now = epochs.open_further(conn, actor, epochs.RESTORED, reached=loaded.earlier)
    before = loaded.manifest.reached
    lost = epochs.lost_since(before, loaded.earlier)
    return Restored(now, loaded.manifest.made_at, sum(held.values()), lost, copied)


def _require_fitting(config: Config, manifest: Manifest) -> None:
    engine = databases.engine_of(config.database_url)
    if manifest.engine != engine:
        sentence = f"This backup is of {manifest.engine}, and DDR_DATABASE_URL names {engine}."
        raise Refused(sentence, rule="same-engine")
    if not databases.is_empty(config.database_url):
        sentence = (
            "The database is not empty, and what is in it may be all that is left of the last hours. "
            "Move it away, or name an empty one in DDR_DATABASE_URL, and restore into that."
        )
        raise Refused(sentence, rule="empty-database")
    if left := databases.left_beside(config.database_url):
        sentence = (
            f"{left} is the journal of a database that lay here before: SQLite would write it into the "
            "restored one. Move it away, together with the database it belongs to: it holds its last changes."
        )
        raise Refused(sentence, rule="empty-database")


def _take_key(config: Config, manifest: Manifest, key: Path) -> None:
    """Put the key that opens what laptops sealed beside the data. Raises Refused when another is there."""
    place = config.data / sealing.KEY_FILE
    if not config.seal_key and not place.exists():
        with whole_file(place) as out:
            out.write(key.read_bytes())
        sync_folder(config.data)
    text = config.seal_key or place.read_text(encoding="ascii", errors="replace").strip()
    if _recipient(text) != manifest.recipient:
        where = "DDR_SEAL_KEY" if config.seal_key else str(place)
        sentence = (
            f"{where} is another registry's key: it would not open what laptops sealed to this one. "
            "Take it away first; the backup holds the right one."
        )
        raise Refused(sentence, rule="seal-key")


def _recipient(text: str) -> str:
    """Whom this key opens for; nobody where it is none."""
    try:
        return str(pyrage.x25519.Identity.from_str(text).to_public())
    except pyrage.IdentityError:
        return ""
