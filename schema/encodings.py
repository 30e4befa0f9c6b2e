"""How what goes over a link is compressed: gzip always, zstd where both ends have the package for it.

Each stream has an engine of its own: one that is shared by threads damages what it is given, silently.
What unfolds does so in small parts and no faster than it is asked for: whoever asks counts them, and stops.
"""

import zlib
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from schema.frames import compressor

zstandard: Any = import_module("zstandard") if find_spec("zstandard") else None

IDENTITY, GZIP, ZSTD = "identity", "gzip", "zstd"
# The most that comes out at once, in bytes.
OUT = 65_536
# Of one sync, and of a file that is made once and read often, but for which the first laptop waits: the levels
# of zstd above 16 take up to twice as long and save nothing of columns of ids.
LEVELS = {GZIP: 6, ZSTD: 3}
CLOSEST = {GZIP: 9, ZSTD: 16}
# What a reader must keep of what was said before, in bytes: the window of level 19.
_MOST_WINDOW = 1 << 23
_GZIP_FORM = 31
# What zlib and zstandard call it: Z_SYNC_FLUSH, COMPRESSOBJ_FLUSH_BLOCK.
_PAUSES = {GZIP: 2, ZSTD: 1}


class NotPacked(ValueError):
    """This is not compressed as it says, or there is more after its end."""


class Packer:
    """Compresses one stream. level: higher is smaller and slower; None: as one sync is packed."""

    def __init__(self, encoding: str, level: int | None = None) -> None:
        chosen = LEVELS[encoding] if level is None else level
        self._pause = _PAUSES[encoding]
        self._engine: Any = (
            zstandard.ZstdCompressor(level=chosen).compressobj()
            if encoding == ZSTD
            else zlib.compressobj(chosen, wbits=_GZIP_FORM)
        )

    def add(self, text: bytes) -> bytes:
        """What can be told by now of this and of what came before."""
        return bytes(self._engine.compress(text))

    def pause(self) -> bytes:
        """What was held back: if the link breaks after this, all that came before can be read."""
        return bytes(self._engine.flush(self._pause))

    def end(self) -> bytes:
        """The rest. Nothing can be added afterwards."""
        return bytes(self._engine.flush())


def known() -> tuple[str, ...]:
    """The compressions of this end, the one it would choose first."""
    return (GZIP,) if zstandard is None else (ZSTD, GZIP)


def packed(text: bytes, encoding: str) -> bytes:
    """All of a text. What is read block by block is paused now and then; gzip is read as it comes."""
    if encoding == GZIP:
        whole = compressor()
        return whole.compress(text) + whole.flush()
    engine = Packer(encoding)
    starts = range(0, len(text), OUT)
    parts = [engine.add(text[start : start + OUT]) + engine.pause() for start in starts[:-1]]
    return b"".join([*parts, engine.add(text[len(starts[:-1]) * OUT :]), engine.end()])


def unpacked(pieces: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    """The text of a stream that comes in pieces and may end anywhere, in parts of at most OUT bytes.

    Raises NotPacked, LookupError when this end does not know the compression.
    """
    return {IDENTITY: _as_it_is, GZIP: _gunzipped, ZSTD: _unzstd}[_known_here(encoding)](pieces)


def _known_here(encoding: str) -> str:
    if encoding not in (IDENTITY, *known()):
        raise LookupError(encoding)
    return encoding


def _as_it_is(pieces: Iterator[bytes]) -> Iterator[bytes]:
    return pieces


def _gunzipped(pieces: Iterator[bytes]) -> Iterator[bytes]:
    engine = zlib.decompressobj(wbits=_GZIP_FORM)
    for piece in pieces:
        yield from _inflated(engine, piece)
        if engine.unused_data:
            raise NotPacked


def _inflated(engine: "zlib._Decompress", piece: bytes) -> Iterator[bytes]:
    rest = piece
    while True:
        try:
            text = engine.decompress(rest, OUT)
        except zlib.error:
            raise NotPacked from None
        if text:
            yield text
        rest = engine.unconsumed_tail
        if not rest and len(text) < OUT:
            return


def _unzstd(pieces: Iterator[bytes]) -> Iterator[bytes]:
    source: Any = _Source(pieces)
    engine = zstandard.ZstdDecompressor(max_window_size=_MOST_WINDOW)
    reader = engine.stream_reader(source, read_size=OUT, read_across_frames=True)
    try:
        # Not ``read``: it would wait until there is as much as was asked for.
        while text := reader.read1(OUT):
            yield text
    except zstandard.ZstdError:
        raise NotPacked from None


class _Source:
    """Pieces, as a file to read from."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self.pieces, self.rest = pieces, b""

    def read(self, size: int) -> bytes:
        """What comes next, at most so much of it."""
        whole = self.rest or next(self.pieces, b"")
        self.rest = whole[size:]
        return whole[:size]
