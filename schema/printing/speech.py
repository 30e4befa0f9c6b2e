"""A language by name, for who prints: the papers of a person need not be in the language of the page."""

from functools import cache
from gettext import NullTranslations, translation
from pathlib import Path
from typing import Any

from schema.printing.paper import Speech
from schema.problems import NotFound
from schema.wording import LANGUAGES

FOLDER = Path(__file__).parent.parent / "translations"


@cache
def speech(language: str) -> Speech:
    """How papers speak in this language. Raises NotFound for one that is not here."""
    if language not in LANGUAGES:
        raise NotFound("There is no such language here.")
    known = (
        NullTranslations()
        if language == "en"
        else translation("messages", FOLDER, [language], fallback=True)
    )

    def plural(one: str, many: str, number: int, **values: Any) -> str:
        return known.ngettext(one, many, number) % values

    return Speech(language, known.gettext, plural)
