"""What a known bug is here: patches that hold for as long as it is put in."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Any

Patches = Iterable[AbstractContextManager[Any]]
FLAWS: dict[str, Callable[[], Patches]] = {}


def flaw(make: Callable[[], Patches]) -> Callable[[], Patches]:
    """A known bug, by the name of its function."""
    FLAWS[make.__name__] = make
    return make


@contextmanager
def put_in(name: str) -> Iterator[None]:
    """The code with this bug in it."""
    with ExitStack() as stack:
        for one in FLAWS[name]():
            stack.enter_context(one)
        yield
