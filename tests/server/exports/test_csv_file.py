"""A file that no spreadsheet runs, and that says the same to every reader."""

import csv
import hashlib
from io import BytesIO, StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.exports.csv_file import harmless, write
from server.exports.report import HIDDEN, Column

COLUMNS = (Column("Who", "#x_who"), Column("How many", "#reached+num"))
ACTIVE = "=+-@＝＋－＠\t\r\n"
WORDS = st.text(st.sampled_from([*ACTIVE, ";", ",", "|", '"', "'", " ", "a", "1", "é", "م"]))


def parsed(data: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
        ("-2+3", "'-2+3"),
        (" @SUM(A1)", "' @SUM(A1)"),
        ("\tx", "'\tx"),
        ("＝1+1", "'＝1+1"),
        ("x;=1+1", "x;'=1+1"),
        ("Jean-Paul", "Jean-Paul"),
        ("O'Brien", "O'Brien"),
        ("", ""),
    ],
)
def test_what_a_spreadsheet_would_run_gets_a_mark(typed: str, shown: str) -> None:
    assert harmless(typed) == shown


@given(WORDS)
def test_no_cell_begins_as_a_formula_whatever_the_list_separator(text: str) -> None:
    out = BytesIO()
    write(out, COLUMNS, [(text, 1)])
    [cell, _] = parsed(out.getvalue())[2]
    assert cell == harmless(text)
    for separator in ",;\t|":
        for piece in cell.split(separator):
            assert not piece.lstrip().startswith(tuple("=+-@＝＋－＠"))


def test_tags_stand_in_the_second_row_and_figures_stay_figures() -> None:
    out = BytesIO()
    written = write(out, COLUMNS, [("Élodie", 5), (None, HIDDEN), ("آدم", 0)])
    assert out.getvalue().decode("utf-8-sig").split("\r\n") == [
        '"Who","How many"',
        '"#x_who","#reached+num"',
        '"Élodie",5',
        f'"","{HIDDEN}"',
        '"آدم",0',
        "",
    ]
    assert (written.rows, written.hidden, written.size) == (3, 1, len(out.getvalue()))
    assert written.sha256 == hashlib.sha256(out.getvalue()).hexdigest()


def test_a_report_without_rows_still_has_its_headings() -> None:
    out = BytesIO()
    write(out, COLUMNS, [])
    assert parsed(out.getvalue()) == [["Who", "How many"], ["#x_who", "#reached+num"]]


def test_rows_are_written_as_they_come() -> None:
    out, drawn = BytesIO(), []

    def rows():
        for number in range(2500):
            drawn.append(out.tell())
            yield ("x", number)

    write(out, COLUMNS, rows())
    assert drawn[1500] > 0
    assert [int(row[1]) for row in parsed(out.getvalue())[2:]] == list(range(2500))
