"""The one gate: who may pass where, and what those who may not are told."""

import re

import pytest
from flask import Blueprint, Flask

from schema.policy import EVERYWHERE, POLICY, Grant
from schema.problems import NotAllowed, NotFound
from server import Config, access, accounts, create_app, pages
from server.actor import SYSTEM
from server.db import reading, writing
from tests.server.desk import ROLES, TOKEN, Desk, Visitor, address

PLACE = re.compile(r"<(?:any\((?P<first>\w+)[^>]*|(?P<number>int:)?[^>]*)>")
ANY_ID = "00000000-0000-7000-8000-000000000000"


def paths(app: Flask) -> list[tuple[str, str, str]]:
    """(endpoint, method, a path) of every route of the server."""
    return [
        (rule.endpoint, method, PLACE.sub(_filled, rule.rule))
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]


def _filled(place: re.Match[str]) -> str:
    """What could stand in a place of a path: the first of the words it takes, a number, or an id."""
    return place["first"] or ("1" if place["number"] else ANY_ID)


def is_for(app: Flask, endpoint: str, name: str) -> bool:
    """Whether a route is for this role of the cast, by the one table."""
    rule = access.rule_of(app, endpoint)
    rights = POLICY[ROLES[name]]
    return rule is None or any(rule.verb in rights.get(part, ()) for part in rule.compartments)


def without_token(page: str) -> str:
    """A page without what differs from one visit to the next."""
    return TOKEN.sub("", page)


def test_a_route_that_says_nothing_keeps_the_server_from_starting(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent = Blueprint("silent", __name__)
    silent.add_url_rule("/silent", "page", lambda: "everything")
    monkeypatch.setattr(pages, "BLUEPRINTS", (silent,))
    with pytest.raises(RuntimeError, match=r"without a declared rule: silent\.page"):
        create_app(app.extensions["ddr_config"])


def test_a_route_added_after_the_start_is_for_nobody(app: Flask, desk: Desk) -> None:
    app.add_url_rule("/late", "late", lambda: "everything")
    assert desk.visitor().get("/late").status_code == 404


def test_signed_out_every_route_that_is_not_open_answers_no(app: Flask, desk: Desk) -> None:
    visitor = desk.visitor()
    for endpoint, method, path in paths(app):
        if kind_of(app, endpoint) in ("signed-in", "right", "device"):
            answer = visitor.client.open(path, method=method)
            assert answer.status_code in (302, 401), (endpoint, answer.status_code)
            if answer.status_code == 302:
                assert answer.location.startswith("/login")


def test_a_signed_out_machine_is_told_401(desk: Desk) -> None:
    answer = desk.visitor().get("/people", headers={"Accept": "application/json"})
    assert answer.status_code == 401
    assert answer.json["code"] == "not-signed-in"


def test_what_was_searched_for_stays_out_of_the_way_back(desk: Desk) -> None:
    assert desk.visitor().get("/people?name=Awa").location == "/login?next=/people"


def told(visitor: Visitor, path: str) -> str:
    """What a page says, but for its own address and the proof of its form."""
    return without_token(visitor.get(path).text).replace(path, "")


@pytest.mark.parametrize("name", ROLES)
def test_without_the_right_a_page_answers_like_one_that_does_not_exist(
    app: Flask, desk: Desk, name: str
) -> None:
    visitor = desk.signed_in(name)
    unknown = {where: told(visitor, f"{where}no-such-page") for where in ("/", "/api/v1/")}
    for endpoint, method, path in paths(app):
        if (
            method == "GET"
            and kind_of(app, endpoint) == "right"
            and not is_for(app, endpoint, name)
        ):
            where = "/api/v1/" if path.startswith("/api/") else "/"
            assert visitor.get(path).status_code == 404, endpoint
            assert told(visitor, path) == unknown[where], endpoint


@pytest.mark.parametrize("name", ROLES)
def test_with_the_right_no_page_is_a_fault(app: Flask, desk: Desk, name: str) -> None:
    visitor = desk.signed_in(name)
    for endpoint, method, path in paths(app):
        if method == "GET" and kind_of(app, endpoint) in ("right", "signed-in"):
            assert visitor.get(path).status_code in (200, 302, 404), endpoint


def test_without_the_right_a_post_answers_like_one_that_does_not_exist(desk: Desk) -> None:
    awa_id, grace_id = desk.add("Awa"), desk.add("Grace")
    awa = desk.signed_in("Awa")
    assert awa.post(f"/people/{grace_id}/disable").status_code == 404
    assert awa.post(f"/people/{awa_id}/grant", role="administrator").status_code == 404


def test_who_may_read_accounts_may_not_change_them(desk: Desk) -> None:
    celine_id = desk.add("Celine")
    celine = desk.signed_in("Celine")
    assert celine.get("/people").status_code == 200
    assert celine.get("/people/new").status_code == 404
    assert celine.post(f"/people/{celine_id}/disable").status_code == 404


def test_the_bar_shows_only_doors_that_open(desk: Desk) -> None:
    assert 'href="/people"' in desk.signed_in("Grace").get("/people").text
    assert 'href="/people"' not in desk.signed_in("Awa").get("/no-such-page").text


def test_a_disabled_account_loses_access_at_the_next_click(app: Flask, desk: Desk) -> None:
    grace_id = desk.add("Grace")
    grace = desk.signed_in("Grace")
    assert grace.get("/people").status_code == 200
    with app.app_context(), writing() as conn:
        accounts.disable(conn, SYSTEM, grace_id)
    assert grace.get("/people").status_code == 302
    assert desk.visitor().sign_in("Grace").status_code == 200


def test_a_grant_that_ends_ends_at_the_next_click(app: Flask, desk: Desk) -> None:
    celine_id = desk.add("Celine")
    celine = desk.signed_in("Celine")
    with app.app_context(), writing() as conn:
        [grant] = accounts.held_by(conn, celine_id)
        accounts.end_grant(conn, SYSTEM, grant.id)
    assert celine.get("/people").status_code == 404


def kind_of(app: Flask, endpoint: str) -> str:
    """For whom a route is."""
    rule = access.rule_of(app, endpoint)
    return rule.kind if rule else ""


@pytest.mark.parametrize("token", [None, "", "made-up"])
@pytest.mark.parametrize("name", ["Grace", "Celine"])
def test_no_form_is_taken_without_the_proof_that_it_was_shown(
    app: Flask, desk: Desk, name: str, token: str | None
) -> None:
    visitor = desk.signed_in(name)
    form = {} if token is None else {"csrf_token": token}
    for endpoint, method, path in paths(app):
        if method == "POST" and kind_of(app, endpoint) not in ("device", "machine"):
            answer = visitor.client.post(path, data=form)
            hidden = kind_of(app, endpoint) == "right" and not is_for(app, endpoint, name)
            assert answer.status_code == (404 if hidden else 400), endpoint
            assert hidden or "form-expired" in answer.text


def test_another_browsers_proof_is_not_ones_own(desk: Desk) -> None:
    grace, stranger = desk.signed_in("Grace"), desk.visitor()
    answer = grace.client.post("/display", data={"csrf_token": stranger.token(), "theme": "light"})
    assert answer.status_code == 400


def test_a_form_without_proof_changes_nothing(desk: Desk) -> None:
    awa_id = desk.add("Awa")
    grace = desk.signed_in("Grace")
    grace.client.post(f"/people/{awa_id}/disable")
    assert desk.visitor().sign_in("Awa").status_code == 302


def test_a_shell_acts_by_the_accounts_rights_and_says_who_typed(app: Flask, desk: Desk) -> None:
    desk.add("Awa")
    with app.app_context(), reading() as conn:
        awa = access.actor_for(conn, address("Awa"))
    assert awa.sight.grants == {Grant("field-officer", EVERYWHERE)}
    assert awa.os_user


def test_a_shell_cannot_act_by_a_disabled_or_unknown_account(app: Flask, desk: Desk) -> None:
    awa_id = desk.add("Awa")
    with app.app_context(), writing() as conn:
        accounts.disable(conn, SYSTEM, awa_id)
        with pytest.raises(NotAllowed):
            access.actor_for(conn, address("Awa"))
        with pytest.raises(NotFound):
            access.actor_for(conn, address("Nobody"))


def test_a_host_that_is_not_ours_is_not_answered(registry_url: str, app: Flask, another) -> None:
    config = app.extensions["ddr_config"]
    named = Config(
        data=config.data,
        database_url=registry_url,
        secret_key=config.secret_key,
        hosts=("ddr.example.org",),
    )
    client = another(named).test_client()
    assert client.get("/health/live", base_url="http://ddr.example.org").status_code == 200
    assert client.get("/health/live", base_url="http://evil.example").status_code == 400
