"""The page of sticks: a stick is written, comes back with an answer, and confirms."""

import errno
from pathlib import Path

import pytest

from field_client import media
from server.actor import SYSTEM
from server.sync import bundle
from tests.field_client.pages.browsing import Browser
from tests.field_client.pages.registering import at_check
from tests.field_client.pages.test_syncing import joined
from tests.field_client.registry import Registry

__all__ = ["joined"]


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stick that is plugged in."""
    folder = tmp_path / "media" / "stick"
    folder.mkdir(parents=True)
    monkeypatch.setattr(media, "folders", lambda: [folder])
    return folder


def test_a_stick_goes_to_the_registry_and_back(
    joined: Browser, registry: Registry, stick: Path
) -> None:
    at_check(joined).submit()
    assert "Sync by stick" in joined.get("/sync").text
    assert str(stick) in joined.get("/sync/stick").text
    joined.post("/sync/stick/write", chosen=str(stick))
    assert "The stick holds 1 change." in joined.text
    assert "1 change only on this laptop." in joined.text
    [written] = stick.iterdir()
    with registry.app.app_context(), written.open("rb") as file:
        answer = bundle.accept(file, SYSTEM).reply
    written.with_suffix(".reply").write_bytes(answer)
    assert written.with_suffix(".reply").name in joined.get("/sync/stick").text
    joined.post("/sync/stick/read", chosen=str(written.with_suffix(".reply")))
    assert "The stick confirmed 1 change." in joined.text
    assert "Everything is at the registry." in joined.text


def test_what_cannot_be_read_or_written_is_said_and_changes_nothing(
    joined: Browser, stick: Path
) -> None:
    (stick / "holiday.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    for act, typed, words in (
        ("read", str(stick / "holiday.jpg"), "no file of a stick"),
        ("write", str(stick / "holiday.jpg"), "Choose another name"),
        ("read", str(stick / "nothing"), "cannot be read"),
        ("write", str(stick / "no folder" / "file"), "could not be written"),
        ("write", "", "Choose a stick"),
        ("read", "relative/path", "Choose a stick"),
    ):
        joined.post(f"/sync/stick/{act}", typed=typed)
        assert words in joined.text
        assert f'id="f-{act}" name="typed" value="{typed}"' in joined.html
    assert [path.name for path in stick.iterdir()] == ["holiday.jpg"]


def test_what_is_plugged_in_is_found_and_what_was_pulled_out_is_not(tmp_path: Path) -> None:
    (tmp_path / "a folder that is no stick").mkdir()
    assert media.folders([str(tmp_path), str(tmp_path / "nowhere")]) == []
    assert media.files(tmp_path / "nowhere", ".reply") == []


@pytest.mark.parametrize("act", ["read", "write"])
def test_a_place_that_no_disk_knows_is_a_sentence_and_no_crash(
    joined: Browser, stick: Path, act: str
) -> None:
    told = {"read": "cannot be read", "write": "could not be written"}[act]
    for typed, words in (
        (f"{stick}/a\0b", "Choose a stick"),
        ("~nobody-of-this-name/x", "Choose a stick"),
        (f"{stick}/{'a' * 300}", told),
        (f"{stick}/{'a' * 300}/x", told),
    ):
        joined.post(f"/sync/stick/{act}", typed=typed)
        assert words in joined.text, typed


def test_a_stick_that_was_pulled_out_and_is_still_shown_is_no_crash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_path: Path) -> bool:
        raise OSError(errno.EIO, "Input/output error")

    (tmp_path / "stick").mkdir()
    monkeypatch.setattr(Path, "exists", gone)
    monkeypatch.setattr(Path, "is_dir", gone)
    assert media.folders([str(tmp_path)]) == []
    assert not media.is_folder(tmp_path / "stick")
    assert not media.stands(tmp_path / "stick" / "file")
