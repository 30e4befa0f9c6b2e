"""Reads what was printed: the words of a PDF, its pages as pictures, and the code on them."""

import re
import unicodedata
from typing import Any

import pypdfium2
import zxingcpp

SCALE = 300 / 72
MARKS = re.compile("[\u200b-\u200f\u2066-\u2069\u0610-\u061a\u064b-\u0652\u0640]")
SPACES = re.compile(r"\s+")


def folded(text: str) -> str:
    """Words as they are compared: shaped letters as plain ones, without marks and line breaks."""
    plain = unicodedata.normalize("NFKC", text).replace("\ufffe", "-")
    return SPACES.sub(" ", MARKS.sub("", plain)).strip()


def letters(text: str) -> list[str]:
    """The letters and digits of a text in no order: how a line is laid out does not count."""
    return sorted(one for one in folded(text) if one.isalnum())


def says(words: str, text: str) -> bool:
    """Whether a word of these has the characters of this one, in whatever order a reader of PDFs gives them."""
    return any(letters(word) == letters(text) for word in words.split())


def words_of(body: bytes) -> str:
    """All that a PDF says, sheet by sheet."""
    pages = pypdfium2.PdfDocument(body)
    return folded(" ".join(page.get_textpage().get_text_bounded() for page in pages))


def pages_of(body: bytes) -> int:
    """How many sheets it has."""
    return len(pypdfium2.PdfDocument(body))


def picture_of(body: bytes, page: int = 0) -> Any:
    """A sheet as a printer would draw it, at 300 points an inch."""
    return pypdfium2.PdfDocument(body)[page].render(scale=SCALE).to_pil()


def codes_on(body: bytes) -> list[str]:
    """What the QR codes say that a scanner finds on the sheets."""
    found = [zxingcpp.read_barcodes(picture_of(body, at)) for at in range(pages_of(body))]
    return [code.text for sheet in found for code in sheet]
