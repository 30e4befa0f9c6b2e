"""Nothing that was typed lies in clear in any file of the laptop: open, or after it was killed."""

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NAMES = [f"Kanari{n:03}Wamba" for n in range(20)]


def in_clear(folder: Path, words: list[str]) -> set[str]:
    """The files of a folder that hold one of these words, in any usual encoding or case."""
    spelled = [w.encode(code) for w in words for code in ("utf-8", "utf-16-le", "utf-16-be")]
    spelled += [word.lower().encode() for word in words]
    return {
        path.name
        for path in folder.rglob("*")
        if path.is_file() and any(word in path.read_bytes() for word in spelled)
    }


def test_the_scanner_finds_a_name_in_a_plain_store(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "plain.db") as conn:
        conn.execute("CREATE TABLE person (name TEXT)")
        conn.execute("INSERT INTO person VALUES (?)", (NAMES[0],))
    conn.close()
    assert in_clear(tmp_path, NAMES) == {"plain.db"}


def test_no_name_is_in_clear_while_open_or_after_a_kill(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "tmp"
    scratch.mkdir()
    command = [sys.executable, "-m", "tests.field_client.canary", str(tmp_path / "laptop"), *NAMES]
    env = {**os.environ, "TMPDIR": str(scratch), "SQLITE_TMPDIR": str(scratch)}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, env=env, **pipes) as laptop:
        assert laptop.stdout.readline() == b"ready\n"
        assert {path.name for path in (tmp_path / "laptop").iterdir()} >= {
            "store.db",
            "store.db-wal",
        }
        assert in_clear(tmp_path, NAMES) == set()
        laptop.send_signal(signal.SIGKILL)
        _, said = laptop.communicate()
    assert in_clear(tmp_path, NAMES) == set()
    assert said == b""
