"""The first line of a bundle file: what it is, for whom, and what the rest of the file must be.

The rest is the lines of a sync (HELLO, OPS*, END) or of its answer (STATE, RESULTS*, PAGE*, END),
gzipped and sealed with age to who may read it. The first line stands in clear and names nobody:

["BUNDLE", {protocol, way, registry, device, units {incarnation: [lowest n, highest n]}, size, sha256,
  signature}]

way: ``up`` to the registry, ``down`` to a laptop. registry: the registry's public age key, which a
restore does not change. size, sha256: of the sealed rest. The signature is over ``signed_text``, by the
sender's Ed25519 key, in hexadecimal. A line that is written in any other way is refused, so that a
changed byte is noticed wherever it stands.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import IO, Any

from schema.frames import PROTOCOL, frame, hello_text
from schema.ids import is_id
from schema.problems import NotABundle

BUNDLE = "BUNDLE"
UP, DOWN = "up", "down"
LONGEST = 16_000
MOST_SEALED = 256_000_000
PIECE = 1 << 16
_HASH = re.compile(r"[0-9a-f]{64}")
_SIGNATURE = re.compile(r"[0-9a-f]{128}")
_RECIPIENT = re.compile(r"age1[0-9a-z]{58}")
_SIGNED_AS = b"ploughshare bundle\n"


@dataclass(frozen=True)
class Header:
    """What the first line says. units: of each incarnation, the lowest and the highest number in it."""

    way: str
    registry: str
    device: str
    units: Mapping[str, tuple[int, int]]
    size: int
    sha256: str
    signature: str = ""
    protocol: int = PROTOCOL

    def signed_text(self) -> bytes:
        """What the signature signs."""
        return _SIGNED_AS + hello_text(asdict(self))

    def signed(self, signature: bytes) -> "Header":
        """The same with its signature."""
        return replace(self, signature=signature.hex())

    def line(self) -> bytes:
        """It as it is written."""
        return frame(BUNDLE, asdict(self))


def read_header(file: IO[bytes]) -> Header:
    """The header at the beginning of a file, which is left at what follows. Raises NotABundle."""
    header = header_of(file)
    if header is None:
        raise NotABundle
    return header


def header_of(file: IO[bytes]) -> Header | None:
    """The same; None when the file is none of a stick."""
    line = file.readline(LONGEST)
    try:
        name, body = json.loads(line)
        header = Header(**body)
    except (ValueError, TypeError, RecursionError):
        return None
    sound = name == BUNDLE and _is_sound(header) and _written(header) == line
    return header if sound else None


def _written(header: Header) -> bytes:
    try:
        return header.line()
    except (ValueError, RecursionError):
        return b""


def _is_sound(header: Any) -> bool:
    texts = (
        (_HASH, header.sha256),
        (_SIGNATURE, header.signature),
        (_RECIPIENT, header.registry),
    )
    return (
        _number(header.protocol)
        and header.protocol == PROTOCOL
        and header.way in (UP, DOWN)
        and is_id(header.device)
        and all(isinstance(text, str) and form.fullmatch(text) for form, text in texts)
        and _number(header.size)
        and header.size <= MOST_SEALED
        and _is_units(header.units)
    )


def _is_units(units: Any) -> bool:
    return isinstance(units, dict) and all(
        isinstance(span, list) and len(span) == 2 and all(map(_number, span))
        for span in units.values()
    )


def _number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
