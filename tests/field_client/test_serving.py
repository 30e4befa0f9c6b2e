"""The command that serves the pages: a real process, found on 127.0.0.1 only, killed and begun again."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from field_client import home, keys, serving
from field_client.config import Config
from tests.field_client import laptops

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-c", "from field_client.cli import main; main()"]
PASSPHRASE = "three quiet herons at dawn"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a laptop that Awa has joined with."""
    monkeypatch.setattr(keys, "MEMORY_KIB", 64)
    made = laptops.make(tmp_path / "home" / "awa")
    keys.write_key_file(made.folder / home.KEY_FILE, made.key, PASSPHRASE)
    return made.folder.parent


class Visitor:
    """A browser at the real port."""

    def __init__(self, address: str) -> None:
        self.base = address.partition("/start/")[0]
        self.session = requests.Session()
        self.session.trust_env = False
        self.page = self.session.get(address, timeout=10)

    def get(self, path: str) -> str:
        """A page's source."""
        self.page = self.session.get(self.base + path, timeout=10)
        return self.page.text

    def post(self, path: str, **typed: str) -> str:
        """Send a form with the token of the page before."""
        token = TOKEN.findall(self.page.text)[0]
        form = {"csrf_token": token, **typed}
        answer = self.session.post(self.base + path, data=form, timeout=10)
        return answer.text


@contextmanager
def served(folder: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """``ddr-field serve`` as a process of its own, and the address that it printed."""
    # There is no registry, and this laptop never joined one.
    env = {**os.environ, "DDR_FIELD_HOME": str(folder), "DDR_FIELD_AUTOSYNC": "no"}
    command = [*COMMAND, "serve", "--no-browser"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, env=env, text=True, **pipes) as process:
        assert process.stdout
        try:
            yield process, process.stdout.readline().strip()
        finally:
            process.kill()


def test_a_draft_outlives_a_process_that_is_killed(folder: Path) -> None:
    with served(folder) as (process, address):
        awa = Visitor(address)
        awa.post("/unlock", officer="awa", passphrase=PASSPHRASE)
        awa.get("/register")
        step = awa.page.url.removeprefix(awa.base)
        assert "Draft saved" in awa.post(f"{step}/draft", name="Ibrahim Sow", mother_name="Halima")
        process.send_signal(signal.SIGKILL)
        process.wait(10)
    with served(folder) as (_, address):
        awa = Visitor(address)
        assert "Ibrahim" not in awa.page.text
        first = awa.post("/unlock", officer="awa", passphrase=PASSPHRASE)
        assert "1 registration was interrupted." in first
        assert step in first
        assert 'value="Halima"' in awa.get(step)


def test_the_next_address_is_printed_when_one_was_used(folder: Path) -> None:
    with served(folder) as (process, address):
        Visitor(address)
        assert process.stdout
        following = process.stdout.readline().strip()
        assert following != address
        assert Visitor(address).page.status_code == 403
        assert Visitor(following).page.status_code == 200


def test_it_ends_quietly_when_it_is_interrupted(folder: Path) -> None:
    with served(folder) as (process, address):
        Visitor(address)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=10)
        assert (process.returncode, errors) == (0, "")


def test_no_other_address_of_this_machine_answers(folder: Path) -> None:
    started = serving.start(Config(folder))
    try:
        assert started.server.effective_host == "127.0.0.1"
        port = started.server.effective_port
        for address in ("127.0.0.2", "::1"):
            with pytest.raises(OSError, match=r"refused|assign|unreachable|not supported"):
                socket.create_connection((address, port), timeout=2)
    finally:
        started.close()
