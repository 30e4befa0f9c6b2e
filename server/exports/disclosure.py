"""Small counts are hidden, with whatever would give them back. Pure: a table in, a table out.

A table is counted over two or more axes and published with all its margins. A cell of 1 to 4 is
hidden. Subtraction would bring it back, so further figures are hidden until, for each such cell, two
other tables fit all that is still published: one in which the cell is 0 and one in which it is 5 or
more. The proof is kept as ``worlds``: tables that nobody can tell from the true one.

A world is made from moves. A move picks a cell and, on each axis, a partner: another code, whose
figure goes the other way so that the margin stays, or the margin itself, which then is hidden too.
Of two ways the one that hides less is taken; figures under DEAR count alike, and among equals a total
is hidden rather than a cell. Figures of codes that are ``kept`` are hidden last: without that, the
smaller of two groups would always be the one to disappear.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

TOTAL = "all"
THRESHOLD = 5
DEAR = 25
KEPT_WEIGHT = 10

Cell = tuple[str, ...]
Counts = Mapping[Cell, int]
World = dict[Cell, int]


@dataclass(frozen=True)
class Protected:
    """figures: every cell and margin, None where hidden. worlds: inner tables as differences."""

    figures: dict[Cell, int | None]
    worlds: tuple[World, ...] = ()

    @property
    def hidden(self) -> int:
        """How many figures are hidden."""
        return sum(figure is None for figure in self.figures.values())


def protect(counts: Counts, axes: Sequence[Sequence[str]], kept: Iterable[str] = ()) -> Protected:
    """The table with its margins and nothing in it that tells of fewer than five people."""
    table = _Table(tuple(tuple(axis) for axis in axes), dict(counts), frozenset(kept))
    small = [cell for cell, figure in table.figures.items() if 0 < figure < THRESHOLD]
    table.hidden.update(small)
    for cell in sorted(small, key=_inner_first):
        table.blur(cell)
    shown = {c: None if c in table.hidden else figure for c, figure in table.figures.items()}
    return Protected(shown, tuple(table.worlds))


def with_margins(counts: Counts, axes: Sequence[Sequence[str]]) -> dict[Cell, int]:
    """Every cell and margin of a table; what is not counted is 0."""
    figures = dict.fromkeys(product(*((*axis, TOTAL) for axis in axes)), 0)
    for cell, count in counts.items():
        for above in product(*((code, TOTAL) for code in cell)):
            figures[above] += count
    return figures


def _inner_first(cell: Cell) -> tuple[int, Cell]:
    return (cell.count(TOTAL), cell)


@dataclass(frozen=True)
class _Move:
    """Raise or lower ``cell``, and its partners with it so that what is published stays."""

    cell: Cell
    partners: Cell

    def vertices(self) -> Iterator[Cell]:
        """Every figure that changes: these must be hidden."""
        return product(*zip(self.cell, self.partners, strict=True))

    def changes(self, amount: int) -> World:
        """By how much each inner cell changes."""
        found: World = {}
        for vertex in self.vertices():
            if TOTAL not in vertex:
                turned = sum(a != b for a, b in zip(vertex, self.cell, strict=True))
                found[vertex] = -amount if turned % 2 else amount
        return found


@dataclass
class _Table:
    axes: tuple[tuple[str, ...], ...]
    counts: dict[Cell, int]
    kept: frozenset[str]
    figures: dict[Cell, int] = field(init=False)
    hidden: set[Cell] = field(default_factory=set)
    worlds: list[World] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.figures = with_margins(self.counts, self.axes)

    def blur(self, cell: Cell) -> None:
        """Hide until this cell could as well be 0, and could as well be 5."""
        self._step({}, cell, self._under(cell), THRESHOLD - self.figures[cell])
        world: World = {}
        for part in self._under(cell):
            if self.counts.get(part):
                world = self._step(world, cell, [part], -self.counts[part])

    def _under(self, cell: Cell) -> list[Cell]:
        """The inner cells that a figure counts."""
        codes = zip(cell, self.axes, strict=True)
        return list(product(*(axis if code == TOTAL else (code,) for code, axis in codes)))

    def _step(self, world: World, cell: Cell, parts: Iterable[Cell], amount: int) -> World:
        """The world after the cheapest move of one of these parts; hides what it changes."""
        move = self._cheapest(world, cell, parts, amount)
        self.hidden.update(move.vertices())
        after = dict(world)
        for part, change in move.changes(amount).items():
            after[part] = after.get(part, 0) + change
        self.worlds.append(after)
        return after

    def _cheapest(self, world: World, cell: Cell, parts: Iterable[Cell], amount: int) -> _Move:
        best: tuple[tuple[int, int], _Move] | None = None
        for part in parts:
            for move in self._moves(cell, part):
                price = (self._price(move), -move.partners.count(TOTAL))
                if (best is None or price < best[0]) and self._fits(world, move, amount):
                    best = (price, move)
        if best is None:
            raise AssertionError("hiding every margin always fits")
        return best[1]

    def _moves(self, cell: Cell, part: Cell) -> Iterator[_Move]:
        choices = [
            (TOTAL,) if code == TOTAL else (*(c for c in axis if c != own), TOTAL)
            for code, own, axis in zip(cell, part, self.axes, strict=True)
        ]
        return (_Move(part, partners) for partners in product(*choices))

    def _price(self, move: _Move) -> int:
        new = (vertex for vertex in move.vertices() if vertex not in self.hidden)
        return sum(max(self.figures[v], DEAR) * self._weight(v) for v in new)

    def _weight(self, cell: Cell) -> int:
        return 1 if self.kept.isdisjoint(cell) else KEPT_WEIGHT

    def _fits(self, world: World, move: _Move, amount: int) -> bool:
        return all(
            self.counts.get(part, 0) + world.get(part, 0) + change >= 0
            for part, change in move.changes(amount).items()
        )
