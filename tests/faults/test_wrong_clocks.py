"""A laptop's clock is ten years out: nothing depends on it, and what it says is shown with a word of doubt."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from field_client import moments, sync
from field_client.store import acts, rows, saving
from schema.entities import BY_NOUN
from schema.fields import Number
from server import accounts
from server.db import reading
from server.loaded import record_of
from server.pages.told import told
from server.registry.records import get
from server.registry.timeline import timeline
from server.tables import table_of
from tests.conftest import FreshDatabase
from tests.faults import checks
from tests.faults.two_officers import OUTCOMES, TwoOfficers, said
from tests.field_client.registry import ADDRESS, Registry, serving

YEARS = timedelta(days=3652)
AHEAD = "by a clock that was ahead"


@contextmanager
def clock(shift: timedelta) -> Iterator[None]:
    """All laptops of this process, so far out."""

    class Shifted(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Shifted":
            return cls.fromtimestamp((datetime.now(UTC) + shift).timestamp(), tz)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(moments, "datetime", Shifted)
        yield


def after_work(registry: Registry, shift: timedelta) -> list[Any]:
    """What a registry holds when two officers with such clocks have worked: no ids, no shown times."""
    with clock(shift):
        officers = TwoOfficers.of(registry)
        units = officers.disagree()
        for laptop in (officers.awa, officers.idriss):
            sync.run(laptop)
        checks.all_is_well(registry, officers.awa)
    assert checks.outcomes(registry, units) == OUTCOMES
    with registry.app.app_context(), reading() as conn:
        return sorted(
            (noun, sorted(_timeless(noun, record_of(noun, row).values)))
            for noun in BY_NOUN
            for row in conn.execute(sa.select(table_of(noun))).mappings()
        )


def _timeless(noun: str, values: Any) -> list[tuple[str, str]]:
    fields = BY_NOUN[noun].describe()
    numbers = {name for name, field in fields.items() if isinstance(field, Number)}
    made = numbers | {*BY_NOUN[noun].refs(), "source"}
    return [
        (name, str(value))
        for name, value in values.items()
        if name not in made and not name.endswith(("_at", "_author"))
    ]


def origins(registry: Registry) -> list[str]:
    """Where each change of a person came from, as a timeline says it."""
    with registry.app.test_request_context("/"), reading() as conn:
        sight = accounts.sight_of(conn, accounts.find(conn, ADDRESS.format("awa"))["id"])
        ids = conn.execute(sa.select(table_of("person").c.id)).scalars()
        records = [get(conn, sight, "person", record_id) for record_id in ids]
        past, _ = timeline(conn, sight, records)
        return [event.origin for _, events in told(past, {}) for event in events]


def test_clocks_that_are_ten_years_out_change_nothing_but_the_times_that_are_shown(
    fresh_database: FreshDatabase, tmp_path: Path
) -> None:
    found, told_of = [], []
    for name, shift in (("past", -YEARS), ("now", timedelta()), ("future", YEARS)):
        folder = tmp_path / name
        folder.mkdir()
        with serving(fresh_database("sqlite"), folder) as registry:
            found.append(after_work(registry, shift))
            told_of.append({AHEAD in origin for origin in origins(registry)})
    assert found[0] == found[1] == found[2]
    assert told_of == [{False}, {False}, {True}]


def test_a_clock_that_starts_again_takes_no_adult_for_a_child(
    fresh_database: FreshDatabase, tmp_path: Path
) -> None:
    with serving(fresh_database("sqlite"), tmp_path) as registry:
        awa = registry.laptop("awa")
        sync.run(awa)
        with clock(-3 * YEARS):
            with awa.opened() as db:
                saving.save(db, [acts.create("person", said("Fatou"))])
                assert rows.one(db, "SELECT compartment FROM person") == "case"
            sync.run(awa)
        with registry.app.app_context(), reading() as conn:
            query = sa.select(table_of("person").c.compartment)
            assert conn.execute(query).scalars().all() == ["case"]
