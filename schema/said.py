"""A sentence that can still be translated: English text as key, values filled in last."""

from collections.abc import Callable
from dataclasses import dataclass

Gettext = Callable[[str], str]


@dataclass(frozen=True)
class Said:
    """English text with named places; ``values`` may hold further ``Said``, translated with it."""

    text: str
    values: tuple[tuple[str, object], ...] = ()

    def into(self, gettext: Gettext) -> str:
        """The sentence in the reader's language."""
        if not self.text:
            return ""
        words = gettext(self.text)
        if not self.values:
            return words
        return words % {name: _into(value, gettext) for name, value in self.values}

    def __str__(self) -> str:
        """The sentence in English."""
        return self.into(str)


def said(text: str, **values: object) -> Said:
    """A translatable sentence with its values."""
    return Said(text, tuple(values.items()))


def _into(value: object, gettext: Gettext) -> object:
    return value.into(gettext) if isinstance(value, Said) else value
