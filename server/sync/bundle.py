"""Sync by stick: a laptop's bundle is taken in as its sync would be, and its answer written as another.

None of a file is taken before all of it has been checked: who wrote it, for whom, and that not a byte
was lost or changed. It is opened into a file without a name, so that what it says has none on the disk.
"""

import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import IO, Any

import pyrage
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from schema import lines as op_lines
from schema.bundle import DOWN, MOST_SEALED, PIECE, UP, Header, read_header
from schema.encodings import GZIP
from schema.frames import END, OPS, WITNESS, read_frame
from schema.problems import NotABundle, NotAllowed, OtherBundle
from server import acts, devices, logs, sealing, signing
from server.actor import Actor
from server.arrivals.receiving import STICK
from server.arrivals.rights import record_by_stick
from server.arrivals.witness import Offered
from server.config import settings
from server.db import reading, writing
from server.sync.body import Limits, lines_of
from server.sync.hello import Hello
from server.sync.pull import answer
from server.sync.push import Push

LIMITS = Limits(MOST_SEALED, 10 * MOST_SEALED)


@dataclass(frozen=True)
class Accepted:
    """A stick that arrived. units: how many it held; fresh: how many of them were not here yet."""

    device: str
    officer: str
    units: int
    fresh: int
    outcomes: dict[str, int]
    reply: bytes


def accept(file: IO[bytes], actor: Actor) -> Accepted:
    """Take in a laptop's bundle and answer it. Raises NotABundle, OtherBundle, NotAllowed."""
    if not actor.sight.anywhere("change", "admin"):
        raise NotAllowed("Laptops are the administrator's.")
    with _checked(file) as (device, opened):
        _require_whole(device, opened)
        lines = _lines(opened)
        push = Push.begin(lines, device, STICK)
        push.take(lines)
    told = answer(push, device, GZIP)
    became = dict(Counter(outcome.outcome for outcome in push.outcomes))
    _remember(actor, push, told.head, became)
    reply = _sealed(device, told.body)
    fresh = len(push.receipt.fresh)
    return Accepted(device["id"], device["account_name"], push.lines, fresh, became, reply)


@contextmanager
def _checked(file: IO[bytes]) -> Iterator[tuple[Any, IO[bytes]]]:
    """The laptop that wrote a bundle, and what its seal held. Raises NotABundle, OtherBundle."""
    header = read_header(file)
    if (header.way, header.registry) != (UP, sealing.recipient()):
        raise OtherBundle
    with reading() as conn:
        device = devices.with_holder(conn, header.device)
    if device is None:
        raise OtherBundle(
            "A laptop that is not known here wrote this stick. Nothing of it was taken."
        )
    _verify(header, device["public_key"])
    _require_same(file, header)
    with tempfile.TemporaryFile(dir=settings().data) as opened:
        sealing.unseal_file(file, opened)
        yield device, opened


def _verify(header: Header, public_key: str) -> None:
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
    try:
        key.verify(bytes.fromhex(header.signature), header.signed_text())
    except InvalidSignature:
        raise NotABundle(
            "Another laptop than it names wrote this stick. Nothing of it was taken."
        ) from None


def _require_same(file: IO[bytes], header: Header) -> None:
    """What follows the header is what its writer sealed, to the last byte; the file is left there."""
    begins, digest, size = file.tell(), sha256(), 0
    while piece := file.read(PIECE):
        size += len(piece)
        if size > header.size:
            raise NotABundle
        digest.update(piece)
    if size != header.size or digest.hexdigest() != header.sha256:
        raise NotABundle
    file.seek(begins)


def _lines(opened: IO[bytes]) -> Iterator[bytes]:
    opened.seek(0)
    return lines_of(opened, GZIP, LIMITS)


def _require_whole(device: Any, opened: IO[bytes]) -> None:
    """Every line can be taken, and END is the last: nothing is stored of what turns out to be none."""
    lines = _lines(opened)
    Hello.read(*read_frame(next(lines, b"")), device["id"], device["public_key"])
    name, before = "", None
    for line in lines:
        if name == END:
            raise NotABundle
        name, body = read_frame(line)
        if name == OPS:
            before = op_lines.read(body, before)
        elif name == WITNESS:
            Offered.read(body)
        elif name != END:
            raise NotABundle
    if name != END:
        raise NotABundle


def _sealed(device: Any, body: bytes) -> bytes:
    """The answer as a bundle that only this laptop can read and only this registry can write."""
    rest = pyrage.encrypt(body, [_recipient(device["public_key"])])
    digest = sha256(rest).hexdigest()
    header = Header(DOWN, sealing.recipient(), device["id"], {}, len(rest), digest)
    return header.signed(signing.sign(header.signed_text())).line() + rest


def _recipient(public_key: str) -> pyrage.ssh.Recipient:
    """The key that a laptop made at enrolment, as age takes it."""
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
    form = (serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH)
    return pyrage.ssh.Recipient.from_str(key.public_bytes(*form).decode())


def _remember(actor: Actor, push: Push, head: int, became: dict[str, int]) -> None:
    """Keep who brought it, and what it is answered. When that is read nobody knows (R15)."""
    device, units, fresh = push.hello.device, push.lines, len(push.receipt.fresh)
    with writing() as conn:
        record_by_stick(conn, device, head)
        if fresh:
            devices.seen(conn, device, push.hello.app)
        said = {"act": "stick accepted", "units": units, "fresh": fresh}
        acts.record(conn, actor, "device", device, said)
    logs.event("stick", device=device, lines=units, fresh=fresh, **became)
