"""``ddr-server deployment``: a folder of declarations at once, and what the shell and a list do with them."""

from importlib.resources import files
from pathlib import Path

import pytest

from server.imports.lists import opened
from tests.schema.programme import ident, person
from tests.server.cast import RegistryProgramme
from tests.server.cli.shell import Shell

FIELDS = "record,name,kind,codes,label_en,purpose,sensitivity\n"
ABEL = ident("Abel")


@pytest.fixture(autouse=True)
def _abel(cast_registry: RegistryProgramme) -> None:
    cast_registry.arrive("awa", person("Abel"))


def test_the_example_that_is_shipped_is_loaded_once_and_used_at_once(shell: Shell) -> None:
    lists = {row["kind"]: row for row in shell.lines("deployment", "example")}
    shipped = files("server") / "deployments" / "example"
    rows = {kind: len(list(opened(Path(str(shipped / f"{kind}.csv"))).rows())) for kind in lists}
    assert {kind: row["added"] for kind, row in lists.items()} == rows
    assert all(row["rejected"] == row["flagged"] == 0 for row in lists.values())
    again = shell.lines("deployment", "example")
    assert {row["kind"]: row["there_already"] for row in again} == rows
    told = {row["field"]: row for row in shell.lines("dictionary", "case", "--declared")}
    assert told["custom.transport"]["codes"] == ["foot", "lorry", "boat"]


def test_a_shell_sets_a_field_and_refuses_what_is_none(shell: Shell) -> None:
    shell.lines("deployment", "example")
    shell.json("set", "person", ABEL, "custom.shoe_size=42")
    shell.json("set", "person", ABEL, "custom.clan_elder=Old Sow")
    said = shell.json("get", "person", ABEL)
    assert said["custom"] == {"shoe_size": 42, "clan_elder": "Old Sow"}
    assert shell.refused("set", "person", ABEL, "custom.shoe_size=large") == "invalid"
    assert shell.refused("set", "person", ABEL, 'custom={"shoe_size": "x"}') == "refused-by-rule"
    assert shell.refused("set", "person", ABEL, "custom.hat=L") == "unknown-field"
    assert shell.refused("set", "person", ABEL, 'custom={"hiv": 1}') == "refused-by-rule"


def test_rows_that_must_not_be_declared_are_rejected_with_the_rule(
    shell: Shell, tmp_path: Path
) -> None:
    folder = tmp_path / "ours"
    folder.mkdir()
    rows = (
        "person,hat,text,,Hat,To order hats,none\n"
        "person,x,text,,HIV status,To plan,severe\n"
        "person,y,text,,No purpose,,none\n"
        "person,z,choice,gate,Z,To plan,none\n"
    )
    (folder / "custom-fields.csv").write_text(FIELDS + rows)
    (folder / "codes.csv").write_text("list,code,label_en\ngate,escaped,Escaped\n")
    done = shell.run("deployment", str(folder))
    assert (done.exit_code, "[deployment-incomplete]" in done.stderr) == (1, True)
    rejects = (folder / "custom-fields.csv.rejects.csv").read_text("utf-8-sig")
    assert "3,,no-forbidden-custom-field" in rejects
    assert "4,purpose,missing" in rejects
    assert "2,,code-of-an-open-list" in (folder / "codes.csv.rejects.csv").read_text("utf-8-sig")
    assert {row["name"] for row in shell.lines("list", "custom_field")} == {"hat", "z"}


def test_a_folder_without_lists_is_wrong_use(shell: Shell, tmp_path: Path) -> None:
    assert shell.run("deployment", str(tmp_path)).exit_code == 2


def test_a_legacy_list_fills_the_deployments_fields(shell: Shell, tmp_path: Path) -> None:
    shell.lines("deployment", "example")
    (tmp_path / "people.csv").write_text("id,name,shoe,way\n1,Ann Lee,38,B\n2,Bo Sy,big,B\n")
    (tmp_path / "map.yml").write_text(
        "name: shoes\nrow_id: id\n"
        "person: {name: name, sex: {constant: female}, custom.shoe_size: shoe}\n"
        "case: {custom.transport: {column: way, codes: {B: boat}}}\n"
    )
    words = ("import", str(tmp_path / "people.csv"), "--kind", "persons", "--scope", "A")
    said = shell.json(*words, "--mapping", str(tmp_path / "map.yml"))
    assert (said["added"], said["reasons"]) == (1, {"not-a-number": 1})
    [ann] = [row for row in shell.lines("list", "person") if row["name"] == "Ann Lee"]
    [passage] = shell.lines("list", "case")
    assert (ann["custom"], passage["custom"]) == ({"shoe_size": 38}, {"transport": "boat"})
