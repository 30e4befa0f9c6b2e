"""What a participant is entitled to, by which package, from which day."""

from schema.entity import Entity
from schema.fields import By, Day, Ref, Text

ENTITLED = "To pay what is due, once, to whom it is due (IDDRS 4.20, reinsertion)"


class Entitlement(Entity):
    """A package for one person. It never depends on what they tell, nor on a photo or a fingerprint."""

    noun = "entitlement"
    label = "Entitlement"
    plural = "Entitlements"
    compartment = "payments"
    hangs_on = "case_id"
    for_adults = True
    columns = ("package_id", "counts_from", "note")
    sorted_by = "counts_from"
    today = "counts_from"
    adding = "Record an entitlement"
    none_yet = "No entitlement is recorded yet."

    # Money lives in a compartment of its own, so the case may be unseen.
    case_id = Ref(
        "Case", "case", gives_scope=True, crosses=True, purpose="Who is entitled", required=True
    )
    package_id = Ref("Package", "package", purpose=ENTITLED, required=True)
    counts_from = Day("Counts from", purpose=ENTITLED, required=True)
    # Each has an account of their own: one that serves two is looked at (domain rule G2).
    wallet = Text(
        "Wallet or account",
        hint="Their own, and nobody else's",
        longest=80,
        sensitivity="severe",
        purpose=ENTITLED,
    )
    note = Text("Note", longest=500, multiline=True, sensitivity="high", purpose=ENTITLED)
    prepared_by = By("Prepared by", purpose="Who prepares a payment does not authorise it")
