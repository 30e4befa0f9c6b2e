"""``make demo`` itself, its commands started warm: it ends with 0, or with 1 and the step that failed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from demo import commands, programme
from demo.__main__ import main
from tests.walk.commands import Done, run
from tests.walk.served import free_port

PEOPLE = "301"


@pytest.fixture
def ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[list[Done]]:
    """The demo in a folder of its own; every command that it ran to the end."""
    done: list[Done] = []

    def warm(program: commands.Program, *words: str, exits: int = 0) -> str:
        done.append(run(program.name, words, program.settings, program.folder))
        if done[-1].code != exits:
            raise commands.Failed(f"{words} ended with {done[-1].code}: {done[-1].err}")
        return done[-1].out

    monkeypatch.setattr(programme, "HOME", tmp_path / "demo")
    monkeypatch.setattr(programme, "PORT", free_port())
    monkeypatch.setattr(commands.Program, "run", warm)
    yield done
    assert not [each.err for each in done if "Traceback" in each.err]


def test_the_demo_walks_the_main_job_to_its_end(
    ended: list[Done], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--once", "--people", PEOPLE]) == 0, capsys.readouterr().err
    told = capsys.readouterr().out
    for sentence in ("exit 3", "open dispute", "the dispute is closed", "no name", "It agrees"):
        assert sentence in told
    for sentence in ("1 Unit on the stick", "at the registry.", "in a backup."):
        assert sentence in told


def test_the_demo_names_the_step_that_failed_and_ends_with_1(
    ended: list[Done], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--once", "--people", "1"]) == 1
    assert "two of each" in capsys.readouterr().err
