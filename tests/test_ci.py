"""The ways in that the README promises: make's targets, and CI as one of its callers."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_ci_runs_the_same_command_as_a_person() -> None:
    lines = (ROOT / ".ci/run").read_text("utf-8").splitlines()
    assert lines[-1] == "make test"


def test_make_help_lists_what_the_readme_names() -> None:
    named = set(re.findall(r"make ([a-z]+)", (ROOT / "README.md").read_text("utf-8")))
    told = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert named <= {line.split()[0] for line in told.stdout.splitlines()}


def test_every_dependency_has_its_reason() -> None:
    setup = (ROOT / "setup.cfg").read_text("utf-8")
    declared = setup.partition("install_requires =")[2].partition("[options.entry_points]")[0]
    names = re.findall(r"^    ([a-z0-9-]+)", declared, re.MULTILINE)
    told = (ROOT / "docs/dependencies.md").read_text("utf-8")
    assert [name for name in names if f"| {name} " not in told] == []


def test_every_dependency_is_pinned_with_its_hashes() -> None:
    lock = "".join(path.read_text("utf-8") for path in sorted(ROOT.glob("requirements*.lock")))
    pins = re.findall(r"^[a-z0-9._-]+==.*?(?=^[a-z]|\Z)", lock, re.MULTILINE | re.DOTALL)
    assert [pin.split()[0] for pin in pins if "--hash=sha256:" not in pin] == []
    assert len(pins) > 50
