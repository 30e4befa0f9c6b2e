"""What the registry means when it says no."""

from typing import Any

from schema import problems
from schema.problems import NotSignedIn, Problem, Revoked, Unreachable

NOT_THE_REGISTRY = (
    "Something answered that is not the registry. Is there a sign-in page of the network?"
)


class WipeAsked(Revoked):
    """The registry refuses this laptop and asks it to wipe itself."""


def refusal(status: int, said: Any) -> Problem:
    """The problem that an answer other than yes says. said: its body; whatever else it may be."""
    code = said.get("code") if isinstance(said, dict) else None
    if status == 401 and isinstance(said, dict) and code == Revoked.code:
        return WipeAsked() if said.get("wipe") is True else Revoked()
    if status == 401:
        return NotSignedIn("The registry does not know this laptop.")
    if status >= 500:
        return Unreachable("The registry cannot answer now. Everything is kept here.")
    kind = _BY_CODE.get(str(code))
    if kind is None or not isinstance(said, dict):
        return Unreachable(NOT_THE_REGISTRY)
    details = {n: v for n, v in said.items() if n not in ("code", "sentence", "kept")}
    return kind(str(said.get("sentence", "")), **details)


_BY_CODE: dict[str, type[Problem]] = {
    kind.code: kind
    for kind in vars(problems).values()
    if isinstance(kind, type) and issubclass(kind, Problem)
}
