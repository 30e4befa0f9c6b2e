"""A registry comes back from a backup into an empty database, and into a further epoch."""

import resource
import shutil
import tarfile
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from server import Config, create_app
from server.backups import archive
from server.db import db, reading
from server.verify import verify
from tests.databases import FreshDatabase
from tests.schema.programme import person
from tests.server.backups.conftest import shell_of
from tests.server.cli.shell import Shell
from tests.server.sync.laptop import Laptop


@pytest.fixture
def backup(awa: Laptop, shell: Shell, tmp_path: Path) -> Path:
    """A backup that holds Abel."""
    awa.save(person("Abel"))
    awa.sync()
    file = tmp_path / "night.backup"
    shell.json("backup", str(file))
    return file


@pytest.fixture
def elsewhere(app: Flask, fresh_database: FreshDatabase, engine_name: str) -> Shell:
    """The same machine over an empty database."""
    return shell_of(app, fresh_database(engine_name, migrated=False))


def people(shell: Shell) -> list[str]:
    """Who is in the registry of this shell."""
    return [row["name"] for row in shell.lines("list", "person")]


def test_what_was_backed_up_is_there_in_an_epoch_of_its_own(awa, backup, elsewhere):
    awa.save(person("Bintou"))
    awa.sync()
    done = elsewhere.json("restore", str(backup))
    assert (done["epoch"], done["units"], done["lost"]) == (2, 1, 1)
    assert people(elsewhere) == ["Abel"]
    assert elsewhere.json("verify")["agrees"] is True


def test_a_restored_registry_may_be_backed_up_and_restored_again(
    app, backup, elsewhere, fresh_database, engine_name, tmp_path
):
    elsewhere.json("restore", str(backup))
    elsewhere.json("backup", str(tmp_path / "next.backup"))
    third = shell_of(app, fresh_database(engine_name, migrated=False))
    assert third.json("restore", str(tmp_path / "next.backup"))["epoch"] == 3
    assert third.json("restore", "--by-hand")["epoch"] == 4
    assert third.json("verify")["counted"]["epochs"] == 4


def test_nothing_is_restored_over_a_registry(backup, shell):
    assert shell.refused("restore", str(backup)) == "refused-by-rule"
    assert people(shell) == ["Abel"]


def test_a_file_that_was_changed_or_cut_restores_nothing(backup, elsewhere, tmp_path):
    body = bytearray(backup.read_bytes())
    for name, text in (("cut", body[: len(body) // 2]), ("none", b"hello"), ("empty", b"")):
        (tmp_path / name).write_bytes(text)
        assert elsewhere.refused("restore", str(tmp_path / name)) == "not-a-backup"
    with tarfile.open(backup) as tar:
        member = next(one for one in tar.getmembers() if one.name.startswith("registry."))
    body[member.offset_data + member.size // 2] ^= 1
    (tmp_path / "flipped").write_bytes(body)
    assert elsewhere.refused("restore", str(tmp_path / "flipped")) == "not-a-backup"
    assert elsewhere.refused("list", "person") == "not-ready"


def test_another_registrys_key_beside_the_data_is_not_overwritten(app, backup, elsewhere):
    config: Config = app.extensions["ddr_config"]
    key = config.data / archive.KEY
    key.write_text("AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX")
    assert elsewhere.refused("restore", str(backup)) == "refused-by-rule"


def test_what_is_beside_the_data_and_no_key_at_all_is_a_sentence(backup, elsewhere, tmp_path):
    elsewhere.environment["DDR_DATA"] = str(tmp_path / "new machine")
    (tmp_path / "new machine").mkdir()
    (tmp_path / "new machine" / archive.KEY).write_text("")
    assert elsewhere.refused("restore", str(backup)) == "refused-by-rule"


@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_the_journal_of_the_database_before_is_not_written_into_the_restored_one(
    app, awa, backup, elsewhere
):
    """Whoever moves a killed registry's file away, and not its -wal, would get it back."""
    awa.save(person("Bintou"))
    awa.sync()
    old = sa.make_url(app.extensions["ddr_config"].database_url).database
    new = sa.make_url(elsewhere.environment["DDR_DATABASE_URL"]).database
    shutil.copyfile(f"{old}-wal", f"{new}-wal")
    assert elsewhere.refused("restore", str(backup)) == "refused-by-rule"
    Path(f"{new}-wal").unlink()
    elsewhere.json("restore", str(backup))
    assert people(elsewhere) == ["Abel"]


def test_a_full_disk_says_so_and_does_not_call_the_backup_bad(
    backup, shell, elsewhere, tmp_path, engine_name
):
    elsewhere.environment["DDR_DATA"] = str(tmp_path / "new machine")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
    try:
        assert elsewhere.refused("restore", str(backup)) == "cannot-write"
        unmade = shell.refused("backup", str(tmp_path / "next.backup"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert unmade == {"sqlite": "cannot-write", "postgresql": "program-failed"}[engine_name]
    assert sorted(path.name for path in tmp_path.glob(".*")) == []
    assert elsewhere.json("restore", str(backup))["epoch"] == 2


def test_a_backup_of_the_other_engine_is_a_sentence(app, backup, fresh_database, engine_name):
    other = "postgresql" if engine_name == "sqlite" else "sqlite"
    assert shell_of(app, fresh_database(other, migrated=False)).refused("restore", str(backup)) == (
        "refused-by-rule"
    )


def test_a_new_machine_gets_the_key_from_the_backup(app, awa, backup, elsewhere, tmp_path):
    elsewhere.environment["DDR_DATA"] = str(tmp_path / "new machine")
    elsewhere.json("restore", str(backup))
    key = (tmp_path / "new machine" / archive.KEY).read_text()
    assert key == (app.extensions["ddr_config"].data / archive.KEY).read_text()


def test_a_registry_that_was_loaded_and_has_no_epoch_of_its_own_is_put_back(
    app, backup, elsewhere, tmp_path
):
    """Whoever loads the dump with other tools cannot skip the epoch."""
    config: Config = app.extensions["ddr_config"]
    elsewhere.json("restore", str(backup))
    highest = Config(**{**vars(config), "database_url": elsewhere.environment["DDR_DATABASE_URL"]})
    made = create_app(highest)
    assert made.test_client().get("/health/ready").status_code == 200
    with made.app_context():
        with reading() as conn:
            assert verify(conn).wrong == []
        db.engine.dispose()
    # The registry of before the restore is now the older of the two.
    assert app.test_client().get("/health/ready").status_code == 503
