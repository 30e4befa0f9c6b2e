"""The list of cases: filters, search, pages by key and an honest count."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

import sqlalchemy as sa

from schema.policy import Sight
from schema.record import Record
from server.loaded import record_of
from server.registry import search
from server.registry.labels import Labels, labels
from server.registry.lanes import Clause, Unled, inside, lanes, may
from server.registry.marks import Marks, marks_of
from server.registry.paging import COUNTED, Page, Turn, Walk, counted, cut, walk
from server.registry.places import below
from server.registry.sought import Sought
from server.tables import table_of

case = table_of("case")
person = table_of("person")


@dataclass(frozen=True)
class CaseFilter:
    """What narrows the list; empty is everything. caseload and area are ids, the others codes."""

    caseload: str = ""
    area: str = ""
    gate: str = ""
    process: str = ""
    category: str = ""
    sex: str = ""

    @property
    def chosen(self) -> dict[str, str]:
        """What is narrowed, by name."""
        pairs = ((field.name, getattr(self, field.name)) for field in fields(self))
        return {name: value for name, value in pairs if value}


@dataclass(frozen=True)
class CaseLine:
    """One row: somebody with a case; who was searched for may have none yet."""

    person: Record | None
    case: Record | None
    marks: frozenset[str] = frozenset()


@dataclass(frozen=True)
class CaseList:
    """A page of cases and what its references are called."""

    page: Page[CaseLine]
    labels: Labels


def cases(
    conn: sa.Connection, sight: Sight, asked: CaseFilter, turn: Turn, sought: Sought | None = None
) -> CaseList:
    """A page of the cases somebody may read: newest first, or by name where a name was sought."""
    if sought is None:
        return _newest(conn, sight, asked, turn)
    return _sought(conn, sight, asked, turn, sought)


def _newest(conn: sa.Connection, sight: Sight, asked: CaseFilter, turn: Turn) -> CaseList:
    chosen = lanes(sight, "case", within=[asked.caseload] if asked.caseload else None)
    where = (*_of_case(asked), *_of_person(asked))
    at = (turn.key,) if turn.key else None
    path = Walk(case, (case.c.id,), falling=True, where=where).turned(turn, at)
    ids = [str(row[0]) for row in walk(conn, path, chosen)]
    query = sa.select(sa.literal(1)).select_from(case).where(inside(case, chosen), *where)
    page = cut(ids, turn, counted(conn, query) if chosen else 0, str)
    found = _records(conn, "case", case.c.id.in_(page.rows))
    people = _records(conn, "person", person.c.id.in_([c.get("person_id") for c in found.values()]))
    pairs = [(people.get(c.get("person_id")), c) for c in (found[i] for i in page.rows)]
    return _listed(conn, sight, page, pairs)


def _sought(
    conn: sa.Connection, sight: Sight, asked: CaseFilter, turn: Turn, sought: Sought
) -> CaseList:
    """People who fit, each with the newest of their cases that fits."""
    page = _people(conn, sight, asked, turn, sought)
    people = _records(conn, "person", person.c.id.in_(page.rows))
    theirs = _records(conn, "case", case.c.person_id.in_(page.rows), *_of_case(asked))
    newest = {
        c.get("person_id"): c
        for _, c in sorted(theirs.items())
        if may(sight, "read", c) and asked.caseload in ("", c.scope)
    }
    return _listed(conn, sight, page, [(people[i], newest.get(i)) for i in page.rows])


def _people(
    conn: sa.Connection, sight: Sight, asked: CaseFilter, turn: Turn, sought: Sought
) -> Page[str]:
    """Ids of the people who fit; the few whose cases fit lead, where they are few."""
    where: list[Clause] = [person.c.sex == asked.sex] if asked.sex else []
    if not set(asked.chosen) - {"sex"}:
        return search.people(conn, sight, sought, turn, where)
    if sought.words and not sought.year:
        few = _few(conn, sight, asked)
        if len(few) <= COUNTED:
            return search.among(conn, sight, sought, turn, few)
    where.append(sa.exists().where(case.c.person_id == person.c.id, *_fitting(sight, asked)))
    return search.people(conn, sight, sought, turn, where)


def _few(conn: sa.Connection, sight: Sight, asked: CaseFilter) -> list[str]:
    """The people whose cases fit the filters, as far as lists count."""
    chosen = lanes(sight, "case", within=[asked.caseload] if asked.caseload else None)
    where = (inside(case, chosen), *_of_case(asked), *_of_person(asked))
    query = sa.select(case.c.person_id).where(*where).limit(COUNTED + 1)
    return list(conn.execute(query).scalars())


def _fitting(sight: Sight, asked: CaseFilter) -> list[Clause]:
    """A case of one person that fits. The person leads: the other columns are kept from their indexes."""
    buckets = inside(Unled(case), lanes(sight, "case"))
    mine = [case.c.scope.concat("") == asked.caseload] if asked.caseload else []
    return [*_of_case(asked), *mine, buckets]


def _listed(
    conn: sa.Connection,
    sight: Sight,
    page: Page[str],
    pairs: Sequence[tuple[Record | None, Record | None]],
) -> CaseList:
    shown = [record for pair in pairs for record in pair if record]
    marks = marks_of(conn, [record.key for record in shown])
    lines = [CaseLine(who, what, _together(marks, who, what)) for who, what in pairs]
    words = labels(conn, sight, [c for _, c in pairs if c], "caseload", "area")
    return CaseList(page.of(lines), words)


def _together(marks: Marks, *records: Record | None) -> frozenset[str]:
    none: frozenset[str] = frozenset()
    return none.union(*(marks.get(record.id, none) for record in records if record))


def _of_case(asked: CaseFilter) -> list[Clause]:
    named = {"gate": asked.gate, "process": asked.process, "category": asked.category}
    clauses: list[Clause] = [case.c[name] == value for name, value in named.items() if value]
    if asked.area:
        clauses.append(case.c.area_id.in_(below(asked.area)))
    return clauses


def _of_person(asked: CaseFilter) -> list[Clause]:
    if not asked.sex:
        return []
    return [sa.exists().where(person.c.id == case.c.person_id, person.c.sex == asked.sex)]


def _records(conn: sa.Connection, noun: str, *where: Clause) -> Mapping[str, Record]:
    rows = conn.execute(sa.select(table_of(noun)).where(*where)).mappings()
    return {row["id"]: record_of(noun, row) for row in rows}
