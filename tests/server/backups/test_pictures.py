"""Pictures in a backup: held when they were read back, brought back, and asked for where they are nowhere."""

from pathlib import Path

import pytest
from flask import Flask

from schema.picture import hash_of
from server.blobs import copies, files, keeping, standing, uploads
from server.db import reading
from tests.databases import FreshDatabase
from tests.pictures import made
from tests.schema.programme import case, person
from tests.server.backups.conftest import shell_of
from tests.server.cli.shell import Shell
from tests.server.sync.carrier import BODY, PREVIEW, SHA, ask, attached, get, send_all
from tests.server.sync.laptop import Laptop

SMALL = hash_of(PREVIEW)


@pytest.fixture
def file(awa: Laptop, shell: Shell, tmp_path: Path) -> Path:
    """A backup with a photo in it."""
    photographed(awa)
    made = tmp_path / "elsewhere" / "night.backup"
    made.parent.mkdir()
    assert shell.json("backup", str(made))["pictures"] == {"held": 2, "lost": 0}
    return made


def photographed(awa: Laptop) -> None:
    """Abel has a photo, and all of it has arrived."""
    awa.save(person("Abel"), case("Abel"), attached("photo", "Abel"))
    awa.sync()
    for body in (PREVIEW, BODY):
        assert send_all(awa, body).json["here"] is True


def beside(file: Path, sha256: str) -> Path:
    """Where a backup has these bytes."""
    return files.place(sha256, root=file.parent / copies.FOLDER)


def test_bytes_are_safe_when_a_backup_holds_them_and_not_before(awa, shell, tmp_path) -> None:
    photographed(awa)
    assert ask(awa, BODY)["offered"][SHA] == [len(BODY), True, False]
    shell.json("backup", str(tmp_path / "night.backup"))
    assert ask(awa, BODY)["offered"][SHA] == [len(BODY), True, True]
    later = made(8).body
    send_all(awa, later)
    assert ask(awa, later)["offered"][hash_of(later)] == [len(later), True, False]


def test_the_next_backup_writes_only_what_is_new(awa, shell, file) -> None:
    before = beside(file, SHA).stat().st_mtime_ns
    send_all(awa, made(8).body)
    done = shell.json("backup", str(file))
    assert done["pictures"] == {"held": 3, "lost": 0}
    assert beside(file, SHA).stat().st_mtime_ns == before
    assert beside(file, hash_of(made(8).body)).stat().st_mode & 0o077 == 0


def test_bytes_that_are_damaged_and_nowhere_else_are_not_safe_and_are_asked_for(
    app, awa, shell, tmp_path
) -> None:
    photographed(awa)
    with app.app_context():
        files.place(SHA).write_bytes(b"x" * len(BODY))
    assert shell.json("verify")["pictures"]["damaged"] == [SHA]
    assert shell.json("backup", str(tmp_path / "night"))["pictures"] == {"held": 1, "lost": 1}
    assert ask(awa, BODY)["offered"][SHA] == [0, False, False]
    send_all(awa, BODY)
    assert get(awa, SHA).data == BODY


def test_a_backup_mends_what_the_registry_lost_and_what_lies_beside_it(
    app, awa, shell, file
) -> None:
    with app.app_context():
        files.place(SHA).unlink()
    beside(file, SMALL).write_bytes(b"damaged")
    assert shell.json("backup", str(file))["pictures"] == {"held": 2, "lost": 0}
    assert get(awa, SHA).data == BODY
    assert beside(file, SMALL).read_bytes() == PREVIEW


def test_verify_says_what_is_here_awaited_aside_and_damaged(awa, shell) -> None:
    awa.save(person("Abel"), case("Abel"), attached("photo", "Abel"))
    awa.sync()
    send_all(awa, PREVIEW)
    told = shell.json("verify")["pictures"]
    assert told == {"referenced": 2, "here": 1, "aside": 0, "damaged": [], "awaited": {awa.id: 1}}
    send_all(awa, BODY)
    told = shell.json("verify")["pictures"]
    assert told == {"referenced": 2, "here": 2, "aside": 0, "damaged": [], "awaited": {}}


@pytest.fixture
def elsewhere(
    awa: Laptop, file: Path, fresh_database: FreshDatabase, engine_name: str, tmp_path: Path
) -> Shell:
    """Another machine: an empty database and an empty data folder."""
    shell = shell_of(awa.app, fresh_database(engine_name, migrated=False))
    shell.environment["DDR_DATA"] = str(tmp_path / "another machine")
    return shell


def test_a_restore_brings_the_pictures_back(elsewhere: Shell, file: Path) -> None:
    done = elsewhere.json("restore", str(file))
    assert done["pictures"] == {"held": 2, "lost": 0}
    assert elsewhere.json("verify")["pictures"]["here"] == 2


def test_of_what_is_not_beside_the_backup_laptops_are_asked_again(elsewhere, file, awa) -> None:
    beside(file, SHA).unlink()
    done = elsewhere.json("restore", str(file))
    assert done["pictures"] == {"held": 1, "lost": 1}
    told = elsewhere.json("verify")["pictures"]
    assert (told["here"], told["awaited"]) == (1, {awa.id: 1})


def test_bytes_that_no_record_names_go_after_ninety_days_and_others_stay(
    app: Flask, awa: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    photographed(awa)
    stray = made(8).body
    send_all(awa, stray)
    with app.app_context():
        for life, left in ((uploads.RESUMABLE, stray), (-uploads.RESUMABLE, None)):
            monkeypatch.setattr(standing, "RESUMABLE", life)
            standing.sweep()
            with reading() as conn:
                assert keeping.body_of(conn, hash_of(stray)) == left
                assert keeping.body_of(conn, SHA) == BODY
