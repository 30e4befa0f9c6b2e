"""The list of cases and the file of one, as people get them."""

import re

import pytest

from schema.ids import derived_id
from server.accounts.people import read_audit
from tests.schema.programme import A, B, case, create, ident, person, service, write
from tests.server.registry.test_cases import many
from tests.server.town import Town

# Statements of a page: those of the session, the account and its grants, and its own.
LIST_STATEMENTS = 11
FILE_STATEMENTS = 17
NASTY = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{7*7}}"
ARABIC = "محمد العاصفة"


def path(name: str) -> str:
    return f"/cases/{ident(f'case of {name}')}"


def test_an_officer_finds_their_caseload_and_nobody_elses(town: Town) -> None:
    town.arrive("awa", person("Ali"), case("Ali"))
    town.arrive("bakary", person("Binta", caseload_id=B), case("Binta", caseload_id=B))
    mine, theirs = town.signed_in("awa").get("/cases"), town.signed_in("bakary").get("/cases")
    assert "Ali" in mine.text
    assert "Binta" not in mine.text
    assert "Ali" not in theirs.text


def test_the_stranger_gets_the_page_of_what_does_not_exist(town: Town) -> None:
    town.arrive("awa", person("Ali"), case("Ali"))
    bakary = town.signed_in("bakary")
    nothing = bakary.get(f"/cases/{derived_id('nothing')}")
    for address in (path("Ali"), f"/cases/person/{ident('Ali')}"):
        answer = bakary.get(address)
        assert answer.status_code == nothing.status_code == 404
        assert same(answer.text) == same(nothing.text)


def same(page: str) -> str:
    """A page without its form token and the address that it returns to."""
    return re.sub(r'name="(csrf_token|_next)" value="[^"]*"', "", page)


def test_a_child_is_opened_by_child_protection_alone(town: Town) -> None:
    town.arrive("awa", person("Chidi", birth_date="2015-01-01"), case("Chidi"))
    for who in ("awa", "celine", "bakary", "faraj"):
        visitor = town.signed_in(who)
        assert visitor.get(path("Chidi")).status_code == 404
        assert "Chidi" not in visitor.get("/cases").text
    assert "Chidi" in town.signed_in("esther").get(path("Chidi")).text


def test_a_storekeeper_has_no_page_of_cases(town: Town) -> None:
    assert town.signed_in("faraj").get("/cases").status_code == 404


def test_what_people_wrote_is_shown_and_never_run(town: Town) -> None:
    town.arrive("awa", person("Ali", name=NASTY, alias=NASTY), case("Ali"))
    town.arrive("awa", write("person", "Ali", {"name": NASTY}, name=NASTY + "2"))
    awa = town.signed_in("awa")
    for address in ("/cases", path("Ali"), f"/records/person/{ident('Ali')}/edit"):
        text = awa.get(address).text
        assert "<script>alert(1)" not in text
        assert "<img src=x" not in text
        assert "&lt;script&gt;alert(1)" in text


def test_a_name_keeps_its_direction(town: Town) -> None:
    town.arrive("awa", person("Ali", name=ARABIC), case("Ali"))
    awa = town.signed_in("awa")
    assert f"<bdi>{ARABIC}</bdi>" in awa.get("/cases").text
    assert f"<h1><bdi>{ARABIC}</bdi></h1>" in awa.get(path("Ali")).text


def test_no_name_stands_in_a_title_or_an_address(town: Town) -> None:
    town.arrive("awa", person("Ali Unmistakable"), case("Ali Unmistakable"))
    awa = town.signed_in("awa")
    answer = awa.post("/cases/find", q="unmistakable")
    assert answer.status_code == 302
    assert "unmistakable" not in answer.location.lower()
    page = awa.get(answer.location)
    assert "Ali Unmistakable" in page.text
    title = re.search("<title>(.*?)</title>", awa.get(path("Ali Unmistakable")).text)
    assert title is not None
    assert "Ali" not in title[1]
    assert all("nmistakable" not in href for href in re.findall('href="([^"]*)"', page.text))


def test_a_search_is_the_searchers_own(town: Town) -> None:
    town.arrive("awa", person("Ali"), case("Ali"))
    address = town.signed_in("awa").post("/cases/find", q="ali").location
    page = town.signed_in("celine").get(address).text
    assert "No case matches." in page
    assert "Ali" not in page


def test_filters_narrow_and_are_shown(town: Town) -> None:
    town.arrive("awa", person("Ali"), case("Ali"), person("Hawa"), case("Hawa", process="cvr"))
    page = town.signed_in("awa").get(f"/cases?process=cvr&caseload={A}").text
    assert "Hawa" in page
    assert "Ali" not in page
    assert "Filters in force" in page


def test_a_filter_that_cannot_be_read_is_said_beside_its_question(town: Town) -> None:
    awa = town.signed_in("awa")
    for query in ("gate=moon", "area=nowhere", "after=x", f"caseload={ident('nothing')}"):
        assert awa.get(f"/cases?{query}").status_code == 422
    assert 'aria-invalid="true"' in awa.get("/cases?area=nowhere").text


def test_the_list_turns_its_pages_and_counts_honestly(town: Town) -> None:
    many(town, 60)
    awa = town.signed_in("awa")
    first = awa.get("/cases").text
    assert "rows 1–50 of 60" in first
    following = re.search(r'rel="next" href="([^"]*)"', first)
    assert following is not None
    second = awa.get(following[1].replace("&amp;", "&")).text
    assert "rows 51–60 of 60" in second
    assert 'rel="prev"' in second


def test_an_empty_list_says_why_and_what_to_do(town: Town) -> None:
    page = town.signed_in("awa").get("/cases").text
    assert "No case yet." in page
    assert "Register a person" in page


@pytest.mark.parametrize("count", [1, 50])
def test_a_page_of_the_list_asks_as_much_of_one_row_as_of_fifty(town: Town, count: int) -> None:
    many(town, count)
    awa = town.signed_in("awa")
    with town.counted() as said:
        assert awa.get("/cases").status_code == 200
    assert len(said) == LIST_STATEMENTS


@pytest.mark.parametrize("services", [1, 20])
def test_a_file_asks_as_much_of_one_service_as_of_twenty(town: Town, services: int) -> None:
    courses = [service(f"s{n}", "Ali") for n in range(services)]
    town.arrive("awa", person("Ali"), case("Ali"), *courses)
    awa = town.signed_in("awa")
    with town.counted() as said:
        assert awa.get(path("Ali")).status_code == 200
    assert len(said) == FILE_STATEMENTS


def test_who_opens_a_file_is_noted(town: Town) -> None:
    town.arrive("awa", person("Ali"), case("Ali"))
    town.signed_in("awa").get(path("Ali"))
    town.signed_in("bakary").get(path("Ali"))
    with town.reading() as conn:
        noted = conn.execute(read_audit.select()).all()
    assert [(row.noun, row.record_id) for row in noted] == [("case", ident("case of Ali"))]


def test_the_file_tells_what_happened(town: Town) -> None:
    town.arrive("awa", person("Ali"), case("Ali"))
    town.arrive("celine", write("person", "Ali", {"phone": None}, phone="0123"))
    event = {"case_id": ident("case of Ali"), "gate": "registered", "date": "2026-11-01"}
    town.arrive("awa", create("gate_event", "g", **event))
    page = town.signed_in("awa").get(path("Ali")).text
    assert "Person changed" in page
    assert "0123" in page
    assert "Gate passed recorded: Registered" in page
    assert "celine" in page


def test_others_weapons_are_said_to_be_outside_and_no_more(town: Town) -> None:
    town.arrive("awa", person("Ali"), case("Ali"))
    page = town.signed_in("awa").get(path("Ali")).text
    assert "Weapons" in page
    assert "outside your scope" in page.lower()


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_a_change_is_told_with_the_hour_in_every_language(town: Town, language: str) -> None:
    town.arrive("awa", person("Ali"), case("Ali"))
    awa = town.signed_in("awa")
    awa.client.set_cookie("language", language)
    page = awa.get(f"/cases/{ident('case of Ali')}").text
    times = re.findall('<span class="time">(.*?)</span>', page)
    assert times
    assert all(re.fullmatch(r"\d\d:\d\d", time) for time in times)
