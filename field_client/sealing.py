"""Seals what this laptop may hand in but not keep: only the registry's key opens it."""

import base64

from pyrage import encrypt, x25519

from schema.frames import SEALED


def seal(text: str, recipient: str) -> str:
    """The text, encrypted to the registry, as it stands in the outbox and on the wire."""
    body = encrypt(text.encode(), [x25519.Recipient.from_str(recipient)])
    return SEALED + base64.b64encode(body).decode()
