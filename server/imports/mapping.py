"""Which column of a list is which field: a mapping file, held to the declaration before a row is read.

    name: legacy-xyz          permanent: with the row's id it recognises a row again
    row_id: the column that names a row (without it, the row itself does)
    ignore: columns that are not taken
    person, case: field -> column, or one of
        {column: C, codes: {M: male}, formats: ["%d/%m/%Y", "%Y"]}
        {join: [C, D]}        what there is of these columns, with a space between
        {constant: undisclosed}

A field that is not declared, or a code that is on no list, stops the import before it begins.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from schema.deployment import NOTHING_ADDED, Deployment, Noun
from schema.entities import BY_NOUN
from schema.fields import Choice, Described
from schema.problems import BadValue, Problem, UnknownField
from server.imports.cells import ISO

NOUNS = ("person", "case")
_PARTS = {"column", "codes", "formats", "join", "constant"}
_KEYS = {"name", "row_id", "ignore", *NOUNS}
_NEVER = {"withdrawn_at", "withdrawn_reason", "custom", "age_decision", "person_id"}
_LONGEST_NAME = 60


class BadMapping(Problem):
    """The mapping cannot be used. Nothing was imported."""

    code, status, sentence = "bad-mapping", 422, "This mapping cannot be used."


@dataclass(frozen=True)
class Filled:
    """How one field is filled from a row."""

    columns: tuple[str, ...] = ()
    constant: Any = None
    codes: Mapping[str, str] = field(default_factory=dict)
    formats: tuple[str, ...] = (ISO,)

    @property
    def shown(self) -> str:
        """The columns, as a rejects file names them."""
        return " + ".join(self.columns)


@dataclass(frozen=True)
class Columns:
    """A mapping that has been held to the declaration. fields: by noun and field name."""

    name: str
    row_id: str
    ignore: tuple[str, ...]
    fields: Mapping[str, Mapping[str, Filled]]

    def columns(self) -> set[str]:
        """Every column that it names."""
        taken = {c for one in self.fields.values() for how in one.values() for c in how.columns}
        return taken | set(self.ignore) | ({self.row_id} if self.row_id else set())


def read(text: str, nouns: Deployment = NOTHING_ADDED) -> Columns:
    """The mapping that a file says, the deployment's fields as custom.NAME. Raises BadMapping, UnknownField."""
    try:
        said = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise BadMapping("The mapping is not YAML.") from error
    if not isinstance(said, dict) or not set(said) <= _KEYS or "person" not in said:
        raise BadMapping(f"A mapping has person, and may have: {', '.join(sorted(_KEYS))}.")
    name = said.get("name")
    if not isinstance(name, str) or not 0 < len(name) <= _LONGEST_NAME or not name.isprintable():
        raise BadMapping("A mapping has a name of at most 60 characters.")
    return Columns(
        name,
        _text(said.get("row_id", "")),
        tuple(_text(column) for column in _list(said.get("ignore", []))),
        {noun: dict(_filled(nouns.of(BY_NOUN[noun]), said.get(noun) or {})) for noun in NOUNS},
    )


def found(name: str) -> str:
    """The text of a mapping: a file, or one that comes with the program, by its name."""
    path = Path(name)
    shipped = files("server") / "mappings" / f"{name.removesuffix('.yml')}.yml"
    try:
        if path.is_file():
            return path.read_text(encoding="utf-8")
        if path.name == name and shipped.is_file():
            return shipped.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadMapping(f"{name} cannot be read.") from error
    raise BadMapping(f"There is no mapping {name}.")


def held_to(mapping: Columns, headings: Sequence[str]) -> None:
    """Refuse a list whose columns are not those of the mapping. Raises UnknownField."""
    unknown = [column for column in headings if column not in mapping.columns()]
    if unknown:
        sentence = f"The mapping does not name these columns: {', '.join(unknown)}."
        raise UnknownField(f"{sentence} Map them, or list them under ignore.", field=unknown[0])
    missing = sorted(mapping.columns() - set(headings) - set(mapping.ignore))
    if missing:
        raise UnknownField(f"The list lacks these columns: {', '.join(missing)}.", field=missing[0])


def _filled(entity: Noun, said: Any) -> Iterator[tuple[str, Filled]]:
    if not isinstance(said, dict):
        raise BadMapping(f"{entity.noun} is a mapping of fields.")
    fields = entity.describe()
    for name, how in said.items():
        if name not in fields or name in _NEVER:
            sentence = f"{entity.noun} has no field {name!r} that a list may fill."
            raise UnknownField(sentence, field=str(name))
        yield name, _how(entity.noun, name, fields[name], how)


def _how(noun: str, name: str, declared: Described, how: Any) -> Filled:
    said = {"column": how} if isinstance(how, str) else how
    if not isinstance(said, dict) or not set(said) <= _PARTS:
        raise BadMapping(f"{noun}.{name}: a column, or some of {', '.join(sorted(_PARTS))}.")
    if len({"column", "join", "constant"} & set(said)) != 1:
        raise BadMapping(f"{noun}.{name}: one of column, join, constant.")
    if "constant" in said:
        return Filled(constant=_checked(noun, name, declared, said["constant"]))
    columns = [said["column"]] if "column" in said else _list(said["join"])
    codes = {str(old): new for old, new in _dict(said.get("codes", {})).items()}
    for new in codes.values():
        if isinstance(declared, Choice):
            _checked(noun, name, declared, new)
    formats = tuple(_text(form) for form in _list(said.get("formats", [ISO])))
    if any("%Y" not in form for form in formats):
        raise BadMapping(f"{noun}.{name}: a format has %Y, and may have %m and %d.")
    return Filled(tuple(_text(column) for column in columns), None, codes, formats)


def _checked(noun: str, name: str, declared: Described, value: Any) -> Any:
    if declared.kind == "ref":
        return _text(value)
    try:
        return declared.check(value)
    except BadValue as problem:
        raise BadMapping(f"{noun}.{name}: {value!r}: {problem.said}") from problem


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    raise BadMapping(f"{value!r} should be text: put it in quotation marks.")


def _list(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    raise BadMapping(f"{value!r} should be a list.")


def _dict(value: Any) -> dict[Any, Any]:
    if isinstance(value, dict):
        return value
    raise BadMapping(f"{value!r} should be a mapping.")
