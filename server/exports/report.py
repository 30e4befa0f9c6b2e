"""What a report is: a name, the right it takes, its columns with their HXL tags, and its rows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from schema.policy import Sight
from schema.said import Said
from server.registry.reports import AsOf

HIDDEN = "hidden"
Row = tuple[str | int | None, ...]


@dataclass(frozen=True)
class Column:
    """One column: its heading, and its HXL tag in the row below."""

    title: str
    tag: str


@dataclass(frozen=True)
class Report:
    """One report.

    compartment: where ``export`` is needed. leaves: what leaves, a sentence each. coverage: who is
    counted and who is not. of_the_past: whether it can be made as of an earlier change.
    """

    name: str
    title: Said
    compartment: str
    leaves: tuple[Said, ...]
    coverage: Said
    columns: tuple[Column, ...]
    rows: Callable[[sa.Connection, Sight, AsOf], Iterator[Row]]
    of_the_past: bool = True
