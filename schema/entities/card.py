"""What a person is given to be known by. It says who they are, and nothing of what they were."""

from schema import codes_cards
from schema.entity import Entity
from schema.fields import By, Choice, Day, Number, Ref

KNOWN_BY = "That the person is known again, without a word of what they were (IDDRS 4.20)"


class Card(Entity):
    """One card. Whether it is good follows from its events; a wrong one is withdrawn and made anew."""

    noun = "card"
    label = "Card"
    plural = "Cards"
    hangs_on = "case_id"
    named_by = ("number",)
    title_field = "number"
    appended = True
    columns = ("kind", "number", "issued_on", "expires_on", "recorded_by")
    sorted_by = "issued_on"
    today = "issued_on"
    adding = "Make a card"
    none_yet = "No card was made yet."

    case_id = Ref("Case", "case", gives_scope=True, purpose="Whose card", required=True)
    kind = Choice(
        "What it is",
        codes_cards.CARD_KIND,
        sensitivity="high",
        purpose=KNOWN_BY,
        required=True,
    )
    number = Number("Card number", purpose=KNOWN_BY, on_form=False, required=True)
    # The code on its back is the only thing a checker needs, and leads to nothing without the registry.
    token = Number(
        "Code", sensitivity="high", purpose="To check the card", on_form=False, required=True
    )
    issued_on = Day("Issued on", purpose=KNOWN_BY, required=True)
    expires_on = Day("Good until", purpose=KNOWN_BY)
    recorded_by = By("Made by", purpose="Separation of duties")
