"""A deployment's own fields on the laptop's pages: its forms, its register, its detail."""

import pytest
from sqlite_utils import Database

from field_client.store import reading, rewriting
from schema.policy import PROGRAMME
from tests.field_client.acting import registered
from tests.field_client.pages.browsing import Browser
from tests.field_client.pages.registering import WHO, at_who
from tests.schema.declaring import adds, declares


@pytest.fixture(autouse=True)
def _declared(db: Database) -> None:
    stamps = {"ver": 1, "scope": PROGRAMME, "compartment": "reference"}
    for act in (
        adds("transport", "boat", label_en="By boat", label_ar="بالقارب"),
        adds("service_type", "BEE", label_en="Beekeeping"),
        declares("person", "shoe", "whole", label_en="Shoe size"),
        declares("case", "came", "choice", code_list="transport", label_en="How they came"),
        declares("service", "bus", "flag", label_en="Bus paid"),
    ):
        rewriting.lay(db, act.entity, {**stamps, "id": act.record, **act.values})


def test_a_field_is_asked_saved_and_shown(awa: Browser, db: Database) -> None:
    who, _ = registered(db)
    awa.get(f"/records/person/{who.record}").submit(**{"custom.shoe": "42"})
    assert reading.get(db, "person", who.record)["custom"] == {"shoe": 42}
    assert awa.path == f"/people/{who.record}"
    assert "Shoe size" in awa.text
    assert "42" in awa.text
    awa.get(f"/records/person/{who.record}").submit(**{"custom.shoe": "large"})
    assert awa.status == 422
    assert 'value="large"' in awa.html
    awa.submit(**{"custom.shoe": ""})
    assert reading.get(db, "person", who.record)["custom"] is None


def test_a_code_of_the_deployment_is_offered_and_named(awa: Browser, db: Database) -> None:
    who, passage = registered(db)
    awa.get(f"/records/case/{passage.record}/add/service")
    assert "Beekeeping" in awa.text
    awa.submit(type="BEE", **{"custom.bus": "1"})
    assert awa.path == f"/people/{who.record}"
    [row] = reading.listed(db, "service")
    assert (row["type"], row["custom"]) == ("BEE", {"bus": True})
    assert "Beekeeping" in awa.text
    assert "Bus paid" in awa.text


def test_a_registration_asks_what_the_deployment_asks(awa: Browser, db: Database) -> None:
    at_who(awa).submit(**WHO)
    assert "How they came" in awa.text
    awa.submit(process="adult", category="combatant", **{"custom.came": "boat"})
    awa.submit(handed_in="no").submit()
    awa.submit(**{"custom.shoe": "big"})
    assert awa.status == 422
    awa.submit(**{"custom.shoe": "42"})
    assert "By boat" in awa.text
    assert "42" in awa.text
    awa.submit()
    [row], [passage] = reading.listed(db, "person"), reading.listed(db, "case")
    assert (row["custom"], passage["custom"]) == ({"shoe": 42}, {"came": "boat"})


def test_a_child_is_asked_for_who_they_are_and_nothing_more(awa: Browser) -> None:
    at_who(awa).submit(**{**WHO, "birth_date-year": "2015"})
    assert "Shoe size" not in awa.html
    assert "How they came" not in awa.html
