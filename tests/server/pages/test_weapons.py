"""Weapons on pages: the list of the stores one sees, and one with its custody."""

from tests.schema.programme import STORE_B, case, create, ident, person, weapon, write
from tests.server.town import Town, send

FILE = f"/weapons/{ident('rifle')}"


def test_a_storekeeper_sees_their_store_alone(town: Town) -> None:
    town.arrive("faraj", weapon("rifle", serial="AK-1"))
    town.arrive("bakary", weapon("pistol", store_id=STORE_B, serial="P-9"))
    page = town.signed_in("faraj").get("/weapons").text
    assert "AK-1" in page
    assert "P-9" not in page
    both = town.signed_in("celine").get("/weapons").text
    assert "AK-1" in both
    assert "P-9" in both


def test_an_officer_who_may_only_record_has_no_list(town: Town) -> None:
    town.arrive("faraj", weapon("rifle"))
    awa = town.signed_in("awa")
    assert awa.get("/weapons").status_code == awa.get(FILE).status_code == 404


def test_filters_and_a_mark_narrow_the_list(town: Town) -> None:
    town.arrive("faraj", weapon("rifle", serial="AK-1"), weapon("smg", type="smg", tag="T9"))
    faraj = town.signed_in("faraj")
    assert "AK-1" not in faraj.get("/weapons?type=smg").text
    assert "T9" in faraj.get("/weapons?mark=t9").text
    assert "AK-1" in faraj.get("/weapons?mark=AK-1").text
    assert "No weapon matches" in faraj.get("/weapons?mark=none").text
    assert faraj.get("/weapons?type=spoon").status_code == 422


def test_custody_is_added_and_shown_newest_first(town: Town) -> None:
    town.arrive("faraj", weapon("rifle"))
    faraj = town.signed_in("faraj")
    for day, event in (("1", "received"), ("2", "stored")):
        date = {"date-day": day, "date-month": "11", "date-year": "2026"}
        address = f"/records/custody_event/new?weapon_id={ident('rifle')}"
        assert send(faraj, address, {**date, "event": event}).location == FILE
    page = faraj.get(FILE).text
    assert page.index("2 November 2026") < page.index("1 November 2026")


def test_the_case_is_named_only_to_who_may_see_it(town: Town) -> None:
    town.arrive("awa", person("Ali"), case("Ali"))
    town.arrive("faraj", weapon("rifle", case_id=ident("case of Ali")))
    theirs, hers = town.signed_in("faraj").get(FILE).text, town.signed_in("celine").get(FILE).text
    assert "Ali" not in theirs
    assert "Outside your scope" in theirs
    assert f"/cases/{ident('case of Ali')}" in hers


def test_the_stranger_gets_nothing(town: Town) -> None:
    town.arrive("bakary", weapon("rifle", store_id=STORE_B))
    assert town.signed_in("faraj").get(FILE).status_code == 404


def test_a_weapon_file_asks_the_same_of_one_event_as_of_many(town: Town) -> None:
    said = {"weapon_id": ident("rifle"), "event": "stored", "date": "2026-11-01"}
    town.arrive("faraj", weapon("rifle"), create("custody_event", "e", **said))
    faraj = town.signed_in("faraj")
    with town.counted() as few:
        faraj.get(FILE)
    town.arrive("faraj", *(create("custody_event", f"e{n}", **said) for n in range(20)))
    with town.counted() as many:
        faraj.get(FILE)
    assert len(few) == len(many) == 13


def test_what_is_marked_on_a_weapon_is_shown(town: Town) -> None:
    town.arrive("faraj", weapon("rifle", serial="1"))
    base = town.head()
    for condition in ("unsafe", "repairable"):
        town.arrive("faraj", write("weapon", "rifle", {}, condition=condition), base=base)
    faraj = town.signed_in("faraj")
    assert "Disputed" in faraj.get("/weapons").text
    assert "One field of this file has two values." in faraj.get(FILE).text
