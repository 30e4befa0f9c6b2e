"""What a deployment declares, in few words."""

from typing import Any

from schema.change import Change
from tests.schema.programme import create

WHY = "To order kits that fit"


def declares(noun: str, name: str, kind: str = "text", **values: Any) -> Change:
    """A field of a noun."""
    said = {"entity": noun, "name": name, "kind": kind, "label_en": name.title(), "purpose": WHY}
    return create("custom_field", f"{noun}.{name}", **{**said, "sensitivity": "none", **values})


def adds(code_list: str, value: str, **values: Any) -> Change:
    """A code of a list."""
    said = {"code_list": code_list, "value": value, "label_en": value.title()}
    return create("code", f"{code_list}/{value}", **{**said, **values})
