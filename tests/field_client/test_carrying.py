"""Pictures between laptops and the registry: after the records, whole or not at all, and once."""

from field_client import home, sync
from field_client.store import acts, blobs, saving
from schema.picture import Picture, hash_of
from server.blobs import keeping
from server.db import reading as reading_registry
from tests.field_client.registry import Registry
from tests.field_client.test_sync import register
from tests.pictures import made


def photograph(laptop: home.Unlocked, case_id: str, picture: Picture, **said: object) -> str:
    """Add a picture to a case, as the page does; the attachment's id."""
    act = acts.create(
        "attachment", {"case_id": case_id, "kind": "photo", **picture.content, **said}
    )
    with laptop.opened() as db:
        saving.save(db, [act], pictures=[picture])
    return act.record


def at_registry(registry: Registry, body: bytes) -> bytes | None:
    """What the registry would show under the hash of these bytes."""
    with registry.app.app_context(), reading_registry() as conn:
        return keeping.body_of(conn, hash_of(body))


def here(laptop: home.Unlocked, body: bytes) -> bytes | None:
    """What the laptop would show under the hash of these bytes."""
    with laptop.opened() as db:
        return blobs.body_of(db, hash_of(body))


def test_a_photo_taken_on_a_laptop_is_seen_in_the_registry_and_its_preview_on_another_laptop(
    registry: Registry,
) -> None:
    awa, bakary = registry.laptop("awa"), registry.laptop("awa", "second")
    _, case = register(awa)
    sync.run(awa)
    picture = made()
    attachment = photograph(awa, case.record, picture)
    done = sync.run(awa)
    assert (done.sent, done.pictures_sent, done.pictures_waiting) == (1, 2, 0), done
    row = registry.row("attachment", attachment)
    assert row is not None
    assert row["sha256"] == hash_of(picture.body)
    assert at_registry(registry, picture.body) == picture.body
    assert at_registry(registry, picture.preview) == picture.preview
    done = sync.run(bakary)
    assert (done.pictures_fetched, done.pictures_waiting) == (1, 0)
    assert here(bakary, picture.preview) == picture.preview
    assert here(bakary, picture.body) is None
    with bakary.opened() as db:
        blobs.keep_original(db, hash_of(picture.body), len(picture.body), 1)
    assert sync.run(bakary).pictures_fetched == 1
    assert here(bakary, picture.body) == picture.body
