"""The two commands, as anybody would type them. Each must end as the step needs it, or the demo fails."""

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

BIN = Path(sys.executable).parent
PATIENCE = 900


class Failed(Exception):
    """A command that did not end as the step needs it."""


@dataclass(frozen=True)
class Program:
    """One of the two commands with the settings of one machine."""

    name: str
    settings: Mapping[str, str]
    folder: Path

    def ask(self, *words: str, exits: int = 0) -> list[dict[str, Any]]:
        """Run it with ``--json``; what it answers, one object a line."""
        return [json.loads(line) for line in self.run(*words, "--json", exits=exits).splitlines()]

    def run(self, *words: str, exits: int = 0) -> str:
        """Run it; what it says. Raises Failed when it ends otherwise than expected."""
        done = subprocess.run(
            [BIN / self.name, *words],
            cwd=self.folder,
            env=self._environment(),
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        if done.returncode != exits:
            typed = shlex.join([self.name, *words])
            said = (done.stdout + done.stderr).strip()
            raise Failed(f"{typed}\nended with {done.returncode} instead of {exits}:\n{said}")
        return done.stdout

    def start(self, *words: str, log: Path) -> tuple[subprocess.Popen[str], str]:
        """Start it; the process, and the line in which it says where it can be reached."""
        with log.open("a", encoding="utf-8") as errors:
            process = subprocess.Popen(
                [BIN / self.name, *words],
                cwd=self.folder,
                env=self._environment(),
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        line = process.stdout.readline() if process.stdout else ""
        if not line:
            process.wait(timeout=PATIENCE)
            raise Failed(f"{self.name} did not start:\n{log.read_text(encoding='utf-8')[-2000:]}")
        return process, line.strip()

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("DDR_")}
        return kept | dict(self.settings)


def stop(process: subprocess.Popen[str]) -> None:
    """End a started command as a machine does that shuts down."""
    if process.poll() is None:
        process.terminate()
    process.communicate(timeout=PATIENCE)
