"""The API from its own description: each address with what its parameters allow, and with what not."""

import re
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from flask.testing import FlaskClient

from server import accounts
from server.accounts import Place
from server.actor import SYSTEM
from server.db import writing
from tests.databases import ENGINES, Databases
from tests.schema.programme import A, ident
from tests.server.province import Province
from tests.server.readers import signed_in
from tests.server.served_province import counted, served

DESCRIPTION = "/api/v1/openapi.json"
VERBS = ("POST", "PUT", "PATCH", "DELETE")
# What no parameter takes, whatever its kind; what a text may be is left out of these.
NEVER = ("", "%00", "%ED%A0%80", "x" * 300)
UNLIKELY = ("no-such", "-1", "null", "2026-02-31", ident("x").upper())
RESULT = {"items", "next", "count", "more"}


@pytest.fixture(scope="module", params=ENGINES)
def province(
    request: pytest.FixtureRequest, databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Province]:
    """One registry for all."""
    with served(request.param, databases, tmp_path_factory.mktemp("api")) as made:
        yield made


@pytest.fixture(scope="module")
def client(province: Province) -> FlaskClient:
    """A program of somebody to whom every list is open: a manager who is with children and the sick too."""
    with province.app.app_context(), writing() as conn:
        for role in ("child-protection", "clinician"):
            account = province.accounts["programme-manager"]
            accounts.grant(conn, SYSTEM, account, role, Place("scope", A))
    return signed_in(province, "programme-manager").visitor.client


@pytest.fixture(scope="module")
def described(client: FlaskClient) -> dict[str, Any]:
    """What the API says of itself."""
    answer = client.get(DESCRIPTION)
    assert answer.status_code == 200
    return dict(answer.json)


@pytest.fixture(autouse=True)
def unchanged(province: Province, client: FlaskClient) -> Iterator[None]:
    """The API writes nothing."""
    before = counted(province.app)
    yield
    assert counted(province.app) == before


def addresses(described: dict[str, Any], *, of_one: bool) -> list[str]:
    """The addresses of lists, or of single records."""
    return [path for path in described["paths"] if ("{" in path) == of_one]


def questions(described: dict[str, Any], path: str) -> list[dict[str, Any]]:
    """The parameters of a list."""
    shared = described.get("components", {}).get("parameters", {})
    found = described["paths"][path]["get"].get("parameters", [])
    named = [shared[p["$ref"].rpartition("/")[2]] if "$ref" in p else p for p in found]
    return [one for one in named if one["in"] == "query"]


def good(question: dict[str, Any]) -> list[str]:
    """Answers that a parameter allows."""
    shape = question["schema"]
    if "enum" in shape:
        return [code for code in shape["enum"] if code is not None]
    return {"uuid": [ident("x")], "date": ["2026-11-22"]}.get(shape.get("format", ""), ["XX"])


def bad(question: dict[str, Any]) -> list[str]:
    """Answers that it does not."""
    typed = question["schema"]
    return [*NEVER, *UNLIKELY] if "enum" in typed or "format" in typed else [*NEVER[1:]]


def refused(client: FlaskClient, address: str) -> None:
    """It is refused as a bad parameter is, with a code and a sentence."""
    answer = client.get(address)
    assert answer.status_code == 422, (address[:200], answer.status_code)
    assert re.fullmatch(r"[a-z-]+", answer.json["code"])
    assert answer.json["sentence"].endswith(".")


def test_every_address_of_the_api_is_described_and_only_reads(
    province: Province, described: dict[str, Any]
) -> None:
    rules = [r.rule for r in province.app.url_map.iter_rules() if r.rule.startswith("/api/v1/")]
    said = {re.sub(r"{[^}]+}", "<>", path) for path in described["paths"]}
    assert said == {re.sub(r"<[^>]+>", "<>", rule) for rule in rules} - {DESCRIPTION}
    assert {verb for path in described["paths"].values() for verb in path} <= {"get", "parameters"}


def test_what_a_parameter_allows_is_answered_as_described(
    client: FlaskClient, described: dict[str, Any]
) -> None:
    for path in addresses(described, of_one=False):
        assert set(client.get(path).json) == RESULT
        for question in questions(described, path):
            for value in good(question):
                answer = client.get(f"{path}?{question['name']}={value}")
                assert (answer.status_code, set(answer.json)) == (200, RESULT), (path, question)


def test_what_a_parameter_does_not_allow_is_refused(
    client: FlaskClient, described: dict[str, Any]
) -> None:
    for path in addresses(described, of_one=False):
        for question in questions(described, path):
            for value in bad(question):
                refused(client, f"{path}?{question['name']}={value}")


@pytest.mark.parametrize("name", ["colour", "name", "page", "_key", "%00", "%ED%A0%80", "after[]"])
def test_a_parameter_that_is_none_is_refused(
    client: FlaskClient, described: dict[str, Any], name: str
) -> None:
    for path in addresses(described, of_one=False):
        refused(client, f"{path}?{name}=1")


def test_no_verb_writes(client: FlaskClient, described: dict[str, Any]) -> None:
    for path, verb in product(described["paths"], VERBS):
        answer = client.open(path.format(record_id=ident("case", "own")), method=verb, json={})
        assert answer.status_code == 405, (verb, path)
        assert "GET" in answer.headers["Allow"]
        assert verb not in answer.headers["Allow"]
        assert answer.json["code"] == "method-not-allowed"


@pytest.mark.parametrize("record_id", [ident("nobody"), "no-such", "-1", "x" * 5_000, "..%2f"])
def test_a_record_that_is_not_there_is_not_there(
    client: FlaskClient, described: dict[str, Any], record_id: str
) -> None:
    for path in addresses(described, of_one=True):
        answer = client.get(path.format(record_id=record_id))
        assert (answer.status_code, answer.json["code"]) == (404, "not-found"), path
