"""Who may make the requests about stores, custody and hand-ins."""

from collections.abc import Callable, Iterator
from functools import partial

from tests.schema.programme import ident
from tests.server.province import Province
from tests.server.standing import ADULTS, SCOPES, bucket
from tests.server.wanted import Wants, anywhere, nobody, on, under

NOBODY = ident("nobody at all")


def of_stores(_province: Province) -> Iterator[tuple[str, str, Wants]]:
    """A store is for who reads its weapons."""
    for side in ADULTS:
        store = SCOPES[side][1]
        yield _about("/stores/{}", store, on(("weapons", store), "read"))
    yield _about("/stores/{}", NOBODY, nobody)


def of_custody(event: str, _province: Province) -> Iterator[tuple[str, str, Wants]]:
    """One event of a weapon or a lot, for who sees it and may record there."""
    for noun in ("weapon", "lot"):
        for side in ADULTS:
            where = bucket(noun, side)
            path = f"/custody/{noun}/{{}}/{event}"
            yield _about(path, ident(noun, side), under(where, where))
    yield _about(f"/custody/weapon/{{}}/{event}", NOBODY, nobody)


def of_additions(_province: Province) -> Iterator[tuple[str, str, Wants]]:
    """What is added to a hand-in."""
    for side in ADULTS:
        where = bucket("hand_in", side)
        for what in ("weapon", "lot"):
            yield _about(f"/hand-ins/{{}}/{what}", ident("hand_in", side), under(where, where))
    yield _about("/hand-ins/{}/lot", NOBODY, nobody)


def _about(path: str, record_id: str, wants: Wants) -> tuple[str, str, Wants]:
    return path.format(record_id), path.format(NOBODY), wants


def of_destructions(_province: Province, verb: str = "") -> Iterator[tuple[str, str, Wants]]:
    """A destruction, for who reads there; what is added, for who records there too."""
    for side in ADULTS:
        where = bucket("destruction_batch", side)
        wants = under(where, where) if verb else on(where, "read")
        yield _about("/destructions/{}", ident("destruction_batch", side), wants)
    yield _about("/destructions/{}", NOBODY, nobody)


def of_all(_province: Province) -> Iterator[tuple[str, str, Wants]]:
    """The list of stores."""
    yield "/stores", "/no-such-page", anywhere("read", "weapons")


ASKINGS: dict[tuple[str, str], Callable[[Province], Iterator[tuple[str, str, Wants]]]] = {
    ("GET", "stores.index"): of_all,
    ("GET", "stores.one"): of_stores,
    ("GET", "custody.ask"): partial(of_custody, "taken-out"),
    ("POST", "custody.add"): partial(of_custody, "taken-out"),
    ("GET", "destructions.one"): of_destructions,
    ("POST", "destructions.add"): partial(of_destructions, verb="create"),
    ("GET", "hand_ins.add"): of_additions,
    ("POST", "hand_ins.write"): of_additions,
}
