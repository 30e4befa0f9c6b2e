"""What a record, and a bucket of records, comes to in a few bytes: the same at both ends.

An entry's hash is the first five bytes of SHA-256 over the record's canonical content: its stamps and
every value it has, whether this version declares the field or carries it in ``extra``, so that an older
laptop and a newer registry come to the same. Five bytes, because a million of them add up to less than
64 bits on every engine. A bucket's digest is how many records live in it and the sum of their hashes: a
change moves it by a difference. Where two ends differ, the sums of RANGES parts, by the last two digits
of the id, say which part.
"""

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

import orjson

from schema.record import Record

HASH_BYTES = 5
RANGES = 256
WORD_DIGITS = 16
NONE = (0, 0)

# How many records, and the sum of their hashes.
Digest = tuple[int, int]

_text = json.JSONEncoder(separators=(",", ":"), sort_keys=True, allow_nan=False).encode


def entry_hash(record: Record) -> int:
    """The hash of a record's content."""
    stamps = (record.ver, record.scope, record.compartment)
    values = {"gate": record.gate, **record.extra, **record.values}
    return content_hash(record.entity, record.id, stamps, values)


def content_hash(
    entity: str, record_id: str, stamps: tuple[int, str, str], values: Mapping[str, Any]
) -> int:
    """The same of what is no Record. stamps: ver, scope, compartment; values: gate and extra too."""
    said = {name: value for name, value in values.items() if value is not None}
    text = _written([entity, record_id, *stamps, said], said)
    return int.from_bytes(sha256(text).digest()[:HASH_BYTES], "big")


def _written(whole: Any, said: Mapping[str, Any]) -> bytes:
    """The JSON of a record. orjson writes the same, ten times as fast, as long as all is plain and ASCII."""
    if _PLAIN.issuperset(map(type, said.values())):
        try:
            quick = orjson.dumps(whole, option=orjson.OPT_SORT_KEYS)
        except TypeError:  # a whole number of more than 64 bits, or half a character
            return _text(whole).encode()
        if quick.isascii() and _DELETE not in quick:
            return quick
    return _text(whole).encode()


_PLAIN = frozenset((str, int, bool))
# The one sign of ASCII that only the standard library escapes.
_DELETE = b"\x7f"


def word(said: Any) -> str:
    """A few letters that stand for something both ends know: its hash, as it is written on the wire."""
    return sha256(_text(said).encode()).hexdigest()[:WORD_DIGITS]


def range_of(record_id: str) -> int:
    """Which of the RANGES parts of its bucket a record is in."""
    return int(record_id[-2:], 16)


def by_range(entries: Iterable[tuple[str, int]]) -> list[Digest]:
    """The digest of each part of a bucket. entries: (record id, hash) of each record."""
    sums = [NONE] * RANGES
    for record_id, hashed in entries:
        place = range_of(record_id)
        sums[place] = (sums[place][0] + 1, sums[place][1] + hashed)
    return sums
