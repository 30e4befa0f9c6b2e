"""Fetching snapshot files: resumed at the byte, checked to the last one, and pages wherever one fails."""

from collections.abc import Callable, Iterator
from unittest import mock

import pytest

from field_client import enrolment, home, moments, sync, transport
from field_client import snapshots as files
from field_client.store import rows
from schema import encodings, points
from schema.problems import NotFound, Unreachable
from server.db import reading
from server.sync import shelf, snapshots
from server.tables import bucket
from tests.field_client.agreeing import agrees, case, edit, person, save
from tests.field_client.registry import PASSPHRASE, Registry, running
from tests.field_client.tampering import Tampering
from tests.schema.programme import A, B

PEOPLE = 40


@pytest.fixture(autouse=True)
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file is worth while for a few people, and what comes of it is kept in small parts."""
    monkeypatch.setattr(snapshots, "LEAST_RECORDS", PEOPLE)
    monkeypatch.setattr(files, "KEPT", 500)
    monkeypatch.setattr(transport, "READ_SIZE", 250)


@pytest.fixture
def awa(registry: Registry) -> home.Unlocked:
    """Awa's laptop, on which some people have been registered."""
    awa = registry.laptop("awa")
    for number in range(PEOPLE):
        who = person(name=f"Person {number}", alias=f"Alias {number * number}")
        save(awa, who, case(who))
    sync.run(awa)
    return awa


@pytest.fixture
def link(registry: Registry, awa: home.Unlocked) -> Tampering:
    """What Awa's second laptop goes through."""
    return Tampering(registry.app)


@pytest.fixture
def second(registry: Registry, link: Tampering) -> Iterator[home.Unlocked]:
    """Awa's second laptop, which has fetched nothing yet."""
    with running(link) as url:
        yield enrolment.enrol(registry.folder / "second", url, registry.code("awa"), PASSPHRASE)


def size_of(registry: Registry) -> int:
    [path] = registry.app.extensions["ddr_config"].data.glob("snapshots/*/*-*")
    return int(path.stat().st_size)


def kept_of_it(laptop: home.Unlocked) -> int:
    with laptop.opened() as db:
        return int(rows.one(db, "SELECT coalesce(sum(length(body)), 0) FROM fetched_part"))


def shown(laptop: home.Unlocked) -> int:
    with laptop.opened() as db:
        return db.table("person").count


def test_a_first_sync_fetches_a_file_and_shows_what_pages_would_have_brought(
    registry: Registry, second: home.Unlocked, link: Tampering
) -> None:
    done = sync.run(second)
    assert (done.round_trips, len(link.asked), done.unequal) == (3, 1, 0)
    assert link.sent == size_of(registry)
    assert (shown(second), kept_of_it(second)) == (PEOPLE, 0)
    assert agrees(second, registry)
    assert sync.run(second).round_trips == 1


def test_what_is_newer_than_the_file_is_shown_together_with_it(
    registry: Registry, awa: home.Unlocked, second: home.Unlocked
) -> None:
    sync.run(second)
    third = registry.laptop("awa", "third")
    with awa.opened() as db:
        who = rows.one(db, "SELECT id FROM person")
    edit(awa, "person", who, alias="Newer")
    save(awa, person(name="Late"))
    sync.run(awa)
    fourth = registry.laptop("awa", "fourth")
    assert shown(fourth) == shown(third) + 1 == PEOPLE + 1
    assert agrees(fourth, registry)
    with fourth.opened() as db:
        row = rows.fetch(db, "person", who)
        assert row
        assert row["alias"] == "Newer"


def test_after_a_cut_at_any_byte_the_rest_alone_is_fetched(
    registry: Registry, second: home.Unlocked, link: Tampering
) -> None:
    link.cuts = [0, 1, 499, 500, 501, 7, 300]
    for gone in range(1, len(link.cuts) + 1):
        with pytest.raises(Unreachable):
            sync.run(second)
        assert kept_of_it(second) == link.sent
        assert shown(second) == 0, f"shown after cut {gone}"
    sync.run(second)
    assert link.sent == size_of(registry)
    assert link.starts == [0, 0, 1, 500, 1_000, 1_501, 1_508, 1_808]
    assert agrees(second, registry)


@pytest.mark.parametrize("part", [0.0, 0.5, 1.0])
def test_a_file_that_was_altered_at_any_byte_is_refused_and_pages_come(
    registry: Registry, second: home.Unlocked, link: Tampering, part: float
) -> None:
    sync.run(registry.laptop("awa", "third"))
    link.flips = round((size_of(registry) - 1) * part)
    done = sync.run(second)
    assert (len(link.asked), done.unequal, kept_of_it(second)) == (1, 0, 0)
    assert shown(second) == PEOPLE
    assert agrees(second, registry)


def test_where_no_parts_can_be_asked_for_pages_come_after_a_cut(
    registry: Registry, second: home.Unlocked, link: Tampering
) -> None:
    link.ranges, link.cuts = False, [600]
    with pytest.raises(Unreachable):
        sync.run(second)
    sync.run(second)
    assert (len(link.asked), kept_of_it(second)) == (2, 0)
    assert agrees(second, registry)


def test_a_file_that_is_gone_when_it_is_asked_for_leaves_pages(
    registry: Registry, second: home.Unlocked, link: Tampering
) -> None:
    with mock.patch.object(snapshots, "open_to", side_effect=NotFound):
        sync.run(second)
    assert len(link.asked) == 1
    assert agrees(second, registry)


def test_a_download_goes_on_with_its_file_while_a_newer_one_is_offered(
    registry: Registry, awa: home.Unlocked, second: home.Unlocked, link: Tampering
) -> None:
    link.cuts = [700]
    with pytest.raises(Unreachable):
        sync.run(second)
    for number in range(PEOPLE):
        save(awa, person(name=f"New {number}"))
    sync.run(awa)
    registry.laptop("awa", "third")
    sync.run(second)
    assert link.asked[1].startswith("bytes=700-")
    assert (shown(second), kept_of_it(second)) == (2 * PEOPLE, 0)
    assert agrees(second, registry)


def test_a_download_of_what_has_lost_somebody_begins_anew_and_brings_nothing_of_them(
    registry: Registry, awa: home.Unlocked, second: home.Unlocked, link: Tampering
) -> None:
    link.cuts = [700]
    with pytest.raises(Unreachable):
        sync.run(second)
    with awa.opened() as db:
        row = rows.select(db, 'SELECT id, person_id FROM "case"')[0]
    edit(awa, "case", row["id"], process="child")
    sync.run(awa)
    sync.run(second)
    assert link.starts == [0, 700, 0]
    with second.opened() as db:
        assert rows.fetch(db, "person", row["person_id"]) is None
    assert agrees(second, registry)


def test_what_has_come_of_a_bucket_that_closes_is_dropped_with_the_next_answer(
    registry: Registry, second: home.Unlocked, link: Tampering
) -> None:
    link.cuts = [700]
    with pytest.raises(Unreachable):
        sync.run(second)
    assert kept_of_it(second) == 700
    registry.end_grants("awa")
    sync.run(second)
    assert (kept_of_it(second), shown(second)) == (0, 0)


class PowerCut(BaseException):
    """Ends what a laptop does, wherever it is."""


def _lose_power() -> None:
    raise PowerCut


# Where the power goes, and from which bytes on the file is fetched.
LOST: dict[str, Callable[[int], list[int]]] = {
    "while fetching a snapshot": lambda size: [0, 500],
    "between snapshot and stage": lambda size: [0, (size - 1) // 500 * 500],
    "between stage and promote": lambda size: [0],
}


@pytest.mark.parametrize("point", LOST)
def test_a_power_cut_while_a_file_is_fetched_or_staged_costs_no_more_than_a_part(
    registry: Registry, second: home.Unlocked, link: Tampering, point: str
) -> None:
    with mock.patch.dict(points._acts, {point: _lose_power}), pytest.raises(PowerCut):
        sync.run(second)
    assert shown(second) == 0
    sync.run(second)
    assert link.starts == LOST[point](size_of(registry))
    assert agrees(second, registry)


def test_a_laptop_without_the_package_fetches_the_other_file(
    registry: Registry, second: home.Unlocked
) -> None:
    registry.laptop("awa", "third")
    with mock.patch.object(transport, "known", return_value=(encodings.GZIP,)):
        sync.run(second)
    data = registry.app.extensions["ddr_config"].data
    assert sorted(p.suffix for p in data.glob("snapshots/*/*-*")) == [".gzip", ".zstd"]
    assert agrees(second, registry)


def test_who_comes_while_the_file_is_made_waits_for_it_and_after_a_while_takes_pages(
    registry: Registry, second: home.Unlocked, link: Tampering, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    monkeypatch.setattr(moments, "wait", waits.append)
    with registry.app.app_context(), shelf.held() as mine:
        assert mine
        done = sync.run(second)
    assert waits == [snapshots.AGAIN] * files.MOST_WAITS
    assert (link.asked, done.round_trips) == ([], files.MOST_WAITS + 2)
    assert agrees(second, registry)


def test_the_file_is_fetched_as_soon_as_it_is_there(
    registry: Registry, second: home.Unlocked, link: Tampering, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = _number(registry)

    def wait(_seconds: float) -> None:
        with registry.app.app_context():
            held.__exit__(None, None, None)
            snapshots.made(number, f"case:{A}", encodings.ZSTD)

    monkeypatch.setattr(moments, "wait", wait)
    with registry.app.app_context():
        held = shelf.held()
        assert held.__enter__()
        sync.run(second)
    assert len(link.asked) == 1
    assert agrees(second, registry)


def _number(registry: Registry) -> int:
    with registry.app.app_context(), reading() as conn:
        query = bucket.select().where(bucket.c.compartment == "case", bucket.c.scope == A)
        return int(conn.execute(query).one().id)


@pytest.fixture
def gaining(registry: Registry, second: home.Unlocked) -> home.Unlocked:
    """The second laptop, synced, of an officer who has just been given another caseload."""
    bakary = registry.laptop("bakary")
    for number in range(PEOPLE):
        save(bakary, person(name=f"B {number}", caseload_id=B))
    sync.run(bakary)
    sync.run(second)
    registry.add_grant("awa", "field-officer", B)
    return second


def test_a_bucket_that_is_gained_later_comes_as_a_file_too(
    registry: Registry, gaining: home.Unlocked, link: Tampering
) -> None:
    sync.run(gaining)
    assert (len(link.asked), shown(gaining)) == (2, 2 * PEOPLE)
    assert agrees(gaining, registry)


def test_what_waits_here_is_handed_in_before_anything_is_fetched(
    registry: Registry, gaining: home.Unlocked, link: Tampering
) -> None:
    who = person(name="Only here")
    save(gaining, who)
    link.cuts = [10]
    with pytest.raises(Unreachable):
        sync.run(gaining)
    assert registry.row("person", who.record)
    assert shown(gaining) == PEOPLE + 1
