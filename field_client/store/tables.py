"""The tables of a laptop's store: one a noun, made from its declaration, and a few of its own.

A noun's table holds what is SHOWN: the registry's rows with the laptop's open Units laid on top.
``shadow`` keeps the registry's row (null when there is none) of each record that a Unit lies on.
"""

from functools import cache
from typing import Any

from sqlite_utils import Database

from schema.entities import BY_NOUN, ENTITIES
from schema.entity import Entity
from schema.fields import Described, Flag, Open, Ref, Whole
from schema.record import PARENT_FIELD

STAMPS: dict[str, type] = {"ver": int, "scope": str, "compartment": str}
# Of the registry's row: the hash of its entry. Empty while it is not worked out, or something lies on it.
ROW_HASH = "entry_hash"
INDEXED = {
    "person": ("number", "name", "phone"),
    "weapon": ("serial", "case_id"),
    "follow_up": ("due_date",),
    "attachment": ("sha256", "preview_sha256"),
    "custom_field": ("name",),
    "code": ("value",),
    "card": ("token",),
}

OWN_TABLES: dict[str, tuple[dict[str, type], str | tuple[str, ...]]] = {
    "meta": ({"name": str, "value": str}, "name"),
    "chain": ({"incarnation": int, "last_n": int, "last_hash": str, "acked": int}, "incarnation"),
    "outbox": (
        {
            "incarnation": int,
            "n": int,
            "prev": str,
            "hash": str,
            "unit_id": str,
            "payload": str,
            "shown": str,
            "saved_at": str,
            "arrived_at": str,
            "outcome": str,
            "seq": int,
            "reason": str,
            "sentence": str,
            "open": int,
        },
        ("incarnation", "n"),
    ),
    "touched": ({"unit_id": str, "entity": str, "record_id": str}, ("record_id", "unit_id")),
    "shadow": ({"entity": str, "record_id": str, "row": str}, ("record_id", "entity")),
    "bucket": ({"compartment": str, "scope": str, "verbs": str}, ("compartment", "scope")),
    "cursor": ({"bucket": str, "seq": int}, "bucket"),
    # What is shown here and a restored registry has lost, until it was offered.
    "witness": ({"place": int, "entity": str, "body": str}, "place"),
    "stage": ({"place": int, "bucket": str, "body": bytes}, "place"),
    "stage_cursor": ({"bucket": str, "seq": int, "whole": int}, "bucket"),
    # Snapshot files on their way here, as they come over the line.
    "fetched": (
        {"bucket": str, "seq": int, "size": int, "hash": str, "encoding": str},
        "bucket",
    ),
    "fetched_part": ({"place": int, "bucket": str, "body": bytes}, "place"),
    "unread": (
        {"id": str, "entity": str, "compartment": str, "scope": str, ROW_HASH: int},
        ("id", "entity"),
    ),
    "token": ({"token": str, "person_id": str}, ("token", "person_id")),
    # Bytes of attachments. length: of what is sent, where it is sealed; kept: an original that was asked for.
    "blob": (
        {
            "sha256": str,
            "size": int,
            "length": int,
            "preview": int,
            "whole": int,
            "sealed": int,
            "made_here": int,
            "unit_id": str,
            "sent": int,
            "arrived_at": str,
            "safe": int,
            "kept": int,
            "tries": int,
        },
        "sha256",
    ),
    "blob_part": ({"sha256": str, "start": int, "body": bytes}, ("sha256", "start")),
    "draft": ({"id": str, "kind": str, "body": str, "updated_at": str}, "id"),
    "draft_picture": ({"draft_id": str, "body": bytes, "preview": bytes}, "draft_id"),
}
OWN_INDEXES = {
    "outbox": (("unit_id",), ("open",)),
    "touched": (("unit_id",),),
    "token": (("person_id",),),
}


def make(db: Database) -> None:
    """Make the tables of an empty store."""
    for name in OWN_TABLES:
        _make_own(db, name)
    for entity in ENTITIES:
        _make_noun(db, entity)


def complete(db: Database) -> list[str]:
    """Add the columns and tables that this version declares and the store lacks; their names."""
    added = lacking(db)
    for name in added:
        noun, _, column = name.partition(".")
        if column:
            db.table(noun).add_column(column, _stored(BY_NOUN[noun])[column])
        elif name in OWN_TABLES:
            _make_own(db, name)
        else:
            _make_noun(db, BY_NOUN[noun])
    for noun, column in unindexed(db):
        db.table(noun).create_index([column])
    return added


def unindexed(db: Database) -> list[tuple[str, str]]:
    """The columns, with their tables, that this version looks records up by and the store does not."""
    made = {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'index'")}
    wanted = [(entity.noun, name) for entity in ENTITIES for name in _indexed(entity)]
    return [(noun, name) for noun, name in wanted if f"idx_{noun}_{name}" not in made]


def lacking(db: Database) -> list[str]:
    """The tables, and columns as TABLE.COLUMN, that this version declares and the store has not."""
    found = [name for name in OWN_TABLES if not db.table(name).exists()]
    for entity in ENTITIES:
        if db.table(entity.noun).exists():
            present = db.table(entity.noun).columns_dict
            found += [f"{entity.noun}.{name}" for name in _stored(entity) if name not in present]
        else:
            found.append(entity.noun)
    return found


@cache
def columns_of(entity: type[Entity]) -> dict[str, type]:
    """The columns of a noun's table: id and stamps, the declared fields, what is not known."""
    gate = {"gate": str} if entity.noun == "case" else {}
    fields = {name: kind_of(field) for name, field in entity.describe().items()}
    return {"id": str, **STAMPS, **gate, **fields, "extra": str}


def _stored(entity: type[Entity]) -> dict[str, type]:
    return {**columns_of(entity), ROW_HASH: int}


def kind_of(field: Described) -> Any:
    """The type of the column that holds this field."""
    return int if isinstance(field, Flag | Whole) else str


@cache
def json_names(entity: type[Entity]) -> tuple[str, ...]:
    """The columns whose values are stored as JSON text."""
    opened = tuple(n for n, field in entity.describe().items() if isinstance(field, Open))
    return (*opened, "extra")


@cache
def flag_names(entity: type[Entity]) -> tuple[str, ...]:
    """The columns that hold yes or no."""
    return tuple(n for n, field in entity.describe().items() if isinstance(field, Flag))


def staying_refs(entity: type[Entity]) -> dict[str, Ref]:
    """The references whose target must be here too: those that do not cross."""
    return {name: ref for name, ref in entity.refs().items() if ref.to and not ref.crosses}


def _make_own(db: Database, name: str) -> None:
    columns, pk = OWN_TABLES[name]
    db.table(name).create(columns, pk=pk)
    for names in OWN_INDEXES.get(name, ()):
        db.table(name).create_index(names)


def _make_noun(db: Database, entity: type[Entity]) -> None:
    keys = [(name, ref.to, "id") for name, ref in staying_refs(entity).items()]
    table = db.table(entity.noun)
    table.create(
        _stored(entity), pk="id", foreign_keys=keys, not_null={"ver", "scope", "compartment"}
    )
    for name in _indexed(entity):
        table.create_index([name])


def _indexed(entity: type[Entity]) -> list[str]:
    """What records of a noun are looked up by: what they hang on, and what is named above."""
    parent = (PARENT_FIELD[entity.noun],) if entity.noun in PARENT_FIELD else ()
    return list(dict.fromkeys((*parent, *INDEXED.get(entity.noun, ()))))
