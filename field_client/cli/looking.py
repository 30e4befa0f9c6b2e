"""Commands that look: status, get, list, history, disputes, dictionary."""

from dataclasses import replace
from typing import Any

import click
from sqlite_utils import Database

from field_client import home, typed, wiping
from field_client.cli import opening, speech
from field_client.config import Config
from field_client.store import blobs, digests, facts, history, reading, states
from field_client.store.declared import deployment
from schema import dictionary
from schema.deployment import NOTHING_ADDED, Deployment
from schema.entities import ENTITIES, entity_of
from schema.states import LAPTOP, STATES
from schema.typed import pairs


@speech.command("status")
def status() -> None:
    """What is only on this laptop, what waits for somebody, and when the registry last answered."""
    place = Config.read().home
    for path in home.sealed(place):
        text = f"{path.parent.name} was wiped. {wiping.what_is_kept(path)}"
        speech.say(text, name=path.parent.name, wiped=True, kept=str(path))
    if home.sealed(place) and not home.names(place):
        return
    with opening.opened() as db:
        device, pending, found = facts.device(db), states.pending(db), states.whereabouts(db)
        rights = facts.Rights(db)
        caseloads = _codes(db, "caseload", rights.scopes("read", "case"))
        agreement, pictures = digests.agreement(db), blobs.counted(db)
    text = (
        f"{device.name}, {device.account_name}, at {device.url}\n"
        f"Only here: {pending.only_here}{f', oldest {pending.oldest}' if pending.oldest else ''}\n"
        f"At the registry: {found.at_registry}   In a backup: {found.in_backup}\n"
        f"Photos and papers: only here {pictures.only_here}, on their way {pictures.on_the_way}, "
        f"at the registry {pictures.at_registry}, in a backup {pictures.in_backup}\n"
        f"Held: {pending.held}   Disputes: {pending.disputes}\n"
        f"Last contact: {pending.last_contact or 'never'}\n"
        f"{_agrees(agreement)}"
        f"{_last_try(found)}"
    )
    said = {
        "device": device.id,
        "name": device.name,
        "account": device.account_name,
        "url": device.url,
        "caseloads": caseloads,
        "agreement": vars(agreement) if agreement else None,
        "pictures": vars(pictures),
    }
    speech.say(text, **said, **{**vars(found), **vars(pending)})


def _last_try(found: states.Whereabouts) -> str:
    if not found.failed_at:
        return ""
    why = found.why if found.network else LAPTOP["no_network"].one
    return f"\nLast try, {found.failed_at}: {why}"


def _agrees(found: digests.Agreement | None) -> str:
    """Whether what is kept here is what the registry has, in figures."""
    if found is None:
        return "Not compared with the registry yet."
    kept = f"{found.records} records in {found.buckets} buckets"
    if found.unequal:
        return f"Differs from the registry in {len(found.unequal)} of {kept}; the next sync repairs it."
    return f"Agrees with the registry: {kept}, compared {found.at}"


@speech.command("get")
@click.argument("entity")
@click.argument("record", metavar="ID")
def get(entity: str, record: str) -> None:
    """One record as it is shown here, with its state."""
    with opening.opened() as db:
        row = reading.get(db, entity, reading.find_id(db, entity, record))
        where = states.state_of(db, row["id"])
        if entity == "attachment":
            where = replace(where, state=blobs.where(db, [row])[row["id"]])
            row["original_here"] = blobs.is_here(db, row["sha256"] or "")
            row["preview_here"] = blobs.is_here(db, row["preview_sha256"] or "")
    lines = [f"{name}: {value}" for name, value in row.items() if value is not None]
    speech.say("\n".join([*lines, f"state: {STATES[where.state].tag}"]), **_facts(row, where))


@speech.command("list")
@click.argument("entity")
@click.argument("words", metavar="[FIELD=VALUE]…", nargs=-1)
@click.option("--search", default="", help="People whose names hold these words.")
def list_(entity: str, words: tuple[str, ...], search: str) -> None:
    """The records that are shown here, one a line."""
    with opening.opened() as db:
        if search and entity == "person":
            found = reading.people(db, search)
        else:
            found = reading.listed(db, entity, _filters(db, entity, words))
        where = states.states_of(db, [row["id"] for row in found])
        title = entity_of(entity).title_field
        for row in found:
            name = row.get(title) or "" if title else ""
            tag = STATES[where[row["id"]].state].tag
            speech.say(f"{row['id']}  {name}  [{tag}]", **_facts(row, where[row["id"]]))


@speech.command("history")
@click.argument("entity")
@click.argument("record", metavar="ID")
def history_(entity: str, record: str) -> None:
    """What was done to a record on this laptop, the oldest first; the registry keeps the whole."""
    with opening.opened() as db:
        for act in history.of(db, entity, reading.find_id(db, entity, record)):
            values = ", ".join(f"{n}={v!r}" for n, v in act["values"].items())
            outcome = act["outcome"] or "only here"
            speech.say(f"{act['at']}  {act['verb']}  {values}  [{outcome}]", **act)


@speech.command("disputes")
def disputes() -> None:
    """The open disputes: both values, whose they are and when they were said."""
    with opening.opened() as db:
        for row in reading.listed(db, "dispute", {"state": "open"}):
            record = {"entity": row["entity"], "record": row["record_id"], "field": row["field"]}
            said = {name: row[name] for name in ("inforce", "inforce_by", "inforce_at")}
            side = {name: row[name] for name in ("side", "side_by", "side_at")}
            text = (
                f"{row['id']}  {row['entity']} {row['record_id']}  {row['field']}\n"
                f"  in force: {_shown(row['inforce'])}  ({row['inforce_by']})\n"
                f"  other:    {_shown(row['side'])}  ({row['side_by']}, {row['side_at']})"
            )
            speech.say(text, id=row["id"], **record, **said, **side)


@speech.command("dictionary")
@click.argument("entity", required=False)
@click.option("--declared", is_flag=True, help="With the fields and codes of the deployment.")
def dictionary_(entity: str | None, declared: bool) -> None:
    """Every field: type, codes, required, sensitivity, purpose, donor, label."""
    known = _declared() if declared else NOTHING_ADDED
    for each in [entity_of(entity)] if entity else ENTITIES:
        for row in dictionary.rows(known.of(each)):
            codes = f" ({', '.join(row['codes'])})" if row["codes"] else ""
            needed = ", required" if row["required"] else ""
            text = f"{row['entity']}.{row['field']}: {row['label']}, {row['type']}{codes}{needed}"
            speech.say(text, **row)


def _declared() -> Deployment:
    with opening.opened() as db:
        return deployment(db)


def _filters(db: Database, entity: str, words: tuple[str, ...]) -> dict[str, Any]:
    said: dict[str, Any] = dict(pairs(words))
    stamps: dict[str, Any] = {name: said.pop(name) for name in reading.STAMPS if name in said}
    return {**stamps, **typed.values(db, entity, said)}


def _facts(row: dict[str, Any], where: states.Where) -> dict[str, Any]:
    told = {"state": where.state, "state_when": where.when, "state_reason": where.reason}
    return {**row, "where": told}


def _codes(db: Database, noun: str, ids: tuple[str, ...]) -> list[str]:
    rows = reading.listed(db, noun)
    return [row["code"] for row in rows if row["id"] in ids]


def _shown(values: dict[str, Any] | None) -> str:
    return ", ".join("none" if v is None else str(v) for v in (values or {}).values())


commands: list[click.Command] = [status, get, list_, history_, disputes, dictionary_]
