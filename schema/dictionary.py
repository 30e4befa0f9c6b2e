"""The data dictionary: every field of every noun, read off the declaration."""

from typing import Any

from schema.deployment import Noun
from schema.entities import ENTITIES
from schema.entity import Entity
from schema.fields import Choice, Described, Ref, Text, Whole

_TITLE = """# Data dictionary

Every field of every kind of record, as it is declared in `schema/entities/`.
Made by `ddr-server dictionary --markdown`; a test compares this page with the declaration.

- **Sensitivity**: none, moderate, high, severe (a leak can get somebody killed, prosecuted or
  recruited again).
- **Donor**: whether its code may head a column of a donor's table; no other field ever reaches one.
- **Merge**: what becomes of two edits that did not know of each other. `ask`: the value in force
  stays, and a person settles the dispute; `protect`: the protective value is in force at once.
  Fields of one group merge, dispute and settle as one value.

Every record also carries an id, its scope and compartment, and its versions: the registry stamps
them and nobody types them.
"""


def rows(entity: Noun) -> list[dict[str, Any]]:
    """The fields of a noun, in form order: one flat mapping of JSON values for each.

    Of a noun as a deployment has it (``Deployment.of``), its own fields and codes too.
    """
    return [_row(entity, name, field) for name, field in entity.describe().items()]


def markdown(entities: tuple[type[Entity], ...] = ENTITIES) -> str:
    """The dictionary of these nouns as a page."""
    return "\n".join([_TITLE, *(_section(entity) for entity in entities)])


def line(row: dict[str, Any]) -> str:
    """A row as one line for people."""
    codes = f" ({', '.join(row['codes'])})" if row["codes"] else ""
    marks = [row["sensitivity"], *(["required"] if row["required"] else [])]
    marks += ["donor"] if row["donor"] else []
    name = f"{row['entity']}.{row['field']}"
    return f"{name}  {row['label']}: {row['type']}{codes}; {', '.join(marks)}; {row['purpose']}"


def _row(entity: Noun, name: str, field: Described) -> dict[str, Any]:
    about = field.about
    return {
        "entity": entity.noun,
        "field": name,
        "label": about.label,
        "type": _type(field),
        "codes": list(field.codes.values) if isinstance(field, Choice) else [],
        "required": about.required,
        "sensitivity": about.sensitivity,
        "purpose": about.purpose,
        "donor": about.donor,
        "merge": about.merge,
        "group": about.group or "",
        "hint": about.hint,
    }


def _type(field: Described) -> str:
    if isinstance(field, Ref):
        return f"reference to {field.to or 'any record'}"
    if isinstance(field, Whole):
        return f"whole number, {field.least} to {field.most}"
    if isinstance(field, Text) and field.kind == "text":
        return f"text, at most {field.longest} characters"
    return {
        "number": "printed number",
        "choice": "one code",
        "day": "date, as 2026-11-22",
        "instant": "moment in UTC",
        "flag": "yes or no",
        "open": "values of the deployment",
        "by": "account and name, stamped",
    }[field.kind]


def _section(entity: type[Entity]) -> str:
    by = "the registry alone" if entity.written_by == "apply" else "people"
    lines = [
        f"## {entity.label} (`{entity.noun}`)",
        "",
        _sentence(entity),
        f"Compartment: {entity.compartment}. Written by {by}.",
        "",
        "| field | label | type | required | sensitivity | donor | merge | purpose |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
        *(_table_row(row) for row in rows(entity)),
        "",
    ]
    return "\n".join(lines)


def _sentence(entity: type[Entity]) -> str:
    return (entity.__doc__ or "").strip().partition("\n")[0]


def _table_row(row: dict[str, Any]) -> str:
    codes = ", ".join(f"`{code}`" for code in row["codes"])
    shown = (
        f"`{row['field']}`",
        row["label"],
        f"{row['type']}: {codes}" if codes else row["type"],
        "yes" if row["required"] else "",
        row["sensitivity"],
        "yes" if row["donor"] else "",
        f"{row['merge']}, group {row['group']}" if row["group"] else row["merge"],
        row["purpose"],
    )
    return f"| {' | '.join(shown)} |"
