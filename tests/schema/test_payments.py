"""Money: after eligibility, authorised by two others, paid once by a fourth, never to a child."""

import pytest

from schema.rules.paying import events_of, state_of
from tests.schema.programme import Programme, Working, case, create, ident, person, write


@pytest.fixture
def programme() -> Programme:
    """Abel was found eligible; Fatou has prepared his first instalment."""
    made = Programme()
    made.arrive("celine", package("draft"))
    made.arrive("awa", person("Abel"), case("Abel"), screened("Abel"))
    assert made.arrive("fatou", entitlement("Abel"), instalment("Abel", 1)).held is None
    return made


def package(state: str):
    said = {"code": "P1", "name": "Reinsertion", "modality": "cash", "currency": "XOF"}
    return create("package", "P1", **said, state=state)


def screened(name: str, reason: str = "eligible"):
    values = {"case_id": ident(f"case of {name}"), "gate": "screened", "date": "2026-11-01"}
    return create("gate_event", f"screened {name}", **values, reason=reason)


def entitlement(name: str):
    values = {"case_id": ident(f"case of {name}"), "package_id": ident("P1")}
    return create("entitlement", f"entitlement of {name}", **values, counts_from="2026-11-02")


def instalment(name: str, number: int, called: str = ""):
    values = {"entitlement_id": ident(f"entitlement of {name}"), "number": number}
    values |= {"due_date": "2026-11-20", "amount": 50_000, "currency": "XOF", "modality": "cash"}
    return create("instalment", called or f"{number} of {name}", **values)


def event(what: str, called: str, of: str = "1 of Abel", **said: object):
    values = {"instalment_id": ident(of), "event": what, "date": "2026-11-20", **said}
    return create("payment_event", called, **values)


def paid(called: str = "paid", **said: object):
    return event("paid", called, **{"payee_check": "card", "receipt": "R-1", **said})


def authorised(programme: Programme) -> None:
    for who in ("joy", "issa"):
        assert programme.arrive(who, event("authorised", f"by {who}")).held is None


def state(programme: Programme) -> str:
    return state_of(events_of(ident("1 of Abel"), Working(programme)))


def reason(programme: Programme, who: str, *changes: object) -> str:
    held = programme.judge(who, *changes).held
    return held.reason if held else ""


def test_an_instalment_is_authorised_by_two_and_paid_by_a_fourth(programme):
    assert state(programme) == "due"
    authorised(programme)
    assert state(programme) == "authorised"
    assert programme.arrive("george", paid()).held is None
    assert state(programme) == "paid"


def test_nothing_is_paid_before_two_have_authorised_it(programme):
    assert reason(programme, "george", paid()) == "payment-in-order"
    programme.arrive("joy", event("authorised", "one"))
    assert reason(programme, "george", paid()) == "payment-in-order"


def test_nobody_authorises_twice_or_what_he_prepared(programme):
    programme.arrive("joy", event("authorised", "one"))
    assert reason(programme, "joy", event("authorised", "two")) == "nobody-pays-his-own"
    prepared = entitlement("Abel").record, instalment("Abel", 2)
    programme.arrive("celine", prepared[1])
    own = event("authorised", "own", of="2 of Abel")
    assert reason(programme, "celine", own) == "nobody-pays-his-own"


def test_nobody_pays_what_he_prepared_or_authorised(programme):
    authorised(programme)
    assert reason(programme, "fatou", paid()) == "nobody-pays-his-own"
    assert reason(programme, "issa", paid()) == "nobody-pays-his-own"


def test_who_pays_may_not_authorise(programme):
    assert reason(programme, "george", event("authorised", "one")) == "not-allowed"


def test_a_stranger_sees_and_moves_no_money(programme):
    assert reason(programme, "bakary", paid()) == "not-allowed"
    assert reason(programme, "awa", paid()) == "not-allowed"


def test_an_instalment_is_paid_once(programme):
    authorised(programme)
    programme.arrive("george", paid())
    again = paid("again", receipt="R-2")
    assert reason(programme, "george", again) == "payment-in-order"


def test_two_sites_that_pay_the_same_instalment_offline_are_noticed(programme):
    authorised(programme)
    base = programme.n
    programme.arrive("george", paid("here"))
    assert programme.judge("george", paid("there"), base=base).held.reason == "payment-in-order"


@pytest.mark.parametrize("undone", ["failed", "returned"])
def test_what_failed_or_came_back_is_paid_again(programme, undone):
    authorised(programme)
    programme.arrive("george", paid())
    assert reason(programme, "george", event(undone, "back")) == "undone-says-why"
    programme.arrive("george", event(undone, "back", reason="Not found"))
    assert state(programme) == "authorised"
    assert programme.arrive("george", paid("again")).held is None


def test_what_is_withheld_is_not_paid_until_another_releases_it(programme):
    authorised(programme)
    programme.arrive("joy", event("withheld", "stop", reason="Two cards"))
    assert reason(programme, "george", paid()) == "payment-in-order"
    assert reason(programme, "joy", event("released", "go")) == "nobody-pays-his-own"
    programme.arrive("issa", event("released", "go"))
    assert programme.arrive("george", paid()).held is None


def test_the_same_instalment_is_not_prepared_twice(programme):
    assert reason(programme, "fatou", instalment("Abel", 1, "twin")) == "instalment-once"
    assert reason(programme, "fatou", instalment("Abel", 2)) == ""


def test_what_has_been_authorised_is_not_changed(programme):
    programme.arrive("joy", event("authorised", "one"))
    more = write("instalment", "1 of Abel", amount=90_000)
    assert reason(programme, "fatou", more) == "authorised-instalment-stands"


def test_an_authorisation_wrongly_given_is_withdrawn_and_both_look_again(programme):
    back = event("authorisation-withdrawn", "back", reason="Wrong amount")
    assert reason(programme, "issa", back) == "payment-in-order"
    authorised(programme)
    for stranger in ("george", "fatou", "awa"):
        assert reason(programme, stranger, back) == "not-allowed"
    assert reason(programme, "issa", event("authorisation-withdrawn", "b")) == "undone-says-why"
    assert programme.arrive("issa", back).held is None
    assert state(programme) == "due"
    assert reason(programme, "george", paid()) == "payment-in-order"
    programme.arrive("issa", event("authorised", "again 1"))
    assert state(programme) == "due"
    programme.arrive("joy", event("authorised", "again 2"))
    assert reason(programme, "joy", event("authorised", "again 3")) == "nobody-pays-his-own"
    assert programme.arrive("george", paid()).held is None


def test_another_who_may_approve_withdraws_an_authorisation_too_but_not_once_it_is_paid(programme):
    authorised(programme)
    other = event("authorisation-withdrawn", "back", reason="They have moved")
    assert reason(programme, "celine", other) == ""
    programme.arrive("george", paid())
    assert reason(programme, "celine", other) == "payment-in-order"


def test_who_authorised_does_not_pay_although_it_was_withdrawn_since(programme):
    programme.arrive("celine", event("authorised", "wrong"))
    programme.arrive("celine", event("authorisation-withdrawn", "back", reason="Too early"))
    authorised(programme)
    assert reason(programme, "celine", paid()) == "nobody-pays-his-own"


def test_what_was_paid_stays_in_the_books(programme):
    authorised(programme)
    programme.arrive("george", paid())
    gone = {"withdrawn_at": "2026-11-22T10:00:00Z", "withdrawn_reason": "By mistake"}
    kept = "last-payment-event-alone-is-withdrawn"
    assert reason(programme, "george", write("payment_event", "paid", **gone)) == kept
    of_it = write("instalment", "1 of Abel", **gone)
    assert reason(programme, "fatou", of_it) == "authorised-instalment-stands"
    whole = write("entitlement", "entitlement of Abel", **gone)
    assert reason(programme, "fatou", whole) == "entitlement-stands"


def test_a_package_is_given_once_and_its_money_is_turned_nowhere_on_the_way(programme):
    values = {"case_id": ident("case of Abel"), "package_id": ident("P1")}
    twin = create("entitlement", "twin", **values, counts_from="2026-11-03")
    assert reason(programme, "fatou", twin) == "entitled-once"
    turned = write("entitlement", "entitlement of Abel", wallet="W-9")
    authorised(programme)
    assert reason(programme, "fatou", turned) == "entitlement-stands"
    programme.arrive("george", paid())
    assert reason(programme, "fatou", turned) == ""


def test_nothing_is_paid_for_a_day_before_they_were_found_eligible(programme):
    authorised(programme)
    assert reason(programme, "george", paid(date="2026-10-31")) == "paid-to-the-eligible"
    early = event("authorised", "early", of="2 of Abel", date="2026-10-31")
    programme.arrive("fatou", instalment("Abel", 2))
    assert reason(programme, "issa", early) == "paid-to-the-eligible"


def test_a_case_that_was_paid_and_has_ended_can_still_be_moved_and_sealed(programme):
    authorised(programme)
    programme.arrive("george", paid())
    left = {"case_id": ident("case of Abel"), "gate": "exited", "date": "2026-11-21"}
    programme.arrive("awa", create("gate_event", "left", **left, reason="completed"))
    assert reason(programme, "awa", write("person", "Abel", may_be_under_18=True)) == ""


def test_nobody_pays_a_child_from_inside_the_child_process(programme):
    authorised(programme)
    programme.arrive("awa", write("person", "Abel", may_be_under_18=True))
    assert reason(programme, "esther", paid()) == "paid-to-the-eligible"
    more = event("authorised", "more")
    assert reason(programme, "esther", more) == "paid-to-the-eligible"


def test_a_payment_event_is_never_rewritten_and_only_the_last_is_withdrawn(programme):
    authorised(programme)
    programme.arrive("george", paid())
    assert reason(programme, "george", write("payment_event", "paid", receipt="R-9")) == "appended"
    gone = {"withdrawn_at": "2026-11-22T10:00:00Z", "withdrawn_reason": "By mistake"}
    programme.arrive("george", event("returned", "back", reason="Not found"))
    early = reason(programme, "fatou", write("payment_event", "paid", **gone))
    assert early == "last-payment-event-alone-is-withdrawn"
    assert reason(programme, "fatou", write("payment_event", "back", **gone)) == ""
    # What took the right to approve takes it again.
    assert reason(programme, "fatou", write("payment_event", "by joy", **gone)) == "not-allowed"


def test_nobody_is_entitled_before_they_were_found_eligible(programme):
    programme.arrive("awa", person("Benoit"), case("Benoit"))
    assert reason(programme, "fatou", entitlement("Benoit")) == "entitled-after-eligibility"
    programme.arrive("awa", screened("Benoit", "ineligible"))
    assert reason(programme, "fatou", entitlement("Benoit")) == "entitled-after-eligibility"


def test_no_payment_is_prepared_for_a_child(programme):
    programme.arrive("awa", person("Chidi", birth_date="2014-01-01"), case("Chidi"))
    assert programme.rows["case", ident("case of Chidi")].compartment == "child"
    held = reason(programme, "fatou", entitlement("Chidi"))
    assert held in ("child-is-paid-nothing-by-entitlement", "not-allowed")
    assert reason(programme, "esther", entitlement("Chidi")) in (
        "child-is-paid-nothing-by-entitlement",
        "entitled-after-eligibility",
    )


def test_what_is_prepared_moves_with_a_child_that_is_recognised_late(programme):
    authorised(programme)
    programme.arrive("esther", write("person", "Abel", birth_date="2012-01-01"))
    programme.arrive("awa", write("person", "Abel", may_be_under_18=True))
    for noun, name in (("entitlement", "entitlement of Abel"), ("instalment", "1 of Abel"),
                       ("payment_event", "by joy")):  # fmt: skip
        assert programme.rows[noun, ident(name)].compartment == "child"
    assert reason(programme, "george", paid()) == "not-allowed"


def test_who_has_left_is_paid_nothing_more(programme):
    authorised(programme)
    left = {"case_id": ident("case of Abel"), "gate": "exited", "date": "2026-11-21"}
    programme.arrive("awa", create("gate_event", "left", **left, reason="deceased"))
    assert reason(programme, "george", paid()) == "exit-stops-pay"


def test_a_payment_without_a_check_of_the_payee_is_kept_and_marked(programme):
    authorised(programme)
    programme.arrive("george", paid(payee_check=None))
    assert {f.get("rule") for f in programme.flags()} >= {"payee-was-known"}


def test_an_adopted_package_is_not_rewritten(programme):
    adopted = write("package", "P1", state="adopted")
    assert programme.arrive("celine", adopted).held is None
    assert reason(programme, "celine", write("package", "P1", currency="EUR")) == (
        "adopted-package-stands"
    )
    part = create("package_instalment", "p", package_id=ident("P1"), number=1, after_days=30)
    assert reason(programme, "celine", part) == "adopted-instalments-stand"


@pytest.mark.parametrize("refused", [{}, {"photo": "refused"}, {"sharing": "refused"}])
def test_what_somebody_refuses_to_give_changes_no_entitlement(programme, refused):
    programme.arrive(
        "awa", person("Dalia", custom=refused or None), case("Dalia"), screened("Dalia")
    )
    assert reason(programme, "fatou", entitlement("Dalia")) == ""
