"""A log whose lines are short is the same log: stored, chained, judged and answered like one in full."""

import gzip
import json
from collections.abc import Sequence
from typing import Any

import pytest
import sqlalchemy as sa

from schema import lines
from schema.frames import END, HELLO, frame
from server.arrivals.tables import arrival
from server.db import reading
from tests.schema.programme import person, write
from tests.server.sync.laptop import Laptop


def short(laptop: Laptop) -> list[bytes]:
    """What a laptop has not handed in, as short as may be."""
    said = [lines.Said(line[4], *line[:4]) for line in laptop.unsent]
    return lines.shortened(said)


def body(laptop: Laptop, ops: Sequence[bytes], *rest: bytes) -> bytes:
    """A body of these lines from a laptop that speaks short."""
    return b"".join([frame(HELLO, laptop.hello(lines=lines.SHORT)), *ops, *rest])


def frames_of(laptop: Laptop, ops: Sequence[bytes]) -> list[Any]:
    """The answer to them."""
    packed = gzip.compress(body(laptop, ops, frame(END, {})))
    answer = laptop.post(packed, **{"Content-Encoding": "gzip"})
    assert answer.status_code == 200, answer.text
    return [json.loads(line) for line in answer.data.splitlines()]


def stored(laptop: Laptop) -> list[dict[str, Any]]:
    """What the registry keeps of a laptop's log, and what became of it."""
    names = ("n", "prev", "hash", "payload", "outcome", "seq")
    query = sa.select(*(arrival.c[name] for name in names)).order_by(arrival.c.n)
    with laptop.app.app_context(), reading() as conn:
        mine = query.where(arrival.c.device_id == laptop.id)
        return [dict(row) for row in conn.execute(mine).mappings()]


def saved(laptop: Laptop, count: int = 5) -> None:
    """People on a laptop, and a change of the first of them."""
    for number in range(count - 1):
        laptop.save(person(f"P{number}"))
    laptop.save(write("person", "P0", {"alias": None}, alias="Ab"))


def test_it_is_stored_and_chained_as_it_was_written(awa):
    saved(awa)
    frames_of(awa, short(awa))
    found = [[row[name] for name in ("n", "prev", "hash", "payload")] for row in stored(awa)]
    assert found == [line[:4] for line in awa.log]
    assert {row["outcome"] for row in stored(awa)} == {"applied"}


def test_what_became_of_it_is_told_by_its_numbers_in_a_run(awa):
    saved(awa)
    told = [said for name, said in frames_of(awa, short(awa)) if name == "RESULTS"]
    ((first, outcomes, steps),) = told[-1]["runs"]["1"]
    assert (first, outcomes) == (1, ["applied"] * 5)
    assert [sum(steps[: n + 1]) for n in range(5)] == [row["seq"] for row in stored(awa)]
    assert all(frame["results"] == [] for frame in told)


def test_what_was_not_brought_by_this_body_is_told_by_its_id(awa):
    saved(awa)
    units = [json.loads(line[3])["id"] for line in awa.log]
    ops = short(awa)
    frames_of(awa, ops)
    ((_, told),) = [one for one in frames_of(awa, ops) if one[0] == "RESULTS"]
    assert [result[0] for result in told["results"]] == units
    assert "runs" not in told


def test_whoever_does_not_say_that_it_reads_runs_is_told_none(awa):
    saved(awa)
    text = frame(HELLO, awa.hello()) + b"".join(short(awa)) + frame(END, {})
    assert len(awa.post(text).data.split(b'"applied"')) == 6
    assert b'"runs"' not in awa.post(text).data


def test_what_is_held_is_told_with_its_reason(awa):
    awa.save(person("A"))
    awa.save(write("person", "nobody", alias="B"))
    awa.save(person("C"))
    told = [said for name, said in frames_of(awa, short(awa)) if name == "RESULTS"]
    assert [result[1:4:2] for said in told for result in said["results"]] == [
        ["held", "unknown-reference"]
    ]
    assert [run[:2] for run in told[-1]["runs"]["1"]] == [[1, ["applied"]], [3, ["applied"]]]


@pytest.mark.parametrize("at", [1, 2, 3])
def test_a_line_that_was_changed_is_refused_and_those_before_it_are_kept(awa, at):
    saved(awa)
    ops = short(awa)
    ops[at] = ops[at].replace(b"+01:00", b"+02:00")
    answer = awa.post(body(awa, ops, frame(END, {})))
    assert (answer.status_code, answer.json["code"]) == (400, "not-a-sync")
    assert len(stored(awa)) == at


def test_a_cut_keeps_the_whole_lines_and_the_rest_goes_on_from_there(awa):
    saved(awa)
    ops = short(awa)
    text = body(awa, ops[:3])
    assert awa.post(text + ops[3][:40]).status_code == 400
    assert [row["n"] for row in stored(awa)] == [1, 2, 3]
    awa.acked = 3
    frames_of(awa, short(awa))
    assert [row["hash"] for row in stored(awa)] == [line[2] for line in awa.log]


def test_a_copy_that_wrote_something_else_is_a_fork(awa):
    saved(awa)
    frames_of(awa, short(awa))
    awa.log[2:] = []
    awa.acked = 1
    awa.save(person("Other"))
    awa.save(person("And another"))
    state = dict(frames_of(awa, short(awa)))["STATE"]
    assert (state["forks"], len(stored(awa))) == ([1], 5)


def test_a_short_line_that_begins_a_body_is_refused(awa):
    saved(awa)
    assert awa.post(body(awa, short(awa)[1:], frame(END, {}))).status_code == 400
    assert stored(awa) == []
