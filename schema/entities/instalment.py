"""One instalment due to one person: paid once, after two people have authorised it."""

from schema import codes_payments
from schema.entity import Entity
from schema.fields import By, Choice, Day, Ref, Text, Whole

DUE = "To pay what is due, once, to whom it is due (IDDRS 4.20, reinsertion)"


class Instalment(Entity):
    """What is due on a day. Whether it is paid follows from its payment events and is never typed."""

    noun = "instalment"
    label = "Instalment"
    plural = "Instalments"
    compartment = "payments"
    hangs_on = "entitlement_id"
    columns = ("number", "due_date", "amount", "currency", "modality")
    sorted_by = "due_date"
    adding = "Prepare an instalment"
    none_yet = "No instalment is prepared yet."

    entitlement_id = Ref(
        "Entitlement", "entitlement", gives_scope=True, purpose="Of what", required=True
    )
    number = Whole("Which one", least=1, most=60, purpose=DUE, required=True)
    due_date = Day("Due on", purpose=DUE, required=True)
    amount = Whole(
        "Amount",
        hint="In the smallest unit of the currency",
        purpose=DUE,
        required=True,
        group="amount",
    )
    currency = Text(
        "Currency",
        hint="ISO 4217, as XOF",
        longest=3,
        sensitivity="none",
        purpose=DUE,
        required=True,
        group="amount",
    )
    modality = Choice(
        "How it is given", codes_payments.MODALITY, sensitivity="none", purpose=DUE, required=True
    )
    funded_by_id = Ref("Funded by", "organisation", sensitivity="none", purpose="Whose money it is")
    kit = Text("What is in the kit", longest=500, sensitivity="none", purpose=DUE)
    prepared_by = By("Prepared by", purpose="Who prepares a payment does not authorise it")
