"""Sticks on paper: what a laptop would write, sealed and signed by hand, and the answer opened."""

import gzip
from hashlib import sha256
from io import BytesIO
from typing import Any

import pyrage
from cryptography.hazmat.primitives import serialization

from schema.bundle import UP, Header, read_header
from schema.frames import END, HELLO, OPS, frame
from server.actor import SYSTEM, Actor
from server.sync import bundle
from tests.server.sync.laptop import Answer, Laptop


def sealed(laptop: Laptop, text: bytes, **said: Any) -> bytes:
    """This text as a stick of the laptop; ``said`` replaces what its header would say."""
    rest = pyrage.encrypt(gzip.compress(text), [pyrage.x25519.Recipient.from_str(laptop.recipient)])
    values = {
        "way": UP,
        "registry": laptop.recipient,
        "device": laptop.id,
        "units": {},
        "size": len(rest),
        "sha256": sha256(rest).hexdigest(),
        **said,
    }
    header = Header(**values)
    return header.signed(laptop.key.sign(header.signed_text())).line() + rest


def stick(laptop: Laptop, *lines: list[Any], **said: Any) -> bytes:
    """These lines of its log on a stick; ``said`` replaces what its HELLO would say."""
    ops = b"".join(frame(OPS, line) for line in lines)
    return sealed(laptop, frame(HELLO, laptop.hello(**said)) + ops + frame(END, {}))


def arrive(laptop: Laptop, body: bytes, actor: Actor = SYSTEM) -> bundle.Accepted:
    """A stick is taken in."""
    with laptop.app.app_context():
        return bundle.accept(BytesIO(body), actor)


def opened(laptop: Laptop, reply: bytes) -> Answer:
    """The answer, as the laptop opens it."""
    file = BytesIO(reply)
    read_header(file)
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.OpenSSH)
    key = laptop.key.private_bytes(*form, serialization.NoEncryption())
    body = pyrage.decrypt(file.read(), [pyrage.ssh.Identity.from_buffer(key)])
    return Answer.read(gzip.decompress(body))


def answered(laptop: Laptop, *lines: list[Any], **said: Any) -> Answer:
    """These lines there, and the answer back."""
    return opened(laptop, arrive(laptop, stick(laptop, *lines, **said)).reply)
