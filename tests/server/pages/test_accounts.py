"""The pages of people, roles and laptops: what an administrator does there, and what comes back."""

import re

import pytest
from flask import Flask

from schema.policy import EVERYWHERE, Grant
from server import accounts, devices
from server.actor import SYSTEM
from server.db import reading, writing
from tests.schema.programme import A
from tests.server.cast import RegistryProgramme
from tests.server.desk import Desk, Visitor, address

EVIL = "<script>alert(1)</script>"


@pytest.fixture
def grace(desk: Desk) -> Visitor:
    """Grace, signed in."""
    return desk.signed_in("Grace")


def secret_in(page: str) -> str:
    """What a page shows once."""
    found = re.search(r'class="lead"><bdi class="code" dir="ltr">([^<]+)<', page)
    assert found is not None
    return found[1]


def grants(app: Flask, name: str) -> list[Grant]:
    """What somebody may do now."""
    with app.app_context(), reading() as conn:
        return accounts.grants_of(conn, accounts.find(conn, address(name))["id"])


def new(visitor: Visitor, **typed: str) -> str:
    """Send the form of a new person; the page that came back."""
    form = {"email": address("Dario"), "name": "Dario", "role": "donor", "place": "everywhere"}
    return visitor.post("/people/new", **{**form, **typed}).text


def test_a_new_person_signs_in_with_the_password_shown_once(grace: Visitor, desk: Desk) -> None:
    password = secret_in(new(grace))
    assert desk.visitor().sign_in("Dario", password).status_code == 302
    assert password not in grace.get("/people").text


def test_a_new_person_has_the_role_that_was_chosen(
    app: Flask, grace: Visitor, cast_registry: RegistryProgramme
) -> None:
    new(grace, email=address("Awa"), role="field-officer", place="scope", code="caseload:A")
    assert grants(app, "Awa") == [Grant("field-officer", A)]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"email": ""}, "Email address must be filled in"),
        ({"email": "no address"}, "This is not an address"),
        ({"email": address("Grace")}, "There is an account with this address"),
        ({"role": "emperor"}, "Role must be one of the answers shown"),
        ({"place": "scope", "code": ""}, "Type the code of the place"),
        ({"place": "scope", "code": "Z9"}, "There is no scope"),
        ({"place": "area", "code": "Z9"}, "There is no area"),
    ],
)
def test_what_cannot_be_comes_back_as_typed_with_the_reason(
    grace: Visitor, typed: dict[str, str], said: str
) -> None:
    page = new(grace, **{"name": "Dario Typed", **typed})
    assert said in page
    assert "Dario Typed" in page
    assert "<title>Error:" in page


def test_a_form_that_comes_back_says_422(grace: Visitor) -> None:
    assert grace.post("/people/new", email="").status_code == 422


def test_a_refused_person_is_not_half_there(app: Flask, grace: Visitor) -> None:
    new(grace, place="scope", code="Z9")
    with app.app_context(), reading() as conn:
        assert [row["email"] for row in accounts.listed(conn)] == [address("Grace")]


def test_a_name_is_text_and_never_markup(grace: Visitor) -> None:
    new(grace, name=EVIL)
    page = grace.get("/people").text
    assert EVIL not in page
    assert "&lt;script&gt;" in page


def test_a_role_is_given_and_ended(app: Flask, desk: Desk, grace: Visitor) -> None:
    dario = desk.add("Dario")
    page = grace.post(f"/people/{dario}/grant", role="auditor", place="everywhere")
    assert page.location == f"/people/{dario}"
    assert Grant("auditor", EVERYWHERE) in grants(app, "Dario")
    shown = grace.get(f"/people/{dario}").text
    ends = re.findall(r'action="(/people/[^"]+/end)"', shown)
    assert len(ends) == 2
    for end in ends:
        grace.post(end)
    assert grants(app, "Dario") == []
    grace.get(f"/people/{dario}")
    assert grace.get(f"/people/{dario}").text.count("ended") == 2


def test_an_administrator_is_told_that_she_cannot_grant_to_herself(
    app: Flask, desk: Desk, grace: Visitor
) -> None:
    with app.app_context(), reading() as conn:
        own = accounts.find(conn, address("Grace"))["id"]
    answer = grace.post(f"/people/{own}/grant", role="programme-manager", place="everywhere")
    assert answer.status_code == 403
    assert "never to yourself" in answer.text
    assert grants(app, "Grace") == [Grant("administrator", EVERYWHERE)]


def test_a_person_is_disabled_and_enabled(desk: Desk, grace: Visitor) -> None:
    dario = desk.add("Dario")
    grace.post(f"/people/{dario}/disable")
    assert "has been disabled since" in grace.get(f"/people/{dario}").text
    assert desk.visitor().sign_in("Dario").status_code == 200
    grace.post(f"/people/{dario}/enable")
    assert desk.visitor().sign_in("Dario").status_code == 302


def test_a_new_password_ends_the_sessions_of_the_old_one(desk: Desk, grace: Visitor) -> None:
    celine = desk.signed_in("Celine")
    [person] = re.findall(r'href="/people/([^"]+)"><bdi>Celine', grace.get("/people").text)
    password = secret_in(grace.post(f"/people/{person}/password").text)
    assert celine.get("/people").status_code == 302
    assert desk.visitor().sign_in("Celine", password).status_code == 302


def test_a_code_from_the_page_enrols_a_laptop_that_is_then_revoked(
    desk: Desk, grace: Visitor
) -> None:
    awa = desk.add("Awa")
    code = secret_in(grace.post(f"/people/{awa}/code").text)
    body = {"code": code, "name": "Laptop 12", "public_key": "ab" * 32}
    device_id = desk.visitor().client.post("/sync/1/enrol", json=body).json["device"]
    assert "Laptop 12" in grace.get("/laptops").text
    assert "Laptop 12" in grace.get(f"/people/{awa}").text
    assert grace.get(f"/laptops/{device_id}/revoke").status_code == 200
    assert grace.post(f"/laptops/{device_id}/revoke", reason="").status_code == 422
    assert grace.post(f"/laptops/{device_id}/revoke", reason="Stolen").location == "/laptops"
    assert "Stolen" in grace.get("/laptops").text


def test_a_laptop_is_asked_to_wipe_itself_for_a_reason(
    app: Flask, desk: Desk, grace: Visitor
) -> None:
    awa = desk.add("Awa")
    code = secret_in(grace.post(f"/people/{awa}/code").text)
    body = {"code": code, "name": "Laptop 12", "public_key": "ab" * 32}
    made = desk.visitor().client.post("/sync/1/enrol", json=body).json
    wipe = f"/laptops/{made['device']}/wipe"
    assert wipe in grace.get("/laptops").text
    assert grace.get(wipe).status_code == 200
    assert grace.post(wipe, reason="").status_code == 422
    assert grace.post(wipe, reason="Stolen").location == "/laptops"
    for path in ("/laptops", f"/people/{awa}"):
        assert "wipe asked" in grace.get(path).text
        assert wipe not in grace.get(path).text
    with app.app_context(), writing() as conn:
        devices.wiped(conn, made["token"])
    assert "wiped" in grace.get("/laptops").text.replace("wipe asked", "")


def test_who_may_only_look_is_offered_nothing_to_do(desk: Desk, app: Flask) -> None:
    awa = desk.add("Awa")
    with app.app_context(), writing() as conn:
        devices.make_code(conn, SYSTEM, address("Awa"))
    celine = desk.signed_in("Celine")
    for path in ("/people", f"/people/{awa}", "/laptops"):
        page = celine.get(path).text
        assert re.findall(r'action="(/(?:people|laptops)[^"]*)"', page) == []
        assert "/people/new" not in page


NOBODY = "00000000-0000-7000-8000-000000000000"


@pytest.mark.parametrize(
    "path",
    [
        "/people/{}",
        "/people/{}/grant",
        "/laptops/{}/revoke",
        "/laptops/{}/wipe",
        "/people/not-an-id",
    ],
)
def test_who_is_not_there_is_not_there(grace: Visitor, path: str) -> None:
    assert grace.get(path.format(NOBODY)).status_code == 404


@pytest.mark.parametrize(
    "path", ["people/{}/grant", "people/{}/disable", "people/{}/password", "people/{}/code"]
)
def test_nothing_is_done_to_who_is_not_there(grace: Visitor, path: str) -> None:
    answer = grace.post(f"/{path.format(NOBODY)}", role="donor", place="everywhere")
    assert answer.status_code == 404
