"""Sentences that can still be translated: English text as key, values filled in last.

They stand at the head of a module, where ``schema.declared_words`` finds them for the catalogues.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

Gettext = Callable[[str], str]


@dataclass(frozen=True)
class Said:
    """English text with named places; ``values`` may hold further ``Said``, translated with it."""

    text: str
    values: tuple[tuple[str, object], ...] = ()

    def of(self, **values: object) -> "Said":
        """The same sentence with its values."""
        return replace(self, values=tuple(values.items()))

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


@dataclass(frozen=True)
class Sentence:
    """A sentence; ``many`` is its plural by ``count``, where it has one."""

    one: str
    many: str = ""


def _into(value: object, gettext: Gettext) -> object:
    return value.into(gettext) if isinstance(value, Said) else value
