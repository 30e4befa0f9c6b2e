"""Known bugs of a purge, which this registry does without: with a backup, entries go that all have heard of."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

import sqlalchemy as sa

from server import backups
from server.db import writing
from server.tables import entry
from tests.sync.known_bugs.flaw import Patches, flaw

Condition = sa.ColumnElement[bool]


def _purging(*which: Condition) -> Callable[[Path], Any]:
    take = backups.take

    def taken(file: Path) -> Any:
        done = take(file)
        with writing() as conn:
            conn.execute(sa.delete(entry).where(*which))
        return done

    return taken


@flaw
def purge_without_removed() -> Patches:
    """A purge takes old entries whether they say that a record has left or that it is there."""
    yield mock.patch.object(backups, "take", _purging())


@flaw
def purge_too_early() -> Patches:
    """A purge takes what has left a bucket before every laptop of that bucket has been told."""
    yield mock.patch.object(backups, "take", _purging(entry.c.removed))
