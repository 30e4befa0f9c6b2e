"""What is read to a person before the first question. A change of the words is a new version."""

from schema.said import Said

VERSION = "1"
POINTS = (
    Said(
        "We write down who you are and what you need, so that the programme can keep its word to you."
    ),
    Said("Only people who work on your case can see it, and whoever opens it is written down."),
    Said("You may ask to see what is written about you, and have it corrected."),
    Said("You may refuse to be photographed, and to have anything shared. A no costs you nothing."),
    Said("What you tell us is no promise of a job or of money."),
    Said("You may complain, without giving your name, to people who do not work here."),
)
