"""No rule asks for the record of an empty reference: PostgreSQL takes none for an id."""

import pytest

from schema.entities import ENTITIES
from schema.record import Record, Working
from schema.rules import findings
from tests.schema.programme import TODAY, Programme, ident

WRITTEN = [
    entity
    for entity in ENTITIES
    if entity.written_by == "people" and entity.compartment == "weapons"
]


class Strict(Programme):
    """Rows that are asked for ids alone."""

    def find(self, entity: str, record_id: str) -> Record | None:
        assert record_id, f"an empty id of a {entity}"
        return super().find(entity, record_id)


@pytest.mark.parametrize("entity", WRITTEN, ids=lambda entity: entity.noun)
@pytest.mark.parametrize("event", ["moved-out", "destroyed", "to-lot", "closed", ""])
def test_a_record_that_refers_to_nothing_is_judged(entity, event: str) -> None:
    values = {"event": event, "step": event, "criterion": "weapon", "kind": "planned"}
    record = Record(entity.noun, ident(entity.noun), values)
    work = Working(Strict())
    work.put(record)
    assert findings(record, work, TODAY) is not None
