"""What became of a card. Events are added, never rewritten."""

from schema import codes_cards
from schema.entity import Entity
from schema.fields import By, Choice, Day, Ref, Text

FOLLOWED = "That a lost or replaced card is known to be no longer good (IDDRS 4.20)"


class CardEvent(Entity):
    """Printed, given, lost, stolen, replaced or cancelled."""

    noun = "card_event"
    label = "Card event"
    plural = "What became of it"
    hangs_on = "card_id"
    appended = True
    columns = ("date", "event", "reason", "recorded_by")
    sorted_by = "date"
    today = "date"
    adding = "Record what became of it"
    none_yet = "Nothing is recorded of this card yet."

    card_id = Ref("Card", "card", gives_scope=True, purpose="Which card", required=True)
    event = Choice("Event", codes_cards.CARD_EVENT, purpose=FOLLOWED, required=True)
    date = Day("Date", purpose=FOLLOWED, required=True)
    reason = Text("Why", longest=500, sensitivity="high", purpose=FOLLOWED)
    recorded_by = By("Recorded by", purpose="Separation of duties")
