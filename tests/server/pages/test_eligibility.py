"""Screening and decisions on pages: what waits, who may, what is read out, and what is refused."""

import pytest

from tests.schema.accord import accord, armed, gate
from tests.schema.programme import case, create, ident, person
from tests.server.town import Town, hidden, send

ALI = f"/eligibility/{ident('case of Ali')}"
WHY = {"decide-act": "ineligible", "decide-reason": "no-weapon", "decide-said": "No weapon came."}


@pytest.fixture
def ali(town: Town) -> Town:
    """Ali of caseload A, registered by Awa, under the accord."""
    town.arrive("celine", *accord())
    town.arrive(
        "awa", person("Ali"), case("Ali", category="combatant"), gate("presented", "2026-02-20")
    )
    return town


def post(visitor, form: str, **said: str):
    """Open the page of the case and send one of its forms."""
    page = visitor.get(ALI)
    return visitor.post(f"{ALI}/{form}", **{**hidden(page), **said})


def on(name: str, day: int) -> dict[str, str]:
    """A day of November 2026 as it is typed."""
    return {f"{name}-day": str(day), f"{name}-month": "11", f"{name}-year": "2026"}


def propose(town: Town, act: str = "proposed-ineligible"):
    said = {"propose-act": act, "propose-by": ident("PA")}
    return post(town.signed_in("awa"), "propose", **said)


def test_each_criterion_says_what_it_finds(ali: Town) -> None:
    page = ali.signed_in("awa").get(ALI).text
    assert "Not screened yet." in page
    assert "0 recorded, 1 needed." in page
    assert "The category is another one." in page
    assert "Nobody has recorded yet what was found." in page


def test_a_screening_waits_for_somebody_else_and_is_decided_with_reason_and_name(ali: Town) -> None:
    assert propose(ali).location == ALI
    hawa = ali.signed_in("hawa")
    assert "Ali" in hawa.get("/eligibility").text.partition("To be read out")[0]
    assert post(hawa, "decide", **WHY).location == ALI
    page = hawa.get(ALI).text
    assert "not in force until somebody has read it out" in page
    assert all(word in page for word in ("No weapon came.", "Hawa"))
    events = ali.record("case", ident("case of Ali"))
    assert events.gate == "screened"
    assert "Ali" in hawa.get("/eligibility").text.partition("To be read out")[2]


def test_what_was_read_out_is_in_force_and_the_days_to_appeal_run(ali: Town) -> None:
    propose(ali)
    post(ali.signed_in("hawa"), "decide", **WHY)
    awa = ali.signed_in("awa")
    assert post(awa, "told", **{"told-how": "aloud"}).location == ALI
    page = awa.get(ALI).text
    assert "It was read out to the person." in page
    assert "Last day to appeal" in page


def test_a_refusal_without_a_reason_comes_back_as_it_was_typed(ali: Town) -> None:
    propose(ali)
    answer = post(ali.signed_in("hawa"), "decide", **{**WHY, "decide-said": ""})
    assert answer.status_code == 422
    assert "give a reason in words that can be read out" in answer.text
    assert 'value="no-weapon" selected' in answer.text or "no-weapon" in answer.text


def test_the_words_of_a_refusal_stand_there_already(ali: Town) -> None:
    ali.arrive("awa", create("criterion_check", "c", case_id=ident("case of Ali"),
                             criterion_id=ident("interview"), result="not-met",
                             date="2026-03-01"))  # fmt: skip
    propose(ali)
    page = ali.signed_in("hawa").get(ALI).text
    assert "By the criteria of Accord this is not met:" in page
    assert "You can appeal within 30 days of today, to: Appeals panel." in page


def test_a_field_officer_is_shown_no_form_to_decide_and_may_not_send_one(ali: Town) -> None:
    propose(ali)
    awa = ali.signed_in("awa")
    assert "decide-act" not in awa.get(ALI).text
    assert post(awa, "decide", **WHY).status_code == 404


def test_who_proposed_does_not_decide_on_the_page_either(ali: Town) -> None:
    celine = ali.signed_in("celine")
    post(celine, "propose", **{"propose-act": "proposed-ineligible", "propose-by": ident("PA")})
    answer = post(celine, "decide", **WHY)
    assert answer.status_code == 422
    assert "Who registered or screened somebody does not decide" in answer.text


def test_somebody_who_meets_the_criteria_is_found_eligible_by_their_way_in(ali: Town) -> None:
    ali.arrive("awa", armed())
    propose(ali, "proposed-eligible")
    hawa = ali.signed_in("hawa")
    said = {"decide-act": "eligible", "decide-way": f"{ident('PA')}/armed"}
    assert post(hawa, "decide", **said).location == ALI
    assert "Eligible." in hawa.get(ALI).text
    revoking = {
        "revoke-reason": "fraud",
        "revoke-authority": "Commission",
        "revoke-said": "Papers.",
    }
    assert post(hawa, "revoke", **revoking).location == ALI
    assert "not in force until" in hawa.get(ALI).text


def test_nobody_else_learns_that_the_case_is_there(ali: Town) -> None:
    assert ali.signed_in("bakary").get(ALI).status_code == 404


# -- appeals


@pytest.fixture
def refused(ali: Town) -> Town:
    """Ali was refused by Hawa, and Awa has read it out."""
    propose(ali)
    post(ali.signed_in("hawa"), "decide", **WHY)
    post(ali.signed_in("awa"), "told", **{"told-how": "aloud"})
    return ali


def filed(town: Town) -> str:
    said = {
        **on("filed_on", 20),
        "ground": "evidence",
        "statement": "My neighbour kept the gun.",
        "receipt": "R-17",
    }
    answer = send(town.signed_in("awa"), f"{ALI}/appeal", said)
    assert answer.status_code == 302, answer.text
    return str(answer.location)


def test_an_appeal_is_filed_with_its_receipt_and_has_a_clock(refused: Town) -> None:
    page = refused.signed_in("ines").get(filed(refused)).text
    assert all(word in page for word in ("R-17", "My neighbour kept the gun.", "To be decided by"))
    listed = refused.signed_in("ines").get("/eligibility/appeals").text
    assert "Waiting for a decision" in listed


def test_somebody_else_decides_it_and_the_person_is_eligible(refused: Town) -> None:
    address, said = (
        filed(refused),
        {
            **on("date", 25),
            "act": "upheld",
            "said": "Two neighbours were heard.",
        },
    )
    answer = send(refused.signed_in("hawa"), address, said)
    assert answer.status_code == 422
    assert "Who had a part in a refusal" in answer.text
    assert "Two neighbours were heard." in answer.text
    ines = refused.signed_in("ines")
    assert send(ines, address, said).location == address
    assert "Upheld: eligible" in ines.get(address).text
    assert "Eligible." in ines.get(ALI).text


def test_the_page_of_the_case_leads_to_the_appeal(refused: Town) -> None:
    address = filed(refused)
    page = refused.signed_in("awa").get(f"/cases/{ident('case of Ali')}")
    assert page.status_code == 200
    assert f'href="{address}"' in page.text


def test_nobody_appeals_against_nothing(ali: Town) -> None:
    assert ali.signed_in("awa").get(f"{ALI}/appeal").status_code == 403


def test_the_queue_asks_few_questions_however_much_waits(ali: Town) -> None:
    propose(ali)
    hawa = ali.signed_in("hawa")
    hawa.get("/eligibility")
    with ali.counted() as one:
        hawa.get("/eligibility")
    for name in ("Omar", "Said", "Yaya"):
        ali.arrive("awa", person(name), case(name), create(
            "eligibility_event", f"p {name}", case_id=ident(f"case of {name}"),
            act="proposed-eligible", date="2026-03-01"))  # fmt: skip
    with ali.counted() as more:
        hawa.get("/eligibility")
    assert len(more) == len(one)
