"""Sync by stick: what a sync would send as one file for the registry, and its answer as one for us.

Writing confirms nothing: nothing is pruned, and nothing counts as sent, until the registry says so. A
file is read back from the stick before it has its name, and none of a file is taken before all of it
has been checked.
"""

import gzip
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pyrage
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlite_utils import Database

from field_client import answers, home, media, moments, signing, whole_files
from field_client.cipher import transaction
from field_client.sealed_log import sealed
from field_client.store import facts, outbox
from field_client.store.rows import Row
from field_client.turns import locked
from schema import bundle
from schema.problems import NotABundle, OtherBundle, Refused

MOST_TEXT = 2_000_000_000
Chosen = Callable[[Database], list[Row]]


@dataclass(frozen=True)
class Written:
    """A bundle that stands on the stick. units: how many it holds; size: in bytes."""

    path: Path
    units: int
    size: int


@dataclass(frozen=True)
class Read:
    """What a bundle brought. late: it answers an older question, so only outcomes were taken."""

    confirmed: int
    fetched: int
    disputed: int
    held: int
    late: bool
    more: bool


def write(unlocked: home.Unlocked, path: Path) -> Written:
    """Write what the registry has not acknowledged; all of the log once it has revoked this laptop.

    Raises Refused when a file of another kind stands there, and CannotWrite.
    """
    with locked(unlocked), unlocked.opened() as db, transaction(db):
        return _write(db, path, outbox.held if facts.get(db, "revoked") else outbox.unsent)


def write_whole(unlocked: home.Unlocked, path: Path) -> Written:
    """Write the whole log as far as it is held here: above the number that a backup holds (R25)."""
    with locked(unlocked), unlocked.opened() as db, transaction(db):
        return _write(db, path, outbox.held)


def read(unlocked: home.Unlocked, path: Path) -> Read:
    """Take in the registry's answer. Raises NotABundle, OtherBundle, Refused with nothing taken."""
    with locked(unlocked), unlocked.opened() as db:
        lines = opened(db, path)
        with transaction(db):
            return _take(db, lines)


def _write(db: Database, path: Path, chosen: Chosen) -> Written:
    _require_free(path, facts.device(db).id)
    if outbox.is_rewritten(chosen(db)):
        outbox.move_log(db, 0)
    lines = chosen(db)
    body = sealed(db, lines)
    wanted = sha256(body).hexdigest()
    whole_files.put(path, body, lambda written: _require_same(written, wanted))
    incarnation, last, _ = outbox.tip(db)
    facts.put(db, stick=[incarnation, last, moments.now()])
    return Written(path, len(lines), len(body))


def _require_free(path: Path, device: str) -> None:
    """A bundle takes the place of this laptop's last one, and of nothing else."""
    if not media.stands(path):
        return
    with whole_files.opened(path) as file:
        header = bundle.header_of(file)
    if header is None or (header.way, header.device) != (bundle.UP, device):
        raise Refused(
            "Another file has this name already, and is left as it is. Choose another name.",
            rule="taken",
        )


def _require_same(path: Path, wanted: str) -> None:
    if sha256(path.read_bytes()).hexdigest() != wanted:
        raise whole_files.CannotWrite(
            "The stick does not give back what was written to it. Take another one."
        )


def opened(db: Database, path: Path) -> list[bytes]:
    """The lines of an answer that is for this laptop, whole. Raises NotABundle, OtherBundle, Refused."""
    with whole_files.opened(path) as file:
        header = bundle.read_header(file)
        rest = file.read(header.size + 1)
    own = facts.device(db)
    if (header.way, header.device, header.registry) != (bundle.DOWN, own.id, own.seal_key):
        raise OtherBundle
    if len(rest) != header.size or sha256(rest).hexdigest() != header.sha256:
        raise NotABundle
    _verify(db, header)
    return _lines(db, rest)


def _verify(db: Database, header: bundle.Header) -> None:
    known = facts.get(db, "registry_key", "")
    if not known:
        raise Refused(
            "This laptop does not know its registry's key yet. Sync over a link, then read it again.",
            rule="registry-key",
        )
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(known))
    try:
        key.verify(bytes.fromhex(header.signature), header.signed_text())
    except InvalidSignature:
        raise NotABundle("Another registry wrote this stick. Nothing of it was taken.") from None


def _lines(db: Database, rest: bytes) -> list[bytes]:
    try:
        body = pyrage.decrypt(rest, [_identity(db)])
        with gzip.open(BytesIO(body)) as unfolded:
            return unfolded.read(MOST_TEXT).splitlines()
    except (pyrage.DecryptError, OSError, EOFError):
        raise NotABundle from None


def _take(db: Database, lines: Sequence[bytes]) -> Read:
    """Lay all of an answer, in the caller's transaction. Raises NotABundle when it has no end."""
    sent = facts.get(db, "sent", 0)
    answered = answers.take_stick(db, lines)
    if not answered.ended:
        raise NotABundle
    told = list(answered.news.values())
    return Read(
        confirmed=facts.get(db, "sent", 0) - sent,
        fetched=len(answered.promoted.new) if answered.promoted else 0,
        disputed=told.count("disputed"),
        held=told.count("held"),
        late=not answered.obeyed,
        more=answered.more,
    )


def _identity(db: Database) -> pyrage.ssh.Identity:
    """The key made at enrolment, as age takes it: what is sealed to a laptop is sealed to it."""
    private = signing.key(db).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.OpenSSH,
        serialization.NoEncryption(),
    )
    return pyrage.ssh.Identity.from_buffer(private)
