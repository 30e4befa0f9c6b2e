"""The lines of an answer, compressed as they come."""

from typing import Any

import orjson

from schema.encodings import IDENTITY, Packer
from schema.frames import PAGE

# Below this, compression and the header that names it cost more than they save.
SMALL = 100


class Writer:
    """Frames, compressed as they come, so that the budget counts what the link will carry."""

    def __init__(self, budget: int, encoding: str) -> None:
        self.encoding = encoding
        self.engine = None if encoding == IDENTITY else Packer(encoding)
        self.parts: list[bytes] = []
        self.plain = b""
        self.size = 0
        self.budget = budget

    def frame(self, name: str, body: Any) -> None:
        """Add one line. After a page the engine pauses: a cut costs the laptop no page that was sent."""
        line = orjson.dumps([name, body]) + b"\n"
        if len(self.plain) <= SMALL:
            self.plain += line
        self._add(self.engine.add(line) if self.engine else line)
        if self.engine and name == PAGE:
            self._add(self.engine.pause())

    @property
    def room(self) -> int:
        """What is left of the budget, in bytes."""
        return self.budget - self.size

    def done(self) -> tuple[bytes, str]:
        """All of it, and how it is compressed: a few words would only grow."""
        if len(self.plain) <= SMALL:
            return self.plain, IDENTITY
        self._add(self.engine.end() if self.engine else b"")
        return b"".join(self.parts), self.encoding

    def _add(self, part: bytes) -> None:
        self.parts.append(part)
        self.size += len(part)
