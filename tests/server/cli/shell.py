"""A shell at one server: runs ``ddr-server`` in process and reads what it says."""

import json
from typing import Any

from click.testing import CliRunner, Result

from server.cli import main


class Shell:
    """Runs commands with one environment."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment
        self.runner = CliRunner(env=environment)

    def run(self, *words: str, typed: str = "") -> Result:
        """Run a command and keep what it said."""
        done = self.runner.invoke(main, list(words), input=typed)
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exc_info
        return done

    def lines(self, *words: str) -> list[dict[str, Any]]:
        """The JSON lines of a command that must succeed."""
        done = self.run(*words, "--json")
        assert done.exit_code == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    def json(self, *words: str) -> dict[str, Any]:
        """The one JSON line of a command that must succeed."""
        [line] = self.lines(*words)
        return line

    def refused(self, *words: str) -> str:
        """The code of the problem that a command must end with, the same in words and in JSON."""
        done = self.run(*words, "--json")
        assert done.exit_code == 1, done.output
        code = str(json.loads(done.stdout)["code"])
        assert f"[{code}]" in done.stderr
        return code
