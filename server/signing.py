"""What the registry says outside a link, it signs: laptops know by it whose answer lies on a stick.

The key follows from the seal key, so there is one secret to keep and to back up, and a registry that
was restored signs as it did before.
"""

from functools import cache

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from server import sealing

LABEL = b"ploughshare registry signing key 1"


def signer() -> str:
    """The public key, in hexadecimal, as laptops are told it at enrolment and at each sync."""
    return _key(sealing.identity_text()).public_key().public_bytes_raw().hex()


def sign(text: bytes) -> bytes:
    """The registry's signature under this text."""
    return _key(sealing.identity_text()).sign(text)


@cache
def _key(identity: str) -> Ed25519PrivateKey:
    derived = HKDF(hashes.SHA256(), 32, salt=None, info=LABEL).derive(identity.encode())
    return Ed25519PrivateKey.from_private_bytes(derived)
