"""What must hold when everybody has synced to a standstill, whatever happened before."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from schema.ids import line_hash
from schema.rules.lifecycle import EXITED
from server.arrivals.tables import chain, given_up, rows
from server.tables import history
from server.verify import verify
from tests.sync.agreement import at_a_standstill, at_rest, converged
from tests.sync.lost import no_needless_dispute, nothing_lost, settled_by_who_had_seen
from tests.sync.photographs import astray, unseen
from tests.sync.world import World


def check(world: World) -> None:
    """All of them. Raises AssertionError with what is wrong."""
    verified(world)
    numbered_once(world)
    chained(world)
    nothing_lost(world)
    settled_by_who_had_seen(world)
    no_needless_dispute(world)
    pictures_have_come(world)
    together(world)
    no_child_among_adults(world)
    for laptop in world.laptops:
        at_rest(world, laptop)
        converged(world, laptop)
    # Each in turn, from one schedule to the next: it costs a sync.
    at_a_standstill(world, world.laptops[len(world.said) % len(world.laptops)])
    replayed(world)


def verified(world: World) -> None:
    """``verify`` finds nothing: chain, numbers without a gap, rows, entries, tokens."""
    with world.registry.reading() as conn:
        report = verify(conn)
    assert not report.wrong, f"verify: {report.wrong}"


def numbered_once(world: World) -> None:
    """No Unit has written a record twice."""
    columns = (history.c.unit_id, history.c.entity, history.c.record_id)
    query = sa.select(*columns).group_by(*columns).having(sa.func.count() > 1)
    with world.registry.reading() as conn:
        twice = conn.execute(query.where(history.c.unit_id.is_not(None))).all()
    assert not twice, f"exactly once: {twice}"


def chained(world: World) -> None:
    """What is kept of each log is whole, but for what was given up, and its lines link."""
    with world.registry.reading() as conn:
        chains = rows(conn, sa.select(chain))
        gone = rows(conn, sa.select(given_up))
    lost = {(g["chain"], n) for g in gone for n in range(g["first_n"], g["last_n"] + 1)}
    kept = {(row["chain"], row["n"]): row for row in world.wire.arrivals() if row["hash"]}
    for log in chains:
        branch = log["incarnation"] == 0
        first = min((n for name, n in kept if name == log["chain"]), default=1) if branch else 1
        before: str | None = None if branch else ""
        for n in range(first, log["last_n"] + 1):
            row = kept.get((log["chain"], n))
            if row is None:
                assert (log["chain"], n) in lost, f"chain: {log['chain']} has no {n}"
                before = None
                continue
            assert row["hash"] == line_hash(row["prev"], row["payload"]), f"chain: hash of {row}"
            linked = before is None or row["prev"] == before
            assert linked, f"chain: {log['chain']} {n} links to nothing"
            before = row["hash"]


def pictures_have_come(world: World) -> None:
    """The bytes of every photo whose Unit has come are at the registry, and previews where it is shown.

    But for bytes that died with the one disk that had them.
    """
    photos = world.oracle.photos
    come = set[str]().union(*(photos[unit] for unit in world.arrived(set(photos))))
    lost = astray(world.registry, come - world.oracle.astray)
    assert not lost, f"lost: the bytes of {lost} are not at the registry"
    for laptop in world.laptops:
        lacking = unseen(world.registry, laptop)
        assert not lacking, f"{laptop.name} does not show the previews {lacking}"


def together(world: World) -> None:
    """What hangs on a person is where the person is; at most one case of a person is open."""
    people, cases = world.registry.rows("person"), world.registry.rows("case")
    for case in cases.values():
        person = people[case["person_id"]]
        assert _home(case) == _home(person), f"case {case['id']} is not with its person"
    open_cases = Counter(case["person_id"] for case in cases.values() if case["gate"] != EXITED)
    assert not open_cases or max(open_cases.values()) == 1, f"two open cases: {open_cases}"
    for noun in ("service", "household_member", "gate_event"):
        for row in world.registry.rows(noun).values():
            assert _home(row) == _home(cases[row["case_id"]]), f"{noun} {row['id']} stayed behind"
    for noun in ("dispute", "flag"):
        for row in world.registry.rows(noun).values():
            record = world.registry.rows(row["entity"])[row["record_id"]]
            assert _home(row) == _home(record), f"{noun} {row['id']} is not with its record"


def _home(row: Any) -> tuple[str, str]:
    return (row["compartment"], row["scope"])


def no_child_among_adults(world: World) -> None:
    """Where somebody says child, nothing of that person is with the adults."""
    said = {row["record_id"]: row for row in _open_child_sides(world)}
    for record_id, case in world.registry.rows("case").items():
        child = case["process"] == "child" or record_id in said
        assert not child or case["compartment"] == "child", f"child exposed: case {record_id}"


def _open_child_sides(world: World) -> Iterator[Any]:
    for row in world.registry.rows("dispute").values():
        if row["state"] == "open" and row["side"] == {"process": "child"}:
            yield row


def replayed(world: World) -> None:
    """The last request of each that brought anything comes once more, and nothing changes."""
    head = world.registry.head()
    for laptop in world.laptops:
        for sent in [one for one in laptop.link.delivered if one.brings][-1:]:
            laptop.link.deliver(sent)
    assert world.registry.head() == head, "a repeated request was judged a second time"
