"""What somebody typed to find a person: words of names, a printed number, a year of birth."""

from dataclasses import dataclass

from schema.ids import read_number
from schema.names import LONGEST_TOKEN, fold
from schema.problems import BadValue
from schema.typed_dates import western

MOST_WORDS = 6
LONGEST = 200
_YEARS = range(1900, 2101)


@dataclass(frozen=True)
class Sought:
    """Words are folded and match from their beginning; number and year match exactly."""

    words: tuple[str, ...] = ()
    number: str = ""
    year: int = 0

    @property
    def anything(self) -> bool:
        """Whether something was asked for that can be looked up."""
        return bool(self.words or self.number or self.year)


def read(text: str) -> Sought:
    """What this text asks for, leniently."""
    typed = western(text[:LONGEST]).strip()
    number = _number(typed)
    if number:
        return Sought(number=number)
    pieces = typed.split()
    years = [int(piece) for piece in pieces if _is_year(piece)]
    names = " ".join(piece for piece in pieces if not _is_year(piece))
    words = dict.fromkeys(word[:LONGEST_TOKEN] for word in fold(names).split())
    return Sought(words=tuple(words)[:MOST_WORDS], year=years[0] if years else 0)


def _number(text: str) -> str:
    try:
        return read_number(text)
    except BadValue:
        return ""


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isascii() and text.isdecimal() and int(text) in _YEARS
