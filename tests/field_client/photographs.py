"""Photographs on laptops of a real registry: taken, looked for at both ends."""

from field_client import home
from field_client.store import acts, blobs, rows, saving
from schema.picture import Picture, hash_of
from server.blobs import keeping
from server.db import reading
from tests.field_client.registry import Registry
from tests.field_client.test_sync import register


def photograph(laptop: home.Unlocked, case_id: str, picture: Picture, **said: object) -> str:
    """Add a picture to a case, as the page does; the attachment's id."""
    values = {"case_id": case_id, "kind": "photo", **picture.content, **said}
    act = acts.create("attachment", values)
    with laptop.opened() as db:
        saving.save(db, [act], pictures=[picture])
    return act.record


def photographed(laptop: home.Unlocked, picture: Picture) -> tuple[str, str, str]:
    """Somebody new, with a photo: (person, case, attachment)."""
    who, case = register(laptop)
    return who.record, case.record, photograph(laptop, case.record, picture)


def at_registry(registry: Registry, body: bytes) -> bool:
    """Whether the registry would show these bytes."""
    with registry.app.app_context(), reading() as conn:
        return keeping.body_of(conn, hash_of(body)) == body


def here(laptop: home.Unlocked, body: bytes) -> bool:
    """Whether the laptop would show these bytes."""
    with laptop.opened() as db:
        return blobs.body_of(db, hash_of(body)) == body


def held(laptop: home.Unlocked) -> list[rows.Row]:
    """What the laptop holds of bytes, shown or sealed: without them."""
    with laptop.opened() as db:
        return rows.select(db, "SELECT * FROM blob ORDER BY preview DESC")


def stored(laptop: home.Unlocked) -> bytes:
    """All bytes of pictures in the store."""
    with laptop.opened() as db:
        parts = rows.select(db, "SELECT body FROM blob_part ORDER BY sha256, start")
    return b"".join(part["body"] for part in parts)


def keep_original(laptop: home.Unlocked, picture: Picture) -> None:
    """Ask for the original, as the page does."""
    with laptop.opened() as db:
        blobs.keep_original(db, hash_of(picture.body), len(picture.body), 1)
