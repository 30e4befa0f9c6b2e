"""Everybody agrees: each laptop's rows are the registry's, as far as its officer may read them."""

from typing import Any

from field_client.store import rows as laptop_rows
from schema.change import HELD
from schema.entities import BY_NOUN
from schema.names import tokens as folded
from schema.record import Key
from server.loaded import record_of
from tests.sync.laptops import Laptop, registry_rows, where_it_stands
from tests.sync.world import World


def at_rest(world: World, laptop: Laptop) -> None:
    """Nothing is left to send, to promote, or on top that is not held."""
    with laptop.opened() as db:
        stands = where_it_stands(db)
        on_top = laptop_rows.select(db, "SELECT unit_id, outcome FROM outbox WHERE open = 1")
    assert not stands["unsent"], f"{laptop.name} still has {stands} to send"
    assert not stands["staged"], f"{laptop.name} has pages that it does not show"
    laid = [row for row in on_top if row["outcome"] != HELD]
    assert not laid, f"{laptop.name} still lays on top what was judged: {laid}"
    held = {row["unit_id"] for row in world.wire.arrivals() if row["outcome"] == HELD}
    mine = {unit for unit in held if world.oracle.units.get(unit) == laptop.name}
    gone = mine - laptop.log() - world.disasters.gone
    assert not gone, f"{laptop.name} has forgotten what is held: {gone}"


def at_a_standstill(world: World, laptop: Laptop) -> None:
    """One more sync moves nothing, in one round trip.

    The registry remembers one place a device: two copies of a laptop make it ask for theirs in full. One
    more is of bytes whose Unit is in a backup: they are asked about until they are known to be in one too.
    """
    head, trips = world.registry.head(), 2 if world.disasters.copies else 1
    trips += laptop.may_ask_about_pictures()
    done = laptop.sync()
    assert done, f"{laptop.name}: a further sync fails"
    moved = (done.sent, done.fetched, world.wire.pages)
    assert not any(moved), f"{laptop.name}: a further sync moves {moved}"
    assert done.round_trips <= trips, f"{laptop.name}: a further sync asks {done.round_trips} times"
    assert world.registry.head() == head, f"{laptop.name}: a further sync writes"


def converged(world: World, laptop: Laptop) -> None:
    """Its rows are the registry's, restricted to what its officer may read."""
    readable = world.registry.readable(laptop.who)
    with laptop.opened() as db:
        here = registry_rows(db)
        _found_by_name(laptop, db)
        _whole(laptop, here)
        made = {r["record_id"] for r in laptop_rows.select(db, "SELECT record_id FROM touched")}
    there = {
        (noun, record_id): _told(noun, row)
        for noun in BY_NOUN
        for record_id, row in world.registry.rows(noun).items()
        if (row["compartment"], row["scope"]) in readable
    }
    for key, row in here.items():
        home = (row["compartment"], row["scope"])
        if home not in readable:
            recorded = home[0] == "weapons" and (key[1] in made or key[0] in ("flag", "dispute"))
            assert recorded, f"{laptop.name} holds {key} of {home}"
    kept = {key: _bare(row) for key, row in here.items() if key in there}
    missing = there.keys() - kept.keys()
    assert not missing, f"{laptop.name} lacks {sorted(missing)}"
    stray = {
        k for k in here if (here[k]["compartment"], here[k]["scope"]) in readable
    } - kept.keys()
    assert not stray, f"{laptop.name} holds what is not there: {sorted(stray)}"
    for key, row in there.items():
        assert kept[key] == row, f"{laptop.name} differs in {key}: {kept[key]} for {row}"


def _told(noun: str, row: Any) -> dict[str, Any]:
    record = record_of(noun, row)
    stamps = {"id": record.id, "ver": record.ver, "scope": record.scope, "gate": record.gate}
    stamps |= {"compartment": record.compartment, "extra": dict(record.extra)}
    return _bare({**stamps, **record.values})


def _bare(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value not in (None, {})}


def _found_by_name(laptop: Laptop, db: Any) -> None:
    held: dict[str, set[str]] = {}
    for row in laptop_rows.select(db, "SELECT token, person_id FROM token"):
        held.setdefault(row["person_id"], set()).add(row["token"])
    for row in laptop_rows.fetch_where(db, "person", "1"):
        wanted = set(folded(row))
        assert held.pop(row["id"], set()) == wanted, f"{laptop.name}: tokens of {row['id']}"
    assert not held, f"{laptop.name}: tokens of people that are not here"


def _whole(laptop: Laptop, here: dict[Key, Any]) -> None:
    """No reference that stays in its bucket leads to nothing."""
    for (noun, record_id), row in here.items():
        for name, ref in BY_NOUN[noun].refs().items():
            if ref.to and not ref.crosses and row[name]:
                there = (ref.to, row[name]) in here
                assert there, f"{laptop.name}: {noun} {record_id} without its {ref.to}"
