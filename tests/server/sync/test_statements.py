"""A push takes so many statements for each chunk of Units, however many Units there are in it."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from schema.change import Change
from server.db import db
from tests.schema.programme import case, person, service, write
from tests.server.sync.laptop import Laptop

FEW, MANY = 20, 90


@contextmanager
def counted(laptop: Laptop) -> Iterator[list[str]]:
    """The statements that the registry sends to its database meanwhile."""
    sent: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    with laptop.app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)


def edits(number: int) -> tuple[Change, ...]:
    """A change of one field."""
    return (write("person", f"P{number}", {"alias": None}, alias=f"Alias {number}"),)


def clashes(number: int) -> tuple[Change, ...]:
    """A change of what somebody else has changed: a dispute."""
    return (write("person", f"P{number}", {"father_name": None}, father_name=f"Father {number}"),)


def courses(number: int) -> tuple[Change, ...]:
    """Something new under a case that is there."""
    return (service(f"course {number}", of=f"P{number}"),)


def people(number: int) -> tuple[Change, ...]:
    """Somebody new."""
    return person(f"New {number}"), case(f"New {number}")


KINDS = {"edits": edits, "disputes": clashes, "courses": courses, "people": people}


@pytest.mark.parametrize("kind", KINDS)
def test_as_many_statements_for_many_units_as_for_few(awa: Laptop, kind: str) -> None:
    for number in range(FEW + MANY):
        awa.save(person(f"P{number}"), case(f"P{number}"))
    awa.sync()
    base = awa.base
    for number in range(FEW + MANY):
        awa.save(write("person", f"P{number}", {"father_name": None}, father_name="Other"))
    awa.sync()
    awa.incarnation, awa.log, awa.acked = 2, [], 0
    taken = [
        _statements(awa, kind, base, range(FEW)),
        _statements(awa, kind, base, range(FEW, FEW + MANY)),
    ]
    grown = Counter(taken[1]) - Counter(taken[0])
    assert len(taken[0]) == len(taken[1]), grown.most_common(5)
    assert len(taken[1]) < MANY


def _statements(laptop: Laptop, kind: str, base: int, numbers: range) -> list[str]:
    for number in numbers:
        laptop.save(*KINDS[kind](number), base=base)
    with counted(laptop) as sent:
        answer = laptop.ask(*laptop.unsent)
    became = {result[1] for result in answer.results.values()}
    assert became <= {"applied", "merged", "disputed"}, became
    laptop.acked = laptop.log[-1][0]
    return sent


def test_who_counts_notices_one_statement_more(awa: Laptop) -> None:
    with counted(awa) as sent, awa.app.app_context(), db.engine.connect() as conn:
        conn.execute(sa.text("SELECT 1"))
    assert "SELECT 1" in sent
