"""The pages on reports: what leaves is said before it does, and only who may take it sees it."""

import csv
import hashlib
import json
from io import StringIO

import pytest
from flask import Flask

from tests.server.cast import programme_in
from tests.server.desk import Desk
from tests.server.exports.passage import Passage


@pytest.fixture
def five(app: Flask) -> None:
    with programme_in(app) as programme:
        Passage(programme).with_areas().pass_gate(5)


def test_a_donor_is_told_what_leaves_and_takes_it(five: None, desk: Desk) -> None:
    dario = desk.signed_in("Dario")
    page = dario.get("/exports/gates").text
    assert "No name, number, date of birth, and no place below the first level." in page
    answer = dario.post("/exports/gates")
    assert answer.mimetype == "text/csv"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "no-store" in answer.headers["Cache-Control"]
    rows = list(csv.reader(StringIO(answer.data.decode("utf-8-sig"))))
    assert ["registered", "XA01", "Place XA01", "male", "25-35", "5"] in rows
    assert int(answer.headers["Content-Length"]) == len(answer.data)


def test_the_manifest_of_what_was_taken_bears_its_hash(five: None, desk: Desk) -> None:
    dario = desk.signed_in("Dario")
    data = dario.post("/exports/gates").data
    link = next(p for p in dario.get("/exports").text.split('"') if "/exports/taken/" in p)
    assert hashlib.sha256(data).hexdigest() in dario.get(link).text
    manifest = json.loads(dario.get(f"{link}/manifest.json").data)
    assert manifest["sha256"] == hashlib.sha256(data).hexdigest()
    assert manifest["by"] == "Dario"


def test_a_day_that_cannot_be_is_said_beside_the_question(five: None, desk: Desk) -> None:
    dario = desk.signed_in("Dario")
    answer = dario.post("/exports/gates", as_of="2126-01-01")
    assert answer.status_code == 422
    assert "This day lies ahead" in answer.text
    assert 'value="2126-01-01"' in answer.text
    assert "Nothing" not in dario.get("/exports").text.partition("Taken")[2]


def test_a_donor_sees_no_list_of_cases_and_no_taking_of_others(five: None, desk: Desk) -> None:
    celine, dario = desk.signed_in("Celine"), desk.signed_in("Dario")
    assert b"Invented 1" in celine.post("/exports/case-list").data
    link = next(p for p in celine.get("/exports").text.split('"') if "/exports/taken/" in p)
    absent = f"{link[:-12]}{'0' * 12}"
    for path, none in (("/exports/case-list", "/exports/case-lost"), (link, absent)):
        refused, missing = dario.get(path), dario.get(none)
        assert refused.status_code == missing.status_code == 404
        assert len(refused.data) == len(missing.data)
    assert dario.get(f"{link}/manifest.json").status_code == 404
    assert dario.post("/exports/case-list").status_code == 404
    assert "case-list" not in dario.get("/exports").text


@pytest.mark.parametrize("name", ["Awa", "Esther", "Faraj", "Grace"])
def test_who_may_export_nothing_has_no_such_page(app: Flask, desk: Desk, name: str) -> None:
    visitor = desk.signed_in(name)
    for path in ("/exports", "/exports/gates", "/exports/case-list"):
        assert visitor.get(path).status_code == 404
    assert visitor.post("/exports/gates").status_code == 404


def test_without_the_proof_of_a_form_nothing_leaves(five: None, desk: Desk) -> None:
    dario = desk.signed_in("Dario")
    assert dario.client.post("/exports/gates").status_code == 400
    assert "/exports/taken/" not in dario.get("/exports").text
