"""``ddr-server`` and ``ddr-field`` as processes of their own, each forked from one that has imported them.

Importing costs more than most commands do. The wheel's test and the demo start the installed scripts.
"""

import importlib
import json
import multiprocessing
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

MODULES = {"ddr-server": "server.cli", "ddr-field": "field_client.cli"}
PATIENCE = 120
_WARM = multiprocessing.get_context("forkserver")
_WARM.set_forkserver_preload([*MODULES.values()])


@dataclass(frozen=True)
class Done:
    """A command that has ended: its exit code, and what it said."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        """What a command with ``--json`` answered, one object a line."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def row(self) -> dict[str, Any]:
        """The one object that a command with ``--json`` answered."""
        [only] = self.rows
        return only


@dataclass
class Running:
    """A command under way."""

    process: ForkServerProcess
    folder: TemporaryDirectory[str]

    def done(self) -> Done:
        """Wait until it ends."""
        self.process.join(PATIENCE)
        assert self.process.exitcode is not None, f"still running after {PATIENCE} s"
        with self.folder as name:
            said = [(Path(name) / stream).read_text("utf-8") for stream in ("out", "err")]
        return Done(self.process.exitcode, *said)


def start(
    program: str,
    words: tuple[str, ...],
    env: Mapping[str, str],
    cwd: Path,
    first: Callable[[], None] | None = None,
) -> Running:
    """Start a command with these settings and no others of ours.

    first: what the new process does before it becomes the command; it is pickled.
    """
    folder: TemporaryDirectory[str] = TemporaryDirectory(prefix="ddr-walk-")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("DDR_")}
    process = _WARM.Process(
        target=_run, args=(program, words, inherited | dict(env), str(cwd), folder.name, first)
    )
    process.start()
    return Running(process, folder)


def run(program: str, words: tuple[str, ...], env: Mapping[str, str], cwd: Path) -> Done:
    """Run a command to its end."""
    return start(program, words, env, cwd).done()


def _run(
    program: str,
    words: tuple[str, ...],
    env: dict[str, str],
    cwd: str,
    folder: str,
    first: Callable[[], None] | None,
) -> None:
    """In the new process: become the command."""
    os.environ.clear()
    os.environ.update(env)
    os.chdir(cwd)
    for number, name in ((1, "out"), (2, "err")):
        handle = os.open(f"{folder}/{name}", os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
        os.dup2(handle, number)
        os.close(handle)
    if first:
        first()
    sys.argv = [program, *words]
    main: Callable[[], None] = importlib.import_module(MODULES[program]).main
    main()
