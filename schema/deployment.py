"""What a deployment adds to the nouns as data: further fields, and further codes of open lists. Pure.

A page reads the declarations once and asks ``Deployment.of(entity)`` instead of the entity: it has the
same questions and the deployment's behind them, named ``custom.NAME``. ``spread`` lays the values of the
map ``custom`` out under these names, ``gathered`` folds what was answered back into the map.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from schema.code_lists import by_name
from schema.codes import CodeList, OpenCodeList
from schema.entity import Entity
from schema.fields import Choice, Day, Described, Flag, Ref, Text, Whole

CUSTOM = "custom"
PREFIX = f"{CUSTOM}."
LONGEST_TEXT = 4000
_LAST = 10_000
Row = Mapping[str, Any]


class Noun(Protocol):
    """What forms and details ask of a noun: an entity is one, with or without a deployment's fields."""

    @property
    def noun(self) -> str:
        """Its name."""

    @property
    def label(self) -> str:
        """What one is called."""

    @property
    def plural(self) -> str:
        """What many are called."""

    @property
    def hangs_on(self) -> str:
        """The field whose record gives the scope."""

    @property
    def read_out(self) -> tuple[str, ...]:
        """What is read out before the questions."""

    def concluded(self, values: Row) -> dict[str, str]:
        """What follows from the answers: label -> sentence."""

    def describe(self) -> dict[str, Described]:
        """Its fields in form order."""

    def refs(self) -> dict[str, Ref]:
        """Its references."""

    def groups(self) -> dict[str, tuple[str, ...]]:
        """The merge group of each field."""


class Extended:
    """An entity with a deployment's fields behind its own, and its codes in the lists open to it."""

    def __init__(self, entity: type[Entity], added: Mapping[str, Described], widened: Row) -> None:
        self.entity = entity
        self.noun, self.label, self.plural = entity.noun, entity.label, entity.plural
        self.hangs_on, self.read_out = entity.hangs_on, entity.read_out
        self._fields = {**entity.describe(), **widened, **added}
        self._groups = {**entity.groups(), **{name: (name,) for name in added}}

    def concluded(self, values: Row) -> dict[str, str]:
        """What follows from the answers; from a deployment's fields nothing does."""
        return self.entity.concluded(values)

    def describe(self) -> dict[str, Described]:
        """Its fields in form order, the deployment's last."""
        return self._fields

    def refs(self) -> dict[str, Ref]:
        """Its references: a deployment adds none."""
        return self.entity.refs()

    def groups(self) -> dict[str, tuple[str, ...]]:
        """The merge group of each field: each of the deployment's is one of its own."""
        return self._groups


class Deployment:
    """The declarations in force, in one reader's language. fields, codes: rows of the two nouns."""

    def __init__(self, fields: Iterable[Row], added: Iterable[Row], language: str = "en") -> None:
        self.language = language
        self._fields: dict[str, list[Row]] = {}
        for row in sorted(fields, key=_place):
            self._fields.setdefault(str(row.get("entity")), []).append(row)
        self._codes: dict[str, list[Row]] = {}
        for row in sorted(added, key=_place):
            self._codes.setdefault(str(row.get("code_list")), []).append(row)
        self._known: dict[str, Noun] = {}

    def of(self, entity: type[Entity]) -> Noun:
        """The entity as this deployment has it."""
        if entity.noun not in self._known:
            self._known[entity.noun] = self._extended(entity)
        return self._known[entity.noun]

    def asked_of(self, entity: type[Entity]) -> tuple[str, ...]:
        """The names of the deployment's fields that a form of this entity asks for."""
        fields = self.of(entity).describe().items()
        return tuple(n for n, field in fields if n.startswith(PREFIX) and field.about.on_form)

    def _extended(self, entity: type[Entity]) -> Noun:
        widened = {
            name: field
            for name, declared in entity.describe().items()
            if (field := self._widened(declared)) is not declared
        }
        added: dict[str, Described] = {}
        for row in self._fields.get(entity.noun, ()):
            added.setdefault(PREFIX + str(row.get("name")), self._field(row))
        return Extended(entity, added, widened) if added or widened else entity

    def _field(self, row: Row) -> Described:
        known = by_name(str(row.get("code_list")))
        listed = self._with_added(known or CodeList(str(row.get("code_list"))))
        return field_of(row, listed, label_in(row, self.language))

    def _widened(self, field: Described) -> Described:
        if not isinstance(field, Choice) or not isinstance(field.codes, OpenCodeList):
            return field
        listed = self._with_added(field.codes)
        if listed is field.codes:
            return field
        about = field.about
        said = {name: getattr(about, name) for name in about.__dataclass_fields__}
        return Choice(said.pop("label"), listed, approves=field.approves, **said)

    def _with_added(self, listed: CodeList) -> CodeList:
        rows = self._codes.get(listed.name)
        if not rows:
            return listed
        items = dict(listed.items)
        for row in rows:
            items.setdefault(str(row.get("value")), label_in(row, self.language))
        offered = [pair for pair in items.items() if pair[0] not in _retired(rows)]
        return Widened(listed.name, items, offered)


class Widened(CodeList):
    """A list with a deployment's codes: a retired one keeps its label and is offered no more."""

    def __init__(
        self, name: str, known: Mapping[str, str], offered: Iterable[tuple[str, str]]
    ) -> None:
        super().__init__(name, *offered)
        self._labels = dict(known)


def field_of(row: Row, listed: CodeList, label: str) -> Described:
    """The field that a declaration declares; one of a kind that is not known here is text."""
    said: dict[str, Any] = {
        "sensitivity": row.get("sensitivity") or "severe",
        "purpose": row.get("purpose") or "",
        "required": bool(row.get("required")),
        "donor": bool(row.get("donor")),
        "on_form": not row.get("retired"),
    }
    kind = row.get("kind")
    if kind == "choice":
        return Choice(label, listed, **said)
    if kind in _PLAIN:
        return _PLAIN[str(kind)](label, **said)
    return Text(label, longest=LONGEST_TEXT, multiline=kind == "long-text", **said)


def label_in(row: Row, language: str) -> str:
    """The label of a field or code in a language; in English where it has none in that."""
    own = row.get(f"label_{language}") or _further(row).get(language)
    return str(own or row.get("label_en") or row.get("name") or row.get("value") or "")


def labels_of(row: Row) -> list[str]:
    """The labels of a field or code in the four languages."""
    said = [row.get(f"label_{language}") for language in ("en", "fr", "ar", "es")]
    return [str(label) for label in said if label]


def spread(values: Row) -> dict[str, Any]:
    """These values, and each of the deployment's under its own name; what stands there already stays."""
    said = values.get(CUSTOM)
    added = said if isinstance(said, Mapping) else {}
    return {**{PREFIX + str(name): value for name, value in added.items()}, **values}


def gathered(values: Row, seen: Row) -> dict[str, Any]:
    """These values, what was answered of the deployment's laid into the map that was seen."""
    own = {name: value for name, value in values.items() if not name.startswith(PREFIX)}
    said = {n.removeprefix(PREFIX): v for n, v in values.items() if n.startswith(PREFIX)}
    if not said:
        return own
    known = seen.get(CUSTOM)
    laid = {**(known if isinstance(known, Mapping) else {}), **said}
    return {**own, CUSTOM: {name: v for name, v in laid.items() if v is not None} or None}


def changed_names(names: Iterable[str], before: Row, after: Row, known: Row) -> list[str]:
    """The names of what changed; for the deployment's map, each of its fields that differs.

    before, after: the values, spread. known: the fields that are declared.
    """
    found: list[str] = []
    for name in names:
        if name == CUSTOM:
            keys = sorted(key for key in {*before, *after} if key.startswith(PREFIX))
            found += [key for key in keys if before.get(key) != after.get(key)]
        else:
            found.append(name)
    return [name for name in found if name in known]


def _further(row: Row) -> dict[str, str]:
    pairs = (line.partition(":") for line in str(row.get("labels_further") or "").splitlines())
    return {language.strip(): label.strip() for language, _, label in pairs if label.strip()}


def _place(row: Row) -> tuple[int, str]:
    place = row.get("position")
    return (_LAST if place is None else int(place), str(row.get("name") or row.get("value") or ""))


def _retired(rows: Iterable[Row]) -> set[str]:
    return {str(row.get("value")) for row in rows if row.get("retired")}


_PLAIN: dict[str, Any] = {"text": Text, "whole": Whole, "day": Day, "flag": Flag}

NOTHING_ADDED = Deployment((), ())
