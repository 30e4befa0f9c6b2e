"""What the API gives: each declared noun with its id and number, and pages of them."""

from functools import cache

import marshmallow as ma

from schema import codes
from schema.entity import Entity
from schema.fields import Choice
from server.registry.paging import COUNTED


class ProblemShape(ma.Schema):
    """Why something is refused."""

    code = ma.fields.String(metadata={"description": "For programs; it never changes"})
    sentence = ma.fields.String(metadata={"description": "For people"})
    # A schema has an attribute of this name of its own.
    about = ma.fields.Dict(
        data_key="fields", metadata={"description": "Sentences by the parameter they are about"}
    )


class Stamped(ma.Schema):
    """What every record has besides its fields."""

    id = ma.fields.UUID(required=True, metadata={"description": "Given where it was made"})
    version = ma.fields.Integer(metadata={"description": "The number of its last change"})


class Some(ma.Schema):
    """What every list says besides its records."""

    next = ma.fields.UUID(allow_none=True, metadata={"description": "Ask for what comes `after`"})
    count = ma.fields.Integer(metadata={"description": f"Exact up to {COUNTED}"})
    more = ma.fields.Boolean(metadata={"description": f"Whether there are more than {COUNTED}"})


@cache
def one(entity: type[Entity]) -> type[ma.Schema]:
    """The shape of a record of this noun. A case has its gate, which is derived and no field."""
    gate = {"gate": Choice("Gate", codes.GATE, purpose="How far the case has come")}
    said = {"__doc__": entity.__doc__, **(gate if entity.noun == "case" else {})}
    return type(f"{entity.__name__}Shape", (Stamped, entity), said)


@cache
def many(entity: type[Entity]) -> type[ma.Schema]:
    """The shape of a page of records of this noun."""
    items = ma.fields.List(ma.fields.Nested(one(entity)))
    return type(f"{entity.__name__}List", (Some,), {"__doc__": entity.plural, "items": items})
