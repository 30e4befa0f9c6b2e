"""Of a record that its laptop holds, only what was written since: still by column, in a table of its own.

Such a table says ``delta``. Its rows have id and number, and a value where a field was written since; a field
that was emptied stands in ``cleared`` with the places of its rows. A case's gate and what is in ``extra`` have
no number of their own and are always told: where they do not stand, they are empty.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson

# What is closed, or gets another side, is written without a number for each field: always told whole.
WHOLE = ("dispute", "flag")
# What a reader adds to a row so that it can be split off again.
SINCE = ("first", "moved", "fver")
Row = Sequence[Any]


def always(noun: str) -> tuple[str, ...]:
    """What is told of every changed record."""
    return ("id", "ver", *(("gate",) if noun == "case" else ()), "extra")


def split(
    noun: str, names: Sequence[str], rows: Sequence[Row], base: int
) -> tuple[list[Row], list[Row], dict[str, list[int]]]:
    """(rows to be told whole, rows with what was written since, where fields were emptied).

    names: of the columns; each row has SINCE behind them. base: the number at which the laptop's rows stand.
    """
    whole: list[Row] = []
    part: list[Row] = []
    cleared: dict[str, list[int]] = {}
    places = {name: place for place, name in enumerate(names)}
    kept = {places[name] for name in always(noun)}
    for *row, first, moved, fver in rows:
        if noun in WHOLE or first > base or moved > base:
            whole.append(row)
            continue
        told: list[Any] = [None] * len(row)
        for place in kept:
            told[place] = row[place]
        for name in places.keys() & _written(orjson.loads(fver or "{}"), base):
            told[places[name]] = value = row[places[name]]
            if value is None:
                cleared.setdefault(name, []).append(len(part))
        part.append(told)
    return whole, part, cleared


def _written(fver: Mapping[str, Sequence[Any]], base: int) -> set[str]:
    """The fields written since; of a map that is written key by key (``custom.key``), all of it."""
    return {name.partition(".")[0] for name, said in fver.items() if said[0] > base}
