"""What both ends know is said in a word; what differs is asked for by range, and no more than one may see."""

import json
from typing import Any

import pytest
import sqlalchemy as sa

from schema.digest import RANGES as PARTS
from schema.digest import word
from schema.frames import END, HELLO, MOST_WANTED, RANGES, frame, known_word, standing
from server.db import reading
from server.sync.known import told_last
from tests.schema.programme import A, B, ident, person
from tests.server.sync.laptop import NDJSON, Answer, Laptop

NOTHING = [[0, 0]] * PARTS
CASES_A, CASES_B = f"case:{A}", f"case:{B}"


def word_of(answer: Answer) -> str:
    """The word that a laptop makes of an answer that was told to its end."""
    head, opened = answer.state["head"], answer.state["buckets"].items()
    cursors = {name: head for name, verbs in opened if "read" in verbs}
    return known_word(cursors, word(standing(answer.state)), word(answer.end["digests"]))


def ask(laptop: Laptop, *ranges: Any, **said: Any) -> tuple[int, list[Any]]:
    """(status, lines) of a question which records differ."""
    lines = b"".join(frame(RANGES, one) for one in ranges)
    body = frame(HELLO, laptop.hello(**said)) + lines + frame(END, {})
    headers = {"Authorization": f"Bearer {laptop.token}", "Content-Type": NDJSON}
    answer = laptop.app.test_client().post("/sync/1/digest", data=body, headers=headers)
    return answer.status_code, [json.loads(line) for line in answer.data.splitlines()]


def test_a_word_that_is_known_stands_for_cursors_state_and_digests(awa):
    told = word_of(awa.sync())
    answer = awa.ask(cursors={}, epoch=0, known=told)
    assert (answer.state, answer.end, answer.pages) == ({"same": True}, {"more": False}, [])


def test_what_has_changed_since_is_told_and_nothing_else(awa, fleet):
    told = word_of(awa.sync())
    other = fleet.laptop("awa")
    other.save(person("Abel"))
    other.sync()
    answer = awa.ask(cursors={}, known=told)
    assert [row["id"] for _, row in answer.rows] == [ident("Abel")]
    assert (answer.state["same"], answer.state["head"]) == (True, other.base)
    assert answer.end["digests"][CASES_A][0] == 1


def test_a_right_that_has_changed_is_told_in_full(awa, fleet):
    told = word_of(awa.sync())
    fleet.grant("awa", "field-officer", B)
    answer = awa.ask(cursors={}, known=told)
    assert CASES_B in answer.state["buckets"]
    assert "same" not in answer.state


def test_a_word_that_is_not_known_is_answered_with_a_question_and_nothing_is_lost(awa):
    unit = awa.save(person("Abel"))
    answer = awa.ask(*awa.unsent, cursors={}, known="0" * 16)
    assert (answer.end, answer.pages) == ({"more": True, "ask": "cursors"}, [])
    assert answer.state["last"]["1"][0] == 1
    awa.take(awa.ask())
    assert awa.outcome(unit) == "applied"


def test_the_word_of_one_laptop_says_nothing_for_another(awa, bakary):
    answer = bakary.ask(cursors={}, known=word_of(awa.sync()))
    assert answer.end["ask"] == "cursors"


def test_a_registry_knows_when_a_laptop_agreed_last(awa):
    told = word_of(awa.sync())
    assert agreed(awa) is None
    awa.ask(cursors={}, known=told)
    assert agreed(awa)


def agreed(laptop: Laptop) -> str | None:
    with laptop.app.app_context(), reading() as conn:
        query = sa.select(told_last.c.agreed_at).where(told_last.c.device_id == laptop.id)
        return conn.execute(query).scalar_one()


def test_only_the_ranges_that_differ_are_answered(awa):
    units = [awa.save(person(f"Person {n}")) for n in range(20)]
    end = awa.sync().end
    assert end["digests"][CASES_A][0] == len(units)
    status, [(_, said), last] = ask(awa, {"bucket": CASES_A, "sums": NOTHING})
    assert (status, last, len(said["entries"])) == (200, [END, {}], 20)
    mine = [list(one) for one in NOTHING]
    for _, record_id, hashed in said["entries"]:
        mine[int(record_id[-2:], 16)][0] += 1
        mine[int(record_id[-2:], 16)][1] += hashed
    part = int(ident("Person 7")[-2:], 16)
    mine[part][1] += 1
    _, [(_, said), _] = ask(awa, {"bucket": CASES_A, "sums": mine})
    assert said["parts"] == [part]
    assert ["person", ident("Person 7")] in [entry[:2] for entry in said["entries"]]
    assert len(said["entries"]) < 20


def test_a_bucket_that_is_not_open_answers_like_one_that_is_not_there(awa, bakary):
    bakary.save(person("Bakary's", caseload_id=B))
    bakary.sync()
    for bucket in (CASES_B, "case:nowhere", f"child:{A}"):
        assert ask(awa, {"bucket": bucket, "sums": NOTHING}) == (200, [[END, {}]])


def test_records_of_another_caseload_are_not_given_by_name(awa, bakary):
    bakary.save(person("Bakary's", caseload_id=B))
    bakary.sync()
    for bucket in (CASES_A, CASES_B):
        answer = awa.ask(want={bucket: {"person": [ident("Bakary's")]}})
        assert answer.rows == []
        assert CASES_B not in [page["bucket"] for page in answer.pages]


def test_records_are_given_by_name_and_what_is_not_there_counts_as_left(awa):
    awa.save(person("Abel"))
    awa.sync()
    nobody = ident("nobody")
    answer = awa.ask(want={CASES_A: {"person": [ident("Abel"), nobody]}})
    assert [row["id"] for _, row in answer.rows] == [ident("Abel")]
    assert answer.removed == {nobody}


UNNAMED = (
    [],
    {CASES_A: []},
    {CASES_A: {"person": "all"}},
    {CASES_A: {"person": ["%"]}},
    {CASES_A: {"person": [ident("x")] * (MOST_WANTED + 1)}},
)
UNASKED = (
    [],
    {"bucket": CASES_A},
    {"bucket": CASES_A, "sums": []},
    {"bucket": 1, "sums": NOTHING},
    {"bucket": CASES_A, "sums": [["0", 0]] * PARTS},
)


@pytest.mark.parametrize("want", UNNAMED)
def test_what_is_wanted_by_no_name_is_refused(awa, want):
    assert awa.post(awa.body(want=want)).status_code == 400


@pytest.mark.parametrize("ranges", UNASKED)
def test_a_question_that_is_none_is_refused(awa, ranges):
    assert ask(awa, ranges)[0] == 400


def test_a_question_that_another_laptop_signed_is_refused(awa, bakary):
    stolen, awa.key = awa.key, bakary.key
    assert ask(awa, {"bucket": CASES_A, "sums": NOTHING})[0] == 401
    awa.key = stolen
    assert ask(awa, {"bucket": CASES_A, "sums": NOTHING})[0] == 200
