"""Walks through lanes: the same rows as one sorted list, however many lanes there are."""

import random
from typing import Any

import pytest
import sqlalchemy as sa

from schema.problems import Invalid
from server.db import writing
from server.registry.lanes import Lane
from server.registry.paging import COUNTED, ROWS, Page, Turn, Walk, counted, cut, walk
from server.tables import bucket, table_of
from tests.schema.programme import ident
from tests.server.town import Town

weapon = table_of("weapon")
STAMPS = {"first": 1, "moved": 1, "origin": "system", "origin_n": 0, "compartment": "weapons"}
BY_ID = Walk(weapon, (weapon.c.id,), falling=True)
BY_NUMBER = Walk(weapon, (weapon.c.ver, weapon.c.id), falling=False)


def filled(town: Town, scopes: int, rows: int) -> list[tuple[int, str, str]]:
    """Weapons strewn over stores: (number, id, store) of each."""
    dice = random.Random(7)  # noqa: S311 - strewn alike each time
    names = [ident("store", place) for place in range(scopes)]
    made = [(dice.randrange(8, 12), ident("weapon", n), dice.choice(names)) for n in range(rows)]
    places = [{"compartment": "weapons", "scope": name} for name in names]
    lines = [{**STAMPS, "ver": v, "id": i, "scope": s} for v, i, s in made]
    with town.app.app_context(), writing() as conn:
        conn.execute(sa.insert(bucket), places)
        conn.execute(sa.insert(weapon), lines)
    return made


def walked(town: Town, path: Walk, chosen: list[Lane], *, back: bool = False) -> list[Any]:
    """All rows, page by page."""
    found: list[Any] = []
    at = None
    while True:
        turn = Turn(before="x") if back else Turn()
        with town.reading() as conn:
            page = walk(conn, path.turned(turn, at), chosen)
        found += page[:ROWS]
        if len(page) <= ROWS:
            return found
        at = page[ROWS - 1]


@pytest.mark.parametrize("scopes", [1, 3, 60, 130])
def test_pages_of_many_lanes_are_one_sorted_list(town: Town, scopes: int) -> None:
    made = filled(town, scopes, 260)
    chosen = [Lane("weapons", ident("store", place)) for place in range(scopes)]
    ids = sorted(((i,) for _, i, _ in made), reverse=True)
    assert walked(town, BY_ID, chosen) == ids
    assert walked(town, BY_ID, chosen, back=True) == ids[::-1]
    numbers = sorted((v, i) for v, i, _ in made)
    assert walked(town, BY_NUMBER, chosen) == numbers


def test_a_lane_of_a_whole_compartment_holds_every_scope(town: Town) -> None:
    made = filled(town, 5, 60)
    assert walked(town, BY_ID, [Lane("weapons")]) == sorted(
        ((i,) for _, i, _ in made), reverse=True
    )
    assert walked(town, BY_ID, [Lane("case")]) == []


def test_no_lane_has_no_row_and_asks_nothing(town: Town) -> None:
    with town.counted() as said:
        assert walked(town, BY_ID, []) == []
    assert said == []


def test_the_rows_of_a_scope_outside_stay_out(town: Town) -> None:
    made = filled(town, 60, 200)
    chosen = [Lane("weapons", ident("store", place)) for place in range(55)]
    inside = {lane.scope for lane in chosen}
    assert {i for (i,) in walked(town, BY_ID, chosen)} == {i for _, i, s in made if s in inside}


def test_a_count_stops_where_it_says(town: Town) -> None:
    filled(town, 2, COUNTED + 20)
    with town.reading() as conn:
        assert counted(conn, sa.select(weapon.c.id)) == COUNTED + 1
        assert counted(conn, sa.select(weapon.c.id).where(weapon.c.ver < 0)) == 0


def test_a_page_knows_its_ways_on() -> None:
    first = cut([str(n) for n in range(ROWS + 1)], Turn(), 80, str)
    assert (first.before, first.after, len(first.rows)) == ("", str(ROWS - 1), ROWS)
    back = cut(["3", "2", "1"], Turn(before="4"), 80, str)
    assert (back.rows, back.before, back.after) == (("1", "2", "3"), "", "3")
    assert cut([], Turn(after="9"), 0, str) == Page((), 0)


def test_a_key_is_an_id() -> None:
    with pytest.raises(Invalid):
        _ = Turn(after="1; drop table").key
