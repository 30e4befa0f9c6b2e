"""A plan's page says where it stands and leads to its needs, its acts and its revision."""

import re

import pytest

from schema.record import Record
from server.registry import records
from server.registry.paging import FIRST
from tests.schema.programme import case, ident, person
from tests.schema.test_plans import act, drafted, need
from tests.server.town import Town, send, sight

PLAN = f"/records/plan/{ident('plan')}"


def day(name: str) -> dict[str, str]:
    """A day as a form sends it."""
    return {f"{name}-day": "20", f"{name}-month": "11", f"{name}-year": "2026"}


def plans(town: Town, noun: str) -> list[Record]:
    """What there is of a noun."""
    with town.reading() as conn:
        return list(records.listed(conn, sight("celine"), noun, {}, FIRST).rows)


@pytest.fixture
def planned(town: Town) -> Town:
    """Ali with a plan that nobody has agreed to yet."""
    town.arrive("awa", person("Ali"), case("Ali"), drafted(), need())
    return town


def test_a_plan_says_where_it_stands(planned: Town) -> None:
    awa = planned.signed_in("awa")
    assert "Draft" in awa.get(PLAN).text
    planned.arrive("awa", act("agreed", "a"), act("signed", "s"))
    shown = awa.get(PLAN).text
    assert re.search(r"Status</\w+>\s*<\w+[^>]*>\s*(<[^>]+>)*Agreed", shown), shown
    assert f"/records/need/new?plan_id={ident('plan')}" in shown


def test_a_revision_is_made_on_the_page_of_the_plan_and_both_are_read(planned: Town) -> None:
    awa = planned.signed_in("awa")
    way = re.search(r'/records/plan/new\?[^"]+', awa.get(PLAN).text)
    assert way is not None
    said = {**day("drafted_on"), "track": "agriculture", "goals": "A field"}
    made = send(awa, way[0].replace("&amp;", "&"), said)
    assert made.status_code == 302
    shown = awa.get(PLAN).text
    assert "A shop" in shown
    assert "Agriculture" in shown
    found = {one.get("revises_id"): one.get("case_id") for one in plans(planned, "plan")}
    assert found == dict.fromkeys((None, ident("plan")), ident("case of Ali"))


def test_who_drafted_a_plan_does_not_close_it_by_its_page(planned: Town) -> None:
    said = {"act": "closed", **day("date"), "reason": "Done"}
    refused = send(
        planned.signed_in("awa"), f"/records/plan_event/new?plan_id={ident('plan')}", said
    )
    assert refused.status_code == 403
    assert plans(planned, "plan_event") == []
