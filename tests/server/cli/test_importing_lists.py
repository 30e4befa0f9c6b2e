"""``ddr-server import --kind roster``: an armed group's list, with the hash of its file."""

import hashlib
from pathlib import Path

import pytest

from tests.schema.programme import A, create, ident
from tests.server.cast import RegistryProgramme
from tests.server.cli.shell import Shell

LIST = (
    "line,name,alias,age,sex,unit,rank,weapon\n"
    "1,Ali Invented,Kite,34,male,2nd,sergeant,rifle\n"
    "2,Sami Invented,,15,male,,,\n"
    "3,,nobody,,,,,\n"
)


@pytest.fixture
def listed(tmp_path: Path, cast_registry: RegistryProgramme) -> Path:
    """A list that was recorded, and its file."""
    said = {"caseload_id": A, "code": "L1", "received_on": "2026-01-10", "declared": 3}
    cast_registry.arrive("hawa", create("roster", "list", **said))
    (tmp_path / "list.csv").write_text(LIST)
    return tmp_path / "list.csv"


def words(file: Path, *more: str) -> tuple[str, ...]:
    return ("import", str(file), "--kind", "roster", "--list", "L1", *more)


def test_each_name_is_a_claim_and_the_file_is_known_again(
    shell: Shell, listed: Path, cast_registry: RegistryProgramme
) -> None:
    said = shell.json(*words(listed))
    assert (said["added"], said["rejected"]) == (2, 1)
    roster = cast_registry.rows["roster", ident("list")]
    assert roster.get("file_hash") == hashlib.sha256(LIST.encode()).hexdigest()
    assert roster.get("file_name") == "list.csv"
    again = shell.json(*words(listed))
    assert (again["added"], again["there_already"]) == (0, 2)


def test_who_is_listed_as_a_child_is_on_no_list_that_adults_read(
    shell: Shell, listed: Path
) -> None:
    shell.json(*words(listed))
    found = shell.lines("list", "roster_entry")
    assert {(one["name"], one["compartment"]) for one in found} == {
        ("Ali Invented", "background"),
        ("Sami Invented", "child"),
    }


def test_another_file_under_the_same_code_is_refused(shell: Shell, listed: Path) -> None:
    shell.json(*words(listed))
    listed.write_text(LIST.replace("Ali", "Omar"))
    assert shell.refused(*words(listed)) == "refused-by-rule"


def test_what_was_rejected_and_put_right_belongs_to_the_same_list(
    shell: Shell, listed: Path
) -> None:
    rejects = Path(shell.json(*words(listed))["rejects"])
    rejects.write_text(
        rejects.read_text("utf-8-sig").replace("3,,nobody", "3,Yaya Invented,nobody")
    )
    assert shell.json(*words(rejects))["added"] == 1


def test_a_list_that_was_not_recorded_takes_no_names(shell: Shell, listed: Path) -> None:
    assert (
        shell.refused("import", str(listed), "--kind", "roster", "--list", "L9")
        == "unknown-reference"
    )
