"""Bad input by page and by address: a problem with a code and a sentence, and nothing half written."""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlencode

import pytest
from werkzeug.test import TestResponse

from tests.databases import ENGINES, Databases
from tests.schema.programme import STORE_A, A, ident
from tests.server.province import Province
from tests.server.readers import Reader, signed_in
from tests.server.served_province import counted, served
from tests.server.town import HIDDEN

JSON = {"Accept": "application/json"}
FORM = "application/x-www-form-urlencoded"
HUGE = "x" * 10_000_000
OWN_CASE, OWN_PERSON = ident("case", "own"), ident("person", "own")
DAY = {"start_date-day": "1", "start_date-month": "11", "start_date-year": "2026"}
RIFLE = {"store_id": STORE_A, "class": "small-arm", "type": "rifle"}
SOMEBODY = {"person.name": "Zed", "person.sex": "male", "case.caseload_id": A}
# (who, where, a form that would be taken, a text field of it, a coded field of it)
FORMS = {
    "register": (
        "field-officer",
        "/cases/new",
        SOMEBODY | {"case.process": "adult"},
        "person.name",
        "person.sex",
    ),
    "service": (
        "field-officer",
        f"/records/service/new?case_id={OWN_CASE}",
        DAY | {"type": "EDU"},
        "provider_id",
        "type",
    ),
    "weapon": ("field-officer", "/records/weapon/new", RIFLE, "serial", "type"),
    "edit": ("field-officer", f"/records/person/{OWN_PERSON}/edit", {"alias": "Z"}, "alias", "sex"),
    "account": (
        "administrator",
        "/people/new",
        {"email": "z@example.org", "name": "Z", "role": "donor", "place": "everywhere"},
        "name",
        "role",
    ),
}


@pytest.fixture(scope="module", params=ENGINES)
def province(
    request: pytest.FixtureRequest, databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Province]:
    """One registry for all."""
    with served(request.param, databases, tmp_path_factory.mktemp("bad")) as made:
        yield made


@pytest.fixture(scope="module")
def readers(province: Province) -> dict[str, Reader]:
    """Who fills in forms."""
    names = ("field-officer", "administrator", "programme-manager", "site-supervisor", "donor")
    return {name: signed_in(province, name) for name in names}


@pytest.fixture(params=FORMS)
def filled(request: pytest.FixtureRequest, readers: dict[str, Reader]) -> "Filled":
    """Each form, opened by somebody who may send it."""
    return Filled(readers, request.param)


class Filled:
    """A form that would be taken, for a test to spoil."""

    def __init__(self, readers: Mapping[str, Reader], name: str) -> None:
        who, self.path, self.typed, self.text, self.coded = FORMS[name]
        self.reader = readers[who]

    def send(self, *, page: bool = False, **spoiled: str) -> TestResponse:
        """Send it with these answers in place of the good ones."""
        return self.post(urlencode({**self._own(), **self.typed, **spoiled}), page=page)

    def send_raw(self, extra: str) -> TestResponse:
        """Send it with this beside it, as bytes that no library would write."""
        return self.post(f"{urlencode({**self._own(), **self.typed})}&{extra}")

    def post(self, body: str, *, page: bool = False, kind: str = FORM) -> TestResponse:
        """Send a body."""
        headers = {} if page else JSON
        client = self.reader.visitor.client
        return client.post(self.path, data=body.encode(), content_type=kind, headers=headers)

    def _own(self) -> dict[str, str]:
        shown = self.reader.ask("GET", self.path)
        assert shown.status_code == 200, shown.status_code
        return {"csrf_token": self.reader.token, **dict(HIDDEN.findall(shown.text))}


def refused(answer: TestResponse, *statuses: int) -> None:
    """It is a problem with a code and a sentence, and one of ours to say."""
    assert answer.status_code in statuses, (answer.status_code, answer.text[:200])
    assert re.fullmatch(r"[a-z-]+", answer.json["code"])
    assert answer.json["sentence"].endswith(".")


@pytest.fixture(autouse=True)
def unchanged(province: Province, readers: dict[str, Reader]) -> Iterator[None]:
    """Nothing is half written, whatever came."""
    before = counted(province.app)
    yield
    assert counted(province.app) == before


@pytest.mark.parametrize("name", ["colour", "id", "scope", "person.iq", "extra", ""])
def test_a_field_that_nobody_asked_for_is_refused(filled: Filled, name: str) -> None:
    refused(filled.send(**{name: "red"}), 422)


def test_a_code_that_is_none_is_refused(filled: Filled) -> None:
    refused(filled.send(**{filled.coded: "no-such-code"}), 422)


@pytest.mark.parametrize(
    "extra", ["{}=a%00b", "{}=%ED%A0%80", "{}=%FF", "x%00=1", "%ED%A0%80=1", "{}=\x00"]
)
def test_a_character_that_cannot_be_stored_is_refused(filled: Filled, extra: str) -> None:
    refused(filled.send_raw(extra.format(filled.text)), 422)


def test_ten_megabytes_are_refused(filled: Filled) -> None:
    refused(filled.send(**{filled.text: HUGE}), 413)


def test_a_text_over_its_length_is_refused(filled: Filled) -> None:
    refused(filled.send(**{filled.text: HUGE[:5_000]}), 422)


def test_what_was_typed_comes_back_with_what_is_wrong(filled: Filled) -> None:
    typed = "Zed <b> & \u0639\u0628\u062f"
    answer = filled.send(page=True, **{filled.text: typed, filled.coded: "no-such-code"})
    assert answer.status_code == 422
    assert "Zed &lt;b&gt; &amp; \u0639\u0628\u062f" in answer.text
    assert 'id="problems"' in answer.text
    assert "<title>Error:" in answer.text


@pytest.mark.parametrize(
    "kind", ["application/json", "text/plain", "multipart/form-data", "application/xml", "x", ""]
)
def test_a_body_that_is_no_form_is_refused(filled: Filled, kind: str) -> None:
    refused(filled.post('{"name": "Zed"}', kind=kind), 400)


@pytest.mark.parametrize(
    ("day", "month", "year"),
    [
        ("31", "2", "2026"),
        ("0", "1", "2026"),
        ("1", "13", "2026"),
        ("1", "1", "-5"),
        ("1", "1", "99999"),
        ("x", "y", "z"),
        ("", "2", ""),
    ],
)
def test_a_date_that_cannot_be_is_refused(
    readers: dict[str, Reader], day: str, month: str, year: str
) -> None:
    parts = {"start_date-day": day, "start_date-month": month, "start_date-year": year}
    refused(Filled(readers, "service").send(**parts), 422)


@pytest.mark.parametrize("case", [ident("nobody"), "0000000000", "x" * 60, "%00", "'; --"])
def test_a_weapon_for_an_unknown_case_is_refused(readers: dict[str, Reader], case: str) -> None:
    refused(Filled(readers, "weapon").send(case_id=case), 422)


def test_a_weapon_for_a_child_is_refused(readers: dict[str, Reader]) -> None:
    answer = Filled(readers, "weapon").send(case_id=ident("case", "child"))
    refused(answer, 422)
    assert answer.json["rule"] == "child-hands-in-no-weapon"


@pytest.mark.parametrize(
    "spoiled", [{"_key": ""}, {"_key": "x"}, {"_version": "-1"}, {"_version": "9" * 16}]
)
def test_a_form_that_was_not_shown_is_refused(
    readers: dict[str, Reader], spoiled: dict[str, str]
) -> None:
    for name in ("register", "service", "weapon", "edit"):
        refused(Filled(readers, name).send(**spoiled), 400)


ACTS = [
    ("programme-manager", "/exports/gates", {"as_of": "yesterday"}, 422),
    ("programme-manager", "/exports/gates", {"as_of": "9" * 20}, 422),
    ("programme-manager", "/exports/gates", {"colour": "red"}, 422),
    ("programme-manager", "/exports/case-list", {"as_of": "2026-01-01"}, 422),
    ("field-officer", f"/records/person/{OWN_PERSON}/withdraw", {}, 400),
    ("field-officer", f"/records/person/{ident('x')}/withdraw", {"reason": "x"}, 404),
    ("field-officer", f"/records/person/{OWN_PERSON}/withdraw", {"reason": "x" * 500}, 400),
]


@pytest.mark.parametrize(("who", "path", "form", "status"), ACTS)
def test_an_act_that_cannot_be_done_is_refused(
    readers: dict[str, Reader], who: str, path: str, form: dict[str, str], status: int
) -> None:
    reader = readers[who]
    body = {"csrf_token": reader.token, **form}
    refused(reader.visitor.client.post(path, data=body, headers=JSON), status)


KEYS = [
    "nope",
    "-1",
    "9" * 5_000,
    "%00",
    "%ED%A0%80",
    "%FF",
    "1e9",
    "%E2%80%AE",
    ident("x").upper(),
]


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("path", ["/cases", "/disputes", "/weapons", "/records/area"])
def test_a_page_that_no_list_has_is_refused(
    readers: dict[str, Reader], path: str, key: str
) -> None:
    client = readers["programme-manager"].visitor.client
    for name in ("after", "before"):
        refused(client.get(f"{path}?{name}={key}", headers=JSON), 422)


ODD = [
    "row=-5",
    "row=99999999999999999999",
    "row=x",
    "gate=listed&gate=exited",
    "find=nope",
    f"after={ident('x')}",
    f"before={ident('x')}&after={ident('y')}",
    "after[]=1",
    "&&&=&=",
]


@pytest.mark.parametrize("query", ODD)
def test_an_odd_address_is_no_fault(readers: dict[str, Reader], query: str) -> None:
    client = readers["programme-manager"].visitor.client
    for path in ("/cases", "/disputes", "/weapons", "/records/area", "/held", "/people", "/board"):
        assert client.get(f"{path}?{query}").status_code == 200, path


@pytest.mark.parametrize("query", ["gate=nope", "caseload=nope", "area=zz", "sex=%00"])
def test_a_filter_that_means_nothing_is_refused_and_comes_back(
    readers: dict[str, Reader], query: str
) -> None:
    client = readers["programme-manager"].visitor.client
    refused(client.get(f"/cases?{query}", headers=JSON), 422)
    assert client.get(f"/cases?{query}").status_code == 422
