"""The law of the overlay: what is shown while it is open is what the registry will say, if alone."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from field_client import moments
from field_client.cipher import transaction
from field_client.store import acts, outbox, overlay, rows, saving
from schema.change import Source, Unit
from schema.judge import as_arrival, judge
from schema.policy import Sight
from schema.problems import Problem
from schema.record import Record, Working, numbered, pending
from schema.trial import Judging
from tests.field_client import laptops
from tests.field_client.acting import everything, registered, weapon
from tests.field_client.laptops import CASELOAD_A, CASELOAD_B, STORE
from tests.schema.programme import Programme

Act = tuple[str, dict[str, Any]]
NOUNS = ("person", "case", "gate_event", "service", "follow_up", "weapon", "flag")

EDITS: st.SearchStrategy[Act] = st.one_of(
    st.tuples(st.just("person"), st.sampled_from([
        {"name": "Moussa"}, {"phone": "77"}, {"phone": None}, {"birth_date": "1985-02-03"},
        {"birth_date": "1985-01-01", "birth_date_precision": "year"}, {"birth_date": None},
        {"may_be_under_18": True}, {"withdrawn_at": "2026-01-01", "withdrawn_reason": "twice"},
        {"caseload_id": CASELOAD_B},
    ])),
    st.tuples(st.just("case"), st.sampled_from([
        {"category": "associated"}, {"process": "cvr"}, {"process": "child"}, {"opened_on": "2026-01-02"},
    ])),
    st.tuples(st.just("gate_event"), st.sampled_from([
        {"gate": "registered", "date": "2026-01-01"}, {"gate": "exited", "date": "2026-01-02"},
        {"gate": "screened", "date": "2026-01-02"},
    ])),
    st.tuples(st.just("service"), st.just({"type": "TVT", "start_date": "2026-01-02"})),
    st.tuples(st.just("follow_up"), st.just({"due_date": "2026-03-01"})),
    st.tuples(st.just("weapon"), st.just({"serial": "AB-1"})),
)  # fmt: skip


def do(db: Database, who: str, passage: str, act: Act) -> None:
    """One act of Awa; what is refused is not done."""
    noun, values = act
    try:
        if noun in ("person", "case"):
            changed = acts.change(db, noun, who if noun == "person" else passage, values)
            saving.save(db, [changed] if changed else [])
        else:
            base = {"case_id": passage}
            known = (
                {"store_id": STORE, "class": "small-arm", "type": "rifle"}
                if noun == "weapon"
                else {}
            )
            saving.save(db, [acts.create(noun, {**base, **known, **values})])
    except Problem:
        return


def registry_of(db: Database) -> Programme:
    """A registry that has taken in every Unit of the outbox that can be read here, in order."""
    programme = Programme()
    for noun, ids in (("caseload", (CASELOAD_A, CASELOAD_B)), ("store", (STORE,))):
        for record_id in ids:
            programme.rows[noun, record_id] = Record(noun, record_id, {}, "programme", "reference")
    may = Sight.of(laptops.OFFICER).may
    for row in rows.select(db, "SELECT * FROM outbox ORDER BY n"):
        unit = Unit.from_text(row["payload"])
        source = Source(f"d:{laptops.DEVICE}/1", str(row["n"]), laptops.AWA, "Awa", row["n"])
        day = moments.today()
        judged = as_arrival(judge(unit, Working(programme), Judging(source, may, may, day, "now")))
        assert judged.held is None
        for place, record in enumerate(overlay.all_of(judged, Working(programme))):
            done = numbered(pending(record, place), programme.n + 1)
            programme.rows[done.key] = done
            programme.n += 1
    return programme


def shown(db: Database) -> dict[tuple[str, str], dict[str, Any]]:
    found = [(noun, row) for noun in NOUNS for row in rows.fetch_where(db, noun, "1")]
    return {(noun, row["id"]): _said(row) for noun, row in found}


def said(programme: Programme) -> dict[tuple[str, str], dict[str, Any]]:
    found = [r for r in programme.rows.values() if r.entity in NOUNS]
    return {record.key: _said(rows.as_row(record, 0)) for record in found}


def _said(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value is not None and name != "ver"}


def on_a_laptop(check: Callable[[Database, str, str], None]) -> None:
    """A fresh laptop with one person and case."""
    with tempfile.TemporaryDirectory() as folder, laptops.opened(Path(folder) / "l") as db:
        who, passage = registered(db)
        saving.save(db, [weapon(passage)])
        check(db, who.record, passage.record)


QUICK = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@QUICK
@given(st.lists(EDITS, max_size=8))
def test_what_is_open_is_shown_as_the_registry_will_say_it(edits: list[Act]) -> None:
    def check(db: Database, who: str, passage: str) -> None:
        for act in edits:
            do(db, who, passage, act)
        if any(row["shown"] is not None for row in outbox.unsent(db)):
            return  # a child: sealed, so only the registry can read it
        assert shown(db) == said(registry_of(db))

    on_a_laptop(check)


@QUICK
@given(st.lists(EDITS, max_size=8))
def test_taking_overlays_off_and_laying_them_again_changes_nothing(edits: list[Act]) -> None:
    def check(db: Database, who: str, passage: str) -> None:
        for act in edits:
            do(db, who, passage, act)
        before = everything(db)
        with transaction(db):
            overlay.lift_all(db)
            overlay.lay_all(db)
        assert everything(db) == before

    on_a_laptop(check)
