"""Two who want the hidden figures back: one reasons by intervals, one tries every table there is."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from server.exports.disclosure import TOTAL, Cell

Figures = Mapping[Cell, int | None]
Line = tuple[Cell, tuple[Cell, ...]]
BOUNDLESS = 10**9


def lines(axes: Sequence[Sequence[str]]) -> list[Line]:
    """Every margin with the cells it adds up, along each axis."""
    found: list[Line] = []
    for cell in product(*((*axis, TOTAL) for axis in axes)):
        for place, axis in enumerate(axes):
            if cell[place] == TOTAL:
                parts = tuple((*cell[:place], code, *cell[place + 1 :]) for code in axis)
                found.append((cell, parts))
    return found


def by_intervals(figures: Figures, axes: Sequence[Sequence[str]]) -> dict[Cell, tuple[int, int]]:
    """What subtraction alone tells of each hidden figure: its least and its most."""
    known = {c: (0, BOUNDLESS) if f is None else (f, f) for c, f in figures.items()}
    sums = lines(axes)
    while True:
        before = dict(known)
        for total, parts in sums:
            _tighten(known, total, parts)
        if known == before:
            return {cell: span for cell, span in known.items() if figures[cell] is None}


def _tighten(known: dict[Cell, tuple[int, int]], total: Cell, parts: tuple[Cell, ...]) -> None:
    low, high = sum(known[p][0] for p in parts), sum(known[p][1] for p in parts)
    known[total] = (max(known[total][0], low), min(known[total][1], high))
    for part in parts:
        least = known[total][0] - (high - known[part][1])
        most = known[total][1] - (low - known[part][0])
        known[part] = (max(known[part][0], least), min(known[part][1], most))


def by_trying(
    figures: Figures, axes: Sequence[Sequence[str]], most: int
) -> Iterator[dict[Cell, int]]:
    """Every inner table that fits what is published, hidden cells tried up to ``most``."""
    cells = list(product(*axes))
    shown = [(total, figure) for total, figure in figures.items() if figure is not None]
    last = {total: max(_place(cells, total)) for total, _ in shown}
    yield from _fill({}, cells, [(t, f, last[t]) for t, f in shown], most)


def _place(cells: list[Cell], total: Cell) -> list[int]:
    return [n for n, cell in enumerate(cells) if under(cell, total)]


def under(cell: Cell, total: Cell) -> bool:
    """Whether a figure counts this cell."""
    return all(code in (TOTAL, own) for own, code in zip(cell, total, strict=True))


def _fill(
    table: dict[Cell, int], cells: list[Cell], shown: list[tuple[Cell, int, int]], most: int
) -> Iterator[dict[Cell, int]]:
    place = len(table)
    if place == len(cells):
        yield dict(table)
        return
    for value in range(most + 1):
        table[cells[place]] = value
        if all(_agrees(table, total, figure, place >= last) for total, figure, last in shown):
            yield from _fill(table, cells, shown, most)
        del table[cells[place]]


def _agrees(table: dict[Cell, int], total: Cell, figure: int, complete: bool) -> bool:
    found = sum(value for cell, value in table.items() if under(cell, total))
    return found == figure if complete else found <= figure
