"""Pictures whose record leaves a laptop: sealed where they must still be sent, gone where not."""

import pytest

from field_client import carrying, sync
from field_client.store import acts, saving
from schema.blobs import SEALED_HEAD
from tests.field_client.photographs import (
    at_registry,
    held,
    here,
    keep_original,
    photograph,
    photographed,
    stored,
)
from tests.field_client.registry import Registry
from tests.field_client.restoring import backup
from tests.field_client.test_sync import change, register
from tests.pictures import made

PICTURE = made(1, (1200, 900))


def test_a_photo_of_somebody_who_turns_out_to_be_a_child_is_sealed_and_handed_in(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    awa = registry.laptop("awa")
    _, case, attachment = photographed(awa, PICTURE)
    change(awa, "case", case, process="child")
    assert not here(awa, PICTURE.body)
    assert not here(awa, PICTURE.preview)
    assert stored(awa).count(SEALED_HEAD) == 2
    for body in (PICTURE.body, PICTURE.preview):
        assert body[200:300] not in stored(awa)
    monkeypatch.setattr(carrying, "MOST_CHUNK", 32_000)
    done = sync.run(awa)
    assert (done.pictures_sent, done.pictures_waiting) == (2, 0)
    row = registry.row("attachment", attachment)
    assert row is not None
    assert row["compartment"] == "child"
    assert at_registry(registry, PICTURE.body)
    backup(registry)
    sync.run(awa)
    assert (held(awa), stored(awa)) == ([], b"")


def test_a_photo_half_of_which_was_sent_before_it_was_sealed_goes_whole(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    awa = registry.laptop("awa")
    _, case, _ = photographed(awa, PICTURE)
    monkeypatch.setattr(carrying, "BUDGET", len(PICTURE.preview) + 20_000)
    for name in ("LEAST_CHUNK", "MOST_CHUNK"):
        monkeypatch.setattr(carrying, name, 16_000)
    assert sync.run(awa).pictures_waiting == 1
    assert 0 < held(awa)[1]["sent"] < len(PICTURE.body)
    change(awa, "case", case, process="child")
    monkeypatch.undo()
    sync.run(awa)
    assert at_registry(registry, PICTURE.body)


def test_what_leaves_the_caseload_leaves_no_bytes(registry: Registry) -> None:
    awa, second = registry.laptop("awa"), registry.laptop("awa", "second")
    _, case, _ = photographed(awa, PICTURE)
    sync.run(awa)
    sync.run(second)
    keep_original(second, PICTURE)
    sync.run(second)
    assert here(second, PICTURE.body)
    change(awa, "case", case, process="child")
    for laptop in (awa, second):
        sync.run(laptop)
    assert (held(second), stored(second)) == ([], b"")


def test_a_withdrawn_photo_goes_from_every_laptop(registry: Registry) -> None:
    awa, second = registry.laptop("awa"), registry.laptop("awa", "second")
    _, _, attachment = photographed(awa, PICTURE)
    sync.run(awa)
    sync.run(second)
    said = {"withdrawn_at": "2026-11-20T09:00:00Z", "withdrawn_reason": "She asked for it"}
    with awa.opened() as db:
        act = acts.change(db, "attachment", attachment, said)
        assert act
        saving.save(db, [act])
    sync.run(awa)
    sync.run(second)
    assert (held(second), stored(second)) == ([], b"")
    assert not here(awa, PICTURE.body)


def test_one_photo_is_added_to_two_cases_and_stays_with_the_one_that_is_left(
    registry: Registry,
) -> None:
    awa = registry.laptop("awa")
    _, first, _ = photographed(awa, PICTURE)
    _, second = register(awa)
    photograph(awa, second.record, PICTURE)
    sync.run(awa)
    change(awa, "case", first, process="child")
    assert here(awa, PICTURE.preview)
    sync.run(awa)
    assert here(awa, PICTURE.preview)
