"""A bit of the laptop's file flips: that is noticed, said in a sentence, and nothing unsent goes unseen."""

import shutil
from pathlib import Path

import pytest

from field_client import home, sync
from field_client.store import acts, outbox, rows
from schema.problems import Damaged
from tests.faults import checks
from tests.faults.two_officers import said, save
from tests.field_client.registry import PASSPHRASE, Registry
from tests.walk.commands import start

PAGE = 4_096
STEP = 4


@pytest.fixture(scope="module")
def awa(registry: Registry) -> home.Unlocked:
    """Awa's laptop, with people whom the registry has, and some whom it has not."""
    laptop = registry.laptop("awa")
    for number in range(12):
        save(laptop, acts.create("person", said(f"Adama {number}")))
    sync.run(laptop)
    for number in range(3):
        save(laptop, acts.create("person", said(f"Binta {number}")))
    with laptop.opened() as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return laptop


def flipped(laptop: home.Unlocked, page: int, folder: Path) -> home.Unlocked:
    """A copy of this laptop with one bit of one page altered."""
    copy = home.Unlocked(folder / f"{page}" / "awa", laptop.key)
    shutil.copytree(laptop.folder, copy.folder)
    path = copy.folder / home.STORE_FILE
    body = bytearray(path.read_bytes())
    body[page * PAGE + 700] ^= 4
    path.write_bytes(body)
    return copy


def unsent(laptop: home.Unlocked) -> list[str] | None:
    """The Units that are only here, None where it says that they cannot be read."""
    try:
        with laptop.opened() as db:
            return [row["unit_id"] for row in outbox.unsent(db)]
    except Damaged:
        return None


def is_noticed(laptop: home.Unlocked) -> bool:
    """Whether a sync says that the file is damaged; else it has come to its end."""
    try:
        sync.run(laptop)
    except Damaged:
        return True
    return False


def test_a_flipped_bit_is_noticed_and_what_can_be_read_of_the_outbox_is_handed_in(
    registry: Registry, awa: home.Unlocked, tmp_path: Path
) -> None:
    with awa.opened() as db:
        pages = rows.one(db, "PRAGMA page_count")
    whole, noticed, unreadable = unsent(awa), 0, 0
    for page in range(0, pages, STEP):
        copy = flipped(awa, page, tmp_path)
        found = unsent(copy)
        assert found in (None, whole)
        damaged = is_noticed(copy)
        noticed, unreadable = noticed + damaged, unreadable + (found is None)
        assert damaged or found == whole
    assert 0 < unreadable <= noticed < pages / STEP
    assert whole
    assert checks.outcomes(registry, whole) == ["applied"] * 3


def test_the_commands_say_that_the_store_is_damaged(awa: home.Unlocked, tmp_path: Path) -> None:
    copy = flipped(awa, 0, tmp_path)
    folder = copy.folder.parent
    env = {"DDR_FIELD_HOME": str(folder), "DDR_PASSPHRASE": PASSPHRASE}
    for words in (("status",), ("sync",)):
        done = start("ddr-field", (*words, "--json"), env, folder).done()
        assert (done.code, done.row["code"]) == (1, "damaged"), done.err
        assert "damaged" in done.err
        assert "Traceback" not in done.err
