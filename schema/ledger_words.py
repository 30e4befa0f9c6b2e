"""What the columns and types of a ledger are called, and why an event does not fit: at both ends."""

from collections.abc import Sequence

from schema.codes import CALIBRE, WEAPON_TYPE
from schema.codes_weapons import LOT_NATURE, LOT_UNIT
from schema.inventory import parts_of
from schema.said import Said
from schema.stock import IN, OUT, Line

COLUMNS = {
    "opening": Said("Opening stock"),
    "received": Said("Received"),
    "recovered": Said("Recovered"),
    "returned": Said("Returned"),
    "arrived": Said("Came from other stores"),
    "counted-in": Said("Counted as this from then on"),
    "from-lot": Said("Taken from other lots"),
    "stored": Said("In the store"),
    "in-transit": Said("On its way"),
    "taken-out": Said("Taken out"),
    "transferred": Said("Transferred to the state"),
    "returned-to-owner": Said("Returned to owner"),
    "handed-to-justice": Said("Handed to justice"),
    "deactivated": Said("Deactivated"),
    "expended": Said("Expended"),
    "destroyed": Said("Destroyed"),
    "missing": Said("Missing"),
    "passed-on": Said("Went to other stores"),
    "counted-out": Said("Counted as something else from then on"),
    "to-lot": Said("Put into other lots"),
}
WHY = {
    "twice-received": Said("It was received already."),
    "elsewhere": Said("It was in another store."),
    "not-held": Said("It was not there in that state, or not so much of it."),
    "after-the-end": Said("It had ended before."),
    "arrived-unsent": Said("It arrived, and nobody says that it was sent."),
    "arrived-before-sent": Said("It arrived before the day on which it was sent."),
    "type-missing": Said("It does not say what it counts as."),
    "lots-differ": Said("What left one lot did not come into the other."),
}
_NO_TYPE = Said("Type not given")
Columns = list[tuple[str, Said]]


def kind_words(kind: str) -> tuple[Said, ...]:
    """What a type is called: a weapon's in one word, a lot's by nature, calibre and unit."""
    lot = parts_of(kind)
    if lot is None:
        return (Said(WEAPON_TYPE.label(kind)) if kind else _NO_TYPE,)
    labels = zip((LOT_NATURE, CALIBRE, LOT_UNIT), lot, strict=True)
    return tuple(Said(codes.label(code)) for codes, code in labels if code) or (_NO_TYPE,)


def came_and_went(lines: Sequence[Line]) -> tuple[Columns, Columns]:
    """The columns in which anything stands, of both sides; what is in the store is always said."""
    came, went = (
        [
            (name, COLUMNS[name])
            for name in side
            if name == "stored" or any(line.columns[name] for line in lines)
        ]
        for side in (IN, OUT)
    )
    return came, went
