"""``ddr-field sync`` behind a sign-in page of the network, and twice at once on one laptop."""

import gzip
import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import orjson
import pytest
from filelock import FileLock, Timeout

from field_client import home
from field_client.store import acts, facts, outbox
from schema import frames, points
from tests.faults import checks
from tests.faults.two_officers import said, save
from tests.field_client.answers import state
from tests.field_client.registry import PASSPHRASE, Registry, running
from tests.walk.commands import Running, start

LOGIN = b"<html><title>Hotel Sahel</title>Please accept our conditions.</html>"
Portal = tuple[str, dict[str, str], bytes]
PORTALS: dict[str, Portal] = {
    "200 with a page": ("200 OK", {"Content-Type": "text/html"}, LOGIN),
    "200 with a packed page": ("200 OK", {"Content-Encoding": "gzip"}, gzip.compress(LOGIN)),
    "302 to a page": ("302 Found", {"Location": "http://10.0.0.1/login"}, b""),
    "511": ("511 Network Authentication Required", {"Content-Type": "text/html"}, LOGIN),
    "200 with nothing": ("200 OK", {"Content-Encoding": "gzip"}, gzip.compress(b"")),
}


@pytest.fixture(scope="module")
def enrolled(registry: Registry) -> home.Unlocked:
    """Awa's laptop as it was enrolled; tests take copies."""
    return registry.laptop("awa")


@pytest.fixture
def awa(enrolled: home.Unlocked, tmp_path: Path) -> home.Unlocked:
    """Awa's laptop, with one Unit to hand in."""
    copy = home.Unlocked(tmp_path / "home" / "awa", enrolled.key)
    shutil.copytree(enrolled.folder, copy.folder)
    save(copy, acts.create("person", said("Kadiatou Ba")))
    return copy


def syncing(laptop: home.Unlocked, first: Callable[[], None] | None = None) -> Running:
    """``ddr-field sync`` in a process of its own."""
    folder = laptop.folder.parent
    env = {"DDR_FIELD_HOME": str(folder), "DDR_PASSPHRASE": PASSPHRASE}
    return start("ddr-field", ("sync", "--json"), env, folder, first)


def meets(laptop: home.Unlocked, portal: Portal) -> tuple[int, str]:
    """What a sync ends with where this is all that answers: its exit code, and what it says."""
    status, headers, body = portal

    def app(_environ: object, begin: Callable[..., object]) -> Iterable[bytes]:
        begin(status, [("Content-Length", str(len(body))), *headers.items()])
        return [body]

    with running(app) as url:
        with laptop.opened() as db:
            facts.put(db, url=url)
        done = syncing(laptop).done()
    assert done.row["code"] == "unreachable"
    return done.code, done.err


@pytest.mark.parametrize("kind", PORTALS)
def test_a_sign_in_page_is_never_taken_for_nothing_new(awa: home.Unlocked, kind: str) -> None:
    with awa.opened() as db:
        before = facts.get(db, "last_contact"), facts.base(db)
    code, words = meets(awa, PORTALS[kind])
    assert code == 3
    assert "registry" in words
    with awa.opened() as db:
        assert (facts.get(db, "last_contact"), facts.base(db)) == before
        assert len(outbox.unsent(db)) == 1


def test_an_answer_that_was_cut_and_looks_whole_is_never_taken_for_nothing_new(
    awa: home.Unlocked,
) -> None:
    """A proxy that buffers may send what it had with a length that fits."""
    with awa.opened() as db:
        kept = facts.get(db, "epoch")
        told = {"epoch": kept[0], "epoch_id": kept[1], "at": "2026-11-22T10:00:00Z", "last": {}}
        head = frames.frame(frames.STATE, state(db, facts.base(db), **told))
    whole = gzip.compress(head + orjson.dumps(["END", {"more": False, "digests": {}}]) + b"\n")
    for size in (len(whole) // 2, len(whole) - 20):
        code, words = meets(awa, ("200 OK", {"Content-Encoding": "gzip"}, whole[:size]))
        assert (code, "registry" in words or "cut" in words) == (3, True)


@dataclass(frozen=True)
class Waits:
    """What a process does first that is to stop before it sends, until somebody opens the pipe."""

    pipe: Path

    def __call__(self) -> None:
        """In the new process."""
        points.at("after save, before send", partial(self.pipe.read_text, "utf-8"))


def test_two_syncs_of_one_laptop_follow_each_other(
    registry: Registry, awa: home.Unlocked, tmp_path: Path
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    one = syncing(awa, Waits(pipe))
    with pipe.open("w", encoding="utf-8"):
        # The first has come to its point: it holds the lock until this pipe is closed.
        with pytest.raises(Timeout):
            FileLock(awa.folder / home.LOCK_FILE).acquire(timeout=0)
        two = syncing(awa)
    ends = [each.done() for each in (one, two)]
    assert [end.code for end in ends] == [0, 0], ends
    assert [end.rows[-1]["sent"] for end in ends] == [1, 0]
    checks.all_is_well(registry, awa)
