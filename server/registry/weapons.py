"""Weapons: the list of a store or of all that may be seen, and one with its custody."""

from dataclasses import dataclass, field

import sqlalchemy as sa

from schema.policy import Sight
from schema.record import Record
from server.loaded import record_of
from server.registry import records
from server.registry.labels import Labels, labels
from server.registry.lanes import Clause, inside, lanes
from server.registry.marks import Marks, marks_of, open_on
from server.registry.paging import Page, Turn, Walk, counted, cut, walk
from server.registry.timeline import Past, timeline
from server.tables import table_of

weapon = table_of("weapon")


@dataclass(frozen=True)
class WeaponFilter:
    """What narrows the list; empty is everything. store is an id; mark is a tag or serial number."""

    store: str = ""
    type: str = ""
    condition: str = ""
    mark: str = ""


@dataclass(frozen=True)
class WeaponList:
    """A page of weapons, what is marked on them and what their references are called."""

    page: Page[Record]
    marks: Marks
    labels: Labels


@dataclass(frozen=True)
class WeaponFile:
    """One weapon with its custody and what happened to it."""

    weapon: Record
    custody: tuple[Record, ...]
    disputes: tuple[Record, ...]
    flags: tuple[Record, ...]
    past: tuple[Past, ...]
    older: bool
    labels: Labels = field(default_factory=dict)


def weapons(conn: sa.Connection, sight: Sight, asked: WeaponFilter, turn: Turn) -> WeaponList:
    """A page of the weapons somebody may read, newest first."""
    chosen = lanes(sight, "weapon", within=[asked.store] if asked.store else None)
    where = _where(asked)
    at = (turn.key,) if turn.key else None
    path = Walk(weapon, (weapon.c.id,), falling=True, where=where).turned(turn, at)
    ids = [str(row[0]) for row in walk(conn, path, chosen)]
    rows = sa.select(sa.literal(1)).select_from(weapon).where(inside(weapon, chosen), *where)
    page = cut(ids, turn, counted(conn, rows) if chosen else 0, str)
    found = conn.execute(sa.select(weapon).where(weapon.c.id.in_(page.rows))).mappings()
    kept = {row["id"]: record_of("weapon", row) for row in found}
    shown = [kept[i] for i in page.rows]
    marks = marks_of(conn, [record.key for record in shown])
    return WeaponList(page.of(shown), marks, labels(conn, sight, shown))


def weapon_file(conn: sa.Connection, sight: Sight, weapon_id: str) -> WeaponFile:
    """The file of a weapon. Raises NotFound."""
    found = records.get(conn, sight, "weapon", weapon_id)
    custody = records.below(conn, sight, "custody_event", "weapon_id", weapon_id)
    everything = [found, *custody]
    ids = [record.id for record in everything]
    past, older = timeline(conn, sight, everything)
    return WeaponFile(
        found,
        tuple(custody),
        tuple(open_on(conn, sight, "dispute", ids)),
        tuple(open_on(conn, sight, "flag", ids)),
        tuple(past),
        older,
        labels(conn, sight, everything),
    )


def _where(asked: WeaponFilter) -> tuple[Clause, ...]:
    clauses: list[Clause] = []
    if asked.type:
        clauses.append(weapon.c.type == asked.type)
    if asked.condition:
        clauses.append(weapon.c.condition == asked.condition)
    if asked.mark:
        words = [asked.mark, asked.mark.upper()]
        clauses.append(sa.or_(weapon.c.tag.in_(words), weapon.c.serial.in_(words)))
    return tuple(clauses)
