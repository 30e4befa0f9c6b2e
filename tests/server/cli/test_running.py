"""``init`` and ``serve``: the registry is made once, and runs as it should or not at all."""

import gc
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from server.cli.running import Server
from server.config import Config
from tests.databases import FreshDatabase
from tests.server.cli.shell import Shell
from tests.server.desk import address

GRACE = address("Grace")


@pytest.fixture
def empty(database_url: str, tmp_path: Path) -> Shell:
    """A shell over a database in which nothing has been made."""
    return Shell({"DDR_DATA": str(tmp_path), "DDR_DATABASE_URL": database_url})


@pytest.fixture
def here(tmp_path: Path) -> Shell:
    """A shell over SQLite in a folder that is not there yet."""
    return Shell({"DDR_DATA": str(tmp_path / "new" / "folder")})


def test_init_makes_a_registry_with_one_administrator(empty: Shell) -> None:
    made = empty.json("init", "--admin", GRACE)
    assert made["ready"] is True
    assert made["password"]
    [row] = empty.lines("user", "list")
    assert (row["email"], row["grants"][0]["role"]) == (GRACE, "administrator")


def test_init_again_changes_nothing_and_shows_no_password(empty: Shell) -> None:
    empty.json("init", "--admin", GRACE)
    before = empty.lines("user", "list")
    assert "password" not in empty.json("init", "--admin", GRACE)
    assert empty.json("init") == {"ready": True}
    assert empty.lines("user", "list") == before


def test_init_makes_its_folder_for_this_user_alone(here: Shell, tmp_path: Path) -> None:
    here.json("init")
    folder = tmp_path / "new" / "folder"
    assert [path.stat().st_mode & 0o077 for path in (folder, folder / "registry.sqlite")] == [0, 0]


@pytest.mark.parametrize("words", [["user", "list"], ["serve"]])
def test_before_init_nothing_works_and_the_sentence_says_so(empty: Shell, words: list[str]) -> None:
    done = empty.run(*words)
    assert done.exit_code == 1
    assert "ddr-server init" in done.stderr


def test_a_database_that_does_not_answer_exits_3(tmp_path: Path) -> None:
    shell = Shell(
        {
            "DDR_DATA": str(tmp_path),
            "DDR_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing",
        }
    )
    assert shell.run("user", "list").exit_code == 3


def test_a_bad_setting_ends_every_command_with_its_sentence(tmp_path: Path) -> None:
    shell = Shell({"DDR_DATA": str(tmp_path), "DDR_TYPO": "1"})
    assert "DDR_TYPO is not a setting" in shell.run("init").stderr


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "registry.example.org", "::"])  # noqa: S104 - that it is refused
def test_nothing_is_served_in_clear_to_other_machines(here: Shell, host: str) -> None:
    here.json("init")
    done = here.run("serve", "--host", host)
    assert done.exit_code == 2
    assert "in clear" in done.stderr


def test_a_certificate_without_its_key_is_wrong_use(here: Shell, tmp_path: Path) -> None:
    (tmp_path / "cert.pem").touch()
    assert here.run("serve", "--cert", str(tmp_path / "cert.pem")).exit_code == 2


@pytest.fixture
def serving(fresh_database: FreshDatabase, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A real server process with two workers."""
    environment = {
        "PATH": os.environ["PATH"],
        "DDR_DATA": str(tmp_path),
        "DDR_DATABASE_URL": fresh_database("sqlite"),
    }
    words = [sys.executable, "-c", "from server.cli import main; main()", "serve", "--port", "0"]
    process = subprocess.Popen(
        [*words, "--json"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[3],
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def test_a_server_says_where_it_is_answers_and_ends_when_told(
    serving: subprocess.Popen[str],
) -> None:
    assert serving.stdout is not None
    where = json.loads(serving.stdout.readline())["serving"]
    for path in ("/health/ready", "/login", "/login", "/login"):
        assert requests.get(f"{where}{path}", timeout=30).status_code == 200
    figures = requests.get(f"{where}/metrics", timeout=30).text
    assert 'ddr_answers_total{endpoint="security.login",status="200"} 3.0' in figures
    serving.send_signal(signal.SIGTERM)
    assert serving.wait(timeout=30) == 0
    assert serving.stderr is not None
    assert all(json.loads(line)["level"] == "info" for line in serving.stderr)


@pytest.fixture
def _collecting() -> Iterator[None]:
    """The collector as it was before."""
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


@pytest.mark.usefixtures("_collecting")
def test_a_worker_does_not_walk_its_own_program_again_and_again(tmp_path: Path) -> None:
    made = Server(Config(data=tmp_path, database_url="sqlite://", secret_key="x" * 40))
    made.cfg.post_worker_init(None)
    assert gc.get_freeze_count() > 100_000
    looked = sum(generation["collections"] for generation in gc.get_stats())
    kept = [[number] for number in range(20_000)]
    assert sum(generation["collections"] for generation in gc.get_stats()) == looked
    assert len(kept) == 20_000
