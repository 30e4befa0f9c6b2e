"""What both apps tell the browser to refuse is said once, and lets nothing in from elsewhere."""

from pathlib import Path
from types import ModuleType

import pytest

import field_client
import server
from schema.headers import ALWAYS, POLICY


def test_nothing_is_taken_from_elsewhere_and_nothing_inline_is_run() -> None:
    rules = dict(rule.split(" ", 1) for rule in POLICY.split("; "))
    assert rules.pop("default-src") == "'none'"
    assert rules.pop("img-src") == "'self' data:"
    assert set(rules.values()) == {"'self'", "'none'"}
    assert rules["script-src"] == rules["style-src"] == "'self'"


@pytest.mark.parametrize("name", ALWAYS)
@pytest.mark.parametrize("end", [server, field_client])
def test_neither_end_has_a_second_list_of_them(end: ModuleType, name: str) -> None:
    folder = Path(str(end.__file__)).parent
    assert [path for path in folder.rglob("*.py") if name in path.read_text("utf-8")] == []
