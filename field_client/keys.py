"""The key of a laptop's store: 256 random bits, wrapped by the officer's passphrase.

The key file holds the wrapped key and nothing else that matters. Changing the passphrase wraps the
same key again, so nothing has to be encrypted anew.
"""

import base64
import json
import secrets
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from field_client import whole_files
from schema.problems import Invalid, NotFound, WrongPassphrase

SHORTEST_PASSPHRASE = 10
MEMORY_KIB, PASSES, LANES = 64 * 1024, 3, 4
LABEL = b"ploughshare laptop key 1"


def new_key() -> bytes:
    """A fresh key for a store."""
    return secrets.token_bytes(32)


def write_key_file(path: Path, key: bytes, passphrase: str) -> None:
    """Wrap the key under this passphrase and put the file in place whole. Raises Invalid, CannotWrite."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        sentence = f"A passphrase has {SHORTEST_PASSPHRASE} or more characters."
        raise Invalid(sentence, fields={"passphrase": [sentence]})
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    wrapping = _stretched(passphrase, salt, MEMORY_KIB, PASSES, LANES)
    body = {
        "version": 1,
        "memory_kib": MEMORY_KIB,
        "passes": PASSES,
        "lanes": LANES,
        "salt": _text(salt),
        "nonce": _text(nonce),
        "key": _text(AESGCM(wrapping).encrypt(nonce, key, LABEL)),
    }
    whole_files.put(path, json.dumps(body).encode())


def read_key_file(path: Path, passphrase: str) -> bytes:
    """The key that this passphrase unwraps. Raises WrongPassphrase, NotFound."""
    try:
        body: dict[str, Any] = json.loads(path.read_bytes())
    except FileNotFoundError:
        raise NotFound("No laptop has been enrolled here.") from None
    cost = (body["memory_kib"], body["passes"], body["lanes"])
    wrapping = _stretched(passphrase, _bytes(body["salt"]), *cost)
    try:
        return AESGCM(wrapping).decrypt(_bytes(body["nonce"]), _bytes(body["key"]), LABEL)
    except InvalidTag:
        raise WrongPassphrase from None


def _stretched(passphrase: str, salt: bytes, memory: int, passes: int, lanes: int) -> bytes:
    kdf = Argon2id(salt=salt, length=32, iterations=passes, lanes=lanes, memory_cost=memory)
    return kdf.derive(passphrase.encode("utf-8", "surrogatepass"))


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text)
