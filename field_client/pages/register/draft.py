"""A registration that was begun: kept in the store at each field, gone when it is registered."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from flask import request

from field_client import moments
from field_client.pages.desk import db, desk
from field_client.pages.register import steps
from field_client.store import drafts, facts, rows
from schema.ids import is_id
from schema.policy import EVERYWHERE
from schema.posted import posted_text
from schema.problems import NotFound

KIND = "registration"


@dataclass(frozen=True)
class Begun:
    """One draft. later: the officer put it aside; else it was interrupted."""

    id: str
    typed: steps.Draft = field(default_factory=dict)
    step: str = steps.SEARCH
    later: bool = False
    at: str = ""

    def at_step(self, step: str) -> steps.Typed:
        """The text of a step."""
        return self.typed.get(step, {})

    @property
    def name(self) -> str:
        """What the person is called so far."""
        return self.at_step(steps.WHO).get("name") or self.at_step(steps.SEARCH).get("name", "")


def begun(draft_id: str) -> Begun:
    """The draft of this id; an empty one when nothing is kept yet. Raises NotFound."""
    if not is_id(draft_id):
        raise NotFound
    found = drafts.find(db(), draft_id)
    return _as_begun(found) if found else Begun(draft_id)


def listed() -> list[Begun]:
    """Every registration that was begun, the newest first."""
    return [_as_begun(row) for row in drafts.listed(db()) if row["kind"] == KIND]


def keep(one: Begun, step: str, typed: Mapping[str, str], *, later: bool = False) -> Begun:
    """Keep the text of a step. What was registered meanwhile does not come back."""
    if one.id in desk().ended:
        return one
    after = replace(one, typed={**one.typed, step: dict(typed)}, step=step, later=later)
    body = {"typed": after.typed, "step": after.step, "later": after.later}
    drafts.keep(db(), KIND, body, one.id)
    return replace(after, at=moments.now())


def posted() -> dict[str, str]:
    """What was typed into the page's questions."""
    own = ("csrf_token",)
    names = [name for name in request.form if name not in own and not name.startswith("_")]
    return {name: posted_text(request.form, name) for name in names}


def scopes(noun: str, compartment: str) -> list[tuple[str, str]]:
    """The caseloads or stores in which this officer may record: (id, name)."""
    may = facts.Rights(db()).scopes("create", compartment)
    known = [(row["id"], row["name"] or row["code"]) for row in rows.fetch_where(db(), noun, "1")]
    return sorted(
        [pair for pair in known if EVERYWHERE in may or pair[0] in may], key=lambda pair: pair[1]
    )


def stores() -> list[tuple[str, str]]:
    """Where this officer may record weapons."""
    return scopes("store", "weapons")


def caseloads() -> list[tuple[str, str]]:
    """For which caseloads this officer registers people."""
    return scopes("caseload", "case")


def _as_begun(row: dict[str, object]) -> Begun:
    body = row["body"]
    if not isinstance(body, dict):
        raise NotFound
    return Begun(str(row["id"]), body["typed"], body["step"], body["later"], str(row["updated_at"]))
