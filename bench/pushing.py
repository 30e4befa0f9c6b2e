"""A push of 1,000 edits, half of them on a changed base: the server's processor time beside the bare writes."""

import os
from collections.abc import Iterator
from functools import partial

import sqlalchemy as sa

from bench import laptops
from bench.registries import ENGINES, app_on, cpu_of, database, served
from bench.table import Line
from bench.timing import cpu
from field_client import sync
from field_client.home import Unlocked
from field_client.store import acts, facts, saving
from schema.change import Change
from server import bulk
from server.db import writing
from server.tables import entry, history, table_of

EDITS = 1_000


def lines() -> Iterator[Line]:
    """The ratio on both engines."""
    for engine in ENGINES:
        with database(engine) as (url, folder):
            with app_on(url, folder):
                laptops.people(EDITS)
                one_time = laptops.code()
            with served(url, folder) as (address, pid):
                unlocked = laptops.enrolled(folder, address, one_time)
                sync.run(unlocked)
                _edit(unlocked)
                with app_on(url, folder):
                    _edit_at_the_registry()
                before = cpu_of(pid)
                done = sync.run(unlocked)
                ours = cpu_of(pid) - before
            with app_on(url, folder):
                bare = min(cpu(partial(_bare, repeat)) for repeat in range(3))
            figures = f"{ours:.2f} s for {done.sent:,} Units ({done.disputed} disputed), bare {bare:.3f} s"
            yield Line(
                "push of 1,000 edits, server CPU beside bare writes",
                engine,
                ours / bare,
                20,
                figures,
            )


def _edit(unlocked: Unlocked) -> None:
    with unlocked.opened() as db:
        for number in range(EDITS):
            person = laptops.person_id(number)
            seen = {"alias": None}
            change = acts.change(
                db, "person", person, {"alias": f"A{number}"}, seen, facts.base(db)
            )
            assert change is not None
            saving.save(db, [change])


def _edit_at_the_registry() -> None:
    laptops.write(
        [
            (
                f"e{n}",
                (
                    Change(
                        "set",
                        "person",
                        laptops.person_id(n),
                        {"father_name": "F"},
                        {"father_name": None},
                    ),
                ),
            )
            for n in range(0, EDITS, 2)
        ]
    )


def _bare(repeat: int) -> None:
    """The same rows, history and entries in one transaction, with nothing decided."""
    person = table_of("person")
    mark = -(repeat + 1) * EDITS
    with writing() as conn:
        ids = [laptops.person_id(number) for number in range(EDITS)]
        rows = conn.execute(sa.select(person).where(person.c.id.in_(ids))).all()
        stored = [bulk.encoded_id(conn, record_id) for record_id in ids]
        bulk.update_rows(
            conn, person, ("id", "alias", "ver"), [(i, "B", n) for n, i in enumerate(stored)]
        )
        columns = ("seq", "commit_no", "entity", "record_id", "scope", "compartment", "chain", "author", "by",
                   "payload", "salt", "digest")  # fmt: skip
        lines = [
            (
                mark + n,
                0,
                "person",
                i,
                "s",
                "case",
                "bare",
                "",
                "",
                "x" * 300,
                os.urandom(16),
                os.urandom(32),
            )
            for n, i in enumerate(stored)
        ]
        bulk.insert_rows(conn, history, columns, lines)
        places = [(1, 6, i, mark + n, False) for n, i in enumerate(stored)]
        keys = ("bucket_id", "entity", "record_id", "seq", "removed")
        bulk.upsert_rows(conn, entry, keys, keys[:3], places)
        assert len(rows) == EDITS
