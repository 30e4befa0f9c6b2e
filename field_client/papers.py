"""The papers of this laptop: what each is made of, from what is here and without a link."""

from collections.abc import Callable

from sqlite_utils import Database

from field_client import moments, signing
from field_client.store import blobs, facts, reading, rows
from field_client.store.rows import Row
from schema import cards
from schema.entities import BY_NOUN
from schema.inventory import EVENTS
from schema.printing import arms
from schema.printing.card import Face, face, newest_photo
from schema.printing.discharge import discharge
from schema.printing.document import Document
from schema.printing.pdf import pdf
from schema.printing.speech import speech
from schema.problems import NotFound, NotPrinted
from schema.record import Record
from schema.wording import Words

CHILD = "child"


def paper(db: Database, noun: str, record_id: str, language: str) -> bytes:
    """The PDF of a record's paper. Raises NotFound, NotPrinted."""
    if noun not in MADE:
        raise NotFound
    said, record = speech(language), rows.as_record(noun, reading.get(db, noun, record_id))
    if record.get("withdrawn_at"):
        raise NotPrinted("It was withdrawn: nothing is printed of it any more.")
    return pdf(said, MADE[noun](db, record, said.words))


def is_printed(db: Database, noun: str, row: Row) -> bool:
    """Whether this laptop has a paper of this record."""
    if noun not in MADE or row["withdrawn_at"]:
        return False
    if noun == "gate_event":
        return row["gate"] == "discharged" and row["compartment"] != CHILD
    return noun != "load" or _sees_both(db, row["to_store_id"])


def _receipt(db: Database, hand_in: Record, words: Words) -> Document:
    where = "hand_in_id = ? AND withdrawn_at IS NULL ORDER BY id"
    found = rows.fetch_where(db, "hand_in_line", where, (hand_in.id,))
    given = [(rows.as_record("hand_in_line", line), _thing(db, line)) for line in found]
    return arms.receipt(hand_in, given, _giver(db, hand_in), _labels(db, hand_in), words)


def _thing(db: Database, line: Row) -> Record | None:
    for noun in EVENTS:
        row = rows.fetch(db, noun, line[f"{noun}_id"] or "")
        if row:
            return rows.as_record(noun, row)
    return None


def _giver(db: Database, hand_in: Record) -> str:
    """The name on the receipt. Of a participant who is not here there is a line for a pen instead."""
    case = rows.fetch(db, "case", hand_in.get("case_id") or "")
    if case is None:
        return str(hand_in.get("giver_name") or "")
    if case["compartment"] == CHILD:
        raise NotPrinted("No receipt names somebody who is, or may be, a child.")
    person = rows.fetch(db, "person", case["person_id"])
    return str(person["name"] or "") if person else ""


def _destruction(db: Database, batch: Record, words: Words) -> Document:
    gone = _of_events(db, "destroyed", "destruction_batch_id", batch.id)
    return arms.destruction(batch, gone, _labels(db, batch), words)


def _manifest(db: Database, load: Record, words: Words) -> Document:
    """The list is whole only where both stores are this officer's: what left is the receiver's."""
    if not _sees_both(db, load.get("to_store_id")):
        raise NotPrinted(
            "What left for another store is not on this laptop. The registry prints the whole list."
        )
    carried = _of_events(db, "moved-out", "load_id", load.id)
    return arms.manifest(load, carried, _labels(db, load), words)


def _discharge(db: Database, gate: Record, words: Words) -> Document:
    """The certificate of an adult's discharge. Raises NotPrinted."""
    if gate.get("gate") != "discharged" or gate.compartment == CHILD:
        raise NotPrinted("A certificate is printed of an adult's discharge alone.")
    return discharge(gate, _person(db, gate), words)


def _card(db: Database, found: Record, words: Words) -> Face:
    """A card that is still good, as far as this laptop knows. Raises NotPrinted."""
    if card_standing(db, found) != cards.VALID:
        raise NotPrinted("This card is no longer good. Make another one.")
    pictures = rows.fetch_where(db, "attachment", "case_id = ?", (found.get("case_id"),))
    photo = newest_photo(rows.as_record("attachment", one) for one in pictures)
    body = None
    if photo:
        kept = (blobs.body_of(db, str(photo.get(n))) for n in ("sha256", "preview_sha256"))
        body = next(filter(None, kept), None)
    return face(found, _person(db, found), body, signing.key(db).sign)


def card_standing(db: Database, card: Record) -> str:
    """Whether a card is good, by what is here."""
    found = rows.fetch_where(db, "card_event", "card_id = ?", (card.id,))
    events = [rows.as_record("card_event", one) for one in found]
    return cards.standing(card, events, moments.today())


def _person(db: Database, found: Record) -> Record:
    case = reading.get(db, "case", str(found.get("case_id")))
    return rows.as_record("person", reading.get(db, "person", case["person_id"]))


def _sees_both(db: Database, to_store_id: str | None) -> bool:
    return facts.Rights(db).may("read", "weapons", to_store_id or "")


def _of_events(db: Database, happened: str, name: str, record_id: str) -> list[tuple[Record, int]]:
    """The weapons and lots here with such an event that stands and names this record."""
    found = []
    for noun, event in EVENTS.items():
        where = f'"{name}" = ? AND event = ? AND withdrawn_at IS NULL ORDER BY "{noun}_id"'
        events = rows.fetch_where(db, event, where, (record_id, happened))
        known = rows.standing(db, noun, [one[f"{noun}_id"] for one in events])
        found += [
            (rows.as_record(noun, known[one[f"{noun}_id"]]), one.get("quantity") or 1)
            for one in events
            if one[f"{noun}_id"] in known
        ]
    return found


def _labels(db: Database, record: Record) -> dict[str, str]:
    """What its places, stores and bodies are called; no person."""
    found: dict[str, str] = {}
    for name, ref in BY_NOUN[record.entity].refs().items():
        if record.get(name) and ref.to not in ("case", "person"):
            found |= reading.titles(db, ref.to, [record.get(name)])
    return found


Made = Callable[[Database, Record, Words], Document | Face]
MADE: dict[str, Made] = {
    "hand_in": _receipt,
    "destruction_batch": _destruction,
    "load": _manifest,
    "card": _card,
    "gate_event": _discharge,
}
