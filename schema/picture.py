"""What a picture may be here: bytes in, bytes out. Both ends call it; it opens no file.

``made`` takes whatever a camera gave, upright, without anything that says where, when or by which device
it was taken, no larger than is needed. ``fault_of`` says what is wrong with a picture that claims to be such a
one: the registry asks it of every picture that arrives.
"""

import io
import warnings
from dataclasses import dataclass
from hashlib import sha256

from PIL import Image, ImageOps

from schema.entities.attachment import MOST_ORIGINAL
from schema.problems import NotAPicture
from schema.said import Said

JPEG = "image/jpeg"
FORMATS = ("JPEG", "PNG", "WEBP")
# What a camera may give. A picture is unfolded to three bytes a pixel: 120 MB at most.
MOST_TAKEN = 25_000_000
MOST_PIXELS = 40_000_000
# Pixels of the longest side, by what it shows; into how many bytes a preview should fit.
LONGEST, LONGEST_OF_PAPER, LONGEST_OF_PREVIEW = 1_600, 2_400, 320
PREVIEW_FITS = 12_000
_QUALITIES, _PREVIEW_QUALITIES = (82, 74, 66, 55, 40, 25), (70, 58, 46, 34, 22, 12)


@dataclass(frozen=True)
class Picture:
    """A picture as it is kept, and its preview."""

    body: bytes
    preview: bytes

    @property
    def content(self) -> dict[str, str | int]:
        """What its record says of the bytes."""
        return {
            "sha256": hash_of(self.body),
            "size": len(self.body),
            "media_type": JPEG,
            "preview_sha256": hash_of(self.preview),
            "preview_size": len(self.preview),
        }


def longest_of(kind: str | None) -> int:
    """How many pixels the longest side of such a picture has: writing needs more than a face."""
    return LONGEST if kind == "photo" else LONGEST_OF_PAPER


def hash_of(body: bytes) -> str:
    """By what bytes are known: SHA-256 in hexadecimal."""
    return sha256(body).hexdigest()


def made(taken: bytes, longest: int = LONGEST) -> Picture:
    """The picture that is kept of what was taken. longest: pixels of its longest side. Raises NotAPicture."""
    if len(taken) > MOST_TAKEN:
        raise NotAPicture("This picture is larger than 25 MB. Take it with fewer pixels.")
    upright = _upright(taken)
    body = _fitting(_scaled(upright, longest), _QUALITIES, MOST_ORIGINAL)
    small = _scaled(upright, LONGEST_OF_PREVIEW)
    return Picture(body, _fitting(small, _PREVIEW_QUALITIES, PREVIEW_FITS))


def fault_of(body: bytes) -> str:
    """Why this is no picture as ``made`` makes them, in a few words; empty where it is one."""
    if len(body) > MOST_ORIGINAL:
        return "too large"
    if found := _extra(body):
        return found
    try:
        with _opened(body, ("JPEG",)) as image:
            if max(image.size) > LONGEST_OF_PAPER:
                return "too many pixels"
            image.load()
    except NotAPicture:
        return "not a picture"
    return ""


def _upright(taken: bytes) -> Image.Image:
    """The pixels alone, as they are to be looked at, on white where they were transparent."""
    with _opened(taken, FORMATS) as image:
        try:
            turned = ImageOps.exif_transpose(image)
            # Into a new one: a copy would carry the comments of the old.
            clean = Image.new("RGB", turned.size, "white")
            if turned.has_transparency_data:
                seen = turned.convert("RGBA")
                clean.paste(seen, mask=seen.getchannel("A"))
            else:
                clean.paste(turned.convert("RGB"))
        except _BROKEN as error:
            raise NotAPicture from error
    return clean


# Whatever a decoder makes of bytes that were made to break it.
_BROKEN = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    IndexError,
    KeyError,
    TypeError,
    OverflowError,
)


def _opened(body: bytes, formats: tuple[str, ...]) -> Image.Image:
    """The picture, its pixels not yet read. Raises NotAPicture."""
    try:
        with warnings.catch_warnings():
            # Our own limit is below the one at which it warns.
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(body), formats=formats)
    except Image.DecompressionBombError:
        raise NotAPicture(_TOO_MANY) from None
    except (*_BROKEN, MemoryError):
        raise NotAPicture(_refusal(body)) from None
    if image.width * image.height > MOST_PIXELS:
        raise NotAPicture(_TOO_MANY)
    if getattr(image, "n_frames", 1) > 1:
        raise NotAPicture("This is a film, or several pictures in one. Take a single picture.")
    return image


_TOO_MANY = Said("This picture has more than 40 million pixels. Take it with fewer.").text
_PAPER = Said("A PDF may hold more than it shows. Photograph the page, or scan it as a JPEG.").text


def _refusal(body: bytes) -> str:
    return _PAPER if body.startswith(b"%PDF") else ""


def _scaled(image: Image.Image, longest: int) -> Image.Image:
    small = image.copy()
    small.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    return small


def _fitting(image: Image.Image, qualities: tuple[int, ...], most: int) -> bytes:
    """As a JPEG of the best of these qualities that fits; of the least where none does."""
    body = b""
    for quality in qualities:
        out = io.BytesIO()
        image.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
        body = out.getvalue()
        if len(body) <= most:
            break
    return body


# Markers of a JPEG that say how its pixels are coded, and nothing else.
_TABLES = {0xDB, 0xC4, 0xDD}
_FRAMES = {0xC0, 0xC1, 0xC2}
_JFIF, _SCAN, _END = 0xE0, 0xDA, 0xD9
_JFIF_HEAD, _JFIF_LENGTH = b"JFIF\x00", 16


def _extra(body: bytes) -> str:
    """What is in a JPEG beside its pixels and the tables they need; empty where there is nothing."""
    if body[:2] != b"\xff\xd8":
        return "not a JPEG"
    at = 2
    while at + 4 <= len(body) and body[at] == 0xFF:
        marker, length = body[at + 1], int.from_bytes(body[at + 2 : at + 4], "big")
        if marker == _JFIF:
            if length != _JFIF_LENGTH or body[at + 4 : at + 9] != _JFIF_HEAD:
                return "metadata"
        elif marker not in _TABLES | _FRAMES | {_SCAN}:
            return "metadata"
        at += 2 + length
        if marker == _SCAN:
            at = _after_scan(body, at)
        if body[at : at + 2] == bytes((0xFF, _END)):
            return "" if at + 2 == len(body) else "bytes after its end"
    return "cut, or not a JPEG"


def _after_scan(body: bytes, at: int) -> int:
    """Where the coded pixels that begin here end: at the next marker that is no part of them."""
    while (at := body.find(b"\xff", at)) >= 0:
        following = body[at + 1 : at + 2]
        if not following or (following != b"\x00" and not b"\xd0" <= following <= b"\xd7"):
            return at
        at += 2
    return len(body)
