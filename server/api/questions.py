"""What a list may be asked: by the codes and references of its noun, never by a name: addresses are logged."""

import marshmallow as ma

from schema import codes
from schema.entity import Entity
from schema.fields import Choice, Day, Described, Ref

OPEN_TO_ALL = ("none", "moderate")
CODES = ("code", "pcode")


class After(ma.Schema):
    """Every list goes on after the id with which the last page ended."""

    after = Ref("The `next` of the page before", "")


def about(entity: type[Entity]) -> type[ma.Schema]:
    """What a list of this noun may be narrowed by. A case may be asked for by its gate."""
    fields = entity.describe().items()
    asked = {name: field for name, field in fields if _is_asked(name, field)}
    gate = {"gate": Choice("Gate", codes.GATE)} if entity.noun == "case" else {}
    said = {"__doc__": f"Which {entity.plural.lower()}.", **asked, **gate}
    return type(f"About{entity.__name__}", (After,), said)


def _is_asked(name: str, field: Described) -> bool:
    if isinstance(field, Choice | Ref):
        return True
    if isinstance(field, Day):
        return field.about.sensitivity in OPEN_TO_ALL
    return name in CODES
