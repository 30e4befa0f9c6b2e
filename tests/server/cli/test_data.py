"""``ddr-server export``, ``dictionary`` and ``seed``: their words, their JSON and their exit codes."""

import hashlib
import json
import stat
from pathlib import Path

import pytest
from flask import Flask

from schema.dictionary import markdown
from tests.server.cast import programme_in
from tests.server.cli.shell import Shell
from tests.server.desk import address
from tests.server.exports.passage import Passage

DARIO, CELINE = address("Dario"), address("Celine")


@pytest.fixture
def office(shell: Shell, app: Flask) -> Shell:
    with programme_in(app) as programme:
        Passage(programme).with_areas().pass_gate(5)
    shell.json("user", "add", DARIO, "--role", "donor")
    shell.json("user", "add", CELINE, "--role", "programme-manager", "--everywhere")
    return shell


def test_a_report_is_written_with_its_manifest_and_nobody_else_may_read_it(
    office: Shell, tmp_path: Path
) -> None:
    out = tmp_path / "donor.csv"
    said = office.json("export", "gates", "--out", str(out), "--as", DARIO)
    assert '"registered","XA01","Place XA01","male","25-35",5' in out.read_text("utf-8-sig")
    manifest = json.loads((tmp_path / "donor.csv.manifest.json").read_text())
    digest = hashlib.sha256(out.read_bytes()).hexdigest()
    assert said["sha256"] == manifest["sha256"] == digest
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert sorted(p.name for p in tmp_path.glob("*donor.csv*")) == [
        out.name,
        f"{out.name}.manifest.json",
    ]


def test_the_same_change_number_makes_the_same_file(office: Shell, tmp_path: Path) -> None:
    out = tmp_path / "donor.csv"
    first = office.json("export", "gates", "--out", str(out), "--as", DARIO)
    again = ("export", "gates", "--out", str(out), "--as-of", str(first["as_of"]), "--as", DARIO)
    assert office.json(*again)["sha256"] == first["sha256"]


def test_a_refused_report_leaves_the_old_file_as_it_was(office: Shell, tmp_path: Path) -> None:
    out = tmp_path / "donor.csv"
    out.write_text("the last one")
    to = ("--out", str(out), "--as", DARIO)
    assert office.refused("export", "gates", "--as-of", "2126-01-01", *to) == "bad-value"
    assert office.refused("export", "case-list", *to) == "not-found"
    assert office.refused("export", "no-such", *to) == "not-found"
    assert out.read_text() == "the last one"
    nowhere = ("--out", str(tmp_path / "none" / "x.csv"), "--as", DARIO)
    assert office.refused("export", "gates", *nowhere) == "cannot-write"
    assert [p.name for p in tmp_path.glob(".donor*")] == []


def test_one_is_told_the_reports_that_one_may_take(office: Shell) -> None:
    assert [r["name"] for r in office.lines("export", "--list")] == [
        "gates",
        "case-list",
        "gate-ledger",
        "three-way",
    ]
    assert [r["name"] for r in office.lines("export", "--list", "--as", DARIO)] == ["gates"]
    assert len(office.lines("export", "--list", "--as", CELINE)) == 4


@pytest.mark.parametrize("words", [(), ("gates",), ("gates", "--out", "x.csv")])
def test_wrong_words_end_with_two(office: Shell, words: tuple[str, ...]) -> None:
    assert office.run("export", *words).exit_code == 2


def test_the_dictionary_says_every_field(shell: Shell) -> None:
    [sex] = [row for row in shell.lines("dictionary", "person") if row["field"] == "sex"]
    assert sex["codes"][:2] == ["female", "male"]
    assert shell.run("dictionary", "--markdown").stdout == markdown()
    assert shell.refused("dictionary", "shoe") == "unknown-entity"


def test_a_programme_is_seeded_once(shell: Shell) -> None:
    first = shell.json("seed", "--people", "20", "--seed", "3")
    assert first["records"]["person"] == 20
    again = shell.json("seed", "--people", "20", "--seed", "3")
    assert (again["records"], again["there_already"]) == ({}, sum(first["outcomes"].values()))
    told = shell.json("verify")
    assert told["agrees"]
    assert told["counted"]["buckets"] == told["counted"]["buckets that agree"] > 0
    assert told["laptops"]["laptops"] == told["laptops"]["differed"] == 0
    assert shell.run("seed", "--people", "0").exit_code == 2
