"""Two laptops of one caseload change the same people: in either order and at once, with four workers."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest

from tests.walk.laptop import Laptop
from tests.walk.served import Registry, expected

ORDERS = ("awa first", "idriss first", "at once")
# One person to whom both add something, and one for each way in which a dispute can be settled.
BOTH, KEEP, TAKE, OWN, DESK = "Both", "Keep", "Take", "Own", "Desk"
DISPUTED = (KEEP, TAKE, OWN, DESK)


@dataclass
class Seen:
    """What stands, by a person's name: at the registry, on Awa's laptop, on Idriss's laptop."""

    people: list[dict[str, dict[str, Any]]]
    disputes: list[dict[str, dict[str, Any]]]

    def values(self, name: str, *fields: str) -> list[tuple[Any, ...]]:
        """These fields of a person, at each of the three places."""
        return [tuple(place[name][field] for field in fields) for place in self.people]


@dataclass
class Met:
    """How it stood when both had synced, and after every dispute was settled."""

    order: str
    disputed: Seen
    settled: Seen


@pytest.fixture(scope="module")
def workers() -> int:
    """Two syncs at once meet in different workers."""
    return 4


@pytest.fixture(scope="module")
def meeting(registry: Registry, awa: Laptop, idriss: Laptop) -> Callable[[str], Met]:
    """The journey in one order, made once: a fixture with parameters would make the registry anew."""
    return cache(lambda order: journey(registry, awa, idriss, order))


@pytest.fixture(params=ORDERS)
def met(request: pytest.FixtureRequest, meeting: Callable[[str], Met]) -> Met:
    """The two laptops have met."""
    return meeting(str(request.param))


def journey(registry: Registry, awa: Laptop, idriss: Laptop, order: str) -> Met:
    """Both change what both hold, sync in this order, then all is settled."""
    ids = shared(awa, idriss)
    change(awa, {name: {"id": made, "phone": "0101"} for name, made in ids.items()})
    theirs = {name: {"id": made, "phone": "0202"} for name, made in ids.items()}
    change(idriss, theirs | {BOTH: {"id": ids[BOTH], "marital_status": "widowed"}})
    sync(awa, idriss, order)
    disputed = seen(registry, awa, idriss, ids)
    settle(registry, idriss, disputed.disputes[2])
    sync(idriss, awa, "awa first")
    return Met(order, disputed, seen(registry, awa, idriss, ids))


def shared(awa: Laptop, idriss: Laptop) -> dict[str, str]:
    """People whom both laptops hold, by name."""
    names = (BOTH, *DISPUTED)
    lines = [{"name": name, "sex": "female", "birth_date": "1988-03-09"} for name in names]
    ids = [row["id"] for row in awa.rows_of_file("add", "person", lines)]
    awa.sync()
    idriss.sync()
    return dict(zip(names, ids, strict=True))


def change(laptop: Laptop, changes: dict[str, dict[str, str]]) -> None:
    """Change people on a laptop."""
    laptop.rows_of_file("set", "person", list(changes.values()))


def sync(awa: Laptop, idriss: Laptop, order: str) -> None:
    """Both hand in what they have, in this order, and fetch what the other brought."""
    first, second = (idriss, awa) if order == "idriss first" else (awa, idriss)
    if order == "at once":
        under_way = [laptop.start("sync") for laptop in (awa, idriss)]
        for each in under_way:
            expected(each.done(), 0, ("sync",))
    else:
        first.sync()
    second.sync()
    first.sync()


def seen(registry: Registry, awa: Laptop, idriss: Laptop, ids: dict[str, str]) -> Seen:
    """The people and their open disputes at the three places."""
    names = {made: name for name, made in ids.items()}
    asked = [lambda *words: registry.rows(*words, who="celine"), awa.rows, idriss.rows]
    people = [{row["id"]: row for row in ask("list", "person")} for ask in asked]
    disputes = [{row["record"]: row for row in ask("disputes")} for ask in asked]
    return Seen(
        [{name: place[made] for made, name in names.items()} for place in people],
        [{names[made]: row for made, row in place.items() if made in names} for place in disputes],
    )


def settle(registry: Registry, laptop: Laptop, disputes: dict[str, dict[str, Any]]) -> None:
    """Settle each dispute with one command: three on a laptop, one at the registry."""
    because = ("--reason", "She said so.")
    for name, choice in ((KEEP, "keep"), (TAKE, "take"), (OWN, "0303")):
        laptop.run("settle", disputes[name]["id"], choice, *because)
    registry.run("settle", disputes[DESK]["id"], "take", *because, who="celine")


def test_different_fields_are_both_in_force_everywhere(met: Met) -> None:
    assert met.disputed.values(BOTH, "phone", "marital_status") == [("0101", "widowed")] * 3
    assert not any(BOTH in place for place in met.disputed.disputes)


def test_of_one_field_one_value_is_in_force_everywhere(met: Met) -> None:
    wanted = {"awa first": {"0101"}, "idriss first": {"0202"}, "at once": {"0101", "0202"}}
    for name in DISPUTED:
        found = set(met.disputed.values(name, "phone"))
        assert len(found) == 1
        assert found <= {(value,) for value in wanted[met.order]}


def test_the_other_value_is_an_open_dispute_everywhere(met: Met) -> None:
    ids = [{row["id"] for row in place.values()} for place in met.disputed.disputes]
    assert len(ids[0]) == len(DISPUTED)
    assert ids[0] == ids[1] == ids[2]
    for place in met.disputed.disputes:
        for row in place.values():
            assert {row["inforce"]["phone"], row["side"]["phone"]} == {"0101", "0202"}


def test_a_dispute_tells_both_authors_and_times(met: Met) -> None:
    for place in met.disputed.disputes:
        for row in place.values():
            said = {
                row["inforce"]["phone"]: row["inforce_by"],
                row["side"]["phone"]: row["side_by"],
            }
            assert said == {"0101": "awa", "0202": "idriss"}
            assert row["inforce_at"].startswith("20")
            assert row["side_at"].startswith("20")


def test_one_command_settles_a_dispute_everywhere(met: Met) -> None:
    before = met.disputed.disputes[0]
    wanted = {
        KEEP: before[KEEP]["inforce"]["phone"],
        TAKE: before[TAKE]["side"]["phone"],
        OWN: "0303",
        DESK: before[DESK]["side"]["phone"],
    }
    for name, phone in wanted.items():
        assert met.settled.values(name, "phone") == [(phone,)] * 3, name
    assert met.settled.disputes == [{}, {}, {}]


def test_the_registry_agrees_with_itself(registry: Registry, met: Met) -> None:
    assert registry.run("verify").row["agrees"] is True
