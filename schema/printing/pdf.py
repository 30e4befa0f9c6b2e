"""A paper as a PDF: of a document or of a card."""

from schema.printing.card import Face, card
from schema.printing.document import Document, drawn
from schema.printing.paper import Paper, Speech


def pdf(speech: Speech, said: Document | Face) -> bytes:
    """The bytes of the paper in this language."""
    if isinstance(said, Face):
        return card(speech, said)
    return drawn(Paper(speech, speech.say(said.title), said.day), said)
