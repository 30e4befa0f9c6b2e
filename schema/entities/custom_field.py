"""A question that a deployment adds to a noun, as data: asked, stored and shown like a declared one."""

from schema import codes_declared as codes
from schema.entity import Entity
from schema.fields import Choice, Flag, Text, Whole, Word

DECLARES = "What this deployment asks beyond the common record, so that nothing is asked unsaid"
NAME = r"[a-z][a-z0-9_]*"


class CustomField(Entity):
    """A field of this deployment. Its noun, name and kind are permanent; its values are in ``custom``."""

    noun = "custom_field"
    label = "Field of this deployment"
    plural = "Fields of this deployment"
    compartment = "reference"
    title_field = "name"
    named_by = ("name",)
    columns = ("entity", "name", "label_en", "kind", "sensitivity", "purpose")

    # The noun's name as a word: which nouns there are is a rule, for nouns do not know each other.
    entity = Word(
        "Kind of record",
        fits=NAME,
        hint="By its name in the data dictionary, as person",
        sensitivity="none",
        purpose=DECLARES,
        required=True,
    )
    name = Word(
        "Permanent name",
        fits=NAME,
        hint="Small letters, digits and _, as shoe_size; it never changes",
        sensitivity="none",
        purpose=DECLARES,
        required=True,
    )
    kind = Choice(
        "Kind of answer", codes.FIELD_KIND, sensitivity="none", purpose=DECLARES, required=True
    )
    code_list = Word(
        "List of codes",
        fits=NAME,
        hint="Of a choice: the name of its list",
        sensitivity="none",
        purpose=DECLARES,
    )
    label_en = Text("Label in English", sensitivity="none", purpose=DECLARES, required=True)
    label_fr = Text("Label in French", sensitivity="none", purpose=DECLARES)
    label_ar = Text("Label in Arabic", sensitivity="none", purpose=DECLARES)
    label_es = Text("Label in Spanish", sensitivity="none", purpose=DECLARES)
    labels_further = Text(
        "Labels in further languages",
        hint="One a line: code of the language, colon, label",
        longest=2000,
        multiline=True,
        sensitivity="none",
        purpose=DECLARES,
    )
    # Without a purpose and a class of harm nobody can say why somebody must answer: a rule refuses it.
    purpose = Text(
        "What it is asked for", longest=500, sensitivity="none", purpose=DECLARES, required=True
    )
    sensitivity = Choice(
        "Sensitivity", codes.SENSITIVITY, sensitivity="none", purpose=DECLARES, required=True
    )
    required = Flag("Must be answered", sensitivity="none", purpose=DECLARES)
    donor = Flag("May head a donor's column", sensitivity="none", purpose=DECLARES)
    position = Whole("Place among them", most=9999, sensitivity="none", purpose=DECLARES)
    # What is no longer asked is still shown where it was answered.
    retired = Flag("No longer asked", sensitivity="none", purpose=DECLARES)
