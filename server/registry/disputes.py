"""Disputes as people look at them: the open ones, oldest first, and one with both its values."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa

from schema.parts import names_in
from schema.policy import Sight
from schema.record import Key, Record
from server.loaded import record_of
from server.registry import records
from server.registry.labels import Labels, labels, named
from server.registry.lanes import inside, lanes, may, visible
from server.registry.paging import Page, Turn, Walk, counted, cut, walk
from server.tables import commit_row, history, table_of

dispute = table_of("dispute")
OPEN = dispute.c.state == "open"


@dataclass(frozen=True)
class Subject:
    """Whom or what a record is about: words to show, and the case to go to, if there is one."""

    words: str
    case_id: str = ""


@dataclass(frozen=True)
class DisputeLine:
    """One open dispute in a list. since: when it arose."""

    dispute: Record
    subject: Subject
    since: str


@dataclass(frozen=True)
class DisputePage:
    """One dispute, its record as it stands, and the other open disputes on that record.

    arrived: when what has this change number came. may_settle: whether this reader may choose.
    """

    dispute: Record
    record: Record
    subject: Subject
    others: tuple[Record, ...]
    may_settle: bool
    labels: Labels
    arrived: Mapping[int, str] = field(default_factory=dict)


def disputes(conn: sa.Connection, sight: Sight, turn: Turn) -> Page[DisputeLine]:
    """A page of the open disputes somebody may see, oldest first."""
    chosen = lanes(sight, "dispute")
    path = Walk(dispute, (dispute.c.first, dispute.c.id), falling=False, where=(OPEN,))
    at = None
    if turn.key:
        there = sa.select(*path.columns).where(dispute.c.id == turn.key, inside(dispute, chosen))
        at = conn.execute(there).first()
    ids = [str(row[1]) for row in walk(conn, path.turned(turn, tuple(at) if at else None), chosen)]
    page = cut(ids, turn, count(conn, sight), str)
    return page.of(_lines(conn, sight, page.rows))


def count(conn: sa.Connection, sight: Sight) -> int:
    """How many open disputes somebody may see, counted as lists count."""
    query = sa.select(sa.literal(1)).where(OPEN, visible(dispute, sight, "dispute"))
    return counted(conn, query)


def get(conn: sa.Connection, sight: Sight, dispute_id: str) -> DisputePage:
    """One dispute, open or settled. Raises NotFound."""
    found = records.get(conn, sight, "dispute", dispute_id)
    key = (str(found.get("entity")), str(found.get("record_id")))
    record = records.get(conn, sight, *key)
    parts = names_in(found.get("side") or {})
    numbers = [found.first, found.ver, *(record.version_of(name)[0] for name in parts)]
    values = [{**record.values, **(found.get(at) or {})} for at in ("before", "inforce", "side")]
    shown = [Record(record.entity, record.id, said) for said in [record.values, *values]]
    return DisputePage(
        found,
        record,
        subjects(conn, sight, [key]).get(key, Subject("")),
        tuple(_others(conn, found)),
        may(sight, "change", record),
        labels(conn, sight, shown),
        arrived(conn, numbers),
    )


def _others(conn: sa.Connection, found: Record) -> list[Record]:
    mine = sa.select(dispute).where(
        dispute.c.record_id == found.get("record_id"),
        dispute.c.entity == found.get("entity"),
        OPEN,
        dispute.c.id != found.id,
    )
    rows = conn.execute(mine.order_by(dispute.c.first, dispute.c.id)).mappings()
    return [record_of("dispute", row) for row in rows]


def _lines(conn: sa.Connection, sight: Sight, ids: Sequence[str]) -> list[DisputeLine]:
    rows = conn.execute(sa.select(dispute).where(dispute.c.id.in_(ids))).mappings()
    found = {row["id"]: record_of("dispute", row) for row in rows}
    keys = {i: (str(d.get("entity")), str(d.get("record_id"))) for i, d in found.items()}
    about = subjects(conn, sight, keys.values())
    since = arrived(conn, [d.first for d in found.values()])
    return [
        DisputeLine(found[i], about.get(keys[i], Subject("")), since.get(found[i].first, ""))
        for i in ids
    ]


def arrived(conn: sa.Connection, numbers: Iterable[int]) -> dict[int, str]:
    """When what has these change numbers came."""
    query = sa.select(history.c.seq, commit_row.c.at)
    query = query.join(commit_row, commit_row.c.no == history.c.commit_no)
    found = conn.execute(query.where(history.c.seq.in_(sorted(set(numbers)))))
    return {row.seq: row.at for row in found}


def subjects(conn: sa.Connection, sight: Sight, keys: Iterable[Key]) -> dict[Key, Subject]:
    """Whom or what these records are about: their person where they have a case."""
    wanted: dict[str, list[str]] = {}
    for noun, record_id in keys:
        wanted.setdefault(noun, []).append(record_id)
    found: dict[Key, Subject] = {}
    for noun in sorted(wanted):
        if "case_id" in table_of(noun).c and noun != "weapon":
            found |= _of_cases(conn, sight, noun, wanted[noun])
        else:
            for record_id, words in named(conn, sight, noun, wanted[noun]).items():
                found[noun, record_id] = Subject(words, record_id if noun == "case" else "")
    return found


def _of_cases(
    conn: sa.Connection, sight: Sight, noun: str, ids: Sequence[str]
) -> dict[Key, Subject]:
    table = table_of(noun)
    query = sa.select(table.c.id, table.c.case_id).where(table.c.id.in_(ids))
    cases = {row.id: row.case_id for row in conn.execute(query)}
    words = named(conn, sight, "case", set(cases.values()))
    return {(noun, i): Subject(words.get(c, ""), c if c in words else "") for i, c in cases.items()}
