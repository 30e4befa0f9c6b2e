"""What this laptop says of itself, it signs with the key that it made when it was enrolled."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlite_utils import Database

from field_client.store import facts


def key(db: Database) -> Ed25519PrivateKey:
    """The key that this laptop made when it was enrolled."""
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(facts.get(db, "private_key")))
