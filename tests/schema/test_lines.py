"""The lines of a log as they go over the wire: what was written is read, and what was changed is noticed."""

import json
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema import lines
from schema.change import Change, Unit, written
from schema.frames import read_frame
from schema.ids import derived_id, line_hash
from schema.problems import NotASync

VALUES = (
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(max_size=9)
)
NAMES = st.text(max_size=5)
WORDS = st.text(max_size=30)


@dataclass
class Log:
    """A laptop's log."""

    said: list[lines.Said] = field(default_factory=list)
    incarnation: int = 1

    def add(self, text: str) -> None:
        """One more line."""
        mine = [line for line in self.said if line.incarnation == self.incarnation]
        n, prev = (mine[-1].n + 1, mine[-1].hash) if mine else (1, "")
        self.said.append(lines.Said(self.incarnation, n, prev, line_hash(prev, text), text))


def unit(number: int, **values: object) -> str:
    """The text of a Unit."""
    change = Change("set", "person", derived_id("p", number), values, dict.fromkeys(values, "was"))
    return Unit(derived_id("u", number), 7, "2026-11-20T09:00:00+01:00", (change,)).as_text()


def read(body: list[bytes]) -> list[lines.Said]:
    """What a registry makes of these lines."""
    found: list[lines.Said] = []
    for line in body:
        found.append(lines.read(read_frame(line)[1], found[-1] if found else None))
    return [said._replace(body=None) for said in found]


def log_of(count: int) -> Log:
    """A log of so many Units."""
    log = Log()
    for number in range(count):
        log.add(unit(number, name=f"Name {number}", alias="عائشة"))
    return log


@pytest.mark.parametrize("count", [0, 1, 2, 3, 9])
def test_what_was_written_is_read_short_or_in_full(count: int) -> None:
    log = log_of(count)
    assert read(lines.shortened(log.said)) == log.said
    assert read([lines.in_full(said) for said in log.said]) == log.said


@given(st.lists(st.dictionaries(NAMES, VALUES, max_size=3), min_size=3, max_size=5), WORDS)
def test_whatever_stands_in_a_unit_is_read_as_it_was_hashed(said: list[object], words: str) -> None:
    log = Log()
    for body in said:
        log.add(json.dumps({"id": "x", "said": body}, ensure_ascii=False))
        log.add(words)
    assert read(lines.shortened(log.said)) == log.said


def test_a_short_line_says_its_unit_as_it_is_and_neither_hash() -> None:
    log = log_of(3)
    _, middle, last = lines.shortened(log.said)
    n, check, body = read_frame(middle)[1]
    assert (n, check, written(body)) == (2, log.said[1].hash[:4], log.said[1].text)
    assert log.said[1].hash not in middle.decode()
    assert read_frame(last)[1][1:3] == [log.said[1].hash, log.said[2].hash]


def test_another_incarnation_and_a_gap_begin_in_full() -> None:
    log = log_of(4)
    log.incarnation = 2
    for number in range(3):
        log.add(unit(9 + number, name="N"))
    del log.said[1]
    parts = [len(read_frame(line)[1]) for line in lines.shortened(log.said)]
    assert parts == [5, 5, 3, 5, 3, 5]
    assert read(lines.shortened(log.said)) == log.said


CHANGED = {
    "another value": lambda line: line.replace(b"Name 2", b"Name 3"),
    "another order of names": lambda line: line.replace(b'{"name":"Name 2",', b'{"nome":"Name 2",'),
    "no number": lambda line: line.replace(b'"base":7', b'"base":NaN'),
    "another number of its line": lambda line: line.replace(b"[3,", b"[4,"),
    "true for a number": lambda line: line.replace(b"[3,", b"[true,"),
    "a shorter check": lambda line: line[:11] + line[12:],
    "a check that is none": lambda line: line[:10] + b"1234" + line[16:],
}


@pytest.mark.parametrize("how", CHANGED)
def test_a_line_that_was_changed_on_the_way_is_noticed(how: str) -> None:
    body = lines.shortened(log_of(5).said)
    changed = CHANGED[how](body[2])
    assert changed != body[2]
    with pytest.raises(NotASync):
        read([*body[:2], changed, *body[3:]])


def test_a_line_that_is_missing_swapped_or_of_another_log_is_noticed() -> None:
    body, other = lines.shortened(log_of(5).said), Log()
    for number in range(5):
        other.add(unit(50 + number, name="Other"))
    strange = lines.shortened(other.said)
    for wrong in (
        [body[1]],
        [body[0], body[2]],
        [body[0], body[2], body[1]],
        [body[0], strange[1]],
    ):
        with pytest.raises(NotASync):
            read(wrong)
