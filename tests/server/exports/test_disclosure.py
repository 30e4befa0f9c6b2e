"""What is hidden stays hidden, whoever subtracts."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.exports.disclosure import THRESHOLD, TOTAL, Protected, protect, with_margins
from tests.server.exports.attackers import by_intervals, by_trying

SEXES, BANDS, AREAS = ("female", "male", "x"), ("18-24", "25-35", "36-59"), ("A", "B", "C", "D")
SMALL_AXES = (("f", "m"), ("A", "B"))
AXES = (SEXES, BANDS, AREAS)
COUNTS = st.one_of(st.just(0), st.integers(0, 6), st.integers(0, 60))


def tables(axes, most=COUNTS):
    cells = list(product(*axes))
    made = st.lists(most, min_size=len(cells), max_size=len(cells))
    return made.map(lambda counts: dict(zip(cells, counts, strict=True)))


def small(counts, axes):
    return [cell for cell, figure in with_margins(counts, axes).items() if 0 < figure < THRESHOLD]


def worlds(counts, axes, protected: Protected):
    """Each world with its margins, held to everything that is still published."""
    for world in protected.worlds:
        table = {c: counts.get(c, 0) + world.get(c, 0) for c in {*counts, *world}}
        assert min(table.values(), default=0) >= 0
        figures = with_margins(table, axes)
        shown = {c: f for c, f in protected.figures.items() if f is not None}
        assert {c: figures[c] for c in shown} == shown
        yield figures


@settings(max_examples=60, deadline=None)
@given(tables(AXES))
def test_every_small_count_could_as_well_be_none_or_five(counts):
    protected = protect(counts, AXES)
    found = list(worlds(counts, AXES, protected))
    for cell in small(counts, AXES):
        assert protected.figures[cell] is None
        assert min(world[cell] for world in found) == 0
        assert max(world[cell] for world in found) >= THRESHOLD


@settings(max_examples=40, deadline=None)
@given(tables(AXES))
def test_no_hidden_figure_is_the_same_in_every_world(counts):
    protected = protect(counts, AXES)
    truth, found = with_margins(counts, AXES), list(worlds(counts, AXES, protected))
    for cell, figure in protected.figures.items():
        assert figure == truth[cell] if figure is not None else True
        assert figure is not None or any(world[cell] != truth[cell] for world in found)


@settings(max_examples=40, deadline=None)
@given(tables(AXES))
def test_who_subtracts_learns_of_no_small_group(counts):
    hidden = by_intervals(protect(counts, AXES).figures, AXES)
    for cell in small(counts, AXES):
        least, most = hidden[cell]
        assert (least, most >= THRESHOLD) == (0, True)
    assert [cell for cell, (least, most) in hidden.items() if least == most] == []


@settings(max_examples=25, deadline=None)
@given(tables(SMALL_AXES, st.integers(0, 6)))
def test_who_tries_every_table_learns_of_no_small_group(counts):
    protected = protect(counts, SMALL_AXES)
    found = [
        with_margins(table, SMALL_AXES) for table in by_trying(protected.figures, SMALL_AXES, 11)
    ]
    for cell in small(counts, SMALL_AXES):
        values = {figures[cell] for figures in found}
        assert min(values) == 0
        assert max(values) >= THRESHOLD


def test_hiding_small_cells_alone_gives_them_back():
    """The attackers are proven on what everybody does first."""
    counts = {("f", "A"): 4, ("m", "A"): 20, ("f", "B"): 30, ("m", "B"): 20}
    axes = (("f", "m"), ("A", "B"))
    naive = {c: f if not 0 < f < 5 else None for c, f in with_margins(counts, axes).items()}
    assert by_intervals(naive, axes)["f", "A"] == (4, 4)
    assert {table["f", "A"] for table in by_trying(naive, axes, 30)} == {4}


def test_five_alike_are_shown_and_four_hidden_with_the_totals_that_would_tell():
    axes = (("female", "male"), ("25-35",), ("A", "B"))
    counts = {("male", "25-35", "A"): 5, ("female", "25-35", "A"): 4}
    figures = protect(counts, axes).figures
    assert figures["male", "25-35", "A"] == 5
    assert figures["female", "25-35", "A"] is None
    assert figures[TOTAL, "25-35", "A"] is figures[TOTAL, TOTAL, TOTAL] is None
    assert figures["male", "25-35", "B"] == 0


def test_a_dear_total_is_kept_and_a_cell_is_hidden_instead():
    axes = (("female", "male"), ("A", "B"))
    counts = {("female", "A"): 3, ("male", "A"): 60, ("female", "B"): 50, ("male", "B"): 70}
    figures = protect(counts, axes).figures
    assert figures[TOTAL, TOTAL] == 183
    assert figures["female", TOTAL] == 53
    assert {cell for cell, figure in figures.items() if figure is None} == set(counts)


def test_a_table_without_small_counts_is_published_whole():
    counts = dict.fromkeys(product(*AXES), 7)
    assert protect(counts, AXES).figures == with_margins(counts, AXES)


@pytest.mark.parametrize("count", range(1, 5))
def test_a_lone_small_group_hides_every_figure_that_counts_it(count):
    figures = protect({("x", "18-24", "C"): count}, AXES).figures
    told = [
        c
        for c in figures
        if all(code in (TOTAL, own) for own, code in zip(("x", "18-24", "C"), c, strict=True))
    ]
    assert [figures[cell] for cell in told] == [None] * 8


@settings(max_examples=25, deadline=None)
@given(tables(AXES))
def test_the_same_table_is_hidden_the_same_way(counts):
    turned = dict(reversed(counts.items()))
    assert protect(counts, AXES).figures == protect(turned, AXES).figures


def test_figures_of_a_kept_code_are_hidden_last():
    axes = (("female", "male", "x"), ("A", "B"))
    counts = dict(zip(product(*axes), (40, 50, 90, 95, 2, 3), strict=True))
    assert protect(counts, axes).figures["female", "A"] is None
    kept = protect(counts, axes, kept=("female",)).figures
    assert (kept["female", "A"], kept["female", "B"], kept["male", "A"]) == (40, 50, None)
