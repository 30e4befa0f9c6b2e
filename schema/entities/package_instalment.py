"""One instalment of a package: how much, and how many days after the day from which it counts."""

from schema.entity import Entity
from schema.fields import Ref, Text, Whole

RULE = "To give alike to all people of one agreement (IDDRS 4.20, reinsertion)"


class PackageInstalment(Entity):
    """What is given at once. Decreasing instalments are preferred."""

    noun = "package_instalment"
    label = "Instalment of a package"
    plural = "Instalments of packages"
    compartment = "reference"
    part_of = "package_id"
    columns = ("number", "after_days", "amount", "kit")
    sorted_by = "number"
    adding = "Add an instalment"
    none_yet = "The package has no instalment yet."

    package_id = Ref("Package", "package", sensitivity="none", purpose=RULE, required=True)
    number = Whole("Which one", least=1, most=60, sensitivity="none", purpose=RULE, required=True)
    after_days = Whole(
        "Days after",
        hint="After the day from which it counts",
        most=3650,
        sensitivity="none",
        purpose=RULE,
        required=True,
    )
    # Whole minor units: no currency is rounded on the way.
    amount = Whole(
        "Amount", hint="In the smallest unit of the currency", sensitivity="none", purpose=RULE
    )
    kit = Text("What is in the kit", longest=500, sensitivity="none", purpose=RULE)
