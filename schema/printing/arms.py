"""The papers of disarmament: the receipt, the certificate of destruction, the manifest of a convoy.

None says what somebody was or is. A receipt names the giver where they gave a name, and nobody else.
"""

from collections.abc import Iterable, Mapping, Sequence

from schema.codes import CALIBRE, CONDITION, SERIAL_STATE
from schema.codes_weapons import DESTRUCTION_METHOD, GIVER, LOAD_CARRIES, LOT_CONDITION, LOT_UNIT
from schema.fields import name_of
from schema.inventory import kind_of
from schema.ledger_words import kind_words
from schema.printing.document import Column, Document, Fact, Listing, Signature
from schema.printing.paper import Told
from schema.record import Record
from schema.said import Said
from schema.wording import Words, format_number

RECEIPT, DESTRUCTION, MANIFEST = (
    Said("Receipt"),
    Said("Certificate of destruction"),
    Said("Convoy manifest"),
)
_RECEIPT_NUMBER, _CERTIFICATE_NUMBER = Said("Receipt number"), Said("Certificate number")
_MANIFEST_NUMBER = Said("Manifest number")
_DATE, _PLACE, _STORE, _METHOD = Said("Date"), Said("Place"), Said("Store"), Said("Method")
_GIVEN_BY, _CLEARED = Said("Given by"), Said("Cleared as safe by")
_HANDED_IN, _DESTROYED, _CARRIED = (
    Said("What was handed in"),
    Said("What was destroyed"),
    Said("What is carried"),
)
_NUMBER, _TYPE, _MODEL = Said("No."), Said("Type"), Said("Make and model")
_CALIBRE, _SERIAL, _CONDITION, _MUCH = (
    Said("Calibre"),
    Said("Serial or lot number"),
    Said("Condition"),
    Said("Quantity"),
)
_SO_MANY = Said("%(much)s %(unit)s")
_PIECES = Said("%(weapons)s weapons, %(lots)s lots")
_KEEP = Said("Keep this receipt. It can be shown in an appeal.")
_NOTHING_MORE = Said("It says what was handed in on this day, and nothing else about who gave it.")
_GONE = Said(
    "What is listed above was destroyed on this day, so that it can never be used or repaired again."
)
_COUNTED = Said(
    "Everything on this list was counted before it was destroyed, and nothing was missing."
)
_SCRAP, _AUTHORITY = Said("What became of the scrap"), Said("National authority")
_ADVISER, _OBSERVER = Said("Technical adviser"), Said("Independent observer")
_FROM, _TO, _SEALS = Said("From store"), Said("To store"), Said("Seal numbers")
_CARRIES, _ESCORT, _DRIVER = Said("Carries"), Said("Escort"), Said("Driver and vehicle")
_AT_ARRIVAL = Said("When it arrives, the receiver checks:")
_CHECKS = (
    Said("The seals are whole and have the numbers written above."),
    Said("Everything on this list came, and nothing else."),
    Said("What differs is written on the back and told to the sender on the same day."),
)
_GIVER, _RECEIVER, _WITNESS = Said("Handed over by"), Said("Received by"), Said("Witness")
_DRIVES = Said("Driver")
Labels = Mapping[str, str]
Things = Iterable[tuple[Record, Record | None]]


def receipt(hand_in: Record, given: Things, name: str, labels: Labels, words: Words) -> Document:
    """The receipt of a hand-in. given: (line, weapon or lot). name: of who gave it, where they gave one."""
    rows = [_row(at, line, item, line.get("quantity")) for at, (line, item) in enumerate(given, 1)]
    giver: Told = name or Said(GIVER.label(str(hand_in.get("giver"))))
    nameless = hand_in.get("giver") in ("participant", "other-person") and not name
    return Document(
        title=RECEIPT,
        number=_number(hand_in.get("receipt"), hand_in),
        number_label=_RECEIPT_NUMBER,
        day=str(hand_in.get("date")),
        facts=(
            Fact(_DATE, words.day(hand_in.get("date"))),
            Fact(_PLACE, labels.get(str(hand_in.get("area_id")))),
            Fact(_GIVEN_BY, None if nameless else giver),
            Fact(_STORE, labels.get(str(hand_in.get("store_id")))),
            Fact(_CLEARED, hand_in.get("cleared_by")),
        ),
        listings=(Listing(_HANDED_IN, _columns(), rows),),
        statement=(_NOTHING_MORE, _KEEP),
        signatures=(
            Signature(_GIVER, name),
            Signature(_RECEIVER, hand_in.get("received_by") or name_of(hand_in.get("recorded_by"))),
            Signature(_WITNESS, hand_in.get("witness") or ""),
        ),
    )


def destruction(
    batch: Record, gone: Sequence[tuple[Record, int]], labels: Labels, words: Words
) -> Document:
    """The certificate of one destruction, with every weapon and lot that was destroyed in it."""
    rows = [_row(at, None, item, much) for at, (item, much) in enumerate(gone, 1)]
    method = DESTRUCTION_METHOD.label(str(batch.get("method")))
    observer = labels.get(str(batch.get("observer_organisation_id")), "")
    return Document(
        title=DESTRUCTION,
        number=_number(batch.get("certificate"), batch),
        number_label=_CERTIFICATE_NUMBER,
        day=str(batch.get("date")),
        facts=(
            Fact(_DATE, words.day(batch.get("date"))),
            Fact(_PLACE, labels.get(str(batch.get("area_id")))),
            Fact(_METHOD, Said(method)),
            Fact(_STORE, labels.get(str(batch.get("store_id")))),
            Fact(_SCRAP, batch.get("scrap")),
            Fact(_OBSERVER, (batch.get("observer"), observer)),
        ),
        listings=(Listing(_DESTROYED, _columns(), rows, _total(item for item, _ in gone)),),
        statement=(_GONE,),
        boxes=(_COUNTED,),
        signatures=(
            Signature(_AUTHORITY, batch.get("authority") or ""),
            Signature(_ADVISER, batch.get("adviser") or ""),
            Signature(_OBSERVER, batch.get("observer") or ""),
        ),
    )


def manifest(
    load: Record, carried: Sequence[tuple[Record, int]], labels: Labels, words: Words
) -> Document:
    """The manifest of a convoy: what it carries, under which seals, and what the receiver checks."""
    rows = [_row(at, None, item, much) for at, (item, much) in enumerate(carried, 1)]
    return Document(
        title=MANIFEST,
        number=_number(load.get("manifest"), load),
        number_label=_MANIFEST_NUMBER,
        day=str(load.get("date")),
        facts=(
            Fact(_FROM, labels.get(str(load.get("store_id")))),
            Fact(_TO, labels.get(str(load.get("to_store_id")))),
            Fact(_DATE, words.day(load.get("date"))),
            Fact(_CARRIES, Said(LOAD_CARRIES.label(str(load.get("carries"))))),
            Fact(_SEALS, load.get("seals"), code=True),
            Fact(_DRIVER, load.get("driver")),
            Fact(_ESCORT, load.get("escort")),
        ),
        listings=(Listing(_CARRIED, _columns(), rows, _total(item for item, _ in carried)),),
        statement=(_AT_ARRIVAL,),
        boxes=_CHECKS,
        signatures=(
            Signature(_GIVER, load.get("handed_over_by") or name_of(load.get("recorded_by"))),
            Signature(_DRIVES),
            Signature(_RECEIVER),
            Signature(_WITNESS),
        ),
    )


def _columns() -> tuple[Column, ...]:
    return (
        Column(_NUMBER, 0.4, code=True),
        Column(_TYPE, 2.1),
        Column(_MODEL, 1.3),
        Column(_CALIBRE, 1.3, code=True),
        Column(_SERIAL, 1.8, code=True),
        Column(_CONDITION, 1.4),
        Column(_MUCH, 1.2, end=True),
    )


def _row(at: int, line: Record | None, item: Record | None, much: int | None) -> tuple[Told, ...]:
    if item is None:
        said = line.get("description") if line else None
        return (str(at), said, None, None, None, None, format_number(much or 1))
    weapon = item.entity == "weapon"
    kind = kind_words(kind_of(item))
    model = " ".join(filter(None, (item.get("make"), item.get("model")))) or None
    calibre = CALIBRE.label(item.get("calibre")) if item.get("calibre") else None
    condition = (CONDITION if weapon else LOT_CONDITION).label(str(item.get("condition")))
    said_condition = Said(condition) if item.get("condition") else None
    name = _serial(item) if weapon else item.get("number")
    counted: Told = format_number(1 if weapon else much or 0)
    if not weapon:
        counted = _SO_MANY.of(much=counted, unit=Said(LOT_UNIT.label(str(item.get("unit")))))
    return (str(at), kind[0], model, calibre, name, said_condition, counted)


def _serial(weapon: Record) -> Told:
    state = weapon.get("serial_state")
    if weapon.get("serial"):
        return str(weapon.get("serial"))
    return Said(SERIAL_STATE.label(state)) if state else None


def _total(items: Iterable[Record]) -> Said:
    nouns = [item.entity for item in items]
    return _PIECES.of(
        weapons=format_number(nouns.count("weapon")), lots=format_number(nouns.count("lot"))
    )


def _number(printed: str | None, record: Record) -> str:
    """The number on the paper; of a record that has none, the end of its id."""
    return printed or record.id[-12:].upper()
