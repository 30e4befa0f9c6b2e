"""PostgreSQL throws everybody out in the middle of a sync: it goes on, or the next one completes."""

from collections.abc import Iterator
from contextlib import nullcontext

import pytest
import sqlalchemy as sa

from field_client import sync
from schema import points
from schema.problems import Unreachable
from server.db import db as engine_of
from tests.conftest import Hit
from tests.databases import Databases
from tests.faults import checks
from tests.faults.two_officers import OUTCOMES, TwoOfficers
from tests.field_client.registry import Registry, serving

# A transaction under way is lost with its session; between two of them nobody notices.
UNDER_WAY = ("while receiving", "while applying a chunk", "before commit")


@pytest.fixture(scope="module")
def served(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Registry]:
    """A registry on PostgreSQL: SQLite is in the registry's own process, which is killed elsewhere."""
    folder = tmp_path_factory.mktemp("postgresql")
    with (
        databases.fresh("postgresql", migrated=True, folder=folder) as url,
        serving(url, folder) as registry,
    ):
        yield registry


@pytest.fixture(scope="module")
def officers(served: Registry) -> TwoOfficers:
    """Awa and Idriss."""
    return TwoOfficers.of(served)


def throw_all_out(registry: Registry) -> None:
    """End every session with this database but the one that asks for it."""
    config = registry.app.extensions["ddr_config"]
    engine = sa.create_engine(config.database_url, poolclass=sa.NullPool)
    with engine.connect() as conn:
        others = "datname = current_database() AND pid <> pg_backend_pid()"
        conn.exec_driver_sql(
            f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE {others}"
        )


@pytest.mark.parametrize("point", points.SERVER)
def test_a_registry_whose_database_throws_it_out_loses_nothing_and_does_nothing_twice(
    served: Registry, officers: TwoOfficers, hit: Hit, point: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    units, left = officers.disagree(), [point]
    monkeypatch.setitem(points._acts, point, lambda: left and left.pop() and throw_all_out(served))
    with pytest.raises(Unreachable) if point in UNDER_WAY else nullcontext():
        sync.run(officers.awa)
    assert left == []
    hit(f"PostgreSQL gone {point}")
    with served.app.app_context():
        engine_of.engine.dispose()
    sync.run(officers.awa)
    assert checks.outcomes(served, units) == OUTCOMES
    checks.all_is_well(served, officers.awa)
