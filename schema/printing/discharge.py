"""The discharge certificate: that somebody is a civilian, and nothing of what they were before."""

from schema.printing.document import Document, Fact, Signature
from schema.record import Record
from schema.said import Said
from schema.wording import Words

TITLE = Said("Certificate")
_NUMBER, _NAME, _ID = Said("Certificate number"), Said("Name"), Said("ID number")
_DATE, _PLACE = Said("Date"), Said("Place and stamp")
_CIVILIAN = Said(
    "The person named above is a civilian, with the rights and duties of every civilian, from this day on."
)
_PLEASE = Said("All authorities are asked to let the bearer pass and to help where help is needed.")
_SIGNED, _HOLDER = Said("Signed by"), Said("Signature or thumbprint of the holder")


def discharge(gate: Record, person: Record, words: Words) -> Document:
    """The certificate of the gate by which somebody was discharged. No gate, no certificate."""
    return Document(
        title=TITLE,
        number=gate.id[-12:].upper(),
        number_label=_NUMBER,
        day=str(gate.get("date")),
        facts=(
            Fact(_NAME, person.get("name")),
            Fact(_NAME, person.get("name_script")),
            Fact(_ID, person.get("number"), code=True),
            Fact(_DATE, words.day(gate.get("date"))),
        ),
        statement=(_CIVILIAN, _PLEASE),
        signatures=(Signature(_PLACE), Signature(_SIGNED), Signature(_HOLDER)),
    )
