"""Laptops: a code enrols one of them once, its token is known again, and revoking ends it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Blueprint, Flask, jsonify

from schema.problems import NotAllowed, NotFound, NotSignedIn, Revoked, WrongCode
from server import access, accounts, create_app, devices, moments, pages
from server.actor import SYSTEM, Actor
from server.db import db, reading, writing
from server.devices import device, enrol_code
from tests.server.desk import Desk, address, bearer

KEY = "ab" * 32
LAPTOP = {"name": "Laptop 12", "public_key": KEY}


@pytest.fixture
def code(desk: Desk, app: Flask) -> Iterator[str]:
    """An enrolment code for Awa's laptop."""
    desk.add("Awa")
    with app.app_context():
        with writing() as conn:
            made = devices.make_code(conn, SYSTEM, address("Awa"))
        yield made


@pytest.fixture
def asked(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """The same server with a route that only laptops may ask."""
    routes = Blueprint("asked", __name__)

    @routes.post("/sync/1/asked")
    @access.device
    def whose() -> object:
        with reading() as conn:
            actor = access.device_actor(conn)
        return jsonify(device=access.device_row()["id"], account=actor.name)

    monkeypatch.setattr(pages, "BLUEPRINTS", (*pages.BLUEPRINTS, routes))
    made = create_app(app.extensions["ddr_config"])
    yield made
    with made.app_context():
        db.engine.dispose()


def enrolled(code: str) -> devices.Enrolled:
    """Awa's laptop."""
    with writing() as conn:
        return devices.enrol(conn, code, **LAPTOP)


def test_a_code_enrols_a_laptop_for_its_officer(code: str) -> None:
    made = enrolled(code)
    with reading() as conn:
        row = devices.by_token(conn, made.token)
    assert (row["id"], row["account_name"], row["public_key"]) == (made.device_id, "Awa", KEY)


def test_a_code_is_understood_as_people_type_it(code: str) -> None:
    typed = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert enrolled(typed).account_name == "Awa"


def test_a_code_works_once(code: str) -> None:
    enrolled(code)
    with pytest.raises(WrongCode):
        enrolled(code)


def test_a_code_is_good_for_a_day(code: str) -> None:
    with writing() as conn:
        conn.execute(enrol_code.update().values(expires_at=moments.moment(-timedelta(seconds=1))))
    with pytest.raises(WrongCode):
        enrolled(code)


def test_a_code_of_a_disabled_account_is_wrong(code: str) -> None:
    with writing() as conn:
        accounts.disable(conn, SYSTEM, accounts.find(conn, address("Awa"))["id"])
    with pytest.raises(WrongCode):
        enrolled(code)


def test_neither_code_nor_token_is_kept(code: str) -> None:
    made = enrolled(code)
    with reading() as conn:
        hashes = [
            conn.execute(sa.select(enrol_code.c.hash)).scalar_one(),
            conn.execute(sa.select(device.c.token_hash)).scalar_one(),
        ]
    assert all(len(kept) == 64 for kept in hashes)
    assert not {code, code.replace("-", ""), made.token} & set(hashes)


def test_two_laptops_cannot_spend_one_code(desk: Desk, code: str) -> None:
    answers = [
        desk.visitor().client.post("/sync/1/enrol", json={"code": code, **LAPTOP}).status_code
        for _ in range(2)
    ]
    assert answers == [201, 403]


def test_an_officer_cannot_make_codes_or_revoke(code: str) -> None:
    with writing() as conn:
        person = accounts.find(conn, address("Awa"))
        awa = Actor(person["id"], "Awa", accounts.sight_of(conn, person["id"]))
        with pytest.raises(NotAllowed):
            devices.make_code(conn, awa, address("Awa"))
        with pytest.raises(NotAllowed):
            devices.revoke(conn, awa, person["id"], "mine")


def test_a_token_that_was_never_given_is_not_signed_in(code: str) -> None:
    with reading() as conn, pytest.raises(NotSignedIn):
        devices.by_token(conn, "made up")


def test_a_revoked_laptop_is_refused(code: str) -> None:
    made = enrolled(code)
    with writing() as conn:
        devices.revoke(conn, SYSTEM, made.device_id, "stolen")
        devices.revoke(conn, SYSTEM, made.device_id, "stolen again")
    with reading() as conn, pytest.raises(Revoked):
        devices.by_token(conn, made.token)
    with reading() as conn:
        [row] = devices.listed(conn)
    assert row["revoked_reason"] == "stolen"


def test_only_a_laptop_that_is_there_can_be_revoked(code: str) -> None:
    with writing() as conn, pytest.raises(NotFound):
        devices.revoke(conn, SYSTEM, SYSTEM.account_id, "typed wrong")


def test_a_laptop_enrols_over_http(desk: Desk, code: str) -> None:
    answer = desk.visitor().client.post("/sync/1/enrol", json={"code": code, **LAPTOP})
    assert answer.status_code == 201
    said = answer.json
    assert said["account"]["name"] == "Awa"
    assert {"device", "token", "epoch", "epoch_id", "recipient"} <= set(said)
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 422),
        ([], 422),
        ("text", 422),
        ({"code": 1, **LAPTOP}, 422),
        ({"code": "7K3M-Q9XD-4T2W", **LAPTOP}, 403),
        ({"code": "\x00", **LAPTOP}, 403),
        ({"code": "\ud800", **LAPTOP}, 400),
        ({"code": "x" * 3000, **LAPTOP}, 403),
        ({"code": "7K3M", **LAPTOP, "role": "administrator"}, 422),
        ({"code": "7K3M", "name": "\x00", "public_key": KEY}, 422),
        ({"code": "7K3M", "name": "a" * 101, "public_key": KEY}, 422),
        ({"code": "7K3M", "name": "Laptop", "public_key": "zz" * 32}, 422),
        ({"code": "7K3M", "name": "Laptop", "public_key": "AB" * 31}, 422),
    ],
)
def test_a_body_that_enrols_nothing_is_refused_and_never_a_fault(
    desk: Desk, body: object, status: int
) -> None:
    answer = desk.visitor().client.post("/sync/1/enrol", json=body)
    assert answer.status_code == status
    assert answer.json["code"]


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[" * 4000, b"x" * 5000])
def test_a_body_that_is_no_json_is_refused_and_never_a_fault(desk: Desk, body: bytes) -> None:
    answer = desk.visitor().client.post("/sync/1/enrol", data=body)
    assert answer.status_code in (400, 413)
    assert answer.json["sentence"]


def test_guessing_at_codes_is_slowed(desk: Desk) -> None:
    client = desk.visitor().client
    body = {"code": "7K3M-Q9XD-4T2W", **LAPTOP}
    answers = [client.post("/sync/1/enrol", json=body).status_code for _ in range(12)]
    assert answers == [403] * 10 + [429, 429]


def test_a_laptop_is_known_by_its_token(asked: Flask, code: str) -> None:
    made = enrolled(code)
    answer = asked.test_client().post("/sync/1/asked", headers=bearer(made.token))
    assert answer.json == {"device": made.device_id, "account": "Awa"}


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Basic abc", "Bearer \x80", "Bearer made-up"]
)
def test_without_its_token_a_laptop_is_told_401(asked: Flask, header: str) -> None:
    answer = asked.test_client().post("/sync/1/asked", headers={"Authorization": header})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_revoked_laptop_is_told_so_at_its_next_request(asked: Flask, code: str) -> None:
    made = enrolled(code)
    client = asked.test_client()
    assert client.post("/sync/1/asked", headers=bearer(made.token)).status_code == 200
    with writing() as conn:
        devices.revoke(conn, SYSTEM, made.device_id, "stolen")
    answer = client.post("/sync/1/asked", headers=bearer(made.token))
    assert (answer.status_code, answer.json["code"]) == (401, "revoked")


def test_a_laptop_that_is_to_be_wiped_is_told_so_and_says_when_it_is_done(
    asked: Flask, code: str
) -> None:
    made = enrolled(code)
    client = asked.test_client()
    with writing() as conn:
        devices.wipe(conn, SYSTEM, made.device_id, "stolen")
    for _ in range(2):
        answer = client.post("/sync/1/asked", headers=bearer(made.token))
        assert (answer.status_code, answer.json["code"]) == (401, "revoked")
        assert answer.json["wipe"] is True
        assert client.post("/sync/1/wiped", headers=bearer(made.token)).status_code == 200
    with reading() as conn:
        assert devices.find(conn, made.device_id)["wiped_at"] is not None


@pytest.mark.parametrize("revoked", [True, False])
def test_a_laptop_that_nobody_asked_cannot_say_that_it_is_wiped(
    asked: Flask, code: str, revoked: bool
) -> None:
    made = enrolled(code)
    if revoked:
        with writing() as conn:
            devices.revoke(conn, SYSTEM, made.device_id, "stolen")
    client = asked.test_client()
    assert client.post("/sync/1/wiped", headers=bearer(made.token)).status_code == 403
    assert client.post("/sync/1/wiped", headers=bearer("made-up")).status_code == 401
    assert client.post("/sync/1/wiped").status_code == 401
    with reading() as conn:
        assert devices.find(conn, made.device_id)["wiped_at"] is None


def test_a_revoked_laptop_may_still_be_asked_to_wipe_itself(code: str) -> None:
    made = enrolled(code)
    with writing() as conn:
        devices.revoke(conn, SYSTEM, made.device_id, "lost")
    with writing() as conn:
        devices.wipe(conn, SYSTEM, made.device_id, "seen at the market")
    with reading() as conn:
        row = devices.find(conn, made.device_id)
    assert (row["revoked_reason"], row["wipe_asked_at"] is not None) == ("lost", True)


def test_the_laptop_of_a_disabled_account_may_still_hand_in(asked: Flask, code: str) -> None:
    made = enrolled(code)
    with writing() as conn:
        accounts.disable(conn, SYSTEM, made.account_id)
    answer = asked.test_client().post("/sync/1/asked", headers=bearer(made.token))
    assert answer.status_code == 200


def test_a_body_is_not_read_before_its_laptop_is_known(asked: Flask) -> None:
    class Unread:
        def read(self, *_args: object) -> bytes:
            raise AssertionError("the body was read")

        readline = readlines = __iter__ = read

    answer = asked.test_client().post(
        "/sync/1/asked",
        environ_overrides={"wsgi.input": Unread(), "CONTENT_LENGTH": "10"},
        content_type="application/json",
    )
    assert answer.status_code == 401


def test_a_persons_session_is_no_laptop_and_a_token_no_session(
    asked: Flask, desk: Desk, code: str
) -> None:
    made = enrolled(code)
    grace = desk.signed_in("Grace")
    assert grace.client.post("/sync/1/enrol", json={"code": "no", **LAPTOP}).status_code == 403
    answer = asked.test_client().get("/people", headers=bearer(made.token))
    assert answer.status_code == 302


def test_when_a_laptop_was_last_heard_of_is_kept(code: str) -> None:
    made = enrolled(code)
    with writing() as conn:
        devices.seen(conn, made.device_id, "0.1.0")
    with reading() as conn:
        [row] = devices.listed(conn)
    assert row["app_version"] == "0.1.0"
    assert row["last_seen_at"] is not None
    assert "token_hash" not in row
