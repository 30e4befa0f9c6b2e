"""The points at which tests kill a process: each stands once in the code, and production does nothing there."""

import ast
from collections import Counter
from pathlib import Path

import pytest

import field_client
import server
from schema import points

ENDS = {
    points.FIELD + points.FIELD_CARRYING + points.FETCHING: Path(str(field_client.__file__)).parent,
    points.SERVER + points.SERVER_CARRYING + points.SNAPSHOT: Path(str(server.__file__)).parent,
}


def called(folder: Path, name: str) -> Counter[str]:
    """What the code in a folder hands to this function of ``points``, and how often."""
    return Counter(
        str(node.args[0].value)
        for path in folder.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) == f"points.{name}"
        and isinstance(node.args[0], ast.Constant)
    )


@pytest.mark.parametrize("names", ENDS)
def test_each_point_stands_once_in_its_end_and_nobody_there_asks_for_anything_at_one(
    names: tuple[str, ...],
) -> None:
    assert called(ENDS[names], "reach") == Counter(names)
    assert not called(ENDS[names], "at")


def test_a_point_that_does_not_exist_stops_who_asks_for_it() -> None:
    with pytest.raises(LookupError, match="no point"):
        points.at("after lunch", lambda: None)
