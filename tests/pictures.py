"""Synthetic pictures for tests: drawn here, with what a camera would have put into them."""

import io
from random import Random

from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from schema import picture
from schema.picture import Picture

# What no byte of a picture may tell once it is kept.
CANARY = "CANARY-CAMERA-0192"
LATITUDE = (IFDRational(4), IFDRational(21), IFDRational(5151, 100))


def taken(seed: int = 1, size: tuple[int, int] = (640, 480), kind: str = "JPEG") -> bytes:
    """A picture as a camera gives it: with its place, its maker and a comment."""
    image, exif = drawn(seed, size), Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x9286] = CANARY, CANARY, CANARY
    exif.get_ifd(0x8825).update({1: "N", 2: LATITUDE, 3: "E", 4: LATITUDE, 29: "2026:11:01"})
    out, said = io.BytesIO(), {"exif": exif}
    if kind == "JPEG":
        said |= {"comment": CANARY.encode(), "xmp": f"<x>{CANARY}</x>".encode(), "quality": 90}
    image.save(out, kind, **said)
    return out.getvalue()


def drawn(seed: int = 1, size: tuple[int, int] = (640, 480)) -> Image.Image:
    """Coarse noise in colour: no two seeds alike, and no smaller than a photo when it is packed."""
    grid = (max(size[0] // 8, 1), max(size[1] // 8, 1))
    colours = Random(seed).randbytes(grid[0] * grid[1] * 3)  # noqa: S311 - the same for a seed
    noise = Image.frombytes("RGB", grid, colours)
    return noise.resize(size, Image.Resampling.BICUBIC)


def made(seed: int = 1, size: tuple[int, int] = (640, 480)) -> Picture:
    """A picture as it is kept."""
    return picture.made(taken(seed, size))
