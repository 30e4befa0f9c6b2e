"""The registry notices when it does not agree with itself: each way of tampering is found."""

import pytest
import sqlalchemy as sa

from server.db import reading, writing
from server.verify import verify
from tests.schema.programme import B, case, person, service, weapon, write
from tests.server.cast import RegistryProgramme


@pytest.fixture
def programme(cast_registry: RegistryProgramme) -> RegistryProgramme:
    """Some work of the cast: creates, a move, a dispute, a child recognised late."""
    cast_registry.arrive("awa", person("Abel"), case("Abel"), service("lesson", of="Abel"))
    base = cast_registry.n
    cast_registry.arrive("awa", person("Fatou"), case("Fatou"), weapon("rifle"))
    cast_registry.arrive("celine", write("person", "Abel", name="Abul"), base=base)
    cast_registry.arrive("awa", write("person", "Abel", name="Abil"), base=base)
    cast_registry.arrive("celine", write("case", "case of Abel", caseload_id=B))
    cast_registry.arrive("celine", write("person", "Fatou", birth_date="2012-01-01"))
    return cast_registry


def faults() -> list[str]:
    with reading() as conn:
        return verify(conn).wrong


def test_untouched_everything_agrees(programme):
    assert faults() == []


TAMPERED = {
    "a row": "UPDATE person SET name = 'somebody else'",
    "a payload": "UPDATE history SET payload = replace(payload, 'Abel', 'Abol') WHERE entity = 'person'",
    "a payload with its digest": "UPDATE history SET payload = '{\"values\":{}}', salt = NULL, digest = salt"
    " WHERE entity = 'service'",
    "a line of history": "DELETE FROM history WHERE entity = 'service'",
    "the author of a commit": "UPDATE commit_row SET actor = 'somebody else' WHERE no = 3",
    "a commit": "DELETE FROM commit_row WHERE no = 3",
    "the counter": "UPDATE sync_state SET n = n + 1",
    "a scope": "UPDATE service SET scope = 'elsewhere'",
    "an entry": "UPDATE entry SET removed = NOT removed WHERE entity = 6",
    "an entry's number": "UPDATE entry SET seq = seq + 1000000 WHERE entity = 6",
    "a second home": "INSERT INTO entry (bucket_id, entity, record_id, seq, removed)"
    " SELECT b.id, e.entity, e.record_id, 77777 + b.id * 1000 + e.entity, e.removed FROM entry e, bucket b"
    " WHERE e.entity = 13 AND b.id <> e.bucket_id AND b.id = 1",
    "an entry's hash": "UPDATE entry SET hash = hash + 1 WHERE entity = 6",
    "what a bucket comes to": "UPDATE bucket SET hash_sum = hash_sum + 1 WHERE live > 0",
    "how many a bucket holds": "UPDATE bucket SET live = live - 1 WHERE live > 0",
    "a token": "DELETE FROM name_token WHERE token = 'abul'",
}


@pytest.mark.parametrize("statement", TAMPERED.values(), ids=TAMPERED.keys())
def test_tampering_is_found(programme, statement):
    with writing() as conn:
        assert conn.execute(sa.text(statement)).rowcount > 0
    assert faults() != []
