"""Previous and Next: which page of a list an address asks for, and the addresses of its neighbours."""

from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from server.registry.paging import ROWS, Page, Turn

_OWN = ("after", "before", "row")


@dataclass(frozen=True)
class Pager:
    """What the macro shows: rows first to last of count, and the ways on."""

    first: int
    last: int
    count: int
    more: bool
    previous_href: str
    next_href: str


def turn() -> Turn:
    """The page that this address asks for."""
    return Turn(request.args.get("after", ""), request.args.get("before", ""))


def pager(page: Page[Any]) -> Pager:
    """Where this page stands in its list. The row in the address is only what is shown."""
    first = _first(page)
    last = first + len(page.rows) - 1
    more = page.more or last > page.count
    return Pager(
        first,
        last,
        page.count,
        more,
        _href(before=page.before, row=max(first - ROWS, 1)) if page.before else "",
        _href(after=page.after, row=last + 1) if page.after else "",
    )


def _first(page: Page[Any]) -> int:
    text = request.args.get("row", "")
    row = int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 1
    return row if page.before else 1


def _href(**turned: Any) -> str:
    """This address with another page of the same list."""
    kept: dict[str, Any] = {n: v for n, v in request.args.items() if n not in _OWN}
    kept.update(request.view_args or {})
    return url_for(str(request.endpoint), **kept, **turned)
