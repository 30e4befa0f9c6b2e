"""Pictures between laptops and the registry: after the records, whole or not at all, and once."""

import pytest

from field_client import carrying, sync
from field_client.store import blobs, facts, rows
from schema.picture import hash_of
from server.blobs import files
from tests.databases import FreshDatabase
from tests.field_client.photographs import (
    at_registry,
    held,
    here,
    keep_original,
    photographed,
    stored,
)
from tests.field_client.registry import Registry
from tests.field_client.restoring import backup, moved_to, restored
from tests.field_client.test_sync import register
from tests.pictures import made

PICTURE = made(1, (1200, 900))


def test_a_photo_taken_on_a_laptop_is_seen_in_the_registry_and_its_preview_on_another_laptop(
    registry: Registry,
) -> None:
    awa, second = registry.laptop("awa"), registry.laptop("awa", "second")
    _, _, attachment = photographed(awa, PICTURE)
    done = sync.run(awa)
    assert (done.sent, done.pictures_sent, done.pictures_waiting) == (2, 2, 0), done
    row = registry.row("attachment", attachment)
    assert row is not None
    assert row["sha256"] == hash_of(PICTURE.body)
    assert at_registry(registry, PICTURE.body)
    assert at_registry(registry, PICTURE.preview)
    done = sync.run(second)
    assert (done.pictures_fetched, done.pictures_waiting) == (1, 0)
    assert here(second, PICTURE.preview)
    assert not here(second, PICTURE.body)
    keep_original(second, PICTURE)
    assert sync.run(second).pictures_fetched == 1
    assert here(second, PICTURE.body)


def test_a_sync_without_pictures_asks_nothing_about_them(registry: Registry) -> None:
    awa = registry.laptop("awa")
    photographed(awa, PICTURE)
    sync.run(awa)
    # What has arrived is asked about again only when its record is in a backup.
    assert sync.run(awa).round_trips == 1


def test_two_laptops_with_the_same_photo_send_it_once(registry: Registry) -> None:
    awa, second = registry.laptop("awa"), registry.laptop("awa", "second")
    photographed(awa, PICTURE)
    sync.run(awa)
    photographed(second, PICTURE)
    done = sync.run(second)
    assert (done.pictures_sent, done.pictures_waiting) == (0, 0)
    assert [row["arrived_at"] is not None for row in held(second)] == [True, True]


def test_previews_of_all_go_before_any_original_and_the_newest_case_first(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    awa = registry.laptop("awa")
    old, new = made(2, (900, 700)), made(3, (900, 700))
    photographed(awa, old)
    photographed(awa, new)
    order: list[str] = []
    send = carrying._Run._send
    monkeypatch.setattr(
        carrying._Run,
        "_send",
        lambda run, row, at: (order.append(row["sha256"]), send(run, row, at)),
    )
    sync.run(awa)
    assert order == [hash_of(b) for b in (new.preview, old.preview, new.body, old.body)]


def test_a_sync_carries_no_more_than_its_budget_and_the_next_goes_on_at_its_byte(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    awa = registry.laptop("awa")
    photographed(awa, PICTURE)
    monkeypatch.setattr(carrying, "BUDGET", 40_000)
    monkeypatch.setattr(carrying, "MOST_CHUNK", 16_000)
    monkeypatch.setattr(carrying, "LEAST_CHUNK", 16_000)
    first = sync.run(awa)
    assert (first.sent, first.pictures_sent, first.pictures_waiting) == (2, 1, 1)
    up, syncs = 0, 0
    while not at_registry(registry, PICTURE.body):
        done = sync.run(awa)
        assert done.pictures_bytes <= 40_000 + 16_000
        up, syncs = up + done.pictures_bytes, syncs + 1
    assert syncs > 1
    assert first.pictures_bytes + up == len(PICTURE.preview) + len(PICTURE.body)


def test_no_picture_is_carried_while_an_entry_waits(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    awa = registry.laptop("awa")
    photographed(awa, PICTURE)
    chunk = carrying._Run._send_chunk

    def interrupted(run: carrying._Run, row: rows.Row, at: int) -> tuple[int, bool]:
        said = chunk(run, row, at)
        if row["preview"]:
            register(awa)
        return said

    monkeypatch.setattr(carrying._Run, "_send_chunk", interrupted)
    done = sync.run(awa)
    assert (done.pictures_sent, done.pictures_waiting) == (1, 1)
    monkeypatch.undo()
    done = sync.run(awa)
    assert (done.sent, done.pictures_sent) == (1, 1)


def test_bytes_leave_the_laptop_when_a_backup_holds_record_and_bytes_and_not_before(
    registry: Registry,
) -> None:
    awa = registry.laptop("awa")
    photographed(awa, PICTURE)
    sync.run(awa)
    sync.run(awa)
    assert here(awa, PICTURE.body)
    backup(registry)
    sync.run(awa)
    assert here(awa, PICTURE.preview)
    assert not here(awa, PICTURE.body)
    assert len(stored(awa)) == len(PICTURE.preview)
    with awa.opened() as db:
        assert blobs.counted(db) == blobs.Counted()


def test_bytes_that_came_after_the_backup_of_their_record_stay(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    awa = registry.laptop("awa")
    photographed(awa, PICTURE)
    monkeypatch.setattr(carrying, "BUDGET", 0)
    sync.run(awa)
    backup(registry)
    monkeypatch.undo()
    sync.run(awa)
    assert at_registry(registry, PICTURE.body)
    sync.run(awa)
    assert here(awa, PICTURE.body)
    backup(registry, "next")
    sync.run(awa)
    assert not here(awa, PICTURE.body)


def test_a_restored_registry_gets_again_what_it_lost(
    registry: Registry, fresh_database: FreshDatabase, engine_name: str
) -> None:
    """Bytes that had arrived after the backup, and those that only another laptop still has."""
    awa, second = registry.laptop("awa"), registry.laptop("awa", "second")
    early, late = made(5, (900, 700)), made(6, (900, 700))
    photographed(awa, early)
    sync.run(awa)
    file = backup(registry)
    for laptop in (awa, second):
        sync.run(laptop)
    photographed(awa, late)
    sync.run(awa)
    sync.run(second)
    files_lost = registry.folder / "registry" / files.FOLDER
    files_lost.rename(files_lost.with_name("burnt"))
    with restored(registry, file, fresh_database(engine_name, migrated=False)) as back:
        assert at_registry(back, early.body)
        assert not at_registry(back, late.preview)
        moved_to(back, awa, second)
        for laptop in (awa, second, awa):
            sync.run(laptop)
        assert at_registry(back, late.body)
        assert at_registry(back, late.preview)


def test_bytes_that_are_others_are_never_shown_and_fetched_no_more_than_thrice(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A registry, or somebody in its place, that gives something else under a hash."""
    awa, second = registry.laptop("awa"), registry.laptop("awa", "second")
    photographed(awa, PICTURE)
    sync.run(awa)
    wrong = b"x" * len(PICTURE.preview)
    monkeypatch.setattr("server.blobs.keeping.body_of", lambda *_: wrong)
    for _ in range(blobs.MOST_TRIES + 2):
        done = sync.run(second)
        assert done.pictures_fetched == 0
        assert not here(second, PICTURE.preview)
        assert stored(second) == b""
    assert sync.run(second).pictures_bytes == 0


def test_what_goes_wrong_with_pictures_is_said_and_the_sync_is_done_all_the_same(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    awa = registry.laptop("awa")
    photographed(awa, PICTURE)
    monkeypatch.setattr("server.blobs.uploads.MOST_COMING", 0)
    done = sync.run(awa)
    assert (done.sent, done.pictures_sent) == (2, 0)
    assert "too much under way" in done.pictures_why
    with awa.opened() as db:
        assert facts.get(db, "failed") is None
        assert blobs.counted(db).only_here == 1


@pytest.mark.parametrize("answer", [b"", b"[]", b"{}", b'{"offered": 1, "here": []}', b"<html>"])
def test_an_answer_that_is_none_breaks_nothing(
    registry: Registry, monkeypatch: pytest.MonkeyPatch, answer: bytes
) -> None:
    awa = registry.laptop("awa")
    photographed(awa, PICTURE)
    monkeypatch.setattr("field_client.transport.Line.ask", lambda *_: iter([answer]))
    done = sync.run(awa)
    assert (done.sent, done.pictures_sent) == (2, 0)
    assert done.pictures_why
