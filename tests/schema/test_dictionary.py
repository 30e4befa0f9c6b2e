"""The data dictionary says what the declaration says."""

from pathlib import Path

import pytest

from schema.dictionary import markdown, rows
from schema.entities import ENTITIES
from schema.entities.person import Person
from schema.entity import Entity

PAGE = Path(__file__).parents[2] / "docs" / "dictionary.md"


def test_the_committed_page_is_the_generated_one() -> None:
    assert PAGE.read_text(encoding="utf-8") == markdown()


@pytest.mark.parametrize("entity", ENTITIES, ids=lambda entity: entity.noun)
def test_every_field_has_a_row_and_a_line(entity: type[Entity]) -> None:
    page = markdown((entity,))
    assert [row["field"] for row in rows(entity)] == list(entity.describe())
    assert all(f"| `{name}` |" in page for name in entity.describe())


def test_a_row_says_type_codes_and_what_it_is_for() -> None:
    sex = next(row for row in rows(Person) if row["field"] == "sex")
    assert sex["codes"] == ["female", "male", "other", "undisclosed"]
    assert (sex["required"], sex["donor"], sex["type"]) == (True, True, "one code")
    assert sex["purpose"] == "To plan for women and men"


@pytest.mark.parametrize("entity", ENTITIES, ids=lambda entity: entity.noun)
def test_what_could_hurt_somebody_never_heads_a_donors_column(entity: type[Entity]) -> None:
    assert [r for r in rows(entity) if r["donor"] and r["sensitivity"] == "severe"] == []


@pytest.mark.parametrize("entity", ENTITIES, ids=lambda entity: entity.noun)
def test_every_field_says_what_it_is_asked_for(entity: type[Entity]) -> None:
    stamped = {"withdrawn_at", "withdrawn_reason", "custom"}
    assert [r["field"] for r in rows(entity) if not r["purpose"]] == [
        name for name in entity.describe() if name in stamped
    ]
