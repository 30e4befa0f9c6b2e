"""Photos in a schedule: who takes one, of what, and whether its bytes are where they must be."""

from collections.abc import Iterable
from functools import cache

from field_client.store import blobs, rows
from schema.picture import Picture
from server.blobs import keeping
from tests.pictures import made
from tests.sync.acts import Desk, Draft
from tests.sync.laptops import Laptop
from tests.sync.registry import Registry


@cache
def album() -> tuple[Picture, ...]:
    """The photos that are taken; small, because they are decoded at each arrival."""
    return tuple(made(seed, (96, 64)) for seed in range(4))


def photograph(desk: Desk, which: int, what: int) -> Draft | None:
    """A photo for a case, of a few, so that the same is taken twice."""
    case = desk._pick("case", which)
    if case is None:
        return None
    draft = Draft()
    said = album()[what % len(album())].content
    desk._create(draft, "attachment", {"case_id": case, "kind": "photo", **said})
    return draft


def taken(draft: Draft) -> list[Picture]:
    """The pictures of a draft."""
    hashes = {change.values.get("sha256") for change in draft.changes}
    return [picture for picture in album() if picture.content["sha256"] in hashes]


def hashes_of(pictures: Iterable[Picture]) -> set[str]:
    """What the bytes of these pictures, and of their previews, are known by."""
    contents = [picture.content for picture in pictures]
    return {content[name] for content in contents for name in ("sha256", "preview_sha256")}


def astray(registry: Registry, promised: Iterable[str]) -> list[str]:
    """Those of these hashes whose bytes the registry does not show, byte for byte."""
    with registry.reading() as conn:
        return sorted(one for one in promised if keeping.body_of(conn, one) is None)


def unseen(registry: Registry, laptop: Laptop) -> list[str]:
    """The previews of what a laptop shows that the registry has and this laptop has not."""
    with laptop.opened() as db:
        shown = rows.fetch_where(db, "attachment", "withdrawn_at IS NULL")
        lacking = {
            row["preview_sha256"]
            for row in shown
            if blobs.body_of(db, row["preview_sha256"]) is None
        }
    return sorted(lacking - set(astray(registry, lacking)))
