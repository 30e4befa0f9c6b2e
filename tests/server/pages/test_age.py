"""The decision on age on pages: by child protection alone, with a reason, and shown with who and when."""

import pytest

from server import accounts
from server.accounts import Place
from server.actor import SYSTEM
from server.db import writing
from tests.schema.conference import agreed
from tests.schema.programme import A, B, case, ident, person, write
from tests.server.desk import Desk
from tests.server.town import Town, hidden, send

SAMI = f"/cases/person/{ident('Sami')}"
AGE = f"{SAMI}/age"
ADULT = {"age_decision": "adult", "age_decision_reason": "Birth certificate: 2001"}
CHILD = {"age_decision": "child", "age_decision_reason": "Heard with an aunt"}


@pytest.fixture
def sami(town: Town) -> Town:
    """Sami of caseload A, who may be a child."""
    town.arrive("awa", person("Sami", birth_date="2010-05-01"), case("Sami"))
    agreed(town, "Sami")
    return town


def kept(town: Town) -> tuple[object, ...]:
    record = town.record("person", ident("Sami"))
    return record.get("age_decision"), record.get("age_decision_reason"), record.compartment


def test_until_somebody_decides_the_page_says_so_and_leads_to_it(sami: Town) -> None:
    page = sami.signed_in("esther").get(SAMI).text
    assert "Nobody has decided" in page
    assert f'href="{AGE}"' in page


def test_a_child_is_decided_with_reason_name_and_time(sami: Town) -> None:
    esther = sami.signed_in("esther")
    answer = send(esther, AGE, CHILD)
    assert answer.location == SAMI
    page = " ".join(esther.get(SAMI).text.split())
    panel = page.partition('id="s-age"')[2].partition("</section>")[0]
    assert all(word in panel for word in ("Child", "Heard with an aunt", "Esther", "(just now)"))
    assert kept(sami) == ("child", "Heard with an aunt", "child")


def test_an_adult_leaves_the_child_process_and_the_reader_is_told(sami: Town) -> None:
    esther = sami.signed_in("esther")
    answer = send(esther, AGE, ADULT)
    assert answer.location == "/cases"
    assert "no longer in your lists" in esther.get("/cases").text
    assert kept(sami) == ("adult", "Birth certificate: 2001", "case")
    panel = sami.signed_in("celine").get(SAMI).text.partition('id="s-age"')[2]
    assert "Birth certificate: 2001" in panel
    assert "Esther" in panel
    assert AGE not in panel


def test_a_case_in_the_child_process_keeps_an_adult_there_and_the_page_says_so(town: Town) -> None:
    town.arrive("awa", person("Sami"), case("Sami", process="child"))
    agreed(town, "Sami")
    esther = town.signed_in("esther")
    assert send(esther, AGE, ADULT).location == SAMI
    assert "still in the child process" in esther.get(SAMI).text


@pytest.mark.parametrize("missing", ADULT)
def test_nothing_is_decided_without_a_verdict_and_a_reason(sami: Town, missing: str) -> None:
    said = {**ADULT, missing: " " if missing.endswith("reason") else ""}
    answer = send(sami.signed_in("esther"), AGE, said)
    assert answer.status_code == 422
    assert f'href="#f-{missing}' in answer.text
    assert kept(sami)[0] is None


def test_two_decisions_at_once_come_back_with_both(sami: Town) -> None:
    esther = sami.signed_in("esther")
    form = {**hidden(esther.get(AGE)), **ADULT}
    sami.arrive("esther", write("person", "Sami", {}, **CHILD))
    clash = esther.post(AGE, **form)
    assert clash.status_code == 409
    assert "Heard with an aunt" in clash.text
    assert kept(sami)[0] == "child"


@pytest.mark.parametrize("who", ["awa", "bakary", "celine", "faraj"])
def test_for_everybody_else_there_is_no_such_page(sami: Town, who: str) -> None:
    stranger = sami.signed_in(who)
    assert stranger.get(AGE).status_code == 404
    assert stranger.post(AGE, **ADULT).status_code == 404
    assert kept(sami)[0] is None


def test_child_protection_of_another_caseload_has_no_such_page(sami: Town) -> None:
    desk = Desk(sami.app)
    desk.add("Hawa", Place("scope", B), "child-protection")
    assert desk.signed_in("Hawa").get(AGE).status_code == 404


def test_who_reads_adults_too_may_decide_that_one_is_a_child(town: Town) -> None:
    town.arrive("awa", person("Sami"), case("Sami"))
    desk = Desk(town.app)
    both = desk.add("Hawa", Place("scope", A), "child-protection")
    with town.app.app_context(), writing() as conn:
        accounts.grant(conn, SYSTEM, both, "case-worker", Place("scope", A))
    assert send(desk.signed_in("Hawa"), AGE, CHILD).location == SAMI
    assert kept(town) == ("child", "Heard with an aunt", "child")
