"""Numbered forms: each is counted once, and what cannot have happened so is marked."""

import random

import pytest

from schema.come_to import lines_of
from schema.numbered import FITS, LABELS, LEADS_TO, RECEIVED, counted, values_of
from schema.record import Working
from tests.schema.programme import A, B, Programme, case, create, ident, person, write

BATCH = {
    "caseload_id": A,
    "kind": "card",
    "series": "C",
    "first_number": 101,
    "last_number": 200,
    "received_on": "2026-11-01",
}


@pytest.fixture
def programme() -> Programme:
    """Abel, and a hundred cards at his site."""
    made = Programme()
    made.arrive("awa", person("Abel"), case("Abel"), create("form_stock", "cards", **BATCH))
    return made


def event(name, what, first, last=None, **values):
    said = {"form_stock_id": ident("cards"), "event": what, "date": "2026-11-10"}
    numbers = {"first_number": first} | ({"last_number": last} if last else {})
    return create("form_event", name, **{**said, **numbers, **values})


def marked(judged) -> set[str]:
    return {found.rule.name for found in judged.findings}


def balance(programme) -> list[int]:
    batch = programme.rows["form_stock", ident("cards")]
    events = [r for r in programme.rows.values() if r.entity == "form_event"]
    found = counted(batch.values, map(values_of, events))
    assert found.received == sum(found.states)
    return list(found.states)


def test_received_is_unused_and_with_officers_and_used_and_spoiled_and_missing(programme):
    programme.arrive("awa", event("out", "issued", 101, 150))
    programme.arrive("awa", event("one", "used", 101))
    programme.arrive("awa", event("bad", "spoiled", 102, 103))
    programme.arrive("awa", event("lost", "missing", 104))
    programme.arrive("awa", event("back", "returned", 150, date="2026-11-11"))
    assert balance(programme) == [51, 45, 1, 2, 1]


def test_a_number_used_twice_is_marked(programme):
    assert not marked(programme.arrive("awa", event("one", "used", 101)))
    assert marked(programme.arrive("awa", event("two", "used", 101))) == {"form-was-there"}
    assert balance(programme) == [99, 0, 1, 0, 0]


def test_a_number_used_after_it_was_missing_is_marked_in_whichever_order_the_two_arrive(programme):
    programme.arrive("awa", event("lost", "missing", 110, 119, date="2026-11-05"))
    assert marked(programme.arrive("awa", event("used", "used", 112))) == {"form-was-there"}
    programme.arrive("awa", event("first", "used", 121, date="2026-11-09"))
    late = event("late", "missing", 121, date="2026-11-05")
    assert marked(programme.arrive("awa", late)) == {"form-was-there"}


def test_what_was_missing_and_is_found_is_brought_back_and_then_used(programme):
    for name, what, day in (("a", "missing", 5), ("b", "returned", 6), ("c", "used", 7)):
        found = programme.arrive("awa", event(name, what, 130, date=f"2026-11-0{day}"))
        assert not marked(found)


@pytest.mark.parametrize("numbers", [(1,), (100, 101), (200, 201), (120, 110)])
def test_a_number_out_of_no_batch_is_marked_and_moves_no_other(programme, numbers):
    assert "form-of-its-batch" in marked(programme.arrive("awa", event("x", "used", *numbers)))
    assert sum(balance(programme)) == 100


def test_two_batches_with_the_same_numbers_are_both_marked(programme):
    other = {**BATCH, "caseload_id": B, "first_number": 150, "last_number": 300}
    judged = programme.arrive("bakary", create("form_stock", "again", **other))
    assert {f.record[1] for f in judged.findings if f.rule.name == "number-in-one-batch"} == {
        ident("cards"),
        ident("again"),
    }
    tags = {**other, "kind": "tag"}
    judged = programme.arrive("bakary", create("form_stock", "tags", **tags))
    assert ident("tags") not in {found.record[1] for found in judged.findings}


def test_one_person_with_several_forms_of_a_kind_is_marked(programme):
    abel = {"case_id": ident("case of Abel")}
    assert not marked(programme.arrive("awa", event("one", "used", 101, **abel)))
    again = programme.arrive("awa", event("two", "used", 102, **abel))
    assert marked(again) == {"one-form-of-a-kind"}


def test_an_act_on_forms_is_withdrawn_and_never_rewritten(programme):
    programme.arrive("awa", event("one", "used", 101))
    rewritten = programme.judge(
        "awa", write("form_event", "one", {"event": "used"}, event="spoiled")
    )
    assert rewritten.outcome == "held"
    gone = {"withdrawn_at": "2026-11-12T08:00:00Z", "withdrawn_reason": "Typed twice"}
    programme.arrive("awa", write("form_event", "one", **gone))
    assert balance(programme) == [100, 0, 0, 0, 0]


def test_whatever_happens_every_number_is_counted_once():
    dice = random.Random("forms")  # noqa: S311 - a schedule, not a secret
    batch = {"first_number": 1, "last_number": 60}
    for _ in range(2_000):
        events = [
            {
                "id": str(n),
                "event": dice.choice([*LEADS_TO, "eaten"]),
                "date": f"2026-11-{dice.randint(1, 9):02}",
                "first_number": dice.randint(-5, 70),
                "last_number": dice.choice([None, dice.randint(-5, 70)]),
            }
            for n in range(dice.randint(0, 12))
        ]
        found = counted(batch, events)
        assert sum(found.states) == 60
        dice.shuffle(events)
        assert counted(batch, events) == found


def test_every_act_leads_somewhere_and_the_page_says_where_the_forms_are():
    assert set(FITS) == set(LEADS_TO)
    assert counted(BATCH, ()).in_words()[:2] == [(RECEIVED, 100), (LABELS[0], 100)]


def test_the_page_of_a_batch_says_where_its_forms_are(programme):
    programme.arrive("awa", event("one", "used", 101))
    batch = programme.rows["form_stock", ident("cards")]
    said = {line.label.text: line.text for line in lines_of(batch, Working(programme))}
    assert (said["Received"], said["Not used yet"], said["Used"]) == ("100", "99", "1")
