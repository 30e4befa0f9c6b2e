"""What a record's form asks on this laptop, and what was answered. References are typed as codes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from field_client.pages.deployed import noun_of
from field_client.pages.desk import db
from field_client.pages.register.draft import scopes
from field_client.pages.spoken import code_of
from field_client.store import reading, rows
from schema.deployment import CUSTOM, Noun
from schema.entities import BY_NOUN, under
from schema.fields import Ref
from schema.form import Input, inputs, missing, parse
from schema.ids import is_id
from schema.posted import told_of
from schema.problems import Ambiguous, UnknownReference
from schema.said import Said

# A longer list is typed by its code: nobody scrolls through five hundred providers.
MOST_CHOICES = 30
NOT_KNOWN = Said("%(field)s must be a code that is known on this laptop")
SEVERAL = Said("%(field)s fits several records: type the whole code")
# Where a record hangs is not asked; a person's caseload follows their case.
_FIXED = {"person": ("caseload_id",)}
_SCOPED = {"caseload": "case", "store": "weapons"}


@dataclass
class Answered:
    """values: as they are stored. errors: by field. typed: as it came."""

    values: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, tuple[Said, ...]] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)


def asked(noun: str) -> tuple[str, ...]:
    """The fields a form of this noun asks for: not what it hangs on, which the page says."""
    fields = noun_of(noun).describe()
    left_out = {*_parents(noun), *_FIXED.get(noun, ())}
    return tuple(n for n, one in fields.items() if one.about.on_form and n not in left_out)


def _parents(noun: str) -> set[str]:
    found = {name for home in BY_NOUN for entity, name in under(home) if entity.noun == noun}
    return found | ({"person_id"} if noun == "case" else set())


def seen(noun: str) -> tuple[str, ...]:
    """What its author has seen of a record: what is asked, days as they were told, the deployment's map."""
    entity = noun_of(noun)
    told = (told_of(entity, name) for name in asked(noun))
    return (*asked(noun), *(name for name in told if name), CUSTOM)


def questions(
    noun: str,
    values: Mapping[str, Any],
    errors: Mapping[str, Sequence[Said | str]] | None = None,
    some: Sequence[str] = (),
) -> list[Input]:
    """The questions with these answers in them: ids as the codes that people type. some: of them only."""
    entity, only = noun_of(noun), tuple(some) or asked(noun)
    choices, shown = {}, dict(values)
    for name, ref in _refs(entity, only).items():
        offered = _offered(ref)
        if 0 < len(offered) <= MOST_CHOICES:
            choices[name] = offered
        elif is_id(shown.get(name)):
            shown[name] = code_of(db(), ref.to, shown[name])
    return inputs(entity, shown, errors, only, choices)


def answered(noun: str, form: Mapping[str, Any], some: Sequence[str] = ()) -> Answered:
    """What was typed, leniently understood, references looked up. some: of the questions only."""
    entity, only = noun_of(noun), tuple(some) or asked(noun)
    parsed = parse(entity, form, only)
    said = Answered(dict(parsed.values), {**missing(entity, parsed.values, only)}, parsed.typed)
    said.errors |= parsed.errors
    for name, ref in _refs(entity, only).items():
        if said.values.get(name) and name not in said.errors:
            _look_up(said, name, ref)
    return said


def as_shown(values: Mapping[str, Any], shown: Mapping[str, Any]) -> dict[str, Any]:
    """The values without a precision that only the form added to a day that stands as it was."""
    said = dict(values)
    for name in values:
        precision = f"{name}_precision"
        if precision in values and said[name] == shown.get(name) and shown.get(precision) is None:
            said[precision] = None if said[precision] == "day" else said[precision]
    return said


def _look_up(said: Answered, name: str, ref: Ref) -> None:
    label = Said(ref.about.label)
    try:
        said.values[name] = reading.resolve(db(), ref, said.values[name], name)
    except UnknownReference:
        said.errors[name] = (NOT_KNOWN.of(field=label),)
    except Ambiguous:
        said.errors[name] = (SEVERAL.of(field=label),)


def _refs(entity: Noun, only: tuple[str, ...]) -> dict[str, Ref]:
    return {name: ref for name, ref in entity.refs().items() if name in only}


def _offered(ref: Ref) -> list[tuple[str, str]]:
    if ref.to in _SCOPED:
        return scopes(ref.to, _SCOPED[ref.to])
    title = BY_NOUN[ref.to].title_field or "id"
    found = rows.fetch_where(db(), ref.to, f'1 ORDER BY "{title}" LIMIT {MOST_CHOICES + 1}')
    return [(row["id"], row[title] or row["id"]) for row in found]
