"""Known bugs of rights: by what, and by when, an author's Unit is judged."""

from typing import Any
from unittest import mock

import sqlalchemy as sa
from flask import has_request_context

from schema import allowed
from server import ledger, loaded
from server.accounts import grants
from server.arrivals import rights
from tests.sync.known_bugs.flaw import Patches, flaw


@flaw
def judged_where_it_is_now() -> Patches:
    """R13: rights are asked for where the record is now, not where its author saw it."""

    def now(loaded: Any, record: Any, base: int) -> Any:
        there = loaded.rows.get(record.key)
        return there.bucket if there else record.bucket

    yield mock.patch.object(loaded.Loaded, "bucket_at", now)


@flaw
def grants_take_no_number() -> Patches:
    """R14: the end of a grant has the number of what went before it."""

    def unnumbered(conn: Any, *_: Any) -> int:
        return ledger.head(conn)

    yield mock.patch.object(grants.acts, "record", unnumbered)


@flaw
def rest_of_a_push_by_its_first_answer() -> Patches:
    """R15: Units saved before a laptop heard of something are judged as if it had heard."""
    begin = rights.Heard.__init__

    def all_heard(heard: Any, conn: Any, rows: Any) -> None:
        begin(heard, conn, rows)
        told = rights.told_head
        query = sa.select(told).where(told.c.device_id == rows[0]["device_id"])
        last = conn.execute(query.order_by(told.c.head.desc()).limit(1)).first()
        heard.first = rights._told(last) if last else None

    yield mock.patch.object(rights.Heard, "__init__", all_heard)
    yield mock.patch.object(rights.Heard, "before", lambda heard, n: heard.first)


@flaw
def create_cannot_correct() -> Patches:
    """R17: who may only create may not correct what has not left the laptop."""
    own = allowed._own_and_new

    def never_there(attempt: Any, record: Any, bucket: Any) -> bool:
        return not has_request_context() and own(attempt, record, bucket)

    yield mock.patch.object(allowed, "_own_and_new", never_there)
