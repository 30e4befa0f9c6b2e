"""Ten rows of 10,000 differ on a laptop: what finding and repairing them takes over the link."""

from collections.abc import Iterator
from functools import partial

from bench import laptops
from bench.peers.cost import cost
from bench.peers.ours import edit_there
from bench.peers.relay import port_of, relaying
from bench.registries import ENGINES, app_on, database, served
from bench.table import Line
from field_client import sync
from field_client.cipher import transaction
from field_client.home import Unlocked
from schema.ids import derived_id

RECORDS, DIFFER = 10_000, 10
PEOPLE = RECORDS // laptops.EACH


def lines() -> Iterator[Line]:
    """Bytes of a repair beside those of a first sync, on both engines."""
    for engine in ENGINES:
        with database(engine) as (url, folder):
            with app_on(url, folder):
                laptops.people(PEOPLE)
                one_time = laptops.code()
            with served(url, folder) as (address, pid), relaying(port_of(address)) as relay:
                unlocked = laptops.enrolled(folder, f"http://127.0.0.1:{relay.port}", one_time)
                first = cost(partial(sync.run, unlocked), relay, pid)
                _damage(unlocked)
                with app_on(url, folder):
                    edit_there("repair", range(1))
                repair = cost(partial(sync.run, unlocked), relay, pid)
                assert repair.said.unequal == 1
                assert sync.run(unlocked).unequal == 0
        figures = f"{repair.size:,} B, first sync {first.size:,} B; aim 0.02"
        name = f"repair of {DIFFER} rows of {RECORDS:,}, bytes"
        yield Line(name, engine, repair.size / first.size, 0.05, figures)


def _damage(unlocked: Unlocked) -> None:
    """Take rows out and alter others, as no sync would."""
    with unlocked.opened() as db, transaction(db):
        for place in range(DIFFER):
            record_id = derived_id("bench", "service", place * PEOPLE // DIFFER)
            if place % 2:
                db.execute("DELETE FROM service WHERE id = ?", (record_id,))
            else:
                sql = "UPDATE service SET type = 'EDU', entry_hash = NULL WHERE id = ?"
                db.execute(sql, (record_id,))
