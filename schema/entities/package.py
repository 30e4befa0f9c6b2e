"""What an agreement gives people for reinsertion, as data: a rule with dates, never a promise to one person."""

from schema import codes, codes_payments
from schema.entity import Entity
from schema.fields import Choice, Day, Text

RULE = "To give alike to all people of one agreement (IDDRS 4.20, reinsertion)"


class Package(Entity):
    """A package of assistance. Once adopted it stands; what is to be different is another package."""

    noun = "package"
    label = "Package"
    plural = "Packages"
    named_by = ("code", "name")
    compartment = "reference"
    title_field = "name"
    columns = ("name", "code", "modality", "currency", "state", "valid_from")
    adding = "Draft a package"
    none_yet = "No package is drafted yet."

    code = Text("Code", longest=40, sensitivity="none", purpose=RULE, required=True)
    name = Text("Name", sensitivity="none", purpose=RULE, required=True)
    state = Choice(
        "State",
        codes_payments.PACKAGE_STATE,
        approves=("adopted",),
        sensitivity="none",
        purpose=RULE,
        required=True,
    )
    category = Choice(
        "For whom", codes.CATEGORY, hint="Empty: for all", sensitivity="none", purpose=RULE
    )
    modality = Choice(
        "How it is given", codes_payments.MODALITY, sensitivity="none", purpose=RULE, required=True
    )
    currency = Text(
        "Currency",
        hint="ISO 4217, as XOF",
        longest=3,
        sensitivity="none",
        purpose=RULE,
        required=True,
    )
    valid_from = Day("In force from", sensitivity="none", purpose=RULE)
    valid_to = Day("In force to", sensitivity="none", purpose=RULE)
    source = Text("Where it is laid down", longest=500, sensitivity="none", purpose=RULE)
