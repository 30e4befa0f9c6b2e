"""Where a form about a record stands: what it is about, what it hangs on, and where it leads back."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import lazy_gettext

from field_client.pages import passage
from field_client.pages.desk import db
from field_client.pages.sections import OWN_PAGES
from field_client.store import reading
from field_client.store.rows import Row
from schema.entities import BY_NOUN, ENTITIES, SCOPES, given_by, under
from schema.problems import NotFound

FORMS = [entity.noun for entity in ENTITIES if entity.written_by == "people" and entity.hangs_on]
TITLES = {"person": lazy_gettext("Who they are"), "case": lazy_gettext("The case")}


@dataclass(frozen=True)
class Form:
    """One form being shown or sent.

    beside, row: the record that it hangs on, or itself; empty for what hangs on a store or a caseload.
    hidden: what it carries.
    """

    noun: str
    beside: str
    row: Row
    hidden: dict[str, str]

    @property
    def new(self) -> bool:
        """Whether it makes a record."""
        return "_id" in self.hidden

    @property
    def person_id(self) -> str:
        """The person whose page it belongs to."""
        return passage.person_of(db(), self.beside, self.row) if self.row else ""

    @property
    def path(self) -> str:
        """Its address."""
        if not self.new:
            return url_for("records.edit", noun=self.noun, record_id=self.row["id"])
        if not self.row:
            return url_for("records.add_alone", noun=self.noun)
        return url_for("records.add", beside=self.beside, beside_id=self.row["id"], noun=self.noun)

    @property
    def back(self) -> str:
        """Where it leads back to."""
        if self.person_id:
            return url_for("people.show", person_id=self.person_id, _anchor=self.noun)
        if self.row:
            return url_for("files.show", noun=self.beside, record_id=self.row["id"])
        return url_for("files.listed", noun=self.noun)

    @property
    def parent(self) -> dict[str, str]:
        """The field that says what a new record hangs on."""
        return (
            given_by(BY_NOUN[self.noun], self.beside, self.row, self.row["id"]) if self.row else {}
        )


def beside_of(beside: str, record_id: str, noun: str) -> Row:
    """What a new record of this noun may hang on. Raises NotFound."""
    hanging = [entity.noun for entity, _ in under(beside)] if beside in BY_NOUN else []
    if noun not in hanging or noun in OWN_PAGES:
        raise NotFound
    return reading.get(db(), beside, record_id)


def alone(noun: str) -> str:
    """A noun that hangs on a store or a caseload, and has no way of its own to be recorded. Raises NotFound."""
    ref = BY_NOUN[noun].refs().get(BY_NOUN[noun].hangs_on) if noun in FORMS else None
    if ref is None or ref.to not in SCOPES or noun in TITLES:
        raise NotFound
    return noun


def row_of(noun: str, record_id: str) -> Row:
    """A record that may come to say something else. Raises NotFound."""
    if noun not in FORMS or BY_NOUN[noun].appended:
        raise NotFound
    return reading.get(db(), noun, record_id)
