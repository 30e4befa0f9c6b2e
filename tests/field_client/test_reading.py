"""Reading what is shown: typed references, pages of a list, titles."""

import pytest
from sqlite_utils import Database

from field_client.store import drafts, reading, rewriting, saving
from schema.entities import BY_NOUN
from schema.fields import Ref
from schema.problems import Ambiguous, NotFound, UnknownField, UnknownReference
from tests.field_client.acting import case, person, registered
from tests.field_client.laptops import AREA, CASELOAD_A, STORE

AREA_REF, CASE_REF = Ref("Area", "area"), BY_NOUN["weapon"].refs()["case_id"]


def test_a_code_is_found_whatever_its_case(db: Database) -> None:
    assert reading.resolve(db, AREA_REF, " xx01 ") == AREA
    assert reading.resolve(db, Ref("Store", "store"), "s1") == STORE


def test_a_code_that_two_have_lists_both(db: Database) -> None:
    twin = {**reading.get(db, "area", AREA), "id": AREA[:-1] + "2"}
    rewriting.lay(db, "area", twin)
    with pytest.raises(Ambiguous) as asked:
        reading.resolve(db, AREA_REF, "XX01")
    assert asked.value.details["candidates"] == [[AREA, "XX01"], [twin["id"], "XX01"]]


def test_a_number_means_the_open_case_of_the_person(db: Database) -> None:
    who, passage = registered(db)
    assert reading.resolve(db, CASE_REF, who.values["number"].lower()) == passage.record
    alone = person()
    saving.save(db, [alone])
    with pytest.raises(UnknownReference):
        reading.resolve(db, CASE_REF, alone.values["number"])
    saving.save(db, [case(alone)])
    assert reading.resolve(db, CASE_REF, alone.values["number"])


def test_a_list_is_read_by_key(db: Database) -> None:
    ids = sorted(registered(db)[0].record for _ in range(5))
    first = reading.listed(db, "person", {"caseload_id": CASELOAD_A}, limit=3)
    rest = reading.listed(db, "person", after=first[-1]["id"], limit=3)
    assert [row["id"] for row in (*first, *rest)] == ids
    with pytest.raises(UnknownField):
        reading.listed(db, "person", {"1=1; --": 1})


def test_titles_leave_out_what_is_not_here(db: Database) -> None:
    who, passage = registered(db)
    assert reading.titles(db, "person", [who.record, passage.record]) == {who.record: "Ibrahim Sow"}
    with pytest.raises(NotFound):
        reading.get(db, "person", passage.record)


def test_a_draft_is_kept_and_goes_with_what_it_became(db: Database) -> None:
    draft = drafts.keep(db, "register", {"name": "Ibr"})
    drafts.keep(db, "register", {"name": "Ibra"}, draft)
    assert [row["body"] for row in drafts.listed(db)] == [{"name": "Ibra"}]
    saving.save(db, [person()], draft)
    assert drafts.find(db, draft) is None
