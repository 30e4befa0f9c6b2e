"""What pages ask of each declared noun: which fields, what there is to choose from, what was shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import sqlalchemy as sa

from schema.deployment import Noun
from schema.entities import BY_NOUN, SCOPES
from schema.entity import Entity
from schema.fields import Ref, Text
from schema.form import (
    Input,
    Option,
    inputs,
    missing,
    parse,
    prefixed,
    unknown_names,
    unprefixed,
)
from schema.ids import is_id
from schema.policy import Sight
from schema.posted import Parsed
from schema.problems import UnknownField
from schema.said import Said
from server.pages.deployed import noun_of
from server.registry import offers, references

# A list that is longer is not to choose from: its code is typed.
MOST_CHOICES = 50
_ANY = Said("All")
WHY = Said("Say why")
_CODE = Said("Code or name")
_TYPED = {
    "area": Said("P-code or name"),
    "case": Said("Printed number of the person"),
    "person": Said("Printed number of the person"),
    "weapon": Said("Tag or serial number"),
}


class Reason(Entity):
    """Why something is done."""

    noun = "reason"

    reason = Text("Why?", longest=200, required=True)


def why(typed: str, errors: Mapping[str, Sequence[Said | str]]) -> list[Input]:
    """The question for a reason."""
    return inputs(Reason, {"reason": typed}, errors, ("reason",))


@dataclass(frozen=True)
class Questions:
    """The questions of a form about one record, some of them already answered by where it stands.

    only: the fields asked. given: what is fixed. prefix: of the names, where a form has two records.
    """

    entity: Noun
    only: tuple[str, ...]
    given: Mapping[str, Any] = field(default_factory=dict)
    prefix: str = ""

    def under(self, prefix: str) -> "Questions":
        """The same questions beside others: their names begin with this."""
        return replace(self, prefix=prefix)

    def read(self, form: Mapping[str, Any]) -> Parsed:
        """What was typed, leniently understood; references as they were typed."""
        return parse(self.entity, unprefixed(form, self.prefix) if self.prefix else form, self.only)

    def _settled(self, name: str, pairs: Sequence[tuple[str, str]]) -> bool:
        """Whether there is but one answer, and one is needed."""
        return len(pairs) == 1 and self.entity.describe()[name].about.required

    def required(self, values: Mapping[str, Any]) -> dict[str, tuple[Said, ...]]:
        """What must be filled in and is not."""
        return missing(self.entity, values, self.only)

    def drawn(
        self,
        conn: sa.Connection,
        sight: Sight,
        values: Mapping[str, Any],
        errors: Mapping[str, Sequence[Said | str]] | None = None,
    ) -> list[Input]:
        """The questions with these answers in them: ids as the codes that people type.

        Of a reference to what is out of sight there is nothing to show or to change.
        """
        refs = {name: ref for name, ref in self.entity.refs().items() if name in self.only}
        choices = {
            name: found
            for name, ref in refs.items()
            if (found := offers.choices(conn, sight, self.entity.noun, ref.to, MOST_CHOICES))
        }
        typed = {n: values[n] for n in refs if n not in choices and values.get(n)}
        codes = references.codes(conn, sight, self.entity, typed)
        alone = {n: pairs[0][0] for n, pairs in choices.items() if self._settled(n, pairs)}
        beyond = {n for n, typed_id in typed.items() if is_id(typed_id)} - {*codes, *(errors or {})}
        only = [name for name in self.only if name not in beyond]
        asked = inputs(self.entity, {**alone, **values, **codes}, errors, only, choices)
        asked = [_hinted(one, refs) for one in asked]
        return prefixed(asked, self.prefix) if self.prefix else asked

    def takes(self, name: str) -> bool:
        """Whether a posted name is one of these questions."""
        mine = name.startswith(self.prefix)
        return mine and not unknown_names(self.entity, [name.removeprefix(self.prefix)], self.only)


def refuse_unasked(form: Iterable[str], *asked: Questions, also: Iterable[str] = ()) -> None:
    """Refuse a form with something that it did not ask. Raises UnknownField."""
    for name in form:
        if name not in also and not any(questions.takes(name) for questions in (*asked, PAGES_OWN)):
            raise UnknownField(field=name)


def _hinted(one: Input, refs: Mapping[str, Ref]) -> Input:
    """A typed reference says by what its record is known."""
    if one.kind != "ref" or one.hint.text:
        return one
    return replace(one, hint=_TYPED.get(refs[one.name].to, _CODE))


REASON = Questions(Reason, ("reason",))
# What begins with "_" and the form's proof belong to the page.
PAGES_OWN = Questions(Reason, ())


def new(noun: str, given: Mapping[str, Any], leave_out: Iterable[str] = ()) -> Questions:
    """What is asked of a new record."""
    entity = noun_of(noun)
    fields = entity.describe()
    left = {*given, *leave_out}
    only = tuple(n for n, f in fields.items() if f.about.on_form and n not in left)
    return Questions(entity, only, given)


def known(noun: str) -> Questions:
    """What is asked of a record that is there: not where it hangs, for that would move it."""
    entity = BY_NOUN[noun]
    ref = entity.refs().get(entity.hangs_on)
    fixed = {entity.hangs_on} if ref and ref.to not in SCOPES else set()
    # A person follows the open case: the case is moved, and takes the person along.
    fixed |= {"case": {"person_id"}, "person": {"caseload_id"}}.get(noun, set())
    return new(noun, {}, fixed)


def as_filter(asked: Sequence[Input]) -> list[Input]:
    """The same questions to narrow a list by: each may stay open, none is required."""
    return [
        replace(one, kind=_filter_kind(one), options=_with_any(one), required=True) for one in asked
    ]


def _filter_kind(one: Input) -> str:
    return "select" if one.options else one.kind


def _with_any(one: Input) -> tuple[Option, ...]:
    if not one.options:
        return ()
    real = tuple(option for option in one.options if option.value)
    return (Option("", _ANY, not one.value), *real)
