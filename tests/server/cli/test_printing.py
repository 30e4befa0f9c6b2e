"""``ddr-server print``: a paper in a file that only its user may read, by somebody's rights; slips."""

import stat
from pathlib import Path

import pytest
from flask import Flask

from tests.printed import codes_on, words_of
from tests.schema.programme import STORE_A, create, ident
from tests.server.cast import programme_in
from tests.server.cli.shell import Shell
from tests.server.desk import address

DARIO = address("Dario")


@pytest.fixture
def office(shell: Shell, app: Flask) -> Shell:
    said = {"store_id": STORE_A, "giver": "found", "cleared_by": "Sgt Test", "receipt": "R-9"}
    with programme_in(app) as programme:
        programme.arrive("faraj", create("hand_in", "h", **said, date="2026-11-10"))
    shell.json("user", "add", DARIO, "--role", "donor")
    return shell


def test_a_paper_is_written_whole_and_nobody_else_may_read_it(
    office: Shell, tmp_path: Path
) -> None:
    out = tmp_path / "receipt.pdf"
    office.json("print", "hand_in", "R-9", "--language", "fr", "--out", str(out))
    assert "R-9" in words_of(out.read_bytes())
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    first = out.read_bytes()
    office.json("print", "hand_in", ident("h"), "--language", "fr", "--out", str(out))
    assert out.read_bytes() == first


def test_who_may_not_read_it_may_not_print_it(office: Shell, tmp_path: Path) -> None:
    out = tmp_path / "receipt.pdf"
    said = ("print", "hand_in", ident("h"), "--out", str(out), "--as", DARIO)
    assert office.refused(*said) == "not-found"
    assert not out.exists()


def test_slips_are_as_many_as_were_asked_for_and_no_two_alike(
    office: Shell, tmp_path: Path
) -> None:
    out = tmp_path / "slips.pdf"
    office.json("slips", "5", "--out", str(out))
    assert len(set(codes_on(out.read_bytes()))) == 5
