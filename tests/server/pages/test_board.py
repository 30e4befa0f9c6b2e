"""The board says what is due, of whom, to whom it concerns; in few queries."""

import pytest

from tests.schema.programme import B, case, create, ident, person
from tests.server.town import Town

YOUNG = {"birth_date": "2012-05-01"}


@pytest.fixture
def waiting(town: Town) -> Town:
    """Thirty people of caseload A with a visit that was due long ago, one of B, and a child at a site."""
    for number in range(30):
        name = f"Person {number:02}"
        visit = {"case_id": ident(f"case of {name}"), "due_date": f"2024-01-{number + 1:02}"}
        town.arrive("awa", person(name), case(name), create("follow_up", f"to {name}", **visit))
    far = create("follow_up", "far", case_id=ident("case of Far"), due_date="2023-01-01")
    town.arrive("bakary", person("Far", caseload_id=B), case("Far", caseload_id=B), far)
    town.arrive("esther", person("Small", **YOUNG), case("Small", process="child"))
    gate = {"case_id": ident("case of Small"), "gate": "presented", "date": "2024-01-01"}
    town.arrive("esther", create("gate_event", "presented", **gate))
    return town


def test_what_is_due_stands_on_the_board_of_whom_it_concerns(waiting: Town) -> None:
    awa = waiting.signed_in("awa").get("/board").text
    assert "Visits due" in awa
    assert "Person 00" in awa
    assert f"/cases/{ident('case of Person 00')}" in awa
    assert "Far" not in awa
    assert "Children of whom no care" not in awa
    assert "Small" not in awa
    esther = waiting.signed_in("esther").get("/board").text
    assert "Children of whom no care" in esther
    assert f"/cases/{ident('case of Small')}" in esther
    assert "Person 00" not in esther


def test_the_board_asks_as_much_of_thirty_as_of_one(waiting: Town) -> None:
    celine = waiting.signed_in("celine")
    with waiting.counted() as statements:
        assert celine.get("/board").status_code == 200
    visits = [one for one in statements if "FROM follow_up" in one or 'FROM "case"' in one]
    assert len(visits) <= 6
