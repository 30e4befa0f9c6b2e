"""The signed first line of what this laptop sends: which laptop, which log, and how far it is."""

from collections.abc import Callable
from typing import Any

from sqlite_utils import Database

from field_client import moments, signing
from field_client.store import facts, known, outbox
from schema import frames, lines

# What is asked back where hardly anything is to come.
LEAST_BUDGET = 1

Place = Callable[[Database], dict[str, Any]]


def hello(db: Database, budget: int, place: Place = known.in_full) -> dict[str, Any]:
    """The HELLO of a request that would take so many bytes back.

    place: how it says where this store is.
    """
    incarnation, announced, _ = outbox.tip(db)
    where = place(db)
    usual = facts.get(db, "told_budget", frames.BUDGET) if "known" in where else frames.BUDGET
    facts.put(db, said_budget=budget)
    said = {
        "protocol": frames.PROTOCOL,
        "incarnation": incarnation,
        "first": outbox.lowest_held(db),
        "announced": announced,
        **where,
        **({} if budget == usual else {"budget": budget}),
        **({} if "known" in where else _in_full(db)),
        **({} if facts.get(db, "registry_key") else {"asks_signer": 1}),
        **({"lines": lines.SHORT} if facts.lines(db) == lines.SHORT and outbox.waits(db) else {}),
    }
    return {**said, "signature": signing.key(db).sign(frames.hello_text(said)).hex()}


def _in_full(db: Database) -> dict[str, Any]:
    """What a registry that knows the word for it need not be told."""
    return {
        "device": facts.get(db, "device"),
        "results_seen": facts.get(db, "results_seen", 0),
        "app": known.app(),
        "at": moments.now(),
        "snapshots": 1,
    }
