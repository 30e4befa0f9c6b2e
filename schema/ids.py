"""Ids, printed numbers and change numbers: how things are named, at both ends.

A record's id is a UUIDv7 made where the record is made. A printed number means nothing: ten random
Crockford base32 characters (50 bits) and a check character. A change number carries its epoch.
"""

import hashlib
import re
import secrets
import uuid
from collections.abc import Callable

from schema.problems import BadValue

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CHECKS = ALPHABET + "*~$=U"
EPOCH_SHIFT = 44
LAST_EPOCH = (1 << 53 - EPOCH_SHIFT) - 1
NAMESPACE = uuid.UUID("6f0d5f0e-9f2a-5c36-9c2b-0d1f5a7b3c11")
HASH_LENGTH = 64
_HASH = re.compile(rf"[0-9a-f]{{{HASH_LENGTH}}}")
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def new_id(milliseconds: int, random: Callable[[int], bytes] = secrets.token_bytes) -> str:
    """A UUIDv7 (RFC 9562, 5.7) for this moment, as lower-case text."""
    tail = int.from_bytes(random(10), "big")
    value = (milliseconds & ((1 << 48) - 1)) << 80 | 7 << 76 | (tail >> 68 & 0xFFF) << 64
    return str(uuid.UUID(int=value | 0b10 << 62 | tail & ((1 << 62) - 1)))


def derived_id(*parts: object) -> str:
    """The id of what follows from other things (a dispute, a flag): the same at both ends."""
    return str(uuid.uuid5(NAMESPACE, "\x1f".join(str(part) for part in parts)))


def is_id(text: object) -> bool:
    """Whether this is an id as it stands on the wire: a lower-case UUID with hyphens."""
    return isinstance(text, str) and bool(_ID.fullmatch(text))


def is_hash(text: object) -> bool:
    """Whether this is a SHA-256 as it is written here: 64 lower-case digits."""
    return isinstance(text, str) and bool(_HASH.fullmatch(text))


def new_number(random: Callable[[int], bytes] = secrets.token_bytes) -> str:
    """A printed number, as XXXXX-XXXXXC: ten random characters and a check (ISO 7064-like, mod 37)."""
    value = int.from_bytes(random(7), "big") >> 6
    return checked("".join(ALPHABET[value >> shift & 31] for shift in range(45, -1, -5)))


def checked(body: str) -> str:
    """The printed number of these ten characters, with its check character."""
    value = 0
    for character in body:
        value = value << 5 | ALPHABET.index(character)
    return f"{body[:5]}-{body[5:]}{CHECKS[value % 37]}"


def read_number(text: str) -> str:
    """A printed number as somebody typed it, in its one written form.

    Raises BadValue when a character is missing, extra or wrong.
    """
    folded = text.upper().replace("-", "").replace(" ", "")
    folded = folded[:-1].replace("O", "0").replace("I", "1").replace("L", "1") + folded[-1:]
    if len(folded) != 11 or any(c not in ALPHABET for c in folded[:10]):
        raise BadValue("A printed number has ten characters and a check character.")
    value = 0
    for character in folded[:10]:
        value = value << 5 | ALPHABET.index(character)
    if CHECKS[value % 37] != folded[10]:
        raise BadValue("The number has a wrong check character: one of its characters is mistyped.")
    return f"{folded[:5]}-{folded[5:]}"


def change_number(epoch: int, n: int) -> int:
    """Change number n of this epoch: 53 bits, so exact in JSON, and ordered across epochs."""
    return epoch << EPOCH_SHIFT | n


def epoch_of(seq: int) -> int:
    """The epoch of a change number."""
    return seq >> EPOCH_SHIFT


def place_of(seq: int) -> int:
    """Which number of its epoch a change number is."""
    return seq & ((1 << EPOCH_SHIFT) - 1)


def line_hash(previous: str, unit_text: str) -> str:
    """The hash that chains a device's Units: over the one before and the Unit's own text."""
    return hashlib.sha256(f"{previous}\n{unit_text}".encode()).hexdigest()[:32]
