"""What became of a restore, on its page: figures for who runs the registry, records for who protects them."""

import re

import pytest
from flask import Flask

from schema.frames import END, HELLO, WITNESS, frame
from server import epochs
from server.actor import SYSTEM
from server.db import writing
from tests.schema.programme import A, ident, person
from tests.server.cast import RegistryProgramme
from tests.server.desk import Desk
from tests.server.sync.laptop import Fleet

PAGE = "/restored"


@pytest.fixture
def desk_after(desk: Desk) -> Desk:
    """A registry that was put back by hand; Awa's laptop still shows Binta, and Abel's phone."""
    with desk.app.app_context():
        RegistryProgramme()
    fleet = Fleet(desk.app)
    awa = fleet.laptop("awa")
    awa.save(person("Abel"))
    awa.sync()
    fleet.laptop("bakary")
    put_back(desk.app)
    for name, values in (("Abel", {"phone": "77"}), ("Binta", {"sex": "female"})):
        row = {"id": ident(name), "ver": awa.base + 300, "scope": A, "compartment": "case"}
        shown = frame(WITNESS, ["person", {**row, "name": name, **values}])
        body = frame(HELLO, awa.hello()) + shown + frame(END, {})
        assert awa.post(body).status_code == 200
    return desk


def put_back(app: Flask) -> None:
    with app.app_context(), writing() as conn:
        epochs.open_further(conn, SYSTEM, epochs.BY_HAND, reached=None)


def test_a_registry_that_never_burnt_says_so_and_has_no_card(desk: Desk) -> None:
    grace = desk.signed_in("Grace")
    assert "This registry has never been restored." in grace.get(PAGE).text
    assert PAGE not in grace.get("/board").text


def test_an_administrator_sees_figures_and_no_record(desk_after: Desk) -> None:
    page = desk_after.signed_in("Grace").get(PAGE).text
    assert "The database was put back by other means." in page
    for figure in ("Different here</dt><dd>1", "Not here</dt><dd>1", "Here again</dt><dd>0"):
        assert figure in page
    assert 'href="/laptops">1</a>' in page
    assert ident("Binta") not in page
    assert "awa" not in page.partition("<main")[2]


def test_who_protects_data_sees_which_records_and_nothing_of_them(desk_after: Desk) -> None:
    desk_after.add("Hawa", role="data-protection")
    page = desk_after.signed_in("Hawa").get(PAGE).text
    for said in (ident("Binta"), ident("Abel"), "Different or not here"):
        assert said in page
    for hidden in ("Phone", "female", "Female", ">77<"):
        assert hidden not in page


def test_who_may_read_the_record_is_told_which_fields_differ(desk_after: Desk) -> None:
    page = desk_after.signed_in("Celine").get(PAGE).text
    assert re.search("Different here: [^<]*Phone", page)
    assert ">77<" not in page


def test_the_board_leads_there_while_something_is_open(desk_after: Desk) -> None:
    board = desk_after.signed_in("Grace").get("/board").text
    assert f'href="{PAGE}"' in board
    assert "Records to look at after a restore" in board
    assert "Laptops silent since a restore" in board


def test_nobody_else_sees_that_anything_was_lost(desk_after: Desk) -> None:
    dario = desk_after.signed_in("Dario")
    assert dario.get(PAGE).status_code == 404
    assert PAGE not in dario.get("/board").text
