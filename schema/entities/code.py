"""A code that a deployment adds to a list: one of its own, or one that is declared open to it."""

from schema.entity import Entity
from schema.fields import Flag, Text, Whole, Word

ADDS = "What this deployment answers with beyond the common lists"
NAME = r"[a-z][a-z0-9_]*"
VALUE = r"[A-Za-z0-9][A-Za-z0-9._-]*"


class Code(Entity):
    """A code of a list. List and code are permanent; labels may be reworded."""

    noun = "code"
    label = "Code"
    plural = "Codes"
    compartment = "reference"
    title_field = "value"
    named_by = ("value",)
    columns = ("code_list", "value", "label_en", "retired")

    code_list = Word(
        "List",
        fits=NAME,
        hint="The name of the list",
        sensitivity="none",
        purpose=ADDS,
        required=True,
    )
    value = Word(
        "Code",
        fits=VALUE,
        hint="It never changes",
        sensitivity="none",
        purpose=ADDS,
        required=True,
    )
    label_en = Text("Label in English", sensitivity="none", purpose=ADDS, required=True)
    label_fr = Text("Label in French", sensitivity="none", purpose=ADDS)
    label_ar = Text("Label in Arabic", sensitivity="none", purpose=ADDS)
    label_es = Text("Label in Spanish", sensitivity="none", purpose=ADDS)
    labels_further = Text(
        "Labels in further languages",
        hint="One a line: code of the language, colon, label",
        longest=2000,
        multiline=True,
        sensitivity="none",
        purpose=ADDS,
    )
    position = Whole("Place among them", most=9999, sensitivity="none", purpose=ADDS)
    # A laptop that has not heard of it may still send it, and what says it keeps its label.
    retired = Flag("No longer offered", sensitivity="none", purpose=ADDS)
