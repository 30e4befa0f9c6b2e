"""A page that is slow: its writer stops in the middle of its transaction until it is let go on."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread, current_thread
from typing import Any
from unittest import mock

import sqlalchemy as sa

from tests.sync.registry import Registry

LONGEST = 60.0


class Writer:
    """Somebody who writes in a thread of their own."""

    def __init__(self, act: Callable[[], Any]) -> None:
        self.act, self.done = act, Event()
        self.stopped, self.go = Event(), Event()
        self.thread = Thread(target=self._run, daemon=True)

    def begin(self) -> None:
        """Start writing."""
        self.thread.start()

    def end(self) -> None:
        """Go on, and come to an end."""
        self.go.set()
        self.thread.join(LONGEST)
        assert self.done.is_set(), "a writer did not come to an end"

    def _run(self) -> None:
        self.act()
        self.done.set()


@contextmanager
def stopping(writer: Writer, owner: Any, name: str) -> Iterator[None]:
    """This writer stops before this function, and waits there for ``end``; others pass."""
    real = getattr(owner, name)

    def slow(*given: Any) -> Any:
        if current_thread() is writer.thread and not writer.go.is_set():
            writer.stopped.set()
            assert writer.go.wait(LONGEST), "nobody let the writer go on"
        return real(*given)

    with mock.patch.object(owner, name, slow):
        writer.begin()
        assert writer.stopped.wait(LONGEST), "the writer never came to where it stops"
        yield
        writer.end()


def until_done_or_waiting(registry: Registry, writer: Writer) -> None:
    """Until a writer has come to its end, or waits for another's lock."""
    query = sa.text(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    while not writer.done.is_set():
        with registry.reading() as conn:
            if conn.execute(query).scalar():
                return
