"""What our Python says to people is found, and what it says to machines is not."""

from io import BytesIO

import pytest

from schema.python_words import python_words


def found(source: str) -> list[object]:
    return [message for _, _, message, _ in python_words(BytesIO(source.encode()), [], [])]


@pytest.mark.parametrize(
    ("source", "messages"),
    [
        ('_("Saved.")', ["Saved."]),
        ('lazy_gettext("Find")', ["Find"]),
        ('ngettext("%(num)s day", "%(num)s days", n)', [("%(num)s day", "%(num)s days")]),
        (
            'DAYS = Sentence("%(count)s day", "%(count)s days")',
            [("%(count)s day", "%(count)s days")],
        ),
        ('PAUSED = Sentence("Paused.")', ["Paused."]),
        ('WHY = Said("Say " "why")', ["Say why"]),
        ('class Gone(Problem):\n    code, sentence = "gone", "It is gone."', ["It is gone."]),
        ('raise NotAllowed("You may not.")', ["You may not."]),
        ('sentence = "It lies ahead."', ["It lies ahead."]),
        ('code = Text("Code", longest=9, hint="As printed")', ["Code", "As printed"]),
        ('store = Ref("Store", "store")', ["Store"]),
        ('Held("exists", "It exists already.", record=key)', ["It exists already."]),
    ],
)
def test_what_is_said_to_people_is_collected(source, messages):
    assert found(source) == messages


@pytest.mark.parametrize(
    "source",
    ["_(name)", 'raise ValueError("a name stands twice")', 'raise WrongUse("Give --scope.")',
     'Said(f"{place}")', "sa.Text()", "Text(label)", 'print("done")', 'raise Stop(f"no {noun}")', "raise"],
)  # fmt: skip
def test_what_is_put_together_or_said_to_machines_is_not(source):
    assert found(source) == []
