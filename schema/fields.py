"""The few kinds of field. Each is a marshmallow field that also says what it is for.

``check`` is the one test of a value, in plain Python: marshmallow's ``load`` calls it, and so do
judge and the laptop, which cannot afford marshmallow's sixteen calls a field. Values are JSON
primitives everywhere (a day is ISO text, a reference is an id), so what is stored is what was sent.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import marshmallow as ma

from schema.codes import CodeList, OpenCodeList
from schema.ids import HASH_LENGTH, is_hash, is_id, read_number
from schema.problems import BadValue

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
LONGEST_CODE = 40
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
SENSITIVITIES = ("none", "moderate", "high", "severe")


@dataclass(frozen=True)
class About:
    """What a field says of itself.

    sensitivity: one of SENSITIVITIES (OCHA's classes). purpose: why it is asked. donor: whether its
    code may head a column of a donor's table. group: fields that mean something only together share
    one; they merge, dispute and settle as one value. protective: the value towards which two differing
    values merge at once (the other becomes the side of a dispute); None means a person is asked.
    stamps: a change of it may move the record, or what hangs on it, to another bucket.
    """

    label: str
    hint: str = ""
    sensitivity: str = "moderate"
    purpose: str = ""
    required: bool = False
    donor: bool = False
    protective: Any = None
    group: str | None = None
    on_form: bool = True
    stamps: bool = False

    @property
    def merge(self) -> str:
        """The merge rule by name: ``ask`` a person, or ``protect`` (the protective value is in force)."""
        return "ask" if self.protective is None else "protect"


class Described(ma.fields.Field[Any]):
    """A marshmallow field with an ``About``; ``check`` decides what may be stored."""

    about: About
    kind = "text"

    def __init__(self, label: str, **said: Any) -> None:
        self.about = About(label, **said)
        super().__init__(required=False, allow_none=True, metadata={"title": label})

    def check(self, value: Any) -> Any:
        """The value as it is stored. Raises BadValue with a sentence."""
        raise NotImplementedError

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        try:
            return self.check(value)
        except BadValue as problem:
            raise ma.ValidationError(problem.said) from problem

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return value


class Text(Described):
    """Words as somebody said them. Refuses NUL and lone surrogates, which a database cannot hold."""

    def __init__(
        self, label: str, *, longest: int = 200, multiline: bool = False, **said: Any
    ) -> None:
        super().__init__(label, **said)
        self.longest = longest
        self.multiline = multiline

    def check(self, value: Any) -> str:
        """The value as it is stored. Raises BadValue."""
        if not isinstance(value, str):
            raise BadValue("This must be text.")
        if len(value) > self.longest:
            raise BadValue(f"This must have at most {self.longest} characters.")
        if _UNSTORABLE.search(value):
            raise BadValue("This holds a character that cannot be stored.")
        return value


class Word(Text):
    """A permanent name or code: letters without marks, digits, and what ``fits`` allows besides."""

    def __init__(self, label: str, *, fits: str, longest: int = LONGEST_CODE, **said: Any) -> None:
        super().__init__(label, longest=longest, **said)
        self.fits = re.compile(fits)

    def check(self, value: Any) -> str:
        """The value as it is stored. Raises BadValue."""
        text = super().check(value)
        if not self.fits.fullmatch(text):
            raise BadValue("This must be letters without marks and digits, without spaces.")
        return text


class Number(Text):
    """A printed number: made by the creating device, kept for ever, means nothing."""

    kind = "number"

    def check(self, value: Any) -> str:
        """The value as it is stored. Raises BadValue."""
        return read_number(super().check(value))


class By(Text):
    """Who made the record: an account's id and name, stamped when it is made, never typed or sent."""

    kind = "by"

    def __init__(self, label: str, **said: Any) -> None:
        super().__init__(label, longest=160, on_form=False, **said)


def signed(account_id: str, name: str) -> str:
    """What a By holds: the account's id, empty for nobody's login, and the name that is shown."""
    return f"{account_id} {name}"[:160]


def who(value: Any) -> str:
    """The account behind a By; empty where nobody is."""
    return str(value or "").partition(" ")[0]


def name_of(value: Any) -> str:
    """The name in a By, as it was when the record was made."""
    return str(value or "").partition(" ")[2]


class Hash(Text):
    """The SHA-256 by which bytes are known, in hexadecimal."""

    def __init__(self, label: str, **said: Any) -> None:
        super().__init__(label, longest=HASH_LENGTH, **said)

    def check(self, value: Any) -> str:
        """The value as it is stored. Raises BadValue."""
        if not is_hash(value):
            raise BadValue("This must be a SHA-256: 64 digits of 0 to 9 and a to f.")
        return str(value)


class Choice(Described):
    """One code of a list. Of an open list, which codes there are is a rule: a deployment adds to it.

    approves: the codes that only who may approve there may write.
    """

    kind = "choice"

    def __init__(
        self, label: str, codes: CodeList, *, approves: tuple[str, ...] = (), **said: Any
    ) -> None:
        super().__init__(label, **said)
        self.codes = codes
        self.approves = approves

    def check(self, value: Any) -> str:
        """The value as it is stored. Raises BadValue."""
        if not isinstance(value, str) or not (value in self.codes or self._may_be_added(value)):
            raise BadValue(f"This must be one of: {', '.join(self.codes.values)}.")
        return value

    def _may_be_added(self, value: str) -> bool:
        fits = len(value) <= LONGEST_CODE and _CODE.fullmatch(value)
        return isinstance(self.codes, OpenCodeList) and bool(fits)


class Day(Described):
    """A date without a zone, as ISO text. ``latest`` may be ``today`` for what cannot lie ahead."""

    kind = "day"

    def check(self, value: Any) -> str:
        """The value as it is stored. Raises BadValue."""
        if not isinstance(value, str) or len(value) != 10:
            raise BadValue("This must be a date, as 2026-11-22.")
        try:
            day = date.fromisoformat(value)
        except ValueError:
            raise BadValue("There is no such date.") from None
        if day.year < 1900 or day.year > 2200:
            raise BadValue("The year must be between 1900 and 2200.")
        return value


class Instant(Text):
    """A moment in UTC with the author's offset, as ISO text."""

    kind = "instant"

    def __init__(self, label: str, **said: Any) -> None:
        super().__init__(label, longest=40, **said)


class Flag(Described):
    """Yes or no."""

    kind = "flag"

    def check(self, value: Any) -> bool:
        """The value as it is stored. Raises BadValue."""
        if not isinstance(value, bool):
            raise BadValue("This must be yes or no.")
        return value


class Whole(Described):
    """A whole number between two bounds."""

    kind = "whole"

    def __init__(self, label: str, *, least: int = 0, most: int = 2**31 - 1, **said: Any) -> None:
        super().__init__(label, **said)
        self.least, self.most = least, most

    def check(self, value: Any) -> int:
        """The value as it is stored. Raises BadValue."""
        if isinstance(value, bool) or not isinstance(value, int):
            raise BadValue("This must be a whole number.")
        if not self.least <= value <= self.most:
            raise BadValue(f"This must be between {self.least} and {self.most}.")
        return value


class Ref(Described):
    """A reference to a record, by id.

    gives_scope: what it names gives this record its scope. crosses: it may name what is in another
    bucket, so the laptop has no foreign key and shows "outside your scope".
    """

    kind = "ref"

    def __init__(
        self, label: str, to: str, *, gives_scope: bool = False, crosses: bool = False, **said: Any
    ) -> None:
        super().__init__(label, **said)
        self.to = to
        self.gives_scope = gives_scope
        self.crosses = crosses

    def check(self, value: Any) -> str:
        """The value as it is stored. Raises BadValue."""
        if not is_id(value):
            raise BadValue("This must be the id of a record.")
        return str(value)


class Open(Described):
    """Values whose names a deployment declares (``custom``), or one value of any kind (a dispute's side)."""

    kind = "open"

    def check(self, value: Any) -> Any:
        """The value as it is stored. Raises BadValue."""
        if _unstorable(value):
            raise BadValue("This holds a character that cannot be stored.")
        return value


def _unstorable(value: Any) -> bool:
    if isinstance(value, str):
        return bool(_UNSTORABLE.search(value))
    if isinstance(value, Mapping):
        return any(_unstorable(part) for pair in value.items() for part in pair)
    if isinstance(value, list):
        return any(_unstorable(part) for part in value)
    return value is not None and not isinstance(value, (bool, int, float))
