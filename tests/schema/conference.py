"""A case conference on a child: one proposes, two others agree."""

from typing import Any

from schema.change import Change
from tests.schema.programme import create, ident


def proposal(name: str, about: str) -> Change:
    """What is proposed for the child of this name."""
    said = {"about": about, "date": "2026-11-12", "child_said": "As told", "proposal": "As told"}
    return create("best_interest", f"{about} of {name}", case_id=ident(f"case of {name}"), **said)


def opinion(who: str, name: str, about: str, said: str = "agreed", **values: object) -> Change:
    """What somebody says to it."""
    given = {"opinion": said, "date": "2026-11-14", **values}
    decision = ident(f"{about} of {name}")
    return create(
        "best_interest_opinion", f"{who} on {decision}", best_interest_id=decision, **given
    )


def agreed(programme: Any, name: str, about: str = "age") -> None:
    """Esther proposes, Grace and Halima agree: on rows in memory, on a registry, or in a town."""
    assert programme.arrive("esther", proposal(name, about)).held is None
    for who in ("grace", "halima"):
        assert programme.arrive(who, opinion(who, name, about)).held is None
