"""A list is read row by row, whatever is in it."""

import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.imports.lists import LONGEST_LINE, Listing, Row, UnreadableList, opened
from server.imports.rejects import HEADINGS, Reject


@pytest.fixture
def listing(tmp_path: Path):
    def make(content: bytes | str) -> Listing:
        path = tmp_path / "list.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return opened(path)

    return make


def told(listing: Listing) -> list[tuple[int, object]]:
    return [
        (row.number, list(row.cells) if isinstance(row, Row) else row.reason)
        for row in listing.rows()
    ]


@pytest.mark.parametrize("divider", [",", ";", "\t"])
def test_cells_are_divided_as_the_headings_are(listing, divider: str) -> None:
    made = listing(f"id{divider} name \r\n1{divider}Élodie Rivière\r\n")
    assert made.headings == ("id", "name")
    assert told(made) == [(2, ["1", "Élodie Rivière"])]


def test_rows_are_numbered_as_a_spreadsheet_does_and_empty_ones_left_out(listing) -> None:
    assert told(listing("id,name\n\n1,A\n,\n2,B\n")) == [(3, ["1", "A"]), (5, ["2", "B"])]


def test_a_quoted_cell_may_hold_breaks_and_dividers(listing) -> None:
    assert told(listing('id,name\n1,"A,\nB ""x"""\n2,C\n')) == [
        (2, ["1", 'A,\nB "x"']),
        (3, ["2", "C"]),
    ]


def test_a_quotation_mark_that_is_never_closed_costs_its_own_row_only(listing) -> None:
    rows = "".join(f"{n},name {n}\n" for n in range(3, 90))
    assert told(listing(f'id,name\n1,A\n2,"B\n{rows}'))[:4] == [
        (2, ["1", "A"]),
        (3, "open-quote"),
        (4, ["3", "name 3"]),
        (5, ["4", "name 4"]),
    ]


def test_wrong_numbers_of_columns_are_refused_and_others_kept(listing) -> None:
    made = listing("id,name\n1\n2,B\n3,C,D\n")
    assert told(made) == [(2, "wrong-columns"), (3, ["2", "B"]), (4, "wrong-columns")]


def test_an_endless_cell_is_refused_in_flat_memory(listing, tmp_path: Path) -> None:
    path = tmp_path / "endless.csv"
    with path.open("wb") as file:
        file.write(b"id,name\n1,")
        for _ in range(30):
            file.write(b"x" * 1_000_000)
        file.write(b"\n2,B\n")
    tracemalloc.start()
    assert told(opened(path)) == [(2, "too-long"), (3, ["2", "B"])]
    assert tracemalloc.get_traced_memory()[1] < 10 * LONGEST_LINE
    tracemalloc.stop()


def test_old_spreadsheets_wrote_latin_1(listing) -> None:
    assert told(listing("id,name\n1,Élodie\n".encode("latin-1"))) == [(2, ["1", "Élodie"])]


def test_one_broken_character_does_not_turn_the_names_of_others(listing) -> None:
    rows = told(listing("id,name\n1,Élodie\n2,B".encode() + b"\xe9\xff\n"))
    assert rows[0] == (2, ["1", "Élodie"])
    assert "\udce9" in rows[1][1][1]


def test_a_mark_at_the_start_is_no_part_of_the_first_heading(listing) -> None:
    assert listing("\ufeffid,name\n1,A\n").headings == ("id", "name")


def test_a_rejects_file_is_read_as_the_list_it_came_from(listing) -> None:
    made = listing(f"{','.join(HEADINGS)},id,name\n7,name,missing,Say it.,1,A\n")
    assert made.headings == ("id", "name")
    assert told(made) == [(2, ["1", "A"])]


@pytest.mark.parametrize("content", ["", "\n1,2\n", ",,\n", "id,id\n", 'id,"name\n', "id,,x\n"])
def test_what_has_no_headings_is_no_list(listing, content: str) -> None:
    with pytest.raises(UnreadableList):
        listing(content)


@given(st.binary(max_size=300))
def test_no_bytes_make_the_reader_raise(tmp_path_factory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(b"id,name\n" + content)
    rows = list(opened(path).rows())
    assert all(isinstance(row, Reject) or len(row.cells) == 2 for row in rows)
