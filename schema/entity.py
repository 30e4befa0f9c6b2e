"""What a noun is: a marshmallow schema with a name, a compartment, and a parent that it hangs on."""

from collections.abc import Mapping
from functools import cache
from typing import Any, ClassVar

import marshmallow as ma

from schema.fields import By, Choice, Described, Instant, Open, Ref, Text
from schema.problems import BadValue

MOST_COLUMNS = 5


class Entity(ma.Schema):
    """A declared noun. ``Weapon().load(payload)`` is plain marshmallow.

    noun, label, plural: what it is called. compartment: where its records live while nothing says
    otherwise. written_by: ``people``, or ``apply`` for what only the registry writes (disputes, flags).
    hangs_on: the field whose record gives the scope; a root names its own scope field there.
    named_by: the fields by which people name a record, the surest first. words: what many of them are
    called in an address, where that is not the noun with an s.
    part_of: the field whose record's page shows it, where that gives it no scope.
    for_adults: no child is asked for one. military: what it says is sealed once the person is a child.
    appended: its records are added and never rewritten; what was wrong is withdrawn, with a reason.
    columns: what a table of these shows; the rest is on the record's own page. sorted_by: the field
    that puts them in order. read_out: what is read out to the person before the questions. today: the
    field that begins with today's date. adding, none_yet: what the
    way to a new one says, and what stands where there is none.
    """

    noun = ""
    label = ""
    plural = ""
    compartment = "case"
    written_by = "people"
    hangs_on = ""
    part_of = ""
    named_by: tuple[str, ...] = ()
    words = ""
    title_field = ""
    for_adults = False
    military = False
    appended = False
    columns: tuple[str, ...] = ()
    sorted_by = ""
    today = ""
    adding = ""
    none_yet = ""
    read_out: ClassVar[tuple[str, ...]] = ()

    class Meta:
        unknown = ma.RAISE

    withdrawn_at = Instant("Withdrawn", on_form=False, sensitivity="none", group="withdrawn")
    withdrawn_reason = Text(
        "Why it was withdrawn", on_form=False, sensitivity="moderate", group="withdrawn"
    )
    custom = Open("Fields of this deployment", on_form=False, sensitivity="high")

    @classmethod
    def fits(cls, compartment: str) -> bool:
        """Whether one may be recorded beside what lives in this compartment: a child's, or an adult's."""
        if compartment == "child":
            return not cls.for_adults
        return cls.compartment != "child"

    @classmethod
    def describe(cls) -> dict[str, Described]:
        """Its fields in form order; those every record has come last."""
        return _described(cls)

    @classmethod
    def refs(cls) -> dict[str, Ref]:
        """Its references: field name -> Ref."""
        return _referring(cls)

    @classmethod
    def in_tables(cls) -> tuple[str, ...]:
        """The fields that a table of these records shows."""
        asked = (name for name, field in cls.describe().items() if field.about.on_form)
        return cls.columns or tuple(name for name in asked if name != cls.hangs_on)[:MOST_COLUMNS]

    @classmethod
    def in_addresses(cls) -> str:
        """What many of them are called in an address."""
        return cls.words or f"{cls.noun.replace('_', '-')}s"

    @classmethod
    def concluded(cls, values: Mapping[str, Any]) -> dict[str, str]:
        """What follows from the answers and is asked nowhere: label -> sentence."""
        return {}

    @classmethod
    def conclusions(cls) -> tuple[str, ...]:
        """The words that ``concluded`` may say."""
        return ()

    @classmethod
    def stamped(cls) -> tuple[str, ...]:
        """The fields that say who made the record."""
        return _signing(cls)

    @classmethod
    def approving(cls) -> dict[str, tuple[str, ...]]:
        """The codes that only who may approve may write: field name -> codes."""
        return _approving(cls)

    @classmethod
    def groups(cls) -> dict[str, tuple[str, ...]]:
        """Merge group of each field: field name -> the names that merge, dispute and settle with it."""
        return _grouped(cls)


_DESCRIBED: dict[type[Entity], dict[str, Described]] = {}
_REFERRING: dict[type[Entity], dict[str, Ref]] = {}
_GROUPED: dict[type[Entity], dict[str, tuple[str, ...]]] = {}


def _described(entity: type[Entity]) -> dict[str, Described]:
    if entity not in _DESCRIBED:
        # A class's fields are marshmallow's to keep; an instance shows them.
        declared: Mapping[str, Any] = entity().fields
        shared = Entity().fields
        ordered = [name for name in declared if name not in shared] + list(shared)
        _DESCRIBED[entity] = {name: declared[name] for name in ordered}
    return _DESCRIBED[entity]


def _referring(entity: type[Entity]) -> dict[str, Ref]:
    if entity not in _REFERRING:
        found = {n: f for n, f in entity.describe().items() if isinstance(f, Ref)}
        _REFERRING[entity] = found
    return _REFERRING[entity]


def _grouped(entity: type[Entity]) -> dict[str, tuple[str, ...]]:
    if entity not in _GROUPED:
        fields = entity.describe()
        names: dict[str, list[str]] = {}
        for name, field in fields.items():
            names.setdefault(field.about.group or name, []).append(name)
        _GROUPED[entity] = {n: tuple(names[f.about.group or n]) for n, f in fields.items()}
    return _GROUPED[entity]


@cache
def _signing(entity: type[Entity]) -> tuple[str, ...]:
    return tuple(name for name, field in entity.describe().items() if isinstance(field, By))


@cache
def _approving(entity: type[Entity]) -> dict[str, tuple[str, ...]]:
    fields = entity.describe().items()
    return {name: f.approves for name, f in fields if isinstance(f, Choice) and f.approves}


def clean(
    entity: type[Entity], values: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, list[str]], dict[str, Any]]:
    """Check values against the declaration: (values that may be stored, errors, fields not declared).

    The quick way to what ``entity().load(values)`` says: it calls the same ``check`` of each field.
    """
    fields = entity.describe()
    kept: dict[str, Any] = {}
    errors: dict[str, list[str]] = {}
    extra: dict[str, Any] = {}
    for name, value in values.items():
        field = fields.get(name)
        if field is None:
            extra[name] = value
        elif value is None:
            kept[name] = None
        else:
            try:
                kept[name] = field.check(value)
            except BadValue as problem:
                errors[name] = [problem.said]
    return kept, errors, extra
