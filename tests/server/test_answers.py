"""A problem becomes an answer in one place: JSON for machines, a page for people, never a fault."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Blueprint, Flask, request

from schema.problems import Clash, NotFound, Problem, Refused, TooOften
from server import access, create_app, pages
from server.db import db
from tests.server.desk import Desk, Visitor

SECRET = "Awa of Kano"
FAULTS = {
    "refused": Refused("A child passes no weapon test.", rule="child-no-weapon"),
    "clash": Clash(kept="Your values are in the form."),
    "hidden": NotFound("There is no case of Awa in Kano."),
    "often": TooOften(retry_after=7),
    "fault": ZeroDivisionError(SECRET),
    "away": sa.exc.OperationalError("SELECT", {}, Exception(SECRET)),
}


@pytest.fixture
def visitor(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Visitor]:
    """A browser at a server some of whose pages raise."""
    raising = Blueprint("raising", __name__)

    @raising.route("/raise/<name>", methods=["GET", "POST"])
    @raising.route("/api/raise/<name>")
    @access.open_to_all
    def act(name: str) -> str:
        if name in FAULTS:
            raise FAULTS[name]
        return repr(sorted(request.form.items()))

    monkeypatch.setattr(pages, "BLUEPRINTS", (*pages.BLUEPRINTS, raising))
    made = create_app(app.extensions["ddr_config"])
    yield Visitor(made.test_client())
    with made.app_context():
        db.engine.dispose()


def test_a_person_reads_what_happened_what_was_kept_and_a_code(visitor: Visitor) -> None:
    answer = visitor.get("/raise/clash")
    assert answer.status_code == 409
    assert Clash.sentence in answer.text
    assert "Your values are in the form." in answer.text
    assert ">clash<" in answer.text
    assert "Go back in your browser" in answer.text


def test_a_machine_reads_json_with_the_details(visitor: Visitor) -> None:
    answer = visitor.get("/api/raise/refused")
    assert answer.status_code == 422
    assert answer.json == {
        "code": "refused-by-rule",
        "sentence": "A child passes no weapon test.",
        "rule": "child-no-weapon",
    }


def test_whoever_asks_for_json_gets_it_on_pages_too(visitor: Visitor) -> None:
    answer = visitor.get("/raise/refused", headers={"Accept": "application/json"})
    assert answer.json["code"] == "refused-by-rule"


@pytest.mark.parametrize("prefix", ["", "/api"])
def test_what_is_hidden_and_what_is_not_there_get_the_same_bytes(
    visitor: Visitor, prefix: str
) -> None:
    hidden, absent = visitor.get(f"{prefix}/raise/hidden"), visitor.get(f"{prefix}/no-such/hidden")
    assert hidden.status_code == absent.status_code == 404
    assert "Kano" not in hidden.text
    if prefix:
        assert hidden.data == absent.data


def test_a_fault_says_nothing_of_itself(
    visitor: Visitor, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = visitor.get("/raise/fault")
    assert answer.status_code == 500
    assert answer.headers["X-Request-Id"] in answer.text
    said = answer.text + capsys.readouterr().err
    assert SECRET not in said
    assert "Traceback" not in said


def test_a_fault_is_logged_with_its_kind_and_place(
    visitor: Visitor, capsys: pytest.CaptureFixture[str]
) -> None:
    visitor.get("/raise/fault")
    logged = capsys.readouterr().err
    assert '"kind": "ZeroDivisionError"' in logged
    assert "test_answers.py" in logged


def test_a_database_that_does_not_answer_is_503_and_a_time_to_come_back(visitor: Visitor) -> None:
    answer = visitor.get("/raise/away")
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0


def test_the_wait_is_said_in_a_header(visitor: Visitor) -> None:
    assert visitor.get("/raise/often").headers["Retry-After"] == "7"


@pytest.mark.parametrize("path", ["/login", "/api/raise/x"])
def test_a_wrong_method_is_told_the_right_ones(visitor: Visitor, path: str) -> None:
    answer = visitor.client.delete(path)
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


NASTY_ADDRESSES = [
    "/raise/%00",
    "/raise/x?q=%00",
    "/raise/x?%00=q",
    "/raise/%ff%fe",
    "/raise/x?q=%ff",
    "/raise/%ed%a0%80",
    "/raise/x?q=%ed%a0%80",
    "/%00",
    "/people/%00",
    "/people/" + "a" * 3000,
]


@pytest.mark.parametrize("path", NASTY_ADDRESSES)
def test_no_address_is_a_fault(visitor: Visitor, path: str) -> None:
    assert visitor.get(path).status_code < 500


@pytest.mark.parametrize("path", ["/raise/%00", "/raise/x?q=%00", "/raise/x?%00=q"])
def test_a_nul_in_an_address_is_refused(visitor: Visitor, path: str) -> None:
    assert visitor.get(path).status_code == 422


def test_an_address_that_is_not_utf8_is_refused(visitor: Visitor) -> None:
    answer = visitor.client.get("/raise/x", environ_overrides={"QUERY_STRING": "q=\xff"})
    assert answer.status_code in (200, 422)


@pytest.mark.parametrize(
    "typed",
    [b"name=%00", b"%00=name", b"name=\x00", b"name=%ff%fe", b"name=\xff", b"name=%ed%a0%80"],
)
def test_no_form_is_a_fault(visitor: Visitor, typed: bytes) -> None:
    body = f"csrf_token={visitor.token()}&".encode() + typed
    answer = visitor.client.post(
        "/raise/x", data=body, content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code < 500
    assert "\x00" not in answer.text


def test_a_nul_in_a_form_is_refused(visitor: Visitor) -> None:
    assert visitor.post("/raise/x", name="a\x00b").status_code == 422


def test_a_form_that_is_too_large_is_refused(visitor: Visitor) -> None:
    body = b"name=" + b"a" * (10 * 1024 * 1024)
    answer = visitor.client.post(
        "/raise/x", data=body, content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 413


def test_a_form_of_too_many_parts_is_refused(visitor: Visitor) -> None:
    part = '--b\r\nContent-Disposition: form-data; name="n{}"\r\n\r\nx\r\n'
    body = "".join(part.format(n) for n in range(3000)) + "--b--\r\n"
    answer = visitor.client.post(
        "/raise/x", data=body, content_type="multipart/form-data; boundary=b"
    )
    assert answer.status_code in (400, 413)


def test_every_problem_has_a_code_of_its_own() -> None:
    # Other tests of this worker may have loaded the laptop, whose door has problems of its own.
    ours = [k for k in Problem.__subclasses__() if k.__module__.startswith(("schema", "server"))]
    codes = [kind.code for kind in ours]
    assert len(codes) == len(set(codes))


def test_a_problem_before_signing_in_shows_no_door(desk: Desk) -> None:
    assert "Sign out" not in desk.visitor().get("/no-such-page").text
