"""What was refused, with row, column, reason and the row itself, so that it can be put right."""

import csv
import io
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from server.whole_files import whole_file

HEADINGS = ("row", "field", "reason", "sentence")
_LONGEST_SHOWN = 1000


@dataclass(frozen=True)
class Reject:
    """Why a row was refused. number: as a spreadsheet counts, the headings being row 1."""

    number: int
    field: str
    reason: str
    sentence: str
    cells: Sequence[str] = ()


class Rejects:
    """The rejects file of one run: it appears whole at the end, and only when there is something in it.

    It is meant to be corrected and imported again, so its cells are as they were, only cut where
    one is endless.
    """

    def __init__(self, beside: Path, headings: Sequence[str]) -> None:
        self.path = beside.with_name(f"{beside.name}.rejects.csv")
        self.headings = headings
        self.reasons: Counter[str] = Counter()
        self._stack = ExitStack()
        self._out: BinaryIO | None = None

    def __enter__(self) -> "Rejects":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        raised: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._out is None and raised is None:
            # What is left of an earlier run would say of this one what is not so.
            self.path.unlink(missing_ok=True)
        self._stack.__exit__(kind, raised, trace)

    def add(self, reject: Reject) -> None:
        """Keep one."""
        self.reasons[reject.reason] += 1
        if self._out is None:
            self._out = self._stack.enter_context(whole_file(self.path))
            self._out.write("".encode("utf-8-sig"))
            self._line([*HEADINGS, *self.headings])
        cells = [cell[:_LONGEST_SHOWN] for cell in reject.cells]
        self._line([str(reject.number), reject.field, reject.reason, reject.sentence, *cells])

    def _line(self, cells: Sequence[str]) -> None:
        buffer = io.StringIO()
        csv.writer(buffer, lineterminator="\r\n").writerow(cells)
        if self._out is not None:
            self._out.write(buffer.getvalue().encode("utf-8", "surrogateescape"))
