"""A link that carries little at a time: many small requests up, many small answers down."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from field_client import budget, sync
from server.sync import pull


@contextmanager
def link(lines: int, rows: int) -> Iterator[None]:
    """Requests of at most so many Units, and answers of one page of so many records."""
    with (
        mock.patch.object(sync, "_fitting", lambda given: min(len(given), lines)),
        mock.patch.object(budget, "asked", return_value=1),
        mock.patch.object(pull, "LEAST_ROWS", rows),
    ):
        yield
