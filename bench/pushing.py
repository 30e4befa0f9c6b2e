"""A push of 1,000 edits, half of them on a changed base: the server's processor time beside the bare writes."""

import os
from collections.abc import Iterator, Sequence
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
from schema.ids import derived_id
from server import bulk, stored
from server.arrivals.tables import arrival
from server.db import writing
from server.tables import entry, history, name_token, table_of

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
                "push of 1,000 edits, server CPU beside the bare statements of the same rows",
                engine,
                ours / bare,
                8,
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
    """The statements of the same rows in one transaction, with nothing decided."""
    mark = -(repeat + 1) * EDITS
    ids = [laptops.person_id(number) for number in range(EDITS)]
    with writing() as conn:
        here = [bulk.encoded_id(conn, record_id) for record_id in ids]
        assert len(bulk.select_rows(conn, table_of("person"), PERSON, "id", ids)) == EDITS
        _write_arrivals(conn, repeat, here)
        columns = ("id", "ver", "fver", "alias")
        rows = [(i, n, FVER, f"B{repeat}") for n, i in enumerate(here)]
        bulk.update_rows(conn, table_of("person"), columns, rows)
        bulk.insert_rows(conn, history, HISTORY, [_line(mark + n, i) for n, i in enumerate(here)])
        tokens = [(i, f"b{repeat}", "s", "case") for i in here]
        bulk.delete_rows(conn, name_token, TOKEN[:2], [row[:2] for row in tokens])
        bulk.insert_rows(conn, name_token, TOKEN, tokens)
        places = [(1, 6, i, mark + n, False, n) for n, i in enumerate(here)]
        bulk.upsert_rows(conn, entry, ENTRY, ENTRY[:3], places)


PERSON = stored.columns_of("person")
HISTORY = ("seq", "commit_no", "entity", "record_id", "scope", "compartment", "chain", "author", "by",
           "payload", "salt", "digest")  # fmt: skip
TOKEN = ("person_id", "token", "scope", "compartment")
ENTRY = ("bucket_id", "entity", "record_id", "seq", "removed", "hash")
FVER = '{"alias":[17592186048921,"d:018f0000-0000-7000-8000-000000000000/1",1]}'


def _line(seq: int, record_id: str) -> bulk.Row:
    said = ("person", record_id, "s", "case", "bare", "", "")
    return (seq, 0, *said, "x" * 300, os.urandom(16), os.urandom(32))


def _write_arrivals(conn: sa.Connection, repeat: int, units: Sequence[str]) -> None:
    """Each Unit as it came, and then what became of it."""
    chain = f"bare/{repeat}"
    text = "x" * 350
    unit = [bulk.encoded_id(conn, derived_id("bare", repeat, one)) for one in units]
    came = [
        (chain, str(n), n, i, True, "p" * 32, "h" * 32, text, AT, "direct", 1, 0, "", "", "[]")
        for n, i in enumerate(unit)
    ]
    bulk.insert_rows(conn, arrival, CAME, came)
    became = [(chain, str(n), "applied", n, n) for n, _ in enumerate(unit)]
    bulk.update_rows(conn, arrival, BECAME, became, keys=2)


AT = "2026-11-22T09:00:00.000000Z"
CAME = ("chain", "key", "n", "unit_id", "acting", "prev", "hash", "payload", "received_at", "via",
        "attempts", "seq", "reason", "sentence", "missing")  # fmt: skip
BECAME = ("chain", "key", "outcome", "seq", "position")
