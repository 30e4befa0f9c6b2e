"""Commands that look, change and settle: get, list, history, set, disputes, settle, held.

By the rights of the account after ``--as`` and nothing more; without it, by the system itself.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import click
import sqlalchemy as sa

from schema.change import SET, SETTLE, Change, Unit
from schema.deployment import gathered
from schema.entities import entity_of
from schema.fields import Described, Ref
from schema.ids import new_id
from schema.parts import part_of
from schema.policy import Sight
from schema.problems import (
    AlreadySettled,
    BadValue,
    Invalid,
    UnknownField,
)
from schema.record import Record
from schema.typed import meaning, of_each, pairs
from server import arrivals, ledger, moments
from server.blobs import pictures
from server.cli.named import named, noted
from server.cli.speech import acting, as_option, registry_command, say
from server.db import reading
from server.enter import enter
from server.registry import disputes as open_disputes
from server.registry import records, references, timeline
from server.registry.declared import deployment
from server.registry.disputes import DisputePage
from server.registry.paging import FIRST, Page, Turn

KEEP, TAKE = "keep", "take"
ENTITY = click.argument("entity")
RECORD = click.argument("record_id", metavar="ID")
REASON = click.option("--reason", default="", help="Why.")


@registry_command("get")
@ENTITY
@RECORD
@as_option
def get(entity: str, record_id: str, who: str | None) -> None:
    """Show one record. It may be named by id, code, P-code or printed number."""
    with reading() as conn:
        actor = acting(conn, who)
        record = named(conn, actor.sight, entity, record_id)
        bytes_are = pictures.where(conn, record)
    noted(actor, entity, [record.id])
    told = "".join(f"\n{name}: {state}" for name, state in bytes_are.items())
    say(f"{_words(record)}{told}", **_facts(record), **bytes_are)


@registry_command("list")
@ENTITY
@click.argument("words", metavar="[FIELD=VALUE]…", nargs=-1)
@as_option
def list_(entity: str, words: tuple[str, ...], who: str | None) -> None:
    """Show the records that may be seen, newest first."""
    with reading() as conn:
        actor = acting(conn, who)
        asked = _asked(conn, actor.sight, entity, pairs(words))
        found = list(_all(conn, actor.sight, entity, asked))
    noted(actor, entity, [record.id for record in found])
    for record in found:
        say(_words(record), **_facts(record))


@registry_command("history")
@ENTITY
@RECORD
@as_option
def history(entity: str, record_id: str, who: str | None) -> None:
    """Show what happened to a record, newest first."""
    with reading() as conn:
        actor = acting(conn, who)
        record = named(conn, actor.sight, entity, record_id)
        past, _ = timeline.timeline(conn, actor.sight, [record], most=1_000_000)
    noted(actor, entity, [record.id])
    for one in past:
        changed = {name: (one.after or {}).get(name) for name in one.changed}
        told = ", ".join(f"{name} → {value}" for name, value in changed.items())
        say(
            f"{one.came_at}  {one.by}: {told}",
            seq=one.seq, by=one.by, said_at=one.said_at, came_at=one.came_at, changed=changed,
        )  # fmt: skip


@registry_command("set")
@ENTITY
@RECORD
@click.argument("words", metavar="FIELD=VALUE…", nargs=-1, required=True)
@as_option
def set_(entity: str, record_id: str, words: tuple[str, ...], who: str | None) -> None:
    """Change fields of a record. FIELD= empties one."""
    with reading() as conn:
        actor = acting(conn, who)
        record = named(conn, actor.sight, entity, record_id)
        said = _values(conn, actor.sight, entity, pairs(words))
        values = gathered(said, record.values)
        base = ledger.head(conn)
    old = {name: record.get(name) for name in values}
    outcome = enter(_unit(base, Change(SET, entity, record.id, values, old)), actor, _key())
    say(f"{outcome.outcome}: {record.id}", outcome=outcome.outcome, id=record.id, seq=outcome.seq)


@registry_command("disputes")
@as_option
def disputes(who: str | None) -> None:
    """Show the open disputes, oldest first."""
    with reading() as conn:
        sight = acting(conn, who).sight
        found = [
            line.dispute for line in _every(lambda turn: open_disputes.disputes(conn, sight, turn))
        ]
    for dispute in found:
        about = f"{dispute.get('entity')} {dispute.get('field')}"
        sides = f"{dispute.get('inforce')} or {dispute.get('side')}"
        say(f"{dispute.id}  {about}: {sides}", **_facts(dispute), record=dispute.get("record_id"))


@registry_command("settle")
@click.argument("dispute_id")
@click.argument("choice", metavar="keep|take|VALUE")
@REASON
@as_option
def settle(dispute_id: str, choice: str, reason: str, who: str | None) -> None:
    """Settle a dispute: keep the value in force, take the other, or give a third.

    The third is typed as for ``set``; as a JSON object where several fields settle as one.
    """
    with reading() as conn:
        actor = acting(conn, who)
        page = open_disputes.get(conn, actor.sight, dispute_id)
        base = ledger.head(conn)
        if page.dispute.get("state") != "open":
            raise AlreadySettled
        value = _chosen(conn, actor.sight, page, choice)
    side = page.dispute.get("side")
    inforce = part_of(page.record.values, side)
    said = {"value": value, "inforce": inforce, "side": side, "reason": reason or None}
    outcome = enter(_unit(base, Change(SETTLE, "dispute", page.dispute.id, said)), actor, _key())
    say(f"{outcome.outcome}: {dispute_id}", outcome=outcome.outcome, id=dispute_id, seq=outcome.seq)


@registry_command("held")
@click.argument("act", type=click.Choice(["retry", "close"]), required=False)
@click.argument("unit_id", required=False)
@REASON
@as_option
def held(act: str | None, unit_id: str | None, reason: str, who: str | None) -> None:
    """Show what is held; ``retry ID`` judges one again, ``close ID --reason R`` lays one aside."""
    with reading() as conn:
        actor = acting(conn, who)
        waiting = arrivals.held(conn, actor.sight) if not act else []
    for one in waiting:
        say(f"{one.id}  {one.by}: {one.reason}. {one.sentence}", id=one.id, by=one.by, reason=one.reason,
            sentence=one.sentence, missing=list(one.missing), received_at=one.received_at)  # fmt: skip
    if act and not unit_id:
        raise click.UsageError(f"{act} needs the id of what is held.")
    if act == "retry":
        outcome = arrivals.retry(actor, str(unit_id))
        say(
            f"{outcome.outcome}: {unit_id}",
            outcome=outcome.outcome,
            id=unit_id,
            reason=outcome.reason,
        )
    elif act == "close":
        arrivals.close(actor, str(unit_id), reason)
        say(f"closed: {unit_id}", outcome="closed", id=unit_id)


commands: list[click.Command] = [get, list_, history, set_, disputes, settle, held]


def _all(
    conn: sa.Connection, sight: Sight, noun: str, asked: Mapping[str, Any]
) -> Iterator[Record]:
    return _every(lambda turn: records.listed(conn, sight, noun, asked, turn))


def _every(page_of: Any) -> Iterator[Any]:
    """The rows of every page of a list."""
    page: Page[Any] = page_of(FIRST)
    yield from page.rows
    while page.after:
        page = page_of(Turn(after=page.after))
        yield from page.rows


def _asked(
    conn: sa.Connection, sight: Sight, noun: str, typed: Mapping[str, str]
) -> dict[str, Any]:
    """What a list is narrowed by: fields, and the stamps that nobody writes."""
    entity_of(noun)
    stamps = {name: text for name, text in typed.items() if name in records.STAMPS}
    values = {name: text for name, text in typed.items() if name not in stamps}
    if noun == "case" and "gate" in values:
        gate = entity_of("gate_event").describe()["gate"]
        stamps["gate"] = _value(conn, sight, "gate", gate, values.pop("gate"))
    return {**stamps, **_values(conn, sight, noun, values)}


def _values(
    conn: sa.Connection, sight: Sight, noun: str, typed: Mapping[str, Any]
) -> dict[str, Any]:
    """Typed values as they are stored. Raises UnknownField, Invalid, UnknownReference, Ambiguous."""
    fields = deployment(conn).of(entity_of(noun)).describe()
    for name in typed:
        if name not in fields:
            raise UnknownField(f"{noun} has no field called {name!r}.", field=name)
    return {name: _value(conn, sight, name, fields[name], text) for name, text in typed.items()}


def _value(conn: sa.Connection, sight: Sight, name: str, field: Described, said: Any) -> Any:
    if said in ("", None):
        return None
    if isinstance(field, Ref) and field.to and isinstance(said, str):
        return references.resolve(conn, sight, field, said, name)
    try:
        return field.check(meaning(field, said) if isinstance(said, str) else said)
    except BadValue as problem:
        raise Invalid(f"{name}: {problem.said}", fields={name: [problem.said]}) from problem


def _chosen(conn: sa.Connection, sight: Sight, page: DisputePage, choice: str) -> dict[str, Any]:
    """What is to be in force of each disputed field. Raises what typed values raise."""
    side = page.dispute.get("side")
    if choice == KEEP:
        return part_of(page.record.values, side)
    if choice == TAKE:
        return dict(side)
    return _values(conn, sight, page.record.entity, of_each(list(side), choice))


def _unit(base: int, change: Change) -> Unit:
    return Unit(_key(), base, moments.moment(), (change,))


def _key() -> str:
    return new_id(moments.milliseconds())


def _facts(record: Record) -> dict[str, Any]:
    stamps = {
        "id": record.id,
        "ver": record.ver,
        "scope": record.scope,
        "compartment": record.compartment,
    }
    gate = {"gate": record.gate} if record.entity == "case" else {}
    values = {name: record.get(name) for name in entity_of(record.entity).describe()}
    return {**stamps, **gate, **values, "extra": dict(record.extra) or None}


def _words(record: Record) -> str:
    entity = entity_of(record.entity)
    shown = [
        f"{name}={record.get(name)}" for name in entity.describe() if record.get(name) is not None
    ]
    gate = [f"gate={record.gate}"] if record.entity == "case" and record.gate else []
    return "  ".join([record.id, *gate, *shown])
