"""Registering somebody, step by step, without script."""

from sqlite_utils import Database

from field_client.store import drafts, reading, rows, states
from tests.field_client.acting import registered
from tests.field_client.pages.browsing import Browser

WHO = {"name": "Ibrahim Sow", "mother_name": "Halima", "sex": "male", "birth_date-year": "1990"}


def at_who(awa: Browser, **typed: str) -> Browser:
    """Search, find nobody, go on to step Who."""
    awa.get("/register").submit(**{"name": "Ibrahim Sow", "mother_name": "Halima", **typed})
    return awa.send(f"{awa.path.rpartition('/')[0]}/not-known", {})


def at_check(awa: Browser) -> Browser:
    """Answer every step as for a grown man without weapon or household."""
    at_who(awa).submit(**WHO)
    awa.submit(process="adult", category="combatant")
    awa.submit(handed_in="no")
    return awa.submit()


def test_a_person_is_registered_in_one_unit(awa: Browser, db: Database) -> None:
    at_check(awa)
    assert awa.path.endswith("/check")
    awa.submit()
    assert awa.path.endswith("/done")
    person = reading.listed(db, "person")[0]
    case = reading.listed(db, "case")[0]
    gate = reading.listed(db, "gate_event")[0]
    assert (person["name"], person["mother_name"]) == ("Ibrahim Sow", "Halima")
    assert (case["process"], case["gate"]) == ("adult", "registered")
    assert gate["case_id"] == case["id"]
    assert person["number"] in awa.text
    assert states.pending(db).only_here == 1
    assert drafts.listed(db) == []
