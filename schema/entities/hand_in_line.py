"""A line of a receipt: one weapon, or so much of a lot, and what it counts for."""

from schema import codes_weapons
from schema.entity import Entity
from schema.fields import By, Choice, Ref, Text, Whole

RECEIPT = "The receipt, which also serves an appeal (IDDRS 4.10)"


class HandInLine(Entity):
    """What was given, and for which criterion. Pieces and equivalents are never added up."""

    noun = "hand_in_line"
    label = "Line of a hand-in"
    plural = "What was handed in"
    compartment = "weapons"
    hangs_on = "hand_in_id"
    columns = ("description", "weapon_id", "lot_id", "quantity", "criterion", "equivalent")
    adding = "Add a line"
    none_yet = "No line is recorded yet."
    appended = True

    hand_in_id = Ref("Hand-in", "hand_in", gives_scope=True, purpose=RECEIPT, required=True)
    # Both may have moved to another store since.
    weapon_id = Ref("Weapon", "weapon", crosses=True, sensitivity="moderate", purpose=RECEIPT)
    lot_id = Ref("Lot", "lot", crosses=True, sensitivity="moderate", purpose=RECEIPT)
    quantity = Whole("Quantity", least=1, sensitivity="none", purpose=RECEIPT)
    description = Text(
        "What it was",
        hint="As on the receipt",
        longest=200,
        sensitivity="moderate",
        purpose=RECEIPT,
    )
    criterion = Choice(
        "Counts as",
        codes_weapons.CRITERION,
        sensitivity="moderate",
        purpose="Eligibility",
        required=True,
    )
    # Where an agreement takes so many rounds for a weapon, that is no weapon in any store.
    equivalent = Whole(
        "Counts for so many weapons",
        hint="Where the agreement takes ammunition in place of a weapon",
        most=1000,
        sensitivity="moderate",
        purpose="Eligibility; never a count of stock",
    )
    recorded_by = By("Recorded by", sensitivity="moderate", purpose="Separation of duties")
