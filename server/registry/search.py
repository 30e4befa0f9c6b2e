"""Finds people: by words of their names, by printed number, by year of birth.

Words are the folded tokens that were written with the row, so that the same words find the same people
online and offline. The rarest word leads, the others are looked up for whom it finds; a prefix that
fits a million people is read no further than one page.
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from schema.policy import Sight
from server.registry.lanes import Clause, Lane, inside, lanes
from server.registry.paging import ROWS, Page, Turn, Walk, counted, cut, walk
from server.registry.sought import Sought
from server.tables import name_token, table_of

# Beyond this, one word is as good a guide as another.
WEIGHED = 5000
person = table_of("person")


def people(
    conn: sa.Connection, sight: Sight, sought: Sought, turn: Turn, where: Sequence[Clause] = ()
) -> Page[str]:
    """Ids of the people who fit, page by page. where: further clauses on ``person``."""
    chosen = lanes(sight, "person")
    if not chosen or not sought.anything:
        return Page((), 0)
    path = _by_name(conn, chosen, sought, where) if sought.words else _by_card(sought, where)
    at = _at(conn, path, chosen, turn)
    found = walk(conn, path.turned(turn, at), chosen)
    rows = sa.select(sa.literal(1)).select_from(path.table)
    count = counted(conn, rows.where(inside(path.table, chosen), *path.where))
    ids = [str(row[-1]) for row in found]
    return cut(ids, turn, count, str)


def among(
    conn: sa.Connection, sight: Sight, sought: Sought, turn: Turn, ids: Sequence[str]
) -> Page[str]:
    """The same among these few people, who are read whole: where other filters are the rarer."""
    query = sa.select(name_token).where(name_token.c.person_id.in_(ids))
    words: dict[str, list[str]] = {}
    for row in conn.execute(query):
        if sight.may("read", row.compartment, row.scope):
            words.setdefault(row.person_id, []).append(row.token)
    found = sorted((first, i) for i, mine in words.items() if (first := _first_of(mine, sought)))
    keys = [i for _, i in (reversed(found) if turn.before else found)]
    start = keys.index(turn.key) + 1 if turn.key in keys else 0
    return cut(keys[start : start + ROWS + 1], turn, len(keys), str)


def _first_of(words: Sequence[str], sought: Sought) -> str:
    """The first of a person's words that begins as the first one sought; empty where one is missing."""
    fits = [[word for word in words if word.startswith(begin)] for begin in sought.words]
    return min(fits[0]) if all(fits) else ""


def _by_card(sought: Sought, where: Sequence[Clause]) -> Walk:
    """People by number, or by year in the order of their days of birth."""
    if sought.number:
        return Walk(person, (person.c.id,), False, (person.c.number == sought.number, *where))
    clauses = (_born(sought.year), *where)
    return Walk(person, (person.c.birth_date, person.c.id), False, clauses)


def _by_name(
    conn: sa.Connection, chosen: Sequence[Lane], sought: Sought, where: Sequence[Clause]
) -> Walk:
    """People by the first of their tokens that begins with the rarest word."""
    lead, *others = _rarest_first(conn, chosen, sought.words)
    earlier = name_token.alias("earlier")
    first = ~sa.exists().where(
        earlier.c.person_id == name_token.c.person_id,
        *_begins(earlier.c.token, lead),
        earlier.c.token < name_token.c.token,
    )
    clauses = [*_begins(name_token.c.token, lead), first, *(_also(word) for word in others)]
    about = [*where, *([_born(sought.year)] if sought.year else [])]
    if about:
        clauses.append(sa.exists().where(person.c.id == name_token.c.person_id, *about))
    return Walk(name_token, (name_token.c.token, name_token.c.person_id), False, tuple(clauses))


def _also(word: str) -> Clause:
    other = name_token.alias()
    same = other.c.person_id == name_token.c.person_id
    return sa.exists().where(same, *_begins(other.c.token, word))


def _rarest_first(conn: sa.Connection, chosen: Sequence[Lane], words: Sequence[str]) -> list[str]:
    """The words, the one that the fewest tokens begin with first; of equals the longest."""
    if len(words) == 1:
        return list(words)
    sizes = []
    for word in words:
        fitting = sa.select(sa.literal(1)).select_from(name_token)
        fitting = fitting.where(inside(name_token, chosen), *_begins(name_token.c.token, word))
        some = fitting.limit(WEIGHED).subquery()
        sizes.append(sa.select(sa.func.count()).select_from(some).scalar_subquery())
    found = conn.execute(sa.select(*sizes)).one()
    return [
        word for _, _, word in sorted((n, -len(w), w) for n, w in zip(found, words, strict=True))
    ]


def _begins(token: Any, word: str) -> list[Clause]:
    """A range and not LIKE: it uses the index on both engines. Tokens are a to z and 0 to 9 only."""
    # "{" is the byte after "z".
    return [token >= word, token < f"{word}{{"]


def _born(year: int) -> Clause:
    return sa.and_(person.c.birth_date >= f"{year}-01-01", person.c.birth_date <= f"{year}-12-31")


def _at(
    conn: sa.Connection, path: Walk, chosen: Sequence[Lane], turn: Turn
) -> tuple[Any, ...] | None:
    """Where the person stands at whom the last page ended; the address carries only the id."""
    if not turn.key:
        return None
    there = sa.select(*path.columns).where(path.columns[-1] == turn.key, *path.where)
    row = conn.execute(there.where(inside(path.table, chosen))).first()
    return tuple(row) if row else None
