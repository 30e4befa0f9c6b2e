"""What everybody ever wrote, with what they had seen there: a list that is only ever added to.

The registry is asked nothing here. A value is followed by what it says: free text carries a token that
nobody else writes, so an edit can be followed to its end.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from schema.record import Key

Place = tuple[Key, str]


@dataclass(frozen=True)
class Edit:
    """One value that somebody wrote. seen: the values of this field that had been shown to them."""

    unit: str
    place: Place
    value: Any
    seen: frozenset[Any] = frozenset()


@dataclass(frozen=True)
class Choice:
    """A dispute that somebody settled: both values as they were shown, and the one that was chosen."""

    unit: str
    dispute: str
    shown: tuple[Mapping[str, Any], Mapping[str, Any]]


@dataclass
class Oracle:
    """All edits, choices and Units.

    records: in the order in which they were made. lawful: Units that were within their author's rights.
    excused: Units that died with the one disk that had them. poison: what makes a Unit raise.
    photos: by Unit, what the bytes that were saved with it are known by. astray: bytes that died with the
    one disk that had them.
    """

    edits: list[Edit] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    records: dict[Key, None] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    lawful: set[str] = field(default_factory=set)
    excused: set[str] = field(default_factory=set)
    photos: dict[str, set[str]] = field(default_factory=dict)
    astray: set[str] = field(default_factory=set)
    tokens: int = 0
    poison: str = "nothing"

    def token(self) -> str:
        """A value that nobody has written and nobody else will."""
        self.tokens += 1
        return f"t{self.tokens}z"

    def note(self, unit: str, by: str, made: Iterable[Key], edits: Iterable[Edit]) -> None:
        """Somebody has saved a Unit. by: their laptop, or ``web``."""
        self.units[unit] = by
        self.records.update(dict.fromkeys(made))
        self.edits.extend(edits)

    def known(self, place: Place, value: Any) -> set[Any]:
        """All values of a field that whoever wrote this value had seen, and the authors of those."""
        todo, found = [value], set()
        while todo:
            one = todo.pop()
            for edit in self.edits:
                if edit.place == place and edit.value == one:
                    fresh = edit.seen - found
                    found |= fresh
                    todo.extend(fresh)
        return found

    def is_token(self, value: Any) -> bool:
        """Whether only one person can have written this value."""
        return isinstance(value, str) and value[:1] == "t" and value[-1:] == "z"
