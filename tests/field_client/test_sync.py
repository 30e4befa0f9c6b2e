"""Laptops and a real registry: what is saved on one is seen where it should be, once, and nowhere else."""

import gzip
import secrets
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from field_client import home, sync
from field_client.store import acts, reading, rows, saving, states
from schema import frames
from schema.change import Change
from schema.entities import BY_NOUN
from schema.problems import Unreachable
from server.accounts import Place
from tests.field_client.registry import Registry
from tests.schema.programme import STORE_A, A, B


def register(laptop: home.Unlocked, scope: str = A, **values: object) -> tuple[Change, Change]:
    """A person with a case, saved on a laptop."""
    said = {"name": "Ibrahim Sow", "sex": "male", "birth_date": "1990-01-01"}
    who = acts.create("person", {**said, "caseload_id": scope, **values})
    passage = acts.create(
        "case", {"person_id": who.record, "caseload_id": scope, "process": "adult"}
    )
    with laptop.opened() as db:
        saving.save(db, [who, passage])
    return who, passage


def change(laptop: home.Unlocked, noun: str, record_id: str, **values: object) -> None:
    with laptop.opened() as db:
        changed = acts.change(db, noun, record_id, values)
        assert changed
        saving.save(db, [changed])


def shown(laptop: home.Unlocked, noun: str, record_id: str) -> dict[str, object] | None:
    with laptop.opened() as db:
        return rows.fetch(db, noun, record_id)


def moved(summary: sync.Summary) -> tuple[int, int]:
    return summary.sent, summary.fetched


def test_a_person_registered_offline_reaches_the_registry_once(registry: Registry) -> None:
    awa = registry.laptop("awa")
    who, passage = register(awa)
    gun = acts.create(
        "weapon",
        {"case_id": passage.record, "store_id": STORE_A, "class": "small-arm", "type": "rifle"},
    )
    with awa.opened() as db:
        saving.save(db, [gun])
    first = sync.run(awa)
    assert (first.sent, first.fetched, first.round_trips) == (2, 0, 1)
    assert moved(sync.run(awa)) == (0, 0)
    stored = registry.row("person", who.record)
    assert stored
    assert stored["name"] == "Ibrahim Sow"
    with awa.opened() as db:
        assert states.state_of(db, who.record).state == "registry"
        assert reading.get(db, "weapon", gun.record)["case_id"] == passage.record


def test_an_edit_in_another_caseload_moves_nothing_and_in_mine_exactly_one(
    registry: Registry,
) -> None:
    awa, bakary = registry.laptop("awa"), registry.laptop("bakary")
    who, _ = register(awa)
    sync.run(awa)
    register(bakary, scope=B)
    sync.run(bakary)
    assert moved(sync.run(awa)) == (0, 0)
    registry.write(Change("set", "person", who.record, {"phone": "77"}, {"phone": None}))
    assert moved(sync.run(awa)) == (0, 1)
    row = shown(awa, "person", who.record)
    assert row
    assert row["phone"] == "77"


def test_different_fields_of_one_record_are_both_in_force_everywhere(registry: Registry) -> None:
    awa, other = registry.laptop("awa"), registry.laptop("awa", "awa2")
    who, _ = register(awa)
    sync.run(awa)
    sync.run(other)
    change(awa, "person", who.record, phone="77")
    change(other, "person", who.record, alias="Ibra")
    for laptop in (awa, other, awa):
        sync.run(laptop)
    for laptop in (awa, other):
        row = shown(laptop, "person", who.record)
        assert row
        assert (row["phone"], row["alias"]) == ("77", "Ibra")


def test_the_same_field_is_disputed_and_settled_on_a_laptop(registry: Registry) -> None:
    awa, other = registry.laptop("awa"), registry.laptop("awa", "awa2")
    who, _ = register(awa)
    sync.run(awa)
    sync.run(other)
    change(awa, "person", who.record, phone="77")
    change(other, "person", who.record, phone="88")
    sync.run(awa)
    second = sync.run(other)
    assert (second.sent, second.disputed) == (1, 1)
    with other.opened() as db:
        assert reading.get(db, "person", who.record)["phone"] == "77"
        [dispute] = reading.listed(db, "dispute", {"state": "open"})
        assert dispute["side"] == {"phone": "88"}
        assert states.state_of(db, who.record).state == "disputed"
        saving.save(db, [acts.settle(db, dispute["id"], "take", "They called")])
        assert reading.get(db, "person", who.record)["phone"] == "88"
    for laptop in (other, awa):
        sync.run(laptop)
        row = shown(laptop, "person", who.record)
        assert row
        assert row["phone"] == "88"


def test_a_child_is_handed_in_sealed_and_seen_by_no_adult_laptop(registry: Registry) -> None:
    awa, other = registry.laptop("awa"), registry.laptop("awa", "awa2")
    who, _ = register(awa, name="Kadidiatou", birth_date="2015-06-01")
    assert moved(sync.run(awa)) == (1, 0)
    assert moved(sync.run(other)) == (0, 0)
    stored = registry.row("person", who.record)
    assert stored
    assert stored["compartment"] == "child"
    with awa.opened() as db:
        assert states.pending(db).only_here == 0


def test_a_storekeeper_holds_weapons_whose_case_never_arrives(registry: Registry) -> None:
    awa, faraj = registry.laptop("awa"), registry.laptop("faraj")
    _, passage = register(awa)
    gun = acts.create(
        "weapon",
        {"case_id": passage.record, "store_id": STORE_A, "class": "small-arm", "type": "rifle"},
    )
    with awa.opened() as db:
        saving.save(db, [gun])
    sync.run(awa)
    sync.run(faraj)
    row = shown(faraj, "weapon", gun.record)
    assert row
    assert row["case_id"] == passage.record
    assert shown(faraj, "case", passage.record) is None


def test_a_case_that_moves_leaves_one_laptop_for_another(registry: Registry) -> None:
    awa, bakary = registry.laptop("awa"), registry.laptop("bakary")
    who, passage = register(awa)
    sync.run(awa)
    registry.write(Change("set", "case", passage.record, {"caseload_id": B}, {"caseload_id": A}))
    said = {"case_id": passage.record, "type": "TVT", "start_date": "2026-01-01"}
    service = acts.create("service", said)
    with awa.opened() as db:
        saving.save(db, [service])
    assert sync.run(awa).sent == 1
    for noun, record_id in (
        ("person", who.record),
        ("case", passage.record),
        ("service", service.record),
    ):
        assert shown(awa, noun, record_id) is None
    sync.run(bakary)
    row = shown(bakary, "service", service.record)
    assert row
    assert row["scope"] == B


def test_a_registry_that_does_not_answer_loses_nothing(registry: Registry) -> None:
    awa = registry.laptop("awa")
    register(awa)
    with awa.opened() as db:
        db.execute("UPDATE meta SET value = '\"http://127.0.0.1:9\"' WHERE name = 'url'")
    with pytest.raises(Unreachable):
        sync.run(awa)
    with awa.opened() as db:
        assert states.pending(db).only_here == 1


def test_a_cloned_laptop_loses_nothing(registry: Registry, tmp_path: Path) -> None:
    awa = registry.laptop("awa")
    shutil.copytree(awa.folder, tmp_path / "clone")
    clone = home.Unlocked(tmp_path / "clone", awa.key)
    one, _ = register(awa, name="Moussa")
    two, _ = register(clone, name="Ousmane")
    assert sync.run(awa).sent == 1
    assert sync.run(clone).sent == 1
    assert sync.run(awa).fetched == 2
    for who in (one, two):
        assert registry.row("person", who.record)
        assert shown(awa, "person", who.record)


def test_many_edits_go_in_requests_of_bounded_size(registry: Registry) -> None:
    awa = registry.laptop("awa")
    who, _ = register(awa)
    with awa.opened() as db:
        for _ in range(120):
            noise = {"note": secrets.token_hex(3_000)}
            changed = acts.change(db, "person", who.record, {"custom": noise})
            assert changed
            saving.save(db, [changed])
        body, beyond = sync.request(db)
    assert beyond > 0
    assert len(gzip.compress(body)) <= frames.BODY_LIMIT
    done = sync.run(awa)
    assert done.sent == 121
    assert done.round_trips > 1
    row = registry.row("person", who.record)
    assert row
    assert row["custom"] == noise


def test_two_syncs_at_once_wait_for_each_other(registry: Registry) -> None:
    awa = registry.laptop("awa")
    register(awa)
    with ThreadPoolExecutor(4) as threads:
        done = list(threads.map(lambda _: sync.run(awa).sent, range(4)))
    assert sorted(done) == [0, 0, 0, 1]


def test_ones_own_push_echoes_nothing_even_with_marks_and_gates(registry: Registry) -> None:
    awa = registry.laptop("awa")
    _, passage = register(awa, birth_date=None)
    gate = {"case_id": passage.record, "gate": "registered", "date": "2026-01-01"}
    with awa.opened() as db:
        saving.save(db, [acts.create("gate_event", gate)])
        marked = [row["rule"] for row in reading.listed(db, "flag", {"state": "open"})]
    assert marked == ["age-is-known"]
    assert moved(sync.run(awa)) == (2, 0)
    assert moved(sync.run(awa)) == (0, 0)


def test_who_may_do_nothing_any_more_hands_in_what_there_is_and_keeps_no_row(
    registry: Registry,
) -> None:
    awa = registry.laptop("awa")
    who, _ = register(awa)
    sync.run(awa)
    change(awa, "person", who.record, phone="77")
    registry.end_grants("awa")
    assert sync.run(awa).sent == 1
    with awa.opened() as db:
        left = [noun for noun in BY_NOUN if rows.one(db, f'SELECT 1 FROM "{noun}"')]
        assert left == []
        assert reading.people(db, "ibrahim") == []


def test_a_child_who_was_asked_about_an_armed_group_stops_no_laptop(registry: Registry) -> None:
    registry.add("cora", "case-worker", Place("scope", A))
    registry.add("esther", "child-protection", Place("scope", A))
    cora = registry.laptop("cora")
    who, passage = register(cora)
    group = acts.create("armed_group", {"code": "G", "name": "G"})
    asked = {"case_id": passage.record, "armed_group_id": group.record}
    with cora.opened() as db:
        saving.save(db, [group, acts.create("background", asked)])
    sync.run(cora)
    registry.write(Change("set", "person", who.record, {"birth_date": "2012-01-01"}))
    assert shown(registry.laptop("esther"), "person", who.record)
    sync.run(cora)
    assert shown(cora, "person", who.record) is None
