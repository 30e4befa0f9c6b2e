"""What was typed offline is in force or kept once, whatever the link, the laptop and the registry do."""

import shutil
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from field_client import enrolment, home, sync
from field_client.store import reading
from schema import points
from schema.change import Change
from schema.problems import Unreachable
from tests.databases import FreshDatabase
from tests.faults import checks
from tests.faults.relay import Relay
from tests.field_client.agreeing import agrees, case, edit, person, save
from tests.field_client.registry import PASSPHRASE, Registry, serving
from tests.field_client.restoring import backup, moved_to, restored
from tests.schema.programme import A, B
from tests.server.desk import Desk
from tests.walk.peer_failures.fleet import (
    Fleet,
    at_the_registry,
    met,
    phone,
    unsent,
)


def test_the_same_field_on_two_laptops_keeps_both_values_until_a_person_chooses(
    registry: Registry, fleet: Fleet
) -> None:
    """primeroIMS/primero#508: the later arrival won, and nobody was told."""
    who = met(registry, fleet.awa, fleet.idriss)
    edit(fleet.awa, "person", who, phone="0101")
    edit(fleet.idriss, "person", who, phone="0202")
    sync.run(fleet.awa)
    assert sync.run(fleet.idriss).disputed == 1
    sync.run(fleet.awa)
    for laptop in (fleet.awa, fleet.idriss):
        with laptop.opened() as db:
            [dispute] = [d for d in reading.listed(db, "dispute", {}) if d["record_id"] == who]
        sides = (dispute["state"], dispute["inforce"], dispute["side"])
        assert sides == ("open", {"phone": "0101"}, {"phone": "0202"})
        assert phone(laptop, who) == "0101"


def test_a_value_that_went_there_and_back_offline_ends_as_it_was_typed_last(
    registry: Registry, fleet: Fleet
) -> None:
    """Primero's queue drops a request whose body equals one that already waits."""
    who = met(registry, fleet.awa)
    for typed in ("0101", "0202", "0101"):
        edit(fleet.awa, "person", who, phone=typed)
    units = unsent(fleet.awa)
    assert sync.run(fleet.awa).sent == 3
    assert at_the_registry(registry, who) == "0101"
    assert checks.outcomes(registry, units) == ["applied"] * 3


def test_another_officer_on_the_same_laptop_takes_nothing_away_that_was_not_sent(
    registry: Registry, fleet: Fleet
) -> None:
    """Primero empties the browser's store, its queue included, when somebody else signs in."""
    save(fleet.awa, person(name="Of Awa alone"))
    waiting = unsent(fleet.awa)
    shared = fleet.awa.folder.parent
    other = enrolment.enrol(shared, registry.url, registry.code("bakary"), PASSPHRASE, "second")
    sync.run(other)
    with other.opened() as db:
        assert reading.people(db, "Of Awa alone") == []
    assert (unsent(fleet.awa), unsent(other)) == (waiting, [])
    assert sync.run(fleet.awa).sent == 1
    assert checks.outcomes(registry, waiting) == ["applied"]


def test_a_reply_that_is_lost_after_the_commit_makes_nobody_twice(
    registry: Registry, fleet: Fleet, relay: Relay
) -> None:
    """opencrvs/opencrvs-core#7477: on a slow link one birth was sent twice and stored twice."""
    moved_to(Registry(registry.app, relay.url, registry.folder), fleet.awa)
    save(fleet.awa, person(name="Once And Only"))
    units, relay.lets = unsent(fleet.awa), 0
    with pytest.raises(Unreachable):
        sync.run(fleet.awa)
    assert checks.outcomes(registry, units) == ["applied"]
    relay.lets = None
    sync.run(fleet.awa)
    moved_to(registry, fleet.awa)
    assert checks.outcomes(registry, units) == ["applied"]
    checks.all_is_well(registry, fleet.awa)


def test_an_edit_made_while_a_sync_goes_on_is_sent_by_the_next_and_disputes_nothing(
    registry: Registry, fleet: Fleet
) -> None:
    """Kinto/kinto.js#788: an edit during a sync ended in a conflict that nobody could clear."""
    who = met(registry, fleet.awa)
    edit(fleet.awa, "person", who, phone="0101")
    later = iter(["0202"])

    def typing() -> None:
        for typed in later:
            edit(fleet.awa, "person", who, phone=typed)

    with mock.patch.dict(points._acts, {"after save, before send": typing}):
        assert sync.run(fleet.awa).sent == 1
    assert (phone(fleet.awa, who), at_the_registry(registry, who)) == ("0202", "0101")
    done = sync.run(fleet.awa)
    assert (done.sent, done.disputed, at_the_registry(registry, who)) == (1, 0, "0202")


def test_lines_that_arrive_in_the_wrong_order_are_judged_in_the_right_one(
    registry: Registry, fleet: Fleet
) -> None:
    """getodk/central#669: updates sent out of order broke the state of an entity."""
    who = met(registry, fleet.awa)
    # The first and the last line of a body are those that can be read alone.
    for typed in ("0101", "0202"):
        edit(fleet.awa, "person", who, phone=typed)
    units, request = unsent(fleet.awa), sync.request

    def shuffled(db: sync.Database, *given: Any) -> tuple[bytes, int]:
        body, beyond = request(db, *given)
        hello, *ops, end = body.splitlines(keepends=True)
        return b"".join([hello, *reversed(ops), end]), beyond

    with mock.patch.object(sync, "request", shuffled):
        sync.run(fleet.awa)
    assert at_the_registry(registry, who) == "0202"
    assert checks.outcomes(registry, units) == ["applied"] * 2


@pytest.mark.repairs
def test_a_registry_restored_from_yesterdays_backup_gets_back_what_it_had_acknowledged(
    engine: str, fresh_database: FreshDatabase, tmp_path: Path
) -> None:
    """medic/cht-core#8093: phones thought that it was sent, and never sent it again."""
    with serving(fresh_database(engine), tmp_path) as burning:
        laptop = burning.laptop("awa")
        night = backup(burning)
        who = met(burning, laptop)
        assert unsent(laptop) == []
    with restored(burning, night, fresh_database(engine, migrated=False)) as back:
        assert back.row("person", who) is None
        moved_to(back, laptop)
        sync.run(laptop)
        assert back.row("person", who)
        assert agrees(laptop, back)


@pytest.mark.repairs
def test_a_laptop_restored_from_an_old_image_loses_and_doubles_nothing(
    registry: Registry, tmp_path: Path
) -> None:
    """Tamanu: a restored facility is "in the past", and every device has to sync anew."""
    laptop = registry.laptop("awa", "imaged")
    who = met(registry, laptop)
    shutil.copytree(laptop.folder, tmp_path / "image")
    edit(laptop, "person", who, phone="0101")
    units = unsent(laptop)
    sync.run(laptop)
    old = home.Unlocked(tmp_path / "image", laptop.key)
    edit(old, "person", who, alias="Ibra")
    units += unsent(old)
    sync.run(old)
    assert checks.outcomes(registry, units) == ["applied", "merged"]
    assert phone(old, who) == "0101"
    assert agrees(old, registry)


def test_what_was_written_on_a_case_that_had_moved_reaches_its_new_owner(
    registry: Registry, fleet: Fleet
) -> None:
    """medic/cht-core#5701: after a family had moved, the old phone's edits never arrived, silently."""
    who = person()
    passage = case(who)
    save(fleet.awa, who, passage)
    sync.run(fleet.awa)
    registry.write(Change("set", "case", passage.record, {"caseload_id": B}, {"caseload_id": A}))
    edit(fleet.awa, "person", who.record, phone="0101")
    units = unsent(fleet.awa)
    assert sync.run(fleet.awa).sent == 1
    assert checks.outcomes(registry, units) == ["merged"]
    sync.run(fleet.bakary)
    assert (phone(fleet.awa, who.record), phone(fleet.bakary, who.record)) == (None, "0101")
    reader = Desk(registry.app).signed_in("Mariam")
    assert passage.record in reader.get("/handover").text
