"""A report as a CSV file: UTF-8 with its mark, HXL tags in the second row, and no cell that runs."""

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import BinaryIO

from server.exports.report import HIDDEN, Column, Row

# A spreadsheet takes such a cell for a formula; with another list separator, also its second half.
_RUNS = re.compile(r"(?:^|[;,|\t\r\n])(?=\s*[=+\-@＝＋－＠])|(?:^|[;,|\t])(?=[\t\r\n])")
# The same, looked for in written rows, where each cell begins with a quotation mark.
_MAY_RUN = re.compile(r"""[";,|\t\r\n]\s*[=+\-@＝＋－＠]|(?:^|[,\n])"[\t\r\n]|[;,|\t][\t\r\n]""")
_ROWS_AT_ONCE = 1000


@dataclass(frozen=True)
class Written:
    """What a file came to. hidden: how many of its figures are hidden."""

    sha256: str
    size: int
    rows: int
    hidden: int


def harmless(text: str) -> str:
    """The text with a ' before whatever a spreadsheet would run."""
    return _RUNS.sub(r"\g<0>'", text)


def write(out: BinaryIO, columns: Sequence[Column], rows: Iterable[Row]) -> Written:
    """Write a file row by row; the same rows give the same bytes."""
    digest, size, count, hidden = hashlib.sha256(), 0, 0, 0
    titles = tuple(column.title for column in columns)
    tags = tuple(column.tag for column in columns)
    for block in _blocks(rows):
        # A figure stands last in its row.
        hidden += sum(row[-1] is HIDDEN for row in block)
        count += len(block)
        text = _text(chain((titles, tags), block) if size == 0 else block)
        data = text.encode("utf-8-sig" if size == 0 else "utf-8")
        digest.update(data)
        size += out.write(data)
    return Written(digest.hexdigest(), size, count, hidden)


def _blocks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """The rows in blocks; one block, if empty, where there is none."""
    source = iter(rows)
    yield list(islice(source, _ROWS_AT_ONCE))
    while block := list(islice(source, _ROWS_AT_ONCE)):
        yield block


def _text(rows: Iterable[Sequence[str | int | None]]) -> str:
    """The rows as they are written. Hardly any cell is marked, so they are first written and looked at."""
    block = list(rows)
    text = _written(block)
    if _MAY_RUN.search(text):
        return _written([[_marked(cell) for cell in row] for row in block])
    return text


def _written(rows: Iterable[Sequence[str | int | None]]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n").writerows(rows)
    return buffer.getvalue()


def _marked(cell: str | int | None) -> str | int | None:
    return harmless(cell) if isinstance(cell, str) else cell
