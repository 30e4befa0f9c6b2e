"""A backup counts when it was restored to scratch and found good, and not before."""

import fcntl
import os
import signal
import tarfile

import pytest
import sqlalchemy as sa

from server.backups import archive
from server.db import writing
from tests.schema.programme import person
from tests.server.sync.laptop import Laptop


def said(app, statement: str) -> None:
    """Change the database behind everybody's back."""
    with app.app_context(), writing() as conn:
        assert conn.execute(sa.text(statement)).rowcount > 0


def safe(awa: Laptop) -> int:
    """Up to which Unit the registry says that a backup holds this laptop's log."""
    return int(awa.ask().state["safe"].get("1", 0))


def test_a_backup_says_what_it_holds_and_laptops_hear_that_it_is_safe(awa, shell, tmp_path):
    awa.save(person("Abel"))
    awa.sync()
    assert safe(awa) == 0
    made = shell.json("backup", str(tmp_path / "night.backup"))
    assert made["safe"] == {"logs": 1, "units": 1}
    assert made["size"] == (tmp_path / "night.backup").stat().st_size
    assert made["sha256"] == archive.sha256_of(tmp_path / "night.backup")
    assert made["head"] == awa.ask().state["head"]
    assert safe(awa) == 1


def test_a_monitor_sees_when_the_last_backup_was_made(app, shell, tmp_path):
    def seconds() -> float:
        lines = app.test_client().get("/metrics").text.splitlines()
        [found] = [line for line in lines if line.startswith("ddr_backup_made_seconds ")]
        return float(found.split()[1])

    assert seconds() == 0
    shell.json("backup", str(tmp_path / "night.backup"))
    assert seconds() > 1_700_000_000


def test_what_came_after_the_backup_is_not_safe(awa, shell, tmp_path):
    awa.save(person("Abel"))
    awa.sync()
    shell.json("backup", str(tmp_path / "night.backup"))
    awa.save(person("Bintou"))
    awa.sync()
    assert safe(awa) == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE person SET name = 'somebody else'",
        "UPDATE sync_state SET commit_no = commit_no, n = n + 1",
        "UPDATE entry SET removed = NOT removed",
    ],
)
def test_a_copy_that_does_not_agree_with_itself_is_no_backup(app, awa, shell, tmp_path, statement):
    awa.save(person("Abel"))
    awa.sync()
    said(app, statement)
    assert shell.refused("backup", str(tmp_path / "night.backup")) == "backup-disagrees"
    assert list(tmp_path.glob("*night*")) == []
    assert safe(awa) == 0


def test_the_file_is_whole_under_its_name_and_for_its_owner_alone(awa, shell, tmp_path):
    shell.json("backup", str(tmp_path / "night.backup"))
    assert [path.name for path in tmp_path.glob("*night*")] == ["night.backup"]
    assert (tmp_path / "night.backup").stat().st_mode & 0o077 == 0


def test_a_backup_holds_the_key_that_opens_what_was_sealed(awa, shell, tmp_path):
    shell.json("backup", str(tmp_path / "night.backup"))
    with tarfile.open(tmp_path / "night.backup") as tar:
        key = tar.extractfile(archive.KEY)
        assert key
        assert key.read().startswith(b"AGE-SECRET-KEY-1")


def test_a_backup_takes_the_place_of_an_older_one_and_of_nothing_else(app, shell, tmp_path):
    """Whoever types the name of the database itself at night has lost it otherwise."""
    older, empty, other = (tmp_path / name for name in ("night.backup", "empty", "seal.key"))
    shell.json("backup", str(older))
    shell.json("backup", str(older))
    empty.touch()
    shell.json("backup", str(empty))
    other.write_bytes(b"SQLite format 3")
    assert shell.refused("backup", str(other)) == "refused-by-rule"
    assert other.read_bytes() == b"SQLite format 3"


def test_no_backup_is_made_without_the_key_that_laptops_seal_to(app, awa, shell, tmp_path):
    key = app.extensions["ddr_config"].data / archive.KEY
    key.rename(tmp_path / "elsewhere")
    for words in (("backup", str(tmp_path / "night.backup")), ("restore", "--by-hand"), ("serve",)):
        assert shell.refused(*words) == "seal-key-missing"
    assert not key.exists()


def test_a_backup_that_is_told_to_end_leaves_no_copy_behind(shell, tmp_path, monkeypatch):
    def told(*_words: object, **_said: object) -> None:
        assert len(list(tmp_path.glob(".night.backup.*/registry.*"))) == 1
        os.kill(os.getpid(), signal.SIGTERM)

    monkeypatch.setattr(archive, "write", told)
    assert shell.run("backup", str(tmp_path / "night.backup")).exit_code == 143
    assert list(tmp_path.glob("*night*")) == list(tmp_path.glob(".night*")) == []


def test_what_a_killed_backup_left_goes_with_the_next_and_what_is_under_way_stays(shell, tmp_path):
    killed, under_way = tmp_path / ".night.backup.killed_1", tmp_path / ".night.backup.going_12"
    for folder in (killed, under_way):
        folder.mkdir()
        (folder / "registry.sqlite").write_text("everybody")
    handle = os.open(under_way, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    shell.json("backup", str(tmp_path / "night.backup"))
    os.close(handle)
    assert (killed.exists(), under_way.exists()) == (False, True)


def test_a_folder_that_is_not_there_is_a_sentence(shell, tmp_path):
    assert shell.refused("backup", str(tmp_path / "nowhere" / "night.backup")) == "cannot-write"
