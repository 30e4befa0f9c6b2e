"""A link that carries little at a time: many small requests up, many small answers down."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from field_client import sync
from schema import frames
from server.sync import pull

# What one line of a log comes to, compressed; a request that is so small carries about one.
LINE = 300


@contextmanager
def link(lines: int, rows: int) -> Iterator[None]:
    """Requests of about so many Units and pages of so many records, one page an answer."""
    with (
        mock.patch.object(sync, "UNWRITTEN", 0),
        mock.patch.object(frames, "BODY_LIMIT", LINE * lines),
        mock.patch.object(sync, "BUDGET", 1),
        mock.patch.object(pull, "LEAST_ROWS", rows),
    ):
        yield
