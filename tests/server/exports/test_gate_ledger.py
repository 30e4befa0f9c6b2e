"""In = out + still there: Nepal's published ledger, and whatever else people pass."""

from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.change import Change
from schema.codes import GATE, GATE_REASON
from schema.policy import Grant, Sight
from server.actor import Actor
from server.exports.gate_ledger import CAME, NEW, STAYED, WENT, Path, Step, at_gates, screening
from tests.schema.programme import A, B, ident
from tests.server.exports.passage import CELINE, Passage, text_of

# Registered 31,318 and 932 new = 19,602 verified + 8,640 no-shows + 4,008 disqualified, 2,973 of them minors.
NEPAL = {
    ("registered", "verified"): 31_318 - 8_640 - 4_008,
    ("new", "verified"): 932,
    ("registered", "no-show"): 8_640,
    ("registered", "disqualified"): 4_008 - 2_973,
    ("registered", "minor"): 2_973,
}
DAYS = {"registered": "2007-03-15", "screened": "2007-09-15", "exited": "2007-12-23"}


def events_of(came: str, became: str) -> list[tuple[str, str]]:
    """(gate, reason) of somebody on one line of each side."""
    first = [("registered", "")] if came == "registered" else []
    said = {"verified": "eligible", "disqualified": "ineligible", "minor": "ineligible"}
    last = ("exited", "no-show") if became == "no-show" else ("screened", said[became])
    return [*first, last]


def step(gate: str, reason: str = "", day: str = "") -> Step:
    return Step(day or DAYS.get(gate, "2008-01-01"), GATE.values.index(gate), gate, reason)


def nepal(share: int = 1) -> Iterator[tuple[str, str]]:
    """Everybody of Nepal's cantonments, or one of so many."""
    for line, count in NEPAL.items():
        yield from (line for _ in range(count // share))


def test_nepals_ledger_comes_out_of_its_gate_events() -> None:
    paths = (Path([step(*e) for e in events_of(*who)], who[1] == "minor") for who in nepal())
    counts = screening(paths)
    assert counts[CAME, "registered"] == 31_318
    assert counts[CAME, NEW] == 932
    assert counts[WENT, "verified"] == 19_602
    assert counts[WENT, "no-show"] == 8_640
    assert counts[WENT, "not eligible, or referred elsewhere"] == 4_008
    assert counts[STAYED, ""] == 0


def person_of(number: int, came: str, became: str) -> list[Change]:
    """Somebody of the cantonments, as they are written; a minor by their date of birth."""
    name = f"Invented {number}"
    who, case_id = ident(name), ident("case", name)
    born = "2012-01-01" if became == "minor" else "1985-01-01"
    known = {"name": name, "sex": "male", "birth_date": born, "birth_date_precision": "day"}
    changes = [
        Change("create", "person", who, {**known, "caseload_id": A}),
        Change("create", "case", case_id, {"person_id": who, "caseload_id": A, "process": "adult"}),
    ]
    for gate, reason in events_of(came, became):
        said = {"case_id": case_id, "gate": gate, "date": DAYS[gate]}
        more = {"reason": reason} if reason else {}
        changes.append(Change("create", "gate_event", ident(gate, name), {**said, **more}))
    return changes


def taken(who: Actor = CELINE, as_of: str = "") -> dict[tuple[str, str, str], int]:
    """The report as somebody takes it."""
    rows = [row.rsplit(",", 1) for row in text_of("gate-ledger", as_of, who).splitlines()[2:]]
    cells = [(tuple(c.strip('"') for c in words.split('","')), n) for words, n in rows]
    return {(part, side, line): int(n) for (part, side, line), n in cells}


@pytest.fixture
def cantonments(passage: Passage) -> Passage:
    """One of two hundred of Nepal's people, children in the child process."""
    everybody = enumerate(nepal(share=200))
    passage.arrive(*(change for n, who in everybody for change in person_of(n, *who)))
    return passage


def test_whoever_takes_the_report_gets_the_same_ledger(cantonments: Passage) -> None:
    found = taken()
    lines = Counter(nepal(share=200))
    assert found["screening", "in", "registered"] == sum(
        n for (c, _), n in lines.items() if c != "new"
    )
    assert found["screening", "in", "new"] == lines["new", "verified"]
    assert found["screening", "out", "no-show"] == lines["registered", "no-show"]
    refused = lines["registered", "disqualified"] + lines["registered", "minor"]
    assert found["screening", "out", "not eligible, or referred elsewhere"] == refused
    assert found["screening", "difference", "all"] == 0
    assert not [key for key in found if "child" in " ".join(key)]


def test_it_is_the_same_as_of_an_earlier_day_whatever_came_since(cantonments: Passage) -> None:
    number = str(cantonments.programme.n)
    before = taken(as_of=number)
    late = {"case_id": ident("case", "Invented 0"), "gate": "exited", "date": "2008-01-01"}
    cantonments.arrive(
        Change("create", "gate_event", ident("late"), {**late, "reason": "deceased"})
    )
    assert taken(as_of=number) == before
    assert taken() != before


def test_nobody_counts_the_people_of_another_caseload(cantonments: Passage) -> None:
    other = Actor(ident("me"), "M", Sight.of([Grant("me-officer", B)]))
    assert taken(other)["screening", "in", "all"] == 0
    mine = Actor(ident("me"), "M", Sight.of([Grant("me-officer", A)]))
    assert taken(mine)["screening", "in", "all"] == len(list(nepal(share=200)))


STEPS = st.builds(
    lambda gate, reason, day: step(gate, reason, f"2026-01-{day:02}"),
    st.sampled_from(GATE.values),
    st.sampled_from(("", *GATE_REASON.values)),
    st.integers(1, 28),
)
PATHS = st.lists(
    st.builds(Path, st.lists(STEPS, min_size=1, max_size=8), st.booleans()), max_size=12
)


@given(PATHS)
def test_whatever_people_pass_both_sides_are_the_same_people(paths: list[Path]) -> None:
    ledgers = {"screening": screening(paths), **at_gates(paths)}
    for counts in ledgers.values():
        came = sum(n for (side, _), n in counts.items() if side == CAME)
        gone = sum(n for (side, _), n in counts.items() if side != CAME)
        assert came == gone
    assert sum(ledgers["screening"].values()) == 2 * len(paths)
    for gate, counts in at_gates(paths).items():
        there = sum(1 for path in paths if any(one.gate == gate for one in path.steps))
        assert sum(n for (side, _), n in counts.items() if side == CAME) == there
