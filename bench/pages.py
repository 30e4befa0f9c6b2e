"""The cases page with a million people beside ten thousand, and beside the same SQL and an empty template."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from flask import Flask, render_template_string

from bench.filling import RARE_GATE, caseload, fill
from bench.registries import ENGINES, app_on, database, make_app
from bench.table import Line
from bench.timing import best
from server import accounts
from server.accounts import Place
from server.actor import SYSTEM
from server.db import db, reading, writing
from server.tables import table_of
from tests.server.desk import Desk, Visitor

FEW, MANY, TIMES = 10_000, 1_000_000, 7
SCOPES = 300
Times = dict[str, tuple[float, float]]
Statements = list[tuple[str, Any]]


def lines() -> Iterator[Line]:
    """Each kind of page on both engines."""
    for engine in ENGINES:
        few, many = _measured(engine, FEW), _measured(engine, MANY)
        for name, (page, bare) in many.items():
            figures = f"{page * 1000:.1f} ms with {MANY:,} people, {few[name][0] * 1000:.1f} ms with {FEW:,}"
            yield Line(f"cases page, {name}", engine, page / few[name][0], 1.3, figures)
            figures = f"its SQL bare and an empty template {bare * 1000:.1f} ms"
            yield Line(f"cases page, {name}, beside its SQL", engine, page / bare, 3, figures)


def _measured(engine: str, people: int) -> Times:
    with database(engine) as (url, folder):
        with app_on(url, folder):
            fill(people)
        # Requests run outside any context, as in a server: one would share what it remembers with them.
        app = make_app(url, folder)
        measured = {name: _times(app, visitor, path) for name, visitor, path in _pages(app, people)}
        with app.app_context():
            db.engine.dispose()
        return measured


def _pages(app: Flask, people: int) -> Iterator[tuple[str, Visitor, str]]:
    desk = Desk(app)
    desk.add("Celine")
    everywhere = desk.signed_in("Celine")
    yield "no filter", everywhere, "/cases"
    yield "rare gate", everywhere, f"/cases?gate={RARE_GATE}"
    yield "name prefix", everywhere, "/cases?name=hass"
    yield "one scope", _scoped(desk, "Awa", 1, people), "/cases"
    yield "300 scopes", _scoped(desk, "Bakary", SCOPES, people), "/cases"
    yield "page 1,000 by key", everywhere, f"/cases?after={_key(app, people)}"


def _key(app: Flask, people: int) -> str:
    """The key at which page 1,000 begins; in a small registry, one that is as deep as it goes."""
    place = min(1000 * 50, people - 100)
    case = table_of("case")
    query = sa.select(case.c.id).order_by(case.c.id.desc()).offset(place).limit(1)
    with app.app_context(), reading() as conn:
        return str(conn.execute(query).scalar())


def _scoped(desk: Desk, name: str, count: int, people: int) -> Visitor:
    """An officer of so many caseloads (a small registry has fewer, of the same size)."""
    there = range(min(count, people // 300))
    account = desk.add(name, Place("scope", caseload(0)))
    with desk.app.app_context(), writing() as conn:
        for number in list(there)[1:]:
            accounts.grant(conn, SYSTEM, account, "field-officer", Place("scope", caseload(number)))
    return desk.signed_in(name)


def _times(app: Flask, visitor: Visitor, path: str) -> tuple[float, float]:
    """Seconds of the page, and of its SQL run bare with an empty template."""
    answer = visitor.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    with _statements(app) as said:
        visitor.get(path)
    seconds = best(TIMES, lambda: visitor.get(path))
    with app.test_request_context(path):
        return seconds, best(TIMES, lambda: _bare(said))


@contextmanager
def _statements(app: Flask) -> Iterator[Statements]:
    said: Statements = []

    def note(_conn: object, _cursor: object, sql: str, parameters: Any, *_rest: object) -> None:
        if sql.lstrip().upper().startswith(("SELECT", "WITH")):
            said.append((sql, parameters))

    with app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", note)
    yield said
    sa.event.remove(engine, "before_cursor_execute", note)


def _bare(said: Statements) -> None:
    with reading() as conn:
        for sql, parameters in said:
            conn.exec_driver_sql(sql, parameters).all()
    render_template_string("")
