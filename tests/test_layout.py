"""The shape of the house: names, sizes, and that our packages are ours."""

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("schema", "server", "field_client", "migrations")
BANNED = {"utils", "util", "helpers", "common", "core", "models", "services", "managers", "base"}
LONGEST_FILE = 300
LONGEST_FUNCTION = 40
# Whose laptop it is, is asked with every request of it: one statement, not two.
JOINED = {("server/devices.py", "account")}


def sources() -> list[Path]:
    """Every Python file of ours; a migration is one long literal statement and stays out."""
    folders = (*PACKAGES, "tests", "bench", "demo")
    found = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    return [path for path in found if path.parent.name != "versions"]


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """The functions of a file with their length in lines, decorators and docstring left out."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            start = node.body[1] if ast.get_docstring(node) and node.body[1:] else node
            yield node.name, (node.end_lineno or 0) - start.lineno + 1


def operational_tables() -> dict[tuple[str, str], Path]:
    """The registry's tables that are no noun's, by module and name, with the folder of their owner."""
    found = {}
    for path in (ROOT / "server").rglob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.Assign) and ast.unparse(node.value).startswith("sa.Table("):
                owner = path if path.parent == ROOT / "server" else path.parent
                found[dotted(path), ast.unparse(node.targets[0])] = owner
    return {key: owner for key, owner in found.items() if key[0] != "server.tables"}


def taken_from(path: Path) -> Iterator[tuple[str, str]]:
    """What a file imports by name: (module, name)."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            yield from ((node.module or "", one.name) for one in node.names)


def dotted(path: Path) -> str:
    """The name under which a file is imported."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def shown(path: Path) -> str:
    """The path as a person says it."""
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("package", PACKAGES)
def test_our_package_names_resolve_to_our_files(package: str) -> None:
    """server, schema and migrations are also names on PyPI: a stray dependency could shadow us."""
    assert Path(importlib.import_module(package).__file__ or "").parent == ROOT / package


def test_every_folder_of_modules_is_a_package() -> None:
    """A folder without __init__.py works in the checkout and is missing from the wheel."""
    folders = {path.parent for name in PACKAGES for path in (ROOT / name).rglob("*.py")}
    assert [shown(path) for path in sorted(folders) if not (path / "__init__.py").exists()] == []


def test_nothing_is_named_after_a_role() -> None:
    named = {path: path.relative_to(ROOT).with_suffix("").parts for path in sources()}
    assert [shown(path) for path, parts in named.items() if BANNED & set(parts)] == []


def test_every_file_can_be_read_in_a_sitting() -> None:
    lengths = {shown(path): len(path.read_text("utf-8").splitlines()) for path in sources()}
    assert {name: n for name, n in lengths.items() if n > LONGEST_FILE} == {}


def test_every_function_fits_on_a_screen() -> None:
    lengths = {f"{shown(path)}:{name}": n for path in sources() for name, n in functions(path)}
    assert {name: n for name, n in lengths.items() if n > LONGEST_FUNCTION} == {}


def test_each_operational_table_is_written_and_read_by_its_owner_alone() -> None:
    """Its owner is the folder, or the file of ``server``, in which it is declared."""
    owners = operational_tables()
    assert ("server.backups.log", "backup") in owners
    strangers = {
        (shown(path), name[1])
        for path in (ROOT / "server").rglob("*.py")
        for name in taken_from(path)
        if name in owners and owners[name] not in (path, *path.parents)
    }
    assert strangers == JOINED


def test_no_entry_of_a_bucket_is_ever_deleted() -> None:
    """What has left is told for as long as anybody may ask: docs/decisions.md says why there is no purge."""
    deletes = {
        shown(path): call
        for path in (ROOT / "server").rglob("*.py")
        for call in re.findall(r"delete\([\w.]*entry\)|DELETE FROM entry", path.read_text("utf-8"))
    }
    assert deletes == {}
