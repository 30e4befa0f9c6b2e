"""The pages of criteria: read by all, written by managers, adopted once, followed by a new version."""

import pytest

from tests.schema.programme import create, ident
from tests.server.town import Town, hidden, send

PA = f"/eligibility/criteria/{ident('PA')}"
SAID = {"code": "PA", "edition": 1, "name": "Accord of the Two Rivers", "state": "draft"}
DAY = {"valid_from-day": "1", "valid_from-month": "2", "valid_from-year": "2026"}


@pytest.fixture
def drafted(town: Town) -> Town:
    """A draft with two ways in."""
    town.arrive("celine", create("criteria_set", "PA", **SAID, appeal_days=30, appeal_body="C"))
    for name, path, kind in (("gun", "armed", "weapon"), ("test", "unarmed", "verified")):
        said = {"path": path, "kind": kind, "quantity": 1, "wording": f"Words of {name}"}
        town.arrive("celine", create("criterion", name, criteria_set_id=ident("PA"), **said))
    return town


def test_everybody_reads_the_ways_in(drafted: Town) -> None:
    page = drafted.signed_in("awa").get(PA).text
    assert all(word in page for word in ("armed", "unarmed", "Words of gun", "Words of test"))
    assert "Put in force" not in page
    assert "A draft decides about nobody." in page


def test_a_manager_puts_them_in_force_and_begins_the_next_version(drafted: Town) -> None:
    celine = drafted.signed_in("celine")
    assert send(celine, f"{PA}/adopt", DAY).location == PA
    one = drafted.record("criteria_set", ident("PA"))
    assert (one.get("state"), one.get("valid_from")) == ("adopted", "2026-02-01")
    answer = celine.post(f"{PA}/next", **hidden(celine.get(PA)))
    made = answer.location.rpartition("/")[2]
    second = drafted.record("criteria_set", made)
    assert (second.get("edition"), second.get("state"), second.get("code")) == (2, "draft", "PA")
    assert celine.get(answer.location).text.count("Words of") == 2
    later = {**DAY, "valid_from-month": "6"}
    assert send(celine, f"{answer.location}/adopt", later).location == answer.location
    assert drafted.record("criteria_set", ident("PA")).get("valid_to") == "2026-05-31"


def test_adopting_without_a_day_comes_back_with_what_is_missing(drafted: Town) -> None:
    celine = drafted.signed_in("celine")
    answer = send(celine, f"{PA}/adopt", {})
    assert answer.status_code == 422
    assert "In force from must be filled in" in answer.text


def test_what_is_adopted_is_not_rewritten_on_its_form(drafted: Town) -> None:
    celine = drafted.signed_in("celine")
    send(celine, f"{PA}/adopt", DAY)
    answer = send(celine, f"/records/criterion/{ident('gun')}/edit", {"quantity": "9"})
    assert answer.status_code == 422
    assert "make a new version" in answer.text
    assert celine.get(f"{PA}/adopt").status_code == 403
