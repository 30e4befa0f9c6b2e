"""What OpenAPI says of our kinds of field, read off their declaration."""

from typing import Any

import marshmallow as ma

from schema.codes import OpenCodeList
from schema.fields import LONGEST_CODE, Choice, Described, Flag, Open, Ref, Text, Whole

DAY = {"type": ["string", "null"], "format": "date"}


def attributes(_converter: object, field: ma.fields.Field, **_said: Any) -> dict[str, Any]:
    """Type, codes and bounds of a declared field. apispec calls this for every field of a schema."""
    if not isinstance(field, Described):
        return {}
    return {**_shape(field), "title": field.about.label, "description": field.about.purpose}


def _shape(field: Described) -> dict[str, Any]:
    if isinstance(field, Choice):
        # A deployment may have added codes of its own to an open list.
        listed = {"enum": [*field.codes.values, None]}
        opened = {"examples": list(field.codes.values), "maxLength": LONGEST_CODE}
        is_open = isinstance(field.codes, OpenCodeList)
        return {"type": ["string", "null"], **(opened if is_open else listed)}
    if isinstance(field, Ref):
        return {"type": ["string", "null"], "format": "uuid"}
    if isinstance(field, Text):
        return {"type": ["string", "null"], "maxLength": field.longest}
    if isinstance(field, Whole):
        return {"type": ["integer", "null"], "minimum": field.least, "maximum": field.most}
    if isinstance(field, Flag):
        return {"type": ["boolean", "null"]}
    return {} if isinstance(field, Open) else DAY
