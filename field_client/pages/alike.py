"""People known here who are alike, and how a person is told from another in a list."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext

from field_client.pages.desk import db
from field_client.pages.words import WORDS
from field_client.store import reading, rows, states
from schema import codes
from schema.said import Said

FEW, YEARS_APART = 5, 2
LOOKED_AT = 200
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Brief:
    """A person as a list shows them."""

    id: str
    name: str
    number: str
    age: str
    sex: Said
    area: str
    state: str

    @property
    def facts(self) -> list[str]:
        """What tells people of one name apart, in words."""
        sex = gettext(self.sex.text) if self.sex.text else ""
        return [said for said in (sex, self.age, self.area) if said]


def alike(words: Sequence[str], year: int | None = None, most: int = FEW) -> list[Brief]:
    """People whose names hold all these words, then those with the first ones alone."""
    said = [text.strip() for text in words if text.strip()]
    found: dict[str, Row] = {}
    for text in dict.fromkeys([" ".join(said), *said[:1]]):
        for row in reading.people(db(), text, LOOKED_AT):
            if near(row, year):
                found.setdefault(row["id"], row)
    return briefs(list(found.values())[:most])


def near(person: Row, year: int | None) -> bool:
    """Whether the person may have been born about that year: who has no date may."""
    born = person["birth_date"]
    return year is None or not born or abs(int(born[:4]) - year) <= YEARS_APART


def briefs(people: Iterable[Row]) -> list[Brief]:
    """These people as a list shows them."""
    listed = list(people)
    ids = [person["id"] for person in listed]
    where, area = states.states_of(db(), ids), areas_of(ids)
    return [
        _brief(person, area.get(person["id"], ""), where[person["id"]].state) for person in listed
    ]


def areas_of(ids: Sequence[str]) -> dict[str, str]:
    """Where each person's case takes place, by name."""
    marks = ", ".join("?" * len(ids))
    cases = rows.fetch_where(db(), "case", f"person_id IN ({marks}) ORDER BY id", ids)
    areas = {case["person_id"]: case["area_id"] for case in cases if case["area_id"]}
    names = reading.titles(db(), "area", list(set(areas.values())))
    return {person: names.get(area, "") for person, area in areas.items()}


def _brief(person: Row, area: str, state: str) -> Brief:
    sex = person["sex"]
    return Brief(
        person["id"],
        person["name"] or "",
        person["number"] or "",
        WORDS.age(person["birth_date"], person["birth_date_precision"]),
        Said(codes.SEX.label(sex) if sex else ""),
        area,
        state,
    )
