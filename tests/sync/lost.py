"""Nothing is lost: where every edit that anybody made has come to, and by whose hand."""

import json
from typing import Any

import sqlalchemy as sa

from schema.change import HELD
from schema.record import Key
from server.arrivals.tables import rows
from server.tables import history
from tests.sync.oracle import Edit
from tests.sync.world import World

# Reasons of the judging that say something of the registry's code and not of the Unit.
NEVER = ("raised", "never-ended", "unreadable", "exists", "unknown-kind", "unknown-verb", "invalid")


def nothing_lost(world: World) -> None:
    """Each edit is in force, superseded by one who had seen it, in a dispute, or held: exactly one."""
    acting = {row["unit_id"]: row for row in world.wire.arrivals() if row["acting"]}
    effective = _effective(world)
    for unit, by in world.oracle.units.items():
        row = acting.get(unit)
        if row is None:
            assert unit in world.oracle.excused, f"lost: Unit {unit} of {by} is nowhere"
        elif row["outcome"] == HELD:
            assert unit not in effective, f"Unit {unit} is held, and in force"
            _rightly_held(world, row)
        else:
            assert row["outcome"], f"lost: Unit {unit} of {by} was received and never judged"
    find = _Places(world)
    for edit in world.oracle.edits:
        row = acting.get(edit.unit)
        if row is not None and row["outcome"] != HELD:
            assert find.accounted(edit), f"lost: {edit} gave way to {find.places(edit)} unseen"


def _effective(world: World) -> set[str]:
    query = sa.select(history.c.unit_id).where(history.c.unit_id.is_not(None)).distinct()
    with world.registry.reading() as conn:
        return set(conn.execute(query).scalars())


def _rightly_held(world: World, row: Any) -> None:
    """Held only for a reason that still stands."""
    reason = row["reason"]
    if f'"{world.oracle.poison}"' in row["payload"]:
        return
    assert not reason.startswith(NEVER), f"held: {reason} {row['payload']}"
    if reason == "unknown-reference":
        with world.registry.reading() as conn:
            come = conn.execute(
                sa.select(history.c.record_id).where(
                    history.c.record_id.in_(json.loads(row["missing"]))
                )
            ).all()
        assert not come, f"held: {row['unit_id']} waits for {row['missing']}, which has come"
    if reason == "not-allowed":
        lawful = row["unit_id"] in world.oracle.lawful
        assert not lawful, f"held: {row['payload']} was within its author's rights"


class _Places:
    """Where the values of a field are."""

    def __init__(self, world: World) -> None:
        self.oracle = world.oracle
        nouns = {edit.place[0][0] for edit in world.oracle.edits}
        self.rows = {noun: world.registry.rows(noun) for noun in nouns}
        self.disputes: dict[Key, list[Any]] = {}
        for row in world.registry.rows("dispute").values():
            self.disputes.setdefault((row["entity"], row["record_id"]), []).append(row)

    def places(self, edit: Edit) -> set[Any]:
        """The value in force, and those that stand in disputes, open or settled."""
        (noun, record_id), name = edit.place
        row = self.rows[noun].get(record_id)
        found = {row[name]} if row else set()
        for dispute in self.disputes.get(edit.place[0], ()):
            for part in ("side", "value"):
                if name in (dispute[part] or {}):
                    found.add(dispute[part][name])
        return found

    def accounted(self, edit: Edit) -> bool:
        """Whether a value is there, or gave way to one whose author had seen it."""
        places = self.places(edit)
        if edit.value in places:
            return True
        if any(edit.value in self.oracle.known(edit.place, value) for value in places):
            return True
        # Superseded by one who had seen it, whose own edit died with a laptop's disk.
        return any(
            other.unit in self.oracle.excused
            and other.place == edit.place
            and edit.value in self.oracle.known(edit.place, other.value)
            for other in self.oracle.edits
        )


def settled_by_who_had_seen(world: World) -> None:
    """A dispute was closed only by a person who had been shown the side that it had then."""
    choices = {(c.unit, c.dispute): c for c in world.oracle.choices}
    query = sa.select(history).where(history.c.entity == "dispute").order_by(history.c.seq)
    before: dict[str, Any] = {}
    with world.registry.reading() as conn:
        for row in rows(conn, query):
            values = json.loads(row["payload"])["values"]
            was = before.get(row["record_id"], {})
            if values["state"] != "open" and was.get("state") == "open":
                choice = choices.get((row["unit_id"], row["record_id"]))
                seen = choice.shown[1] == was["side"] if choice else _given_up(world, row, was)
                assert seen, f"settled unseen: {was} by {choice}"
            before[row["record_id"]] = values


def _given_up(world: World, row: Any, was: Any) -> bool:
    """Whether an edit closed it whose author had the side before them, and wrote what is in force."""
    names = {
        edit.place[1]
        for edit in world.oracle.edits
        if edit.unit == row["unit_id"]
        and edit.place[0] == (was["entity"], was["record_id"])
        and was["side"].get(edit.place[1]) in edit.seen
    }
    return bool(names & was["side"].keys())


def no_needless_dispute(world: World) -> None:
    """No two values are in dispute of which one's author had seen the other.

    After a restore nobody knows any more who had seen what.
    """
    if world.disasters.restores:
        return
    chosen = {
        (edit.place, edit.value) for edit in world.oracle.edits if edit.unit in _choosers(world)
    }
    for row in world.registry.rows("dispute").values():
        if row["source"] == "registry" or set(row["side"]) != set(row["inforce"] or {}):
            continue
        for name, side in row["side"].items():
            place = ((row["entity"], row["record_id"]), name)
            inforce = row["inforce"][name]
            if {(place, side), (place, inforce)} & chosen or not _both_told(world, side, inforce):
                continue
            known = inforce in world.oracle.known(place, side)
            known = known or side in world.oracle.known(place, inforce)
            assert not known, f"needless dispute: {side} against {inforce} in {place}"


def _choosers(world: World) -> set[str]:
    return {choice.unit for choice in world.oracle.choices}


def _both_told(world: World, *values: Any) -> bool:
    return all(world.oracle.is_token(value) for value in values)
