"""The papers of the registry: which records have one, and what each is made of."""

from collections.abc import Callable

import sqlalchemy as sa

from schema import cards
from schema.entities import BY_NOUN
from schema.policy import Sight
from schema.printing import arms
from schema.printing.card import Face, face, newest_photo
from schema.printing.discharge import discharge
from schema.printing.document import Document
from schema.printing.pdf import pdf
from schema.printing.speech import speech
from schema.problems import NotFound, NotPrinted
from schema.record import Record
from schema.wording import Words
from server import moments, signing
from server.blobs import keeping
from server.config import settings
from server.registry import records, stock
from server.registry.labels import Labels, labels

CHILD = "child"


Draw = Callable[[], bytes]


def is_printed(record: Record) -> bool:
    """Whether there is a paper of this record."""
    if record.entity not in MADE or record.get("withdrawn_at"):
        return False
    return record.entity != "gate_event" or (
        record.get("gate") == "discharged" and record.compartment != CHILD
    )


def paper(conn: sa.Connection, sight: Sight, noun: str, record_id: str, language: str) -> Draw:
    """What draws the PDF of a record's paper; it needs no database any more. Raises NotFound, NotPrinted."""
    if noun not in MADE:
        raise NotFound
    said, record = speech(language), records.get(conn, sight, noun, record_id)
    if record.get("withdrawn_at"):
        raise NotPrinted("It was withdrawn: nothing is printed of it any more.")
    made = MADE[noun](conn, sight, record, said.words)
    return lambda: pdf(said, made)


def _receipt(conn: sa.Connection, sight: Sight, hand_in: Record, words: Words) -> Document:
    lines = [
        line
        for line in records.below(conn, sight, "hand_in_line", "hand_in_id", hand_in.id)
        if not line.get("withdrawn_at")
    ]
    things = {
        noun: records.some(conn, sight, noun, [str(line.get(f"{noun}_id")) for line in lines])
        for noun in ("weapon", "lot")
    }
    given = [
        (line, things["weapon"].get(line.get("weapon_id")) or things["lot"].get(line.get("lot_id")))
        for line in lines
    ]
    name = _giver(conn, sight, hand_in)
    return arms.receipt(hand_in, given, name, _labels(conn, sight, hand_in), words)


def _giver(conn: sa.Connection, sight: Sight, hand_in: Record) -> str:
    """The name on the receipt. Of a participant who is out of sight there is a line for a pen instead."""
    case = records.find(conn, sight, "case", str(hand_in.get("case_id")))
    if case is None:
        return str(hand_in.get("giver_name") or "")
    if case.compartment == CHILD:
        raise NotPrinted("No receipt names somebody who is, or may be, a child.")
    person = records.find(conn, sight, "person", str(case.get("person_id")))
    return str(person.get("name") or "") if person else ""


def _destruction(conn: sa.Connection, sight: Sight, batch: Record, words: Words) -> Document:
    gone = stock.destroyed_in(conn, sight, batch.id)
    return arms.destruction(batch, gone, _labels(conn, sight, batch), words)


def _manifest(conn: sa.Connection, sight: Sight, load: Record, words: Words) -> Document:
    carried = stock.carried_by(conn, load)
    return arms.manifest(load, carried, _labels(conn, sight, load), words)


def _discharge(conn: sa.Connection, sight: Sight, gate: Record, words: Words) -> Document:
    """The certificate of an adult's discharge. Raises NotPrinted."""
    if gate.get("gate") != "discharged" or gate.compartment == CHILD:
        raise NotPrinted("A certificate is printed of an adult's discharge alone.")
    return discharge(gate, _person(conn, sight, gate), words)


def _card(conn: sa.Connection, sight: Sight, found: Record, words: Words) -> Face:
    """A card that is still good. Raises NotPrinted."""
    events = records.below(conn, sight, "card_event", "card_id", found.id)
    if cards.standing(found, events, moments.today(settings().timezone)) != cards.VALID:
        raise NotPrinted("This card is no longer good. Make another one.")
    pictures = records.below(conn, sight, "attachment", "case_id", str(found.get("case_id")))
    photo = newest_photo(pictures)
    body = keeping.body_of(conn, str(photo.get("sha256"))) if photo else None
    return face(found, _person(conn, sight, found), body, signing.sign)


def _person(conn: sa.Connection, sight: Sight, found: Record) -> Record:
    case = records.get(conn, sight, "case", str(found.get("case_id")))
    return records.get(conn, sight, "person", str(case.get("person_id")))


def _labels(conn: sa.Connection, sight: Sight, record: Record) -> Labels:
    """What its places, stores and bodies are called; no person."""
    nouns = {ref.to for ref in BY_NOUN[record.entity].refs().values()} - {"case", "person"}
    return labels(conn, sight, [record], *nouns)


Made = Callable[[sa.Connection, Sight, Record, Words], Document | Face]
MADE: dict[str, Made] = {
    "hand_in": _receipt,
    "destruction_batch": _destruction,
    "load": _manifest,
    "card": _card,
    "gate_event": _discharge,
}
