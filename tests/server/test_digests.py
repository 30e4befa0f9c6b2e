"""Every entry carries the hash of what it says, and every bucket the sum of its entries."""

from importlib import import_module

import pytest
import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations

from schema.digest import entry_hash
from server import digests
from server.db import reading, writing
from server.tables import entry
from server.verify import verify
from tests.schema.programme import B, case, create, ident, person, service, weapon, write
from tests.server.cast import RegistryProgramme


@pytest.fixture
def programme(cast_registry: RegistryProgramme) -> RegistryProgramme:
    """Work that makes every kind of record and of value: extra, custom, flags, disputes, a move."""
    cast_registry.arrive("awa", person("Abel", shoe_size=42, custom={"b": [1, 2.5], "a": None}))
    base = cast_registry.n
    cast_registry.arrive("awa", case("Abel"), service("lesson", of="Abel"), weapon("rifle"))
    cast_registry.arrive("celine", write("person", "Abel", name="Abél"), base=base)
    cast_registry.arrive("awa", write("person", "Abel", name="Abil"), base=base)
    cast_registry.arrive(
        "awa", person("Fatou", birth_date="2012-01-01", birth_date_precision="year")
    )
    passed = {"case_id": ident("case of Abel"), "gate": "registered", "date": "2026-10-01"}
    cast_registry.arrive("awa", create("gate_event", "passed", **passed))
    cast_registry.arrive("celine", write("case", "case of Abel", caseload_id=B))
    return cast_registry


def hash_of(noun: str, name: str) -> list[int]:
    with reading() as conn:
        query = sa.select(entry.c.hash).where(entry.c.record_id == ident(name), ~entry.c.removed)
        return list(conn.execute(query).scalars())


def test_an_entry_carries_the_hash_of_its_record(programme):
    abel = programme.rows["person", ident("Abel")]
    assert hash_of("person", "Abel") == [entry_hash(abel)]
    assert abel.values["custom"]
    assert programme.rows["case", ident("case of Abel")].gate == "registered"
    assert abel.extra == {"shoe_size": 42}


def test_a_bucket_comes_to_the_sum_of_its_entries_after_every_kind_of_change(programme):
    with reading() as conn:
        assert digests.kept(conn) == {
            **dict.fromkeys(digests.kept(conn), (0, 0)),
            **digests.summed(conn),
        }


def test_what_has_left_counts_for_nothing(programme):
    with reading() as conn:
        left = conn.execute(sa.select(entry.c.hash).where(entry.c.removed)).scalars().all()
    assert set(left) == {0}


def test_a_database_of_the_release_before_gets_its_hashes(programme):
    with reading() as conn:
        before = digests.kept(conn)
    step = import_module("migrations.versions.0007_entry_hashes")
    with writing() as conn:
        conn.execute(sa.text("ALTER TABLE entry DROP COLUMN hash"))
        for name in ("live", "hash_sum"):
            conn.execute(sa.text(f"ALTER TABLE bucket DROP COLUMN {name}"))
        with Operations.context(MigrationContext.configure(conn)):
            step.upgrade()
    with reading() as conn:
        assert digests.kept(conn) == before
        assert verify(conn).wrong == []
