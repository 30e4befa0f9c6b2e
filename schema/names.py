"""Names folded for search: one function at both ends, so the same words find the same people.

NFKD, marks off, casefold, Arabic letter forms made one, other scripts transliterated.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from anyascii import anyascii

NAME_FIELDS = (
    "name",
    "given_name",
    "family_name",
    "father_name",
    "grandfather_name",
    "mother_name",
    "name_script",
    "alias",
)
_ARABIC = str.maketrans(
    {
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ى": "ي",
        "ئ": "ي",
        "ؤ": "و",
        "ة": "ه",
        "ـ": None,
        "ک": "ك",
        "ی": "ي",
    }
)
_NOT_WORD = re.compile(r"[^a-z0-9]+")
LONGEST_TOKEN = 40


def fold(text: str) -> str:
    """Words of a name as they are compared: lower-case Latin letters and digits, one space between."""
    if text.isascii():
        return _words(text.lower())
    plain = unicodedata.normalize("NFKD", text.translate(_ARABIC))
    bare = "".join(c for c in plain if not unicodedata.combining(c)).translate(_ARABIC)
    return _words(anyascii(bare.casefold()).lower())


def _words(text: str) -> str:
    return _NOT_WORD.sub(" ", text.replace("`", "").replace("'", "")).strip()


def tokens(values: Mapping[str, Any], names: Sequence[str] = NAME_FIELDS) -> frozenset[str]:
    """The folded words of the names of a person: of all of them, or of these."""
    said = " ".join(value for name in names if (value := values.get(name)))
    return frozenset(word[:LONGEST_TOKEN] for word in fold(said).split())
