"""What reports read: the registry as it was at a change number, and the cases of some scopes.

``as_of`` turns what somebody typed into a number and the day it stands for. ``then`` reads history, so
the same number gives the same rows for ever, whatever has been changed since.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import orjson
import sqlalchemy as sa

from schema.policy import EVERYWHERE, Sight
from schema.problems import BadValue
from server import ledger, moments
from server.tables import commit_row, history, table_of

_AT_ONCE = 2000
_LONGEST_NUMBER = 16
_FIRST_DAY = date(1900, 1, 1)


@dataclass(frozen=True)
class AsOf:
    """The change number a report is made as of, and the day by which ages are told."""

    number: int
    day: date


@dataclass(frozen=True, slots=True)
class Then:
    """A record as it was."""

    id: str
    compartment: str
    values: dict[str, Any]


def as_of(conn: sa.Connection, typed: str, zone: ZoneInfo) -> AsOf:
    """What is meant: a change number, a day (its end in this zone), or, of nothing, now.

    Raises BadValue.
    """
    text, head = typed.strip(), ledger.head(conn)
    if text and not (text.isascii() and text.isdigit()):
        day = _day(text, moments.today(zone))
        return AsOf(_at_end_of(conn, day, zone), day)
    number = int(text[:_LONGEST_NUMBER]) if text else head
    at = _moment_of(conn, number)
    if text and (at is None or number > head or len(text) > _LONGEST_NUMBER):
        raise BadValue("No change has this number.", field="as_of")
    known = moments.from_text(at).astimezone(zone).date() if at else moments.today(zone)
    return AsOf(number, known)


def then(conn: sa.Connection, noun: str, number: int) -> Iterator[Then]:
    """Every record of a noun as it was at this number; what has been erased since is left out."""
    later = history.alias("later")
    newer = sa.exists().where(
        later.c.record_id == history.c.record_id,
        later.c.entity == history.c.entity,
        later.c.seq > history.c.seq,
        later.c.seq <= number,
    )
    query = sa.select(history.c.record_id, history.c.compartment, history.c.payload).where(
        history.c.entity == noun, history.c.seq <= number, ~newer, history.c.payload.is_not(None)
    )
    for record_id, compartment, payload in _streamed(conn, query.order_by(history.c.seq)):
        yield Then(record_id, compartment, orjson.loads(payload)["values"])


def case_list(conn: sa.Connection, sight: Sight) -> Iterator[tuple[Any, ...]]:
    """The cases that somebody may export, with their people; nobody of the child process.

    A row: number, name, sex, birth_date, birth_date_precision, process, category, gate,
    opened_on, caseload, area.
    """
    case, person = table_of("case").c, table_of("person").c
    caseload, area = table_of("caseload").c, table_of("area").c
    people = (person.number, person.name, person.sex, person.birth_date)
    cases = (case.process, case.category, case.gate, case.opened_on)
    joined = (
        table_of("case")
        .join(table_of("person"), person.id == case.person_id)
        .outerjoin(table_of("caseload"), caseload.id == case.caseload_id)
        .outerjoin(table_of("area"), area.id == case.area_id)
    )
    query = (
        sa.select(*people, person.birth_date_precision, *cases, caseload.code, area.pcode)
        .select_from(joined)
        .where(case.compartment == "case", person.compartment == "case")
        .where(case.withdrawn_at.is_(None), person.withdrawn_at.is_(None))
        .order_by(case.id)
    )
    scopes = sight.scopes("export", "case")
    if EVERYWHERE not in scopes:
        query = query.where(case.scope.in_(sorted(scopes)))
    yield from _streamed(conn, query)


def _streamed(conn: sa.Connection, query: sa.Select[Any]) -> Iterator[Any]:
    """Rows by a cursor of the server: memory does not grow with their number."""
    with conn.execution_options(stream_results=True, max_row_buffer=_AT_ONCE).execute(
        query
    ) as rows:
        for part in rows.partitions(_AT_ONCE):
            yield from part


def _day(text: str, today: date) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        sentence = "This must be a change number, or a date, as 2026-11-22."
        raise BadValue(sentence, field="as_of") from None
    if not _FIRST_DAY <= day <= today:
        raise BadValue("This day lies ahead, or too far back.", field="as_of")
    return day


def _at_end_of(conn: sa.Connection, day: date, zone: ZoneInfo) -> int:
    midnight = datetime.combine(day + timedelta(days=1), time(), zone)
    query = sa.select(sa.func.max(commit_row.c.last_seq))
    ended = query.where(commit_row.c.at < moments.as_text(midnight))
    return conn.execute(ended).scalar() or 0


def _moment_of(conn: sa.Connection, number: int) -> str | None:
    """When a change number was given; None when that was before the first."""
    query = sa.select(commit_row.c.at).where(commit_row.c.first_seq <= number)
    return conn.execute(query.order_by(commit_row.c.no.desc()).limit(1)).scalar()
