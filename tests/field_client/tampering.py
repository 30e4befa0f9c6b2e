"""A link to the registry that does something to the snapshot files that go through it."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

Begin = Callable[..., Any]


@dataclass
class Tampering:
    """A link to the registry that does something to what goes through it, to files alone.

    cuts: after how many bytes of each file's answer the link breaks, one after the other.
    flips: which byte of a file comes altered. ranges: whether parts can be asked for.
    """

    app: Any
    cuts: list[int] = field(default_factory=list)
    flips: int | None = None
    ranges: bool = True
    asked: list[str] = field(default_factory=list)
    sent: int = 0

    def __call__(self, environ: dict[str, Any], begin: Begin) -> Iterable[bytes]:
        """One request."""
        if environ["REQUEST_METHOD"] != "GET":
            return [self._whole(environ, begin)]
        asked = environ.get("HTTP_RANGE", "")
        self.asked.append(asked)
        if not self.ranges:
            environ.pop("HTTP_RANGE", None)
        body = self._whole(environ, begin)
        return self._through(body, int(asked[6:].partition("-")[0]))

    def _whole(self, environ: dict[str, Any], begin: Begin) -> bytes:
        with closing(self.app(environ, begin)) as parts:
            return b"".join(parts)

    def _through(self, body: bytes, start: int) -> Iterator[bytes]:
        if self.flips is not None and 0 <= (place := self.flips - start) < len(body):
            body = body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :]
        part = body[: self.cuts.pop(0)] if self.cuts else body
        self.sent += len(part)
        yield part
        if len(part) < len(body):
            raise ConnectionResetError("the link broke")

    @property
    def starts(self) -> list[int]:
        """From which bytes on the files were asked for."""
        return [int(asked[6:].partition("-")[0]) for asked in self.asked]
