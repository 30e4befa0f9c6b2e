"""``ddr-server import``: what it says, where bad rows land, and by whose rights."""

from pathlib import Path

import pytest

from tests.server.cast import RegistryProgramme
from tests.server.cli.shell import Shell
from tests.server.desk import address

AWA, DARIO = address("Awa"), address("Dario")
LEGACY = """
name: legacy-list
row_id: id
person: {name: name, sex: {constant: undisclosed}, birth_date: {column: born, formats: ["%Y"]}}
"""


@pytest.fixture
def folder(tmp_path: Path, cast_registry: RegistryProgramme) -> Path:
    (tmp_path / "areas.csv").write_text("pcode,level,parent,name\nXA,0,,Root\nXB,1,NO,B\n")
    (tmp_path / "people.csv").write_text("id,name,born\n1,Ann Lee,1980\n2,,1981\n")
    (tmp_path / "map.yml").write_text(LEGACY)
    return tmp_path


def people(folder: Path, *words: str) -> tuple[str, ...]:
    mapping = str(folder / "map.yml")
    return ("import", str(folder / "people.csv"), "--kind", "persons", "--mapping", mapping, *words)


def test_good_rows_are_kept_and_bad_ones_land_beside_the_file(shell: Shell, folder: Path) -> None:
    said = shell.json("import", str(folder / "areas.csv"), "--kind", "areas")
    assert (said["added"], said["rejected"], said["reasons"]) == (1, 1, {"unknown-reference": 1})
    assert Path(said["rejects"]) == folder / "areas.csv.rejects.csv"
    assert "3,parent,unknown-reference" in Path(said["rejects"]).read_text("utf-8-sig")


def test_people_are_of_the_caseload_that_is_named(shell: Shell, folder: Path) -> None:
    assert shell.json(*people(folder, "--scope", "A"))["added"] == 1
    assert shell.json(*people(folder, "--scope", "caseload:A"))["there_already"] == 1
    assert shell.refused(*people(folder, "--scope", "NOPE")) == "unknown-reference"


def test_a_dry_run_writes_nothing(shell: Shell, folder: Path) -> None:
    assert shell.json(*people(folder, "--scope", "A", "--dry-run"))["added"] == 1
    assert shell.json(*people(folder, "--scope", "A"))["added"] == 1


def test_an_officer_imports_by_the_own_rights_and_a_donor_not_at_all(
    shell: Shell, folder: Path
) -> None:
    shell.json("user", "add", DARIO, "--role", "donor")
    shell.json("user", "add", AWA, "--role", "field-officer", "--scope", "caseload:B")
    assert shell.refused(*people(folder, "--scope", "A", "--as", DARIO)) == "not-allowed"
    assert shell.refused(*people(folder, "--scope", "A", "--as", AWA)) == "nothing-imported"
    assert shell.json(*people(folder, "--scope", "B", "--as", AWA))["added"] == 1


def test_what_cannot_be_read_is_refused_before_a_row_is(shell: Shell, folder: Path) -> None:
    (folder / "map.yml").write_text("name: x\nperson: {shoe_size: born}")
    assert shell.refused(*people(folder)) == "unknown-field"
    (folder / "map.yml").write_text("name: [")
    assert shell.refused(*people(folder)) == "bad-mapping"
    (folder / "areas.csv").write_text("\n")
    assert (
        shell.refused("import", str(folder / "areas.csv"), "--kind", "areas") == "unreadable-list"
    )


@pytest.mark.parametrize("words", [("--kind", "persons"), ("--kind", "areas", "--scope", "A")])
def test_wrong_words_end_with_two(shell: Shell, folder: Path, words: tuple[str, ...]) -> None:
    assert shell.run("import", str(folder / "areas.csv"), *words).exit_code == 2
