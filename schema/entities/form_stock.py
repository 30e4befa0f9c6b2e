"""A batch of numbered forms that a site received: cards, certificates, tags, receipt pads."""

from schema import codes_forms
from schema.entity import Entity
from schema.fields import By, Choice, Day, Ref, Text, Whole

ACCOUNT = "To know where each numbered form is (IDDRS 4.20; paper form register)"


class FormStock(Entity):
    """The numbers from one to another of a series. What became of each, its events say; see ``numbered``."""

    noun = "form_stock"
    label = "Batch of forms"
    plural = "Batches of forms"
    words = "form-stock"
    hangs_on = "caseload_id"
    named_by = ("series",)
    title_field = "series"
    columns = ("kind", "series", "first_number", "last_number", "received_on")
    sorted_by = "received_on"
    today = "received_on"
    adding = "Record a batch of forms"
    none_yet = "No batch of forms is recorded yet."
    appended = True

    caseload_id = Ref(
        "Caseload", "caseload", gives_scope=True, purpose="Whose register of forms", required=True
    )
    kind = Choice(
        "What they are", codes_forms.FORM_KIND, sensitivity="none", purpose=ACCOUNT, required=True
    )
    series = Text(
        "Series",
        hint="The letters before the number, as printed",
        longest=20,
        sensitivity="none",
        purpose=ACCOUNT,
        required=True,
    )
    first_number = Whole("From number", sensitivity="none", purpose=ACCOUNT, required=True)
    last_number = Whole("To number", sensitivity="none", purpose=ACCOUNT, required=True)
    received_on = Day("Received on", sensitivity="none", purpose=ACCOUNT, required=True)
    received_from = Text("Received from", longest=120, purpose=ACCOUNT)
    recorded_by = By("Recorded by", sensitivity="moderate", purpose="Separation of duties")
