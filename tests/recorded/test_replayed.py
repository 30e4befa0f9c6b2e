"""What laptops of released versions said is taken in, and what they were answered is read, by this one."""

import gzip
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from field_client import keys, sync
from field_client.store import outbox, rows
from tests.faults import checks
from tests.field_client.conftest import TEST_PASSPHRASE_MEMORY
from tests.field_client.registry import Registry, running
from tests.recorded.recordings import VERSIONS, Recording, frames_of, registry_for


@pytest.fixture(autouse=True)
def _quick_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "MEMORY_KIB", TEST_PASSPHRASE_MEMORY)


@pytest.fixture(params=VERSIONS)
def recording(request: pytest.FixtureRequest) -> Recording:
    """The recordings, one after the other."""
    return Recording.of(str(request.param))


@pytest.fixture
def registry(recording: Recording, registry_url: str, tmp_path: Path) -> Iterator[Registry]:
    """A registry of this version, on both engines, which knows the recorded laptop."""
    with registry_for(recording, registry_url, tmp_path) as registry:
        yield registry


def known_of(registry: Registry, recording: Recording) -> list[dict[str, object]]:
    """The people whom the laptop showed in the end, as the registry has them."""
    found = [registry.row("person", person["id"]) for person in recording.about["people"]]
    return [{name: row[name] for name in ("id", "name", "phone")} for row in found if row]


def kinds(answers: list[list[Any]]) -> set[tuple[str, str, type]]:
    """What is said in these answers: by which frame, under which name, a value of which kind."""
    return {
        (frame, name, type(value))
        for answer in answers
        for frame, said in answer
        for name, value in said.items()
        if value is not None
    }


def test_an_old_laptop_hands_in_all_it_has_and_again_changes_nothing(
    recording: Recording, registry: Registry
) -> None:
    outcomes = recording.about["outcomes"]
    for _ in range(2):
        for body in recording.said:
            status, told = recording.hands_in(registry, body)
            assert (status, told[0][0], told[-1][0]) == (200, "STATE", "END")
        assert checks.outcomes(registry, list(outcomes)) == list(outcomes.values())
        assert known_of(registry, recording) == recording.about["people"]


def test_what_an_old_laptop_reads_of_an_answer_is_still_said(
    recording: Recording, registry: Registry
) -> None:
    """Names may be added to a frame. None is taken away, and none changes its kind."""
    told = [recording.hands_in(registry, body)[1] for body in recording.said]
    before = [frames_of(answer) for answer in recording.answered]
    assert kinds(before) <= kinds(told)


def test_the_stored_laptop_of_an_old_version_is_upgraded_and_hands_in_what_it_holds(
    recording: Recording, registry: Registry, tmp_path: Path
) -> None:
    # Its first sync: what a laptop says that was never told anything counts for nothing.
    recording.hands_in(registry, recording.said[0])
    laptop = recording.stored(tmp_path / "stored" / "laptop", registry.url)
    with laptop.opened() as db:
        units = [row["unit_id"] for row in outbox.unsent(db)]
        assert rows.one(db, "SELECT name FROM person") == recording.about["people"][0]["name"]
    assert sync.run(laptop).sent == len(units) > 0
    outcomes = recording.about["outcomes"]
    assert checks.outcomes(registry, units) == [outcomes[unit] for unit in units]
    checks.all_is_well(registry, laptop)


def test_what_an_old_registry_answers_is_read_by_a_laptop_of_this_version(
    recording: Recording, tmp_path: Path
) -> None:
    answer = gzip.compress(recording.answered[2])

    def old(_environ: object, begin: Callable[..., object]) -> Iterable[bytes]:
        begin("200 OK", [("Content-Encoding", "gzip"), ("Content-Length", str(len(answer)))])
        return [answer]

    with running(old) as url:
        laptop = recording.stored(tmp_path / "stored" / "laptop", url)
        done = sync.run(laptop)
    assert (done.sent, done.held, done.disputed) == (4, 0, 0)
    with laptop.opened() as db:
        assert outbox.unsent(db) == []
        assert outbox.open_on(db, recording.about["people"][0]["id"])
        assert rows.one(db, "SELECT ver FROM person") > 0
