"""What became of numbered forms: handed out, used, spoiled, missing, brought back."""

from schema import codes_forms
from schema.entity import Entity
from schema.fields import By, Choice, Day, Ref, Text, Whole

ACCOUNT = "To know where each numbered form is (IDDRS 4.20; paper form register)"


class FormEvent(Entity):
    """One act on one number, or on the numbers from one to another. It is added and never rewritten."""

    noun = "form_event"
    label = "What became of forms"
    plural = "What became of forms"
    words = "form-events"
    hangs_on = "form_stock_id"
    columns = ("date", "event", "first_number", "last_number", "holder")
    sorted_by = "date"
    today = "date"
    adding = "Record what became of forms"
    none_yet = "Nothing has become of these forms yet."
    appended = True

    form_stock_id = Ref(
        "Batch of forms", "form_stock", gives_scope=True, purpose="Of which batch", required=True
    )
    event = Choice(
        "What happened", codes_forms.FORM_EVENT, sensitivity="none", purpose=ACCOUNT, required=True
    )
    first_number = Whole("From number", sensitivity="none", purpose=ACCOUNT, required=True)
    last_number = Whole(
        "To number", hint="Empty for one form alone", sensitivity="none", purpose=ACCOUNT
    )
    date = Day("Date", sensitivity="none", purpose=ACCOUNT, required=True)
    holder = Text("Which officer", longest=120, purpose=ACCOUNT)
    # The person may be out of sight of who keeps the register, and become a child's.
    case_id = Ref(
        "For whom it was used",
        "case",
        crosses=True,
        purpose="One person has one form of a kind (Liberia: one person with several forms)",
    )
    note = Text("Note", longest=500, multiline=True, purpose=ACCOUNT)
    recorded_by = By("Recorded by", sensitivity="moderate", purpose="Separation of duties")
