"""Pictures: written anew from their pixels, within bounds, and with nothing in them that a camera said."""

import io
import struct
import zlib
from random import Random

import pytest
from PIL import Image

from schema import picture
from schema.entities.attachment import MOST_ORIGINAL, MOST_PREVIEW
from schema.problems import NotAPicture
from tests.pictures import CANARY, drawn, made, taken


@pytest.mark.parametrize("kind", picture.FORMATS)
def test_what_a_camera_says_goes_in_and_nothing_of_it_comes_out(kind: str) -> None:
    given = taken(kind=kind)
    assert CANARY.encode() in given
    with Image.open(io.BytesIO(given)) as image:
        assert image.getexif().get_ifd(0x8825)
    kept = picture.made(given)
    for body in (kept.body, kept.preview):
        assert picture.fault_of(body) == ""
        assert CANARY.encode() not in body
        assert b"Exif" not in body
        with Image.open(io.BytesIO(body)) as image:
            assert image.format == "JPEG"
            assert not image.getexif()
            assert set(image.info) <= {
                *("jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi"),
                *("progressive", "progression"),
            }


def test_a_picture_is_kept_upright() -> None:
    """A camera held upright writes lying pixels and says so; what is kept stands by itself."""
    image, exif = Image.new("RGB", (400, 200), "red"), Image.Exif()
    image.paste("blue", (0, 0, 200, 200))
    exif[0x0112] = 6
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif, quality=95)
    with Image.open(io.BytesIO(picture.made(out.getvalue()).body)) as kept:
        assert kept.size == (200, 400)
        top, below = (kept.getpixel((100, y)) for y in (50, 350))
    assert (_named(top), _named(below)) == ("blue", "red")


def _named(pixel: object) -> str:
    assert isinstance(pixel, tuple)
    return "blue" if pixel[2] > pixel[0] + 100 else "red" if pixel[0] > pixel[2] + 100 else "?"


def test_what_was_transparent_is_white_and_not_black() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(out, "PNG")
    with Image.open(io.BytesIO(picture.made(out.getvalue()).body)) as kept:
        assert kept.getpixel((25, 25)) == (255, 255, 255)


def test_the_longest_side_and_the_bytes_have_bounds_and_a_preview_is_small() -> None:
    kept = picture.made(taken(size=(4000, 3000)))
    for body, longest in ((kept.body, picture.LONGEST), (kept.preview, picture.LONGEST_OF_PREVIEW)):
        with Image.open(io.BytesIO(body)) as image:
            assert max(image.size) == longest
    assert len(kept.body) <= MOST_ORIGINAL
    assert len(kept.preview) <= MOST_PREVIEW
    with Image.open(io.BytesIO(picture.made(taken(size=(4000, 3000)), 2400).body)) as image:
        assert max(image.size) == picture.longest_of("scan")


def test_the_worst_noise_fits_too() -> None:
    """Nothing packs worse: bounds that hold for it hold for whatever somebody photographs."""
    size = (2400, 1200)
    colours = Random(2).randbytes(size[0] * size[1] * 3)  # noqa: S311 - the same each time
    out = io.BytesIO()
    Image.frombytes("RGB", size, colours).save(out, "PNG", compress_level=0)
    kept = picture.made(out.getvalue(), picture.LONGEST_OF_PAPER)
    assert len(kept.body) <= MOST_ORIGINAL
    assert len(kept.preview) <= MOST_PREVIEW


def test_the_same_picture_has_the_same_hash_wherever_it_is_made() -> None:
    assert picture.made(taken(7)) == picture.made(taken(7))
    assert made(7).content["sha256"] != made(8).content["sha256"]


def bomb() -> bytes:
    """A PNG of some kilobytes that says it has 400 million pixels."""
    rows = zlib.compress(bytes(20_000 * 3 + 1) * 64)

    def chunk(kind: bytes, body: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(kind + body))
        return struct.pack(">I", len(body)) + kind + body + crc

    head = struct.pack(">IIBBBBB", 20_000, 20_000, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def film() -> bytes:
    """A WebP with two frames."""
    out = io.BytesIO()
    drawn(1, (60, 60)).save(out, "WEBP", save_all=True, append_images=[drawn(2, (60, 60))])
    return out.getvalue()


REFUSED = {
    "nothing": (b"", "no picture"),
    "text": (b"hello", "no picture"),
    "a page": (b"<html><script>alert(1)</script></html>", "no picture"),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "Photograph the page"),
    "a GIF": (b"GIF89a\x01\x00\x01\x00\x00\x00\x00;", "no picture"),
    "a drawing": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no picture"),
    "a cut picture": (taken()[:4000], "no picture"),
    "a bomb": (bomb(), "million pixels"),
    "a film": (film(), "several pictures"),
    "a heavy one": (b"\xff\xd8" + bytes(picture.MOST_TAKEN), "25 MB"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_picture_is_refused_with_a_sentence(name: str) -> None:
    body, words = REFUSED[name]
    with pytest.raises(NotAPicture, match=words):
        picture.made(body)
    assert picture.fault_of(body) != ""


def segment(marker: int, body: bytes) -> bytes:
    """A segment of a JPEG."""
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def test_whatever_is_put_into_a_clean_picture_is_found() -> None:
    clean = made().body
    assert picture.fault_of(clean) == ""
    unclean = {
        "EXIF": clean[:2] + segment(0xE1, b"Exif\x00\x00" + CANARY.encode()) + clean[2:],
        "XMP": clean[:2] + segment(0xE1, b"http://ns.adobe.com/xap/1.0/\x00" + b"x") + clean[2:],
        "IPTC": clean[:2] + segment(0xED, b"Photoshop 3.0\x00" + b"x") + clean[2:],
        "a profile": clean[:2] + segment(0xE2, b"ICC_PROFILE\x00" + b"x") + clean[2:],
        "a comment": clean[:2] + segment(0xFE, CANARY.encode()) + clean[2:],
        "a thumbnail": clean.replace(
            segment(0xE0, clean[6:20]), segment(0xE0, clean[6:18] + b"\x01\x01" + b"abc")
        ),
        "a script behind its end": clean + b"<script>alert(1)</script>",
        "an archive behind its end": clean + b"PK\x03\x04" + bytes(40),
        "a comment before its end": clean[:-2] + segment(0xFE, CANARY.encode()) + clean[-2:],
        "a cut": clean[:-2],
        "another format": taken(kind="PNG"),
        "too many pixels": wide(),
    }
    assert {
        name: picture.fault_of(body) for name, body in unclean.items() if not picture.fault_of(body)
    } == {}


def wide() -> bytes:
    """A picture that is otherwise clean."""
    out = io.BytesIO()
    Image.new("RGB", (3000, 10)).save(out, "JPEG")
    return out.getvalue()
