"""The rows of the list of cases, in words: each code is put into the reader's language once a page."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from flask import url_for
from flask_babel import gettext

from schema import codes
from schema.record import NOTHING, Record
from server.registry.cases import CaseLine, CaseList

Values = Mapping[str, Any]
UNKNOWN = "–"
_NOBODY = "00000000-0000-0000-0000-000000000000"


@dataclass(frozen=True)
class Shown:
    """One row as it is read. seen: whether the person is in this reader's sight.

    withdrawn: the case, if it was withdrawn.
    """

    href: str
    seen: bool
    name: str
    number: str
    sex: str
    born: str | None
    precision: str
    gate: str
    caseload: str
    area: str
    marks: frozenset[str]
    withdrawn: Record | None


def lines(found: CaseList) -> list[Shown]:
    """The rows of a page of cases."""
    said = _Said(found)
    return [said.line(line) for line in found.page.rows]


class _Said:
    """What a page of cases says over and over, each made once."""

    def __init__(self, found: CaseList) -> None:
        self.labels = found.labels
        self.word = cache(gettext)
        self.case_at, self.person_at = _address("one", "case_id"), _address("person", "person_id")

    def line(self, line: CaseLine) -> Shown:
        who: Values = line.person.values if line.person else NOTHING
        what: Values = line.case.values if line.case else NOTHING
        return Shown(
            href=self._href(line),
            seen=line.person is not None,
            name=who.get("name") or self.word("Name not given"),
            number=who.get("number") or UNKNOWN,
            sex=self._code(codes.SEX, who.get("sex")),
            born=who.get("birth_date"),
            precision=who.get("birth_date_precision") or "day",
            gate=self._code(codes.GATE, line.case.gate if line.case else None),
            caseload=self._place(what, "caseload_id") if what else self.word("No case yet"),
            area=self._place(what, "area_id") if what else "",
            marks=line.marks,
            withdrawn=line.case if what.get("withdrawn_at") else None,
        )

    def _href(self, line: CaseLine) -> str:
        if line.case:
            return self.case_at + line.case.id
        return self.person_at + line.person.id if line.person else ""

    def _code(self, known: codes.CodeList, code: str | None) -> str:
        return self.word(known.label(code)) if code else UNKNOWN

    def _place(self, values: Values, name: str) -> str:
        return self.labels.get(values.get(name, ""), UNKNOWN)


def _address(page: str, name: str) -> str:
    """What stands before the id in the address of this page; the router is slow to ask for each row."""
    place: dict[str, Any] = {name: _NOBODY}
    return url_for(f"cases.{page}", **place).removesuffix(_NOBODY)
