"""Writing a synthetic programme by the one write path. Sown twice, it adds nothing."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice

import sqlalchemy as sa

from schema.chains import of_import
from schema.change import Change, Outcome, Source, Unit
from server import apply, arrivals, bulk
from server.actor import SYSTEM
from server.db import reading
from server.seeding import demobilising, people, places, reintegration, screening, stores
from server.seeding.dice import TODAY, Dice

_AT_ONCE = 400
PLACES = of_import("seed/places")
Progress = Callable[[int], None]


@dataclass
class Sown:
    """What became of a sowing. outcomes: how many Units each; records: of each noun."""

    outcomes: Counter[str] = field(default_factory=Counter)
    records: Counter[str] = field(default_factory=Counter)
    there_already: int = 0


def sow(count: int, seed: int, progress: Progress = lambda done: None) -> Sown:
    """Write a programme of so many people. ``progress`` is told of people done."""
    sown = Sown()
    with bulk.rarely_collected():
        _write(_places(count), sown)
        _sow_people(count, seed, sown, progress)
    return sown


def _sow_people(count: int, seed: int, sown: Sown, progress: Progress) -> None:
    source = _people(count, seed)
    done = 0
    while batch := list(islice(source, _AT_ONCE)):
        _write(batch, sown)
        done = min(done + _AT_ONCE, count)
        progress(done)


def _places(count: int) -> list[apply.Arriving]:
    caseloads = -(-count // places.PEOPLE_A_CASELOAD)
    made = [places.caseload_made(place) for place in range(caseloads)]
    laid = [
        *places.laid(),
        *screening.laid(),
        *reintegration.laid(),
        *stores.laid(),
        *((change.record, [change]) for change in made),
        *(
            (f"forms {place}", list(demobilising.forms_of(place, change.record)))
            for place, change in enumerate(made)
        ),
    ]
    return [_arriving(PLACES, key, "system", _unit(key, changes)) for key, changes in laid]


def _unit(key: str, changes: Sequence[Change]) -> Unit:
    return Unit(Dice("places", key).id(), 0, f"{TODAY}T08:00:00+00:00", tuple(changes))


def _people(count: int, seed: int) -> Iterator[apply.Arriving]:
    for place in range(count):
        for said in people.said_of(seed, place):
            source = Source(of_import(f"seed/{seed}"), said.key, said.author, said.by)
            yield apply.Arriving(said.unit, source, _may, _may, TODAY)


def _arriving(chain: str, key: str, by: str, unit: Unit) -> apply.Arriving:
    return apply.Arriving(unit, Source(chain, key, by=by), _may, _may, TODAY)


@cache
def _may(verb: str, compartment: str, scope: str) -> bool:
    return SYSTEM.sight.may(verb, compartment, scope)


def _write(batch: Sequence[apply.Arriving], sown: Sown) -> None:
    """Apply what is not there yet, and count what became of it."""
    with reading() as conn:
        known = {
            (chain, key)
            for chain in {one.source.chain for one in batch}
            for key in arrivals.known_many(conn, chain, [o.source.key for o in batch])
        }
    new = [one for one in batch if (one.source.chain, one.source.key) not in known]
    sown.there_already += len(batch) - len(new)
    for outcome in apply.in_chunks(new, _keep):
        sown.outcomes[outcome.outcome] += 1
        sown.records.update(noun for noun, _ in outcome.records)


def _keep(conn: sa.Connection, part: Sequence[apply.Arriving], outcomes: Sequence[Outcome]) -> None:
    """Keep the Units with what became of them, in the transaction that applies them."""
    stored = zip(part, outcomes, strict=True)
    arrivals.store_many(conn, [(one.source, one.unit.as_text(), what) for one, what in stored])
