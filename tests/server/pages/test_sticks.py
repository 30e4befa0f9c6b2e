"""The page on which a stick arrives: a file goes in, an answer comes back."""

from io import BytesIO

import pytest

from tests.schema.programme import case, person
from tests.server.cast import RegistryProgramme
from tests.server.desk import Desk, Visitor
from tests.server.sync.laptop import Fleet, Laptop
from tests.server.sync.sticks import opened, stick

PAGE = "/laptops/stick"


@pytest.fixture
def grace(desk: Desk) -> Visitor:
    """Grace, signed in."""
    return desk.signed_in("Grace")


@pytest.fixture
def awa(desk: Desk) -> Laptop:
    """Awa's laptop with a person on it, of whom nobody has heard."""
    with desk.app.app_context():
        RegistryProgramme()
    laptop = Fleet(desk.app).laptop("awa")
    laptop.save(person("Abel"), case("Abel"))
    return laptop


def send(visitor: Visitor, body: bytes) -> object:
    return visitor.post(PAGE, file=(BytesIO(body), "awa.bundle"))


def test_a_stick_that_arrives_on_the_page_is_answered_with_a_file(grace, awa) -> None:
    answer = send(grace, stick(awa, *awa.log))
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=ploughshare-")
    [told] = opened(awa, answer.data).results.values()
    assert told[1] == "applied"
    assert PAGE in grace.get("/laptops").text


def test_what_is_no_stick_brings_the_form_back_with_a_sentence(grace, awa) -> None:
    for body, words in ((b"a photograph", "no file of a stick"), (b"", "no file of a stick")):
        answer = send(grace, body)
        assert answer.status_code == 422
        assert words in answer.text
        assert 'name="file"' in answer.text
    nothing = grace.post(PAGE)
    assert (nothing.status_code, "Choose the file" in nothing.text) == (422, True)


def test_who_does_not_administer_laptops_finds_no_such_page(desk: Desk, awa: Laptop) -> None:
    bakary = desk.signed_in("Bakary")
    assert bakary.get(PAGE).status_code == 404
    assert send(bakary, stick(awa, *awa.log)).status_code == 404
