"""Reads a list row by row in flat memory, whatever is in it: wrong columns, broken text, endless cells.

The text is UTF-8 when it holds one valid character beyond ASCII, or none at all; else Latin-1, as old
spreadsheets wrote. In a UTF-8 file a byte that is none becomes a character that no field takes, so its
row is refused and its neighbours are not misread. Cells are divided by comma, semicolon or tab.
"""

import csv
import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

from schema.problems import Problem
from server.imports.rejects import HEADINGS, Reject

LONGEST_LINE = 1_000_000
MOST_LINES = 50
_DIVIDERS = ",;\t"
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]+")
Line = str | None


class UnreadableList(Problem):
    """The file is no list: it has no headings, or cannot be read. Nothing of it was imported."""

    code, status, sentence = "unreadable-list", 422, "This file cannot be read as a list."


@dataclass(frozen=True)
class Row:
    """One row. number: as a spreadsheet counts, the headings being row 1."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Listing:
    """A list that can be read again and again. said: how many columns a rejects file put before it."""

    path: Path
    encoding: str
    divider: str
    headings: tuple[str, ...]
    said: int = 0

    def rows(self) -> Iterator[Row | Reject]:
        """Its rows in order; a Reject where there is none to be had."""
        with self.path.open("rb") as file:
            for number, lines in enumerate(_records(_lines(file, self.encoding)), 1):
                if number > 1 and lines != [""]:
                    row = _parsed(number, lines, self.divider)
                    if isinstance(row, Reject) or any(row.cells):
                        yield self._checked(row)

    def _checked(self, row: Row | Reject) -> Row | Reject:
        wanted = len(self.headings)
        if isinstance(row, Reject):
            return row
        cells = row.cells[self.said :]
        if len(cells) == wanted:
            return Row(row.number, cells)
        sentence = f"The row has {len(cells)} cells and the list {wanted} columns."
        return Reject(row.number, "", "wrong-columns", sentence, cells)


def opened(path: Path) -> Listing:
    """The list in this file. Raises UnreadableList."""
    try:
        with path.open("rb") as file:
            encoding = _encoding(file)
            file.seek(0)
            first = next(_records(_lines(file, encoding)), [""])
    except OSError as error:
        raise UnreadableList(f"{path} cannot be read: {error.strerror}.") from error
    divider = max(_DIVIDERS, key=(first[0] or "").count)
    row = _parsed(1, first, divider)
    if isinstance(row, Reject) or not any(row.cells):
        raise UnreadableList(f"{path} does not begin with headings.")
    twice = sorted({name for name in row.cells if row.cells.count(name) > 1 or not name})
    if twice:
        raise UnreadableList(f"These headings are empty or there twice: {', '.join(twice)}.")
    # A rejects file that somebody has put right is imported as it is.
    said = len(HEADINGS) if row.cells[: len(HEADINGS)] == HEADINGS else 0
    return Listing(path, encoding, divider, row.cells[said:], said)


def _encoding(file: BinaryIO) -> str:
    """How the text is written, by what is beyond ASCII in it."""
    beyond = False
    while line := file.readline(LONGEST_LINE):
        for run in _BEYOND_ASCII.findall(line):
            beyond = True
            if _is_utf8(run):
                return "utf-8-sig"
    return "latin-1" if beyond else "utf-8-sig"


def _is_utf8(run: bytes) -> bool:
    try:
        run.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _lines(file: BinaryIO, encoding: str) -> Iterator[Line]:
    """The file's lines without their ends; None for one that is too long to be kept."""
    while raw := file.readline(LONGEST_LINE):
        if len(raw) < LONGEST_LINE or raw.endswith(b"\n"):
            yield raw.decode(encoding, "surrogateescape").rstrip("\r\n")
            continue
        while raw and not raw.endswith(b"\n"):
            raw = file.readline(LONGEST_LINE)
        yield None


def _records(lines: Iterator[Line]) -> Iterator[list[Line]]:
    """The lines of each row: several where a quoted cell holds line breaks.

    Where a quotation mark is never closed, the row is its first line and the others are rows again.
    """
    waiting: deque[Line] = deque()
    while True:
        taken = list(islice(chain(_emptied(waiting), lines), 1))
        if not taken:
            return
        still_open = _odd(taken[0])
        while still_open and len(taken) < MOST_LINES:
            more = list(islice(chain(_emptied(waiting), lines), 1))
            if not more:
                break
            taken += more
            still_open ^= _odd(more[0])
        if still_open:
            waiting.extendleft(reversed(taken[1:]))
            del taken[1:]
        yield taken


def _emptied(waiting: deque[Line]) -> Iterator[Line]:
    while waiting:
        yield waiting.popleft()


def _odd(line: Line) -> bool:
    return line is not None and line.count('"') % 2 == 1


def _parsed(number: int, lines: Sequence[Line], divider: str) -> Row | Reject:
    kept = [line for line in lines if line is not None]
    text = "\n".join(kept)
    if len(kept) < len(lines):
        sentence = f"The row has a line of {LONGEST_LINE} characters or more."
        return Reject(number, "", "too-long", sentence)
    if text.count('"') % 2:
        return Reject(number, "", "open-quote", "A quotation mark is never closed.", kept)
    try:
        [cells] = csv.reader([text], delimiter=divider)
    except csv.Error as error:
        return Reject(number, "", "unreadable-row", f"The row cannot be read: {error}.", kept)
    return Row(number, tuple(cell.strip() for cell in cells))
