"""The cases page with a million people beside ten thousand, and beside the same SQL and an empty template."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from flask import Flask, render_template_string

from bench.filling import RARE_GATE, caseload, fill
from bench.registries import ENGINES, app_on, database
from bench.table import Line
from bench.timing import best
from server import accounts
from server.accounts import Place
from server.actor import SYSTEM
from server.db import db, writing
from server.tables import table_of
from tests.server.desk import Desk, Visitor

FEW, MANY, TIMES = 10_000, 1_000_000, 7
SCOPES = 300
Times = dict[str, tuple[float, float]]


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
    with database(engine) as (url, folder), app_on(url, folder) as app:
        fill(people)
        return {name: _times(visitor, path) for name, visitor, path in _pages(app, people)}


def _pages(app: Flask, people: int) -> Iterator[tuple[str, Visitor, str]]:
    desk = Desk(app)
    desk.add("Celine")
    everywhere = desk.signed_in("Celine")
    yield "no filter", everywhere, "/cases"
    yield "rare gate", everywhere, f"/cases?gate={RARE_GATE}"
    yield "name prefix", everywhere, "/cases?name=hass"
    yield "one scope", _scoped(desk, "Awa", 1, people), "/cases"
    yield "300 scopes", _scoped(desk, "Bakary", SCOPES, people), "/cases"
    yield "page 1,000 by key", everywhere, f"/cases?after={_key(1000, people)}"


def _key(page: int, people: int) -> str:
    """The key at which a page begins; in a small registry, one that is as deep as it goes."""
    place = min(page * 50, people - 100)
    case = table_of("case")
    with db.engine.connect() as conn:
        return str(
            conn.execute(
                sa.select(case.c.id).order_by(case.c.id.desc()).offset(place).limit(1)
            ).scalar()
        )


def _scoped(desk: Desk, name: str, count: int, people: int) -> Visitor:
    """An officer of so many caseloads (a small registry has fewer, of the same size)."""
    there = range(min(count, people // 300))
    account = desk.add(name, Place("scope", caseload(0)))
    with writing() as conn:
        for number in list(there)[1:]:
            accounts.grant(conn, SYSTEM, account, "field-officer", Place("scope", caseload(number)))
    return desk.signed_in(name)


def _times(visitor: Visitor, path: str) -> tuple[float, float]:
    answer = visitor.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    with _statements() as said:
        visitor.get(path)
    seconds = best(TIMES, lambda: visitor.get(path))
    return seconds, best(TIMES, lambda: _bare(said))


@contextmanager
def _statements() -> Iterator[list[tuple[str, object]]]:
    said: list[tuple[str, object]] = []

    def note(_conn: object, _cursor: object, sql: str, parameters: object, *_rest: object) -> None:
        if sql.lstrip().upper().startswith(("SELECT", "WITH")):
            said.append((sql, parameters))

    sa.event.listen(db.engine, "before_cursor_execute", note)
    yield said
    sa.event.remove(db.engine, "before_cursor_execute", note)


def _bare(said: list[tuple[str, object]]) -> None:
    with db.engine.connect() as conn:
        for sql, parameters in said:
            conn.exec_driver_sql(sql, parameters).all()  # type: ignore[arg-type]
    render_template_string("{% extends 'layout.html' %}")
