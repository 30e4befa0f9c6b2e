"""Values of records in words, and what references are called."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext
from sqlite_utils import Database

from field_client.pages.words import WORDS
from field_client.store import reading
from field_client.store.reading import CODES
from field_client.store.rows import Row, fetch
from schema.deployment import Noun
from schema.detail import details
from schema.said import Said


def labels_for(db: Database, entity: Noun, records: Iterable[Row]) -> dict[str, str]:
    """What the references of these records are called, by id."""
    listed = list(records)
    found: dict[str, str] = {}
    for name, ref in entity.refs().items():
        ids = [row[name] for row in listed if row.get(name)]
        if ref.to and ids:
            found |= reading.titles(db, ref.to, ids)
    return found


def code_of(db: Database, noun: str, record_id: str) -> str:
    """How somebody types a reference to this record: its code, else its id."""
    row = fetch(db, noun, record_id)
    code = CODES.get(noun)
    return str(row[code]) if row and code and row[code] else record_id


def in_words(entity: Noun, name: str, values: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    """One field's value as people read it."""
    found = [
        line for line in details(entity, values, labels, only=(name,)) if line.text is not None
    ]
    if not found:
        return gettext("Not given")
    line = found[0]
    if isinstance(line.text, Said):
        return WORDS.word(line.text)
    return WORDS.day(line.text, line.precision) if line.kind == "day" else str(line.text)
