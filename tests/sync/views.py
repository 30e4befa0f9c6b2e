"""What somebody has before them when they act: a laptop's store, or the registry's pages."""

from typing import Any, Protocol

from sqlite_utils import Database

from field_client.store import acts as laptop_acts
from field_client.store import facts
from field_client.store import rows as laptop_rows
from schema.change import SET, SETTLE, Change
from schema.entities import entity_of
from schema.ids import new_number
from schema.policy import PROGRAMME, Sight
from tests.sync.registry import Registry

Row = dict[str, Any]


class View(Protocol):
    """Rows as they are shown, what may be done where, and changes made on them."""

    who: str

    def rows(self, noun: str) -> dict[str, Row]:
        """The records of a noun that are shown, by id."""

    def scopes(self, verb: str, compartment: str) -> list[str]:
        """Where this may be done, in a settled order."""

    def create(self, noun: str, values: Row) -> Change:
        """A new record."""

    def change(self, noun: str, record_id: str, values: Row) -> Change | None:
        """New values, None when they say nothing new."""

    def settle(self, dispute: Row, value: Row, inforce: Row) -> Change:
        """A choice between two values."""


class LaptopView:
    """The store of a laptop."""

    def __init__(self, who: str, db: Database) -> None:
        self.who, self.db = who, db

    def rows(self, noun: str) -> dict[str, Row]:
        return {row["id"]: row for row in laptop_rows.fetch_where(self.db, noun, "1")}

    def scopes(self, verb: str, compartment: str) -> list[str]:
        return sorted(facts.Rights(self.db).scopes(verb, compartment))

    def create(self, noun: str, values: Row) -> Change:
        return laptop_acts.create(noun, values)

    def change(self, noun: str, record_id: str, values: Row) -> Change | None:
        return laptop_acts.change(self.db, noun, record_id, values)

    def settle(self, dispute: Row, value: Row, inforce: Row) -> Change:
        return laptop_acts.settle(self.db, dispute["id"], value, "Asked them")


class DeskView:
    """The registry's pages, as far as somebody may read."""

    def __init__(self, who: str, registry: Registry, sight: Sight) -> None:
        self.who, self.registry, self.sight = who, registry, sight
        self.readable = registry.readable(who)

    def rows(self, noun: str) -> dict[str, Row]:
        return {
            record_id: row
            for record_id, row in self.registry.rows(noun).items()
            if (row["compartment"], row["scope"]) in self.readable
        }

    def scopes(self, verb: str, compartment: str) -> list[str]:
        noun = "store" if compartment == "weapons" else "caseload"
        places = sorted(self.registry.rows(noun))
        return [one for one in places if self.sight.may(verb, compartment, one)]

    def create(self, noun: str, values: Row) -> Change:
        change = laptop_acts.create(noun, {n: v for n, v in values.items() if n != "number"})
        return change if noun != "person" else _numbered(change)

    def change(self, noun: str, record_id: str, values: Row) -> Change | None:
        row = self.rows(noun)[record_id]
        said = {name: value for name, value in values.items() if value != row[name]}
        groups = entity_of(noun).groups()
        old = {name: row[name] for one in said for name in groups[one]}
        return Change(SET, noun, record_id, said, old) if said else None

    def settle(self, dispute: Row, value: Row, inforce: Row) -> Change:
        said = {"value": value, "inforce": inforce, "side": dispute["side"], "reason": "Decided"}
        return Change(SETTLE, "dispute", dispute["id"], said)


def _numbered(change: Change) -> Change:
    return Change(
        change.verb, change.entity, change.record, {**change.values, "number": new_number()}
    )


__all__ = ["PROGRAMME", "DeskView", "LaptopView", "Row", "View"]
