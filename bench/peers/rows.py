"""The same rows and the same edits for both sides: people of the benchmarks, as changes and as documents."""

from collections.abc import Iterable
from typing import Any

from bench import laptops

EDITS = 1_000
NOTE = ", and since the rains only through the sister at the mill"
Edit = dict[str, str]


def documents(people: int) -> list[dict[str, Any]]:
    """A document for each record of so many people."""
    made = [change for number in range(people) for change in laptops.recorded(number)]
    return [{"_id": change.record, "entity": change.entity, **change.values} for change in made]


def on_laptop(number: int) -> Edit:
    """What the officer writes of a person: two fields, and every other time a longer note."""
    longer = {"safe_contact": laptops.SAFE_CONTACT + NOTE} if number % 2 else {}
    return {"alias": f"Alias {number}", "phone": f"+111 {number:07}", **longer}


def at_registry(number: int) -> Edit:
    """What is written of a person elsewhere meanwhile."""
    return {"father_name": f"Father {number}", "mother_name": f"Mother of {number}"}


def pushed(edits: int) -> range:
    """The people the laptop edits; every other one was changed elsewhere first."""
    return range(edits)


def changed_base(edits: int) -> range:
    """Those of them who were changed elsewhere."""
    return range(0, edits, 2)


def pulled(edits: int) -> range:
    """The people edited elsewhere, for the laptop to fetch."""
    return range(edits, 2 * edits)


def by_id(numbers: Iterable[int], edit: Any) -> dict[str, Edit]:
    """Edits as the peer takes them."""
    return {laptops.person_id(number): edit(number) for number in numbers}
