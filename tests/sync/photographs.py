"""Photos in a schedule: who takes one, of what, and whether its bytes are where they must be."""

from functools import cache

from schema.picture import Picture
from server.blobs import copies, files
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


def astray(registry: Registry, laptops: list[Laptop]) -> list[str]:
    """Attachments whose bytes are neither at the registry nor on a laptop that knows it must send them."""
    with registry.reading() as conn:
        here = {one for one, among in copies.listed(conn).items() if files.read(one, among)}
    due = {
        row["sha256"]
        for laptop in laptops
        for row in laptop.pictures()
        if row["whole"] and row["arrived_at"] is None
    }
    named = registry.rows("attachment").values()
    return [row["id"] for row in named if not {row["sha256"], row["preview_sha256"]} <= here | due]
