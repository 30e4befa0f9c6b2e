"""Somebody who is, or may be, a child: few questions, none of them military, and then gone from here."""

import base64
import json
from datetime import date

import pyrage
import pytest
from flask import Flask
from sqlite_utils import Database

from field_client import home, moments
from field_client.store import drafts, outbox, reading, saving, states
from schema.frames import SEALED
from schema.policy import Grant
from tests.field_client.acting import case, everything, person
from tests.field_client.laptops import CASELOAD_A, REGISTRY, STORE
from tests.field_client.pages.browsing import Browser
from tests.field_client.pages.registering import WHO, at_weapon, at_who
from tests.field_client.pages.rights import grant

BORN = {"birth_date-year": "2012"}
ESTHER = (
    Grant("child-protection", CASELOAD_A),
    Grant("field-officer", CASELOAD_A),
    Grant("field-officer", STORE),
)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moments, "today", lambda: date(2026, 11, 22))


def sent(db: Database) -> list[dict[str, object]]:
    """The Units of the outbox as the registry will read them."""
    texts = []
    for line in outbox.unsent(db):
        assert line["payload"].startswith(SEALED)
        sealed = base64.b64decode(line["payload"].removeprefix(SEALED))
        texts.append(json.loads(pyrage.decrypt(sealed, [REGISTRY])))
    return texts


@pytest.mark.parametrize("doubt", [BORN, {"may_be_under_18": "1"}, {"birth_date-year": "19"}])
def test_age_or_doubt_leads_to_the_child_protection_officer(
    awa: Browser, doubt: dict[str, str]
) -> None:
    at_who(awa).submit(**{**WHO, **doubt})
    assert awa.path.endswith("/hand-over")
    for step in ("Screening", "Weapon", "Household"):
        assert step not in awa.text
    assert "within 48 hours" in awa.text


def test_the_child_process_leads_there_too_and_back(awa: Browser) -> None:
    at_who(awa).submit(**WHO)
    awa.submit(process="child")
    assert awa.path.endswith("/hand-over")
    assert awa.submit(_act="back").path.endswith("/screening")
    assert awa.submit(process="adult").path.endswith("/weapon")


def test_a_mistyped_year_can_be_put_right_before_handing_over(awa: Browser) -> None:
    at_who(awa).submit(**{**WHO, **BORN})
    draft = awa.path.split("/")[2]
    assert awa.submit(_act="back").path == f"/register/{draft}/who"
    assert awa.submit(**WHO).path.endswith("/screening")


def test_a_weapon_cannot_be_asked_for_by_address(awa: Browser) -> None:
    at_who(awa).submit(**{**WHO, **BORN})
    draft = awa.path.split("/")[2]
    for step in ("screening", "weapon", "household", "check"):
        assert awa.get(f"/register/{draft}/{step}").path.endswith("/hand-over")
    assert awa.post(f"/register/{draft}/check").path.endswith("/hand-over")


def test_handing_over_leaves_nothing_readable_and_counts_as_only_here(
    awa: Browser, db: Database
) -> None:
    at_who(awa).submit(**{**WHO, **BORN})
    awa.submit(accompanied_by="Halima Bah, mother")
    assert awa.path.endswith("/done")
    assert "Handed over" in awa.text
    kept = repr(everything(db))
    for word in ("Ibrahim", "Sow", "Halima", "2012"):
        assert word not in kept
    assert states.pending(db).only_here == 1
    assert drafts.listed(db) == []
    assert awa.get("/").text.count("Ibrahim") == 0
    assert "Handed over, sealed" in awa.get("/work").text
    awa.post("/find", words="Ibrahim", year="")
    assert "Nobody on this laptop fits" in awa.text


def test_the_registry_reads_who_came_and_nothing_military(awa: Browser, db: Database) -> None:
    at_weapon(awa).submit(**{"handed_in": "weapon", "class": "small-arm", "type": "rifle"})
    draft = awa.path.split("/")[2]
    awa.get(f"/register/{draft}/who").submit(**BORN)
    awa.submit(accompanied_by="Halima Bah, mother")
    [unit] = sent(db)
    said = {change[1]: change[3] for change in unit["changes"]}  # type: ignore[attr-defined]
    assert sorted(said) == ["case", "gate_event", "notice", "person"]
    assert said["case"]["process"] == "child"
    assert said["case"].get("category") is None
    assert said["person"]["may_be_under_18"] is True
    assert said["gate_event"]["gate"] == "presented"
    assert said["gate_event"]["note"] == "Halima Bah, mother"


def test_a_child_recognised_late_leaves_with_all_that_hangs_on_them(
    awa: Browser, db: Database
) -> None:
    who = person()
    saving.save(db, [who, case(who)])
    awa.get(f"/records/person/{who.record}").submit(may_be_under_18="1")
    assert awa.path == "/"
    assert "Sealed for the child-protection officer" in awa.text
    assert reading.listed(db, "person") == []
    assert "Ibrahim" not in repr(everything(db))


def test_a_weapon_for_a_child_is_refused_beside_what_was_typed(
    app: Flask, unlocked: home.Unlocked
) -> None:
    with unlocked.opened() as db:
        grant(db, ESTHER)
        who = person(may_be_under_18=True)
        passage = case(who, process="child")
        saving.save(db, [who, passage])
    esther = Browser(app).start().unlock()
    esther.get(f"/records/case/{passage.record}/add/weapon")
    esther.submit(**{"class": "small-arm", "type": "rifle", "serial": "56-1", "store_id": STORE})
    assert esther.status == 422
    assert "No weapon is recorded for somebody who is, or may be, a child." in esther.text
    assert 'value="56-1"' in esther.html
    with unlocked.opened() as db:
        assert reading.listed(db, "weapon") == []
