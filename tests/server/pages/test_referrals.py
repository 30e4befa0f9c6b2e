"""A referral's page is its slip: exactly what goes out stands there, and only while the consent stands."""

import pytest

from tests.schema.programme import case, create, ident, person
from tests.schema.test_referrals import PHONE, act, referred
from tests.server.town import Town, send

PAGE = f"/records/referral/{ident('referral')}"
ADD = f"/records/referral_event/new?referral_id={ident('referral')}"


@pytest.fixture
def town_with_one(town: Town) -> Town:
    """Ali, referred to a clinic with his name alone."""
    town.arrive("celine", create("organisation", "Clinic", code="CL", name="Clinic", kind="ngo"))
    town.arrive("awa", person("Ali", phone=PHONE), case("Ali"), referred())
    return town


def test_the_slip_names_what_goes_out_and_nothing_without_consent(town_with_one: Town) -> None:
    awa = town_with_one.signed_in("awa")
    assert "Nothing: there is no consent to it" in awa.get(PAGE).text
    town_with_one.arrive("awa", act("consented"))
    shown = awa.get(PAGE).text
    assert "Goes out: name" in shown
    assert "Goes out: phone" not in shown
    assert PHONE not in shown
    town_with_one.arrive("awa", act("withdrawn"))
    assert "Goes out: name" not in awa.get(PAGE).text


def test_sending_without_consent_is_given_back_with_the_reason(town_with_one: Town) -> None:
    said = {
        "act": "sent",
        "date-day": "20",
        "date-month": "11",
        "date-year": "2026",
        "said": "By hand",
    }
    refused = send(town_with_one.signed_in("awa"), ADD, said)
    assert refused.status_code == 422
    assert "A referral is sent with the person" in refused.text
    assert "By hand" in refused.text


def test_what_is_unanswered_stands_on_the_board(town_with_one: Town) -> None:
    awa = town_with_one.signed_in("awa")
    assert "Urgent referrals unanswered after 72 hours" in awa.get("/board").text
    town_with_one.arrive("awa", act("consented"), act("sent"), act("accepted"))
    shown = awa.get("/board").text
    assert "Urgent referrals unanswered" not in shown
    assert "Referrals without feedback after two weeks" in shown
