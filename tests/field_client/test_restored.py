"""The registry burns and comes back from last night's backup: laptops refill it by themselves."""

from collections.abc import Callable

import pytest

from field_client import home, sync
from field_client.store import acts, facts, outbox, rows, saving, states
from schema.change import Change
from schema.problems import OlderRegistry
from server import epochs, highwater
from server.actor import SYSTEM
from server.arrivals import reports, witness
from server.db import reading, writing
from server.highwater import Mark
from tests.databases import FreshDatabase
from tests.field_client.acting import case, edit, person
from tests.field_client.registry import Registry
from tests.field_client.restoring import backup, faults, moved_to, restored
from tests.schema.programme import A


@pytest.fixture
def elsewhere(fresh_database: FreshDatabase, engine_name: str) -> Callable[[], str]:
    """Empty databases to restore into."""
    return lambda: fresh_database(engine_name, migrated=False)


def register(laptop: home.Unlocked, name: str, **values: object) -> str:
    """Somebody with a case, saved on a laptop."""
    who = person(name=name, caseload_id=A, **values)
    with laptop.opened() as db:
        saving.save(db, [who, case(who, caseload_id=A)])
    return who.record


def shown(laptop: home.Unlocked, record_id: str) -> dict[str, object]:
    with laptop.opened() as db:
        return rows.fetch(db, "person", record_id) or {}


def log(laptop: home.Unlocked) -> list[int]:
    """The numbers of the Units that are kept on a laptop."""
    with laptop.opened() as db:
        return [row["n"] for row in rows.select(db, "SELECT n FROM outbox ORDER BY incarnation, n")]


def phone(registry: Registry, record_id: str, number: str) -> None:
    """Somebody at the registry writes a telephone number on a page."""
    registry.write(Change("set", "person", record_id, {"phone": number}, {"phone": None}))


def counted(registry: Registry) -> witness.Counted:
    with registry.app.app_context(), reading() as conn:
        return witness.counted(conn)


def given_up(registry: Registry, laptop: home.Unlocked) -> dict[int, list[tuple[int, int]]]:
    with laptop.opened() as db:
        device = facts.device(db).id
    with registry.app.app_context(), reading() as conn:
        return reports.missing(conn, device)


def test_what_was_saved_since_the_backup_is_sent_again_and_everything_agrees(registry, elsewhere):
    """R8, R12."""
    awa, other = registry.laptop("awa"), registry.laptop("awa", "awa2")
    abel = register(awa, "Abel")
    sync.run(awa)
    file = backup(registry)
    binta = register(awa, "Binta")
    sync.run(awa)
    sync.run(other)
    with other.opened() as db:
        edit(db, "person", abel, alias="Bel")
        edit(db, "person", binta, alias="Bi")
    sync.run(other)
    with restored(registry, file, elsewhere()) as again:
        assert again.row("person", binta) is None
        moved_to(again, awa, other)
        for laptop in (other, awa, other, awa):
            sync.run(laptop)
        for record_id, alias in ((abel, "Bel"), (binta, "Bi")):
            assert again.row("person", record_id)["alias"] == alias
            assert {shown(laptop, record_id)["alias"] for laptop in (awa, other)} == {alias}
        assert (faults(again), counted(again).missing, counted(again).differ) == ([], 0, 0)
        assert (sync.run(awa).sent, sync.run(awa).fetched) == (0, 0)


def test_what_was_written_on_a_page_since_the_backup_is_witnessed_and_not_applied(
    registry, elsewhere
):
    awa = registry.laptop("awa")
    abel = register(awa, "Abel")
    sync.run(awa)
    file = backup(registry)
    phone(registry, abel, "77")
    sync.run(awa)
    with restored(registry, file, elsewhere()) as again:
        moved_to(again, awa)
        sync.run(awa)
        assert (again.row("person", abel)["phone"], shown(awa, abel)["phone"]) == (None, None)
        assert counted(again) == witness.Counted(1, 0, 1, 0)
        phone(again, abel, "77")
        assert counted(again) == witness.Counted(1, 1, 0, 0)


def test_a_record_that_left_and_is_back_at_the_registry_is_back_here(registry, elsewhere):
    awa = registry.laptop("awa")
    abel = register(awa, "Abel", birth_date="1990-01-01")
    sync.run(awa)
    file = backup(registry)
    registry.write(Change("set", "person", abel, {"birth_date": "2012-01-01"}))
    sync.run(awa)
    assert shown(awa, abel) == {}
    with restored(registry, file, elsewhere()) as again:
        moved_to(again, awa)
        sync.run(awa)
        assert shown(awa, abel)["birth_date"] == "1990-01-01"


def test_what_a_backup_holds_leaves_the_log_from_the_front_and_nothing_is_given_up(
    registry, elsewhere
):
    """R25, R5."""
    awa = registry.laptop("awa")
    abel = register(awa, "Abel")
    sync.run(awa)
    assert log(awa) == [1]
    file = backup(registry)
    binta = register(awa, "Binta")
    sync.run(awa)
    assert log(awa) == [2]
    with awa.opened() as db:
        found = states.states_of(db, [abel, binta])
        assert {where.state for where in (found[abel], found[binta])} == {"backup", "registry"}
        assert outbox.lowest_held(db) == {"1": 2}
    sync.run(awa)
    assert given_up(registry, awa) == {}
    with restored(registry, file, elsewhere()) as again:
        moved_to(again, awa)
        sync.run(awa)
        assert given_up(again, awa) == {}
        assert again.row("person", binta)


def test_a_unit_that_is_still_laid_on_top_stays_and_all_after_it(registry):
    """R25."""
    awa = registry.laptop("awa")
    register(awa, "Abel")
    unknown = acts.create("person", {"name": "Held", "sex": "male", "caseload_id": A})
    with awa.opened() as db:
        saving.save(db, [unknown])
    sync.run(awa)
    with awa.opened() as db:
        db.execute("UPDATE outbox SET outcome = 'held', open = 1 WHERE n = 2")
    register(awa, "Binta")
    sync.run(awa)
    backup(registry)
    sync.run(awa)
    assert log(awa) == [2, 3]


def test_a_child_is_kept_sealed_until_a_backup_holds_it(registry):
    """R1."""
    awa = registry.laptop("awa")
    register(awa, "Kadidiatou", birth_date="2015-06-01")
    sync.run(awa)
    with awa.opened() as db:
        [text] = [row["payload"] for row in rows.select(db, "SELECT payload FROM outbox")]
        assert text.startswith("age:")
    backup(registry)
    sync.run(awa)
    assert log(awa) == []
    with awa.opened() as db:
        assert rows.select(db, "SELECT * FROM touched") == []


def test_a_line_that_was_sealed_after_it_had_arrived_goes_again_as_what_it_was(registry, elsewhere):
    awa = registry.laptop("awa")
    file = backup(registry)
    abel = register(awa, "Abel")
    sync.run(awa)
    with awa.opened() as db:
        edit(db, "person", abel, birth_date="2012-01-01")
        assert rows.one(db, "SELECT payload FROM outbox WHERE n = 1").startswith("age:")
    sync.run(awa)
    with restored(registry, file, elsewhere()) as again:
        moved_to(again, awa)
        for _ in range(2):
            sync.run(awa)
        row = again.row("person", abel)
        assert (row["compartment"], str(row["birth_date"])) == ("child", "2012-01-01")
        with awa.opened() as db:
            assert states.pending(db).only_here == states.pending(db).held == 0
        assert faults(again) == []


def test_a_registry_put_back_to_before_what_was_forgotten_gives_that_up_and_goes_on(
    registry, elsewhere
):
    """R5: whoever restores an older backup than the last loses what laptops were told is safe."""
    awa = registry.laptop("awa")
    register(awa, "Abel")
    sync.run(awa)
    first = backup(registry, "first")
    register(awa, "Binta")
    sync.run(awa)
    backup(registry, "second")
    sync.run(awa)
    assert log(awa) == []
    cora = register(awa, "Cora")
    with restored(registry, first, elsewhere()) as again:
        moved_to(again, awa)
        for _ in range(2):
            sync.run(awa)
        assert given_up(again, awa) == {1: [(2, 2)]}
        assert again.row("person", cora)


def test_a_pull_that_was_under_way_when_the_registry_burnt_begins_again(registry, elsewhere):
    awa = registry.laptop("awa")
    abel = register(awa, "Abel")
    sync.run(awa)
    phone(registry, abel, "77")
    # The page with that had come, and was not promoted.
    with awa.opened() as db:
        place = (f"case:{A}", registry.head())
        db.execute("INSERT INTO stage_cursor (bucket, seq) VALUES (?, ?)", place)
    file = backup(registry)
    with restored(registry, file, elsewhere()) as again:
        moved_to(again, awa)
        sync.run(awa)
        assert shown(awa, abel)["phone"] == "77"


def test_who_put_the_registry_back_by_hand_still_gets_what_laptops_have(registry):
    awa = registry.laptop("awa")
    config = registry.app.extensions["ddr_config"]
    with registry.app.app_context(), reading() as conn:
        here = epochs.standing(conn)
    highwater.raise_to(config.data, Mark(here.epoch, here.n + 9, here.epoch_id))
    abel = register(awa, "Abel")
    with pytest.raises(OlderRegistry):
        sync.run(awa)
    with awa.opened() as db:
        assert states.pending(db).only_here == 0
        assert states.state_of(db, abel).state == "registry"
    with registry.app.app_context(), writing() as conn:
        reached = highwater.read(config.data)
        epochs.open_further(conn, SYSTEM, epochs.BY_HAND, reached=reached)
    sync.run(awa)
    assert registry.row("person", abel)


def test_what_is_sealed_above_a_pruned_log_still_fits_its_chain(registry):
    awa = registry.laptop("awa")
    abel = register(awa, "Abel")
    sync.run(awa)
    backup(registry)
    sync.run(awa)
    assert log(awa) == []
    with awa.opened() as db:
        edit(db, "person", abel, alias="Bel")
        edit(db, "person", abel, birth_date="2012-01-01")
    sync.run(awa)
    with awa.opened() as db:
        assert (outbox.tip(db)[:2], outbox.chains(db)) == ((1, 3), [1])
