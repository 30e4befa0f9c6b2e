"""What happened to an instalment. Events are added, never rewritten, each with who made it."""

from schema import codes_payments
from schema.entity import Entity
from schema.fields import By, Choice, Day, Ref, Text

LEDGER = "That every payment can be followed and no one pays what he approved (IDDRS 4.20)"


class PaymentEvent(Entity):
    """Authorised by two, paid by a third; authorisation withdrawn, failed, returned, withheld or released."""

    noun = "payment_event"
    label = "Payment event"
    plural = "Payment events"
    compartment = "payments"
    hangs_on = "instalment_id"
    appended = True
    columns = ("date", "event", "payee_check", "receipt", "reason")
    sorted_by = "date"
    today = "date"
    adding = "Record a payment event"
    none_yet = "Nothing has happened to this instalment yet."

    instalment_id = Ref(
        "Instalment", "instalment", gives_scope=True, purpose="Which one", required=True
    )
    event = Choice(
        "Event",
        codes_payments.PAYMENT_EVENT,
        approves=("authorised", "authorisation-withdrawn", "released"),
        purpose=LEDGER,
        required=True,
    )
    date = Day("Date", purpose=LEDGER, required=True)
    payee_check = Choice(
        "How the payee was known", codes_payments.PAYEE_CHECK, purpose="That it reached them"
    )
    receipt = Text("Receipt or reference", longest=80, sensitivity="high", purpose=LEDGER)
    witness = Text("Witness", longest=120, sensitivity="high", purpose=LEDGER)
    reason = Text(
        "Why",
        hint="Where it failed, came back, is withheld or no longer authorised",
        longest=500,
        purpose=LEDGER,
    )
    recorded_by = By("Recorded by", purpose="No one approves or pays what he prepared")
