"""Every record on the laptop has a page or a form, and every noun of its officer a list."""

import pytest
from sqlite_utils import Database

from field_client.pages.files import LISTED
from field_client.store import acts, saving
from schema.entities.service import Service
from schema.ids import new_id
from tests.field_client.acting import registered
from tests.field_client.pages.browsing import Browser


@pytest.fixture
def course(db: Database) -> str:
    """A course of somebody with a case; its id."""
    _, passage = registered(db)
    said = acts.create("service", {"case_id": passage.record, "type": "TVT"})
    saving.save(db, [said])
    return said.record


@pytest.mark.usefixtures("course")
def test_each_noun_has_a_list(awa: Browser) -> None:
    for noun in LISTED:
        awa.get(f"/lists/{noun}")
        assert awa.status == 200, noun
    awa.get("/lists/service")
    assert "Vocational training" in awa.text


def test_only_what_is_for_this_officer_is_named(awa: Browser) -> None:
    awa.get("/lists")
    assert "/lists/service" in awa.html
    assert "/lists/background" not in awa.html


def test_a_record_has_a_page_with_where_it_is(awa: Browser, course: str) -> None:
    awa.get(f"/files/service/{course}")
    assert "Vocational training" in awa.text
    assert "Only here" in awa.text
    assert f"/records/service/{course}" in awa.html


def test_an_act_that_is_never_rewritten_has_no_form(awa: Browser, course: str, monkeypatch) -> None:
    monkeypatch.setattr(Service, "appended", True)
    awa.get(f"/files/service/{course}")
    assert f"/records/service/{course}" not in awa.html
    assert awa.get(f"/records/service/{course}").status == 404


def test_what_is_not_there_and_what_is_no_noun_are_not_found(awa: Browser) -> None:
    for path in (
        f"/files/service/{new_id(1)}",
        "/files/area/1",
        "/lists/dispute",
        "/records/nothing/add",
    ):
        assert awa.get(path).status == 404


def test_what_hangs_on_a_case_is_not_recorded_alone(awa: Browser) -> None:
    assert awa.get("/records/service/add").status == 404
