"""Logs say what happened and name nobody."""

import json
import logging

import pytest

from server import logs
from tests.server.desk import PASSWORD, Desk, address

CANARIES = ["Canary Abderahman", "canary@example.org", "canary-password-1234", "canary%40example"]


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    """What was logged, line by line."""
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_each_request_is_one_json_line_without_its_address(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.visitor().get("/login?name=Canary")
    [line] = lines(capsys)
    assert line["endpoint"] == "security.login"
    assert line["status"] == 200
    assert isinstance(line["ms"], float)
    assert "/login" not in json.dumps(line)


def test_who_asked_is_an_id(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    grace_id = desk.add("Grace")
    grace = desk.signed_in("Grace")
    capsys.readouterr()
    grace.get("/people")
    [line] = lines(capsys)
    assert line["account"] == grace_id


def test_nothing_typed_is_in_the_log(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    grace = desk.signed_in("Grace")
    grace.get("/people?q=Canary Abderahman")
    grace.post("/people/new", email="canary@example.org", name="Canary Abderahman", role="donor")
    desk.visitor().post("/login", email="canary@example.org", password="canary-password-1234")
    desk.visitor().get("/Canary Abderahman")
    logged = capsys.readouterr().err
    assert [canary for canary in (*CANARIES, address("Grace"), PASSWORD) if canary in logged] == []


def test_a_line_cannot_be_forged(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.visitor().get("/login", headers={"X-Request-Id": 'x"}{"event": "forged'})
    [line] = lines(capsys)
    assert line["event"] == "request"
    assert "forged" not in json.dumps(line)


def test_a_proxys_request_id_is_kept(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    answer = desk.visitor().get("/login", headers={"X-Request-Id": "proxy-0001"})
    assert answer.headers["X-Request-Id"] == "proxy-0001"
    assert lines(capsys)[0]["request_id"] == "proxy-0001"


def test_what_libraries_log_loses_its_values(capsys: pytest.CaptureFixture[str]) -> None:
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    try:
        logs.capture()
        logging.getLogger("library").warning("could not store %s", "Canary Abderahman")
        try:
            raise ValueError("Canary Abderahman")
        except ValueError:
            logging.getLogger("library").exception("it failed")
    finally:
        root.handlers, root.level = handlers, level
    first, second = lines(capsys)
    assert (first["event"], second["kind"]) == ("could not store %s", "ValueError")
    assert second["where"].startswith("test_logs.py:")
    assert "Canary" not in json.dumps([first, second])
