"""Screening on a laptop without a network: verdicts, what is read out, and what waits for others."""

import pytest
from sqlite_utils import Database

from field_client.store import acts, reading, saving
from tests.field_client.acting import registered, weapon
from tests.field_client.pages.browsing import Browser

CRITERIA = "01900000-0000-7000-8000-00000000c001"
STAMPS = {"ver": 1, "scope": "programme", "compartment": "reference"}
DAY = "2026-01-01"


def lay(db: Database, noun: str, row: dict[str, object]) -> None:
    """A row of the registry's, as a pull lays it."""
    db.table(noun).insert(row)


def pulled(db: Database, *criteria: dict[str, object]) -> None:
    """The criteria in force, as a pull lays them."""
    whole = {"code": "PA", "edition": 1, "name": "Accord", "state": "adopted", "valid_from": DAY}
    whole |= {"appeal_days": 30, "appeal_body": "Appeals panel"}
    lay(db, "criteria_set", {"id": CRITERIA, **STAMPS, **whole})
    for number, said in enumerate(criteria):
        one = f"01900000-0000-7000-8000-00000000d00{number}"
        values = {"criteria_set_id": CRITERIA, "wording": f"Words {number}", **said}
        lay(db, "criterion", {"id": one, **STAMPS, **values})


GUN = {"path": "armed", "kind": "weapon", "quantity": 1}
SUPPORT = {"path": "unarmed", "kind": "category", "category": "associated"}
TALK = {"path": "unarmed", "kind": "verified"}
CEILING = {"path": "armed", "kind": "ceiling", "quantity": 100}


@pytest.fixture
def passage(db: Database):
    """Somebody of Awa's caseload."""
    _, made = registered(db)
    return made


def test_each_criterion_has_its_verdict_in_words(awa: Browser, db: Database, passage) -> None:
    pulled(db, GUN, CEILING, SUPPORT, TALK)
    saving.save(db, [weapon(passage)])
    awa.get(f"/screening/{passage.record}")
    assert "1 recorded." in awa.text
    assert "What is recorded about this cannot be seen here." in awa.text
    assert "The category is not recorded." in awa.text
    assert "It cannot be told here yet whether you meet the criteria of Accord" in awa.text


def test_what_was_found_and_proposed_is_saved_at_once_and_waits_for_others(
    awa: Browser, db: Database, passage
) -> None:
    pulled(db, TALK)
    awa.get(f"/screening/{passage.record}")
    awa.submit(act="proposed-eligible", **{"c0-result": "met", "c0-evidence": "interview"})
    assert awa.path == f"/screening/{passage.record}"
    [check], [event] = (
        reading.listed(db, "criterion_check"),
        reading.listed(db, "eligibility_event"),
    )
    assert (check["result"], check["evidence"]) == ("met", "interview")
    assert check["recorded_by"].endswith(" Awa")
    assert event["act"] == "proposed-eligible"
    assert "Screened. Somebody else decides." in awa.text
    assert "By what is known here, you meet the criteria of Accord." in awa.text


def test_nothing_chosen_comes_back_with_what_was_typed(awa: Browser, db: Database, passage) -> None:
    pulled(db, TALK)
    awa.get(f"/screening/{passage.record}").submit(**{"c0-evidence_note": "Two neighbours"})
    assert awa.status == 422
    assert "Two neighbours" in awa.html
    assert reading.listed(db, "eligibility_event") == []


def refused(db: Database, passage) -> str:
    """A refusal that came with a sync."""
    decision = "01900000-0000-7000-8000-00000000e001"
    said = {"case_id": passage.record, "act": "ineligible", "date": "2026-02-01"}
    said |= {"criteria_set_id": CRITERIA, "reason": "no-weapon", "said": "No weapon came."}
    case = reading.get(db, "case", passage.record)
    stamps = {"ver": 9, "scope": case["scope"], "compartment": "case"}
    said["recorded_by"] = "01900000-0000-7000-8000-00000000f001 Hawa"
    lay(db, "eligibility_event", {"id": decision, **stamps, **said})
    return decision


def test_a_refusal_is_read_out_here_and_appealed_against(
    awa: Browser, db: Database, passage
) -> None:
    pulled(db, TALK)
    decision = refused(db, passage)
    awa.get(f"/screening/{passage.record}")
    assert "No weapon came." in awa.text
    assert "not in force until somebody has read it out" in awa.text
    awa.send(f"/screening/{passage.record}/told", {"_id": fresh(awa), "how": "aloud"})
    assert "Not eligible. It was read out to the person." in awa.text
    filed = {"a-ground": "evidence", "a-statement": "It was stolen.", "a-receipt": "R-17"}
    awa.send(f"/screening/{passage.record}/appeal", {"_id": fresh(awa), "a-filed_on": DAY, **filed})
    [appeal] = reading.listed(db, "appeal")
    assert (appeal["about_id"], appeal["receipt"], appeal["body"]) == (
        decision,
        "R-17",
        "Appeals panel",
    )
    assert "The person has appealed." in awa.text


def fresh(awa: Browser) -> str:
    """The id that the page shown gives its forms."""
    return awa.html.partition('name="_id" value="')[2][:36]


def test_a_discharge_before_any_decision_is_left_to_the_registry(db: Database, passage) -> None:
    pulled(db, GUN)
    out = {"case_id": passage.record, "gate": "discharged", "date": "2026-03-01"}
    saved = saving.save(db, [acts.create("gate_event", out)])
    assert [finding.rule.name for finding in saved.notes] == ["gate-in-order"]


def test_without_criteria_there_is_nothing_to_screen_by(awa: Browser, passage) -> None:
    awa.get(f"/screening/{passage.record}")
    assert "No criteria are in force" in awa.text


def test_the_page_of_the_person_shows_each_step_and_leads_to_the_screening(
    awa: Browser, db: Database, passage
) -> None:
    pulled(db, TALK)
    refused(db, passage)
    awa.get(f"/screening/{passage.record}")
    awa.send(f"/screening/{passage.record}/told", {"_id": fresh(awa), "how": "aloud"})
    awa.send(f"/screening/{passage.record}/appeal", {"_id": fresh(awa), "a-filed_on": DAY})
    who = reading.get(db, "case", passage.record)["person_id"]
    awa.get(f"/people/{who}")
    assert awa.status == 200
    assert "Found not eligible" in awa.text
    assert f'href="/screening/{passage.record}"' in awa.html
    for noun in ("appeal", "eligibility_event"):
        for row in reading.listed(db, noun):
            awa.get(f"/files/{noun}/{row['id']}")
            assert awa.status == 200, noun
