"""A form that was begun: what is typed is kept at each field, and gone when it is saved or cancelled."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from field_client.pages.desk import db, desk
from field_client.store import drafts
from schema.ids import is_id
from schema.problems import FormExpired

KIND = "record"


@dataclass(frozen=True)
class Begun:
    """One draft of a form. path: the form's address; hidden: what it carried beside what was typed."""

    id: str
    path: str
    noun: str
    person_id: str
    typed: Mapping[str, str]
    hidden: Mapping[str, str]
    later: bool = False
    at: str = field(default="")


def find(draft_id: str, path: str) -> Begun | None:
    """The draft of this form, None when there is none."""
    row = drafts.find(db(), draft_id)
    found = _as_begun(row) if row and row["kind"] == KIND else None
    return found if found and found.path == path else None


def keep(one: Begun) -> None:
    """Keep what is typed. What was saved or cancelled meanwhile does not come back. Raises FormExpired."""
    if not is_id(one.id):
        raise FormExpired
    if one.id in desk().ended:
        return
    body = {name: value for name, value in asdict(one).items() if name not in ("id", "at")}
    drafts.keep(db(), KIND, body, one.id)


def listed() -> list[Begun]:
    """Every form that was begun, the newest first."""
    return [_as_begun(row) for row in drafts.listed(db()) if row["kind"] == KIND]


def _as_begun(row: Mapping[str, Any]) -> Begun:
    return Begun(id=row["id"], at=row["updated_at"], **row["body"])
