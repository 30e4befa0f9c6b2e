"""An installed wheel works by itself: outside the checkout, without npm, with our files in it."""

import os
import secrets
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parent.parent
INSIDE = (
    "migrations/env.py",
    "migrations/versions/0001_registry.py",
    "schema/static/vendor/bootstrap.min.css",
    "schema/static/vendor/bootstrap.rtl.min.css",
    "schema/static/vendor/htmx.min.js",
    "schema/fonts/NotoSans-Regular.ttf",
    "schema/fonts/NotoSansArabic.LICENSE",
)
FETCHED = ("schema/static/vendor", "schema/fonts")
LEADING_HOME = ("PYTHON", "DDR_", "VIRTUAL")
DATA = (".css", ".html", ".ini", ".js", ".md", ".mo", ".svg", ".txt", ".yml")


def run(*command: str | Path, cwd: Path, **settings: str) -> str:
    """What the command printed; it must succeed and must not find the checkout by accident."""
    inherited = {name: v for name, v in os.environ.items() if not name.startswith(LEADING_HOME)}
    clean = inherited | settings
    done = subprocess.run(command, cwd=cwd, env=clean, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the files that git would give to anybody and the assets."""
    out = tmp_path_factory.mktemp("wheel")
    source = tmp_path_factory.mktemp("source") / "ploughshare"
    listed = run("git", "ls-files", "-co", "--exclude-standard", "-z", cwd=ROOT).split("\0")
    fetched = [p.relative_to(ROOT) for name in FETCHED for p in (ROOT / name).iterdir()]
    for name in [*filter(None, listed), *map(str, fetched)]:
        if (ROOT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_bytes((ROOT / name).read_bytes())
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", out, source, cwd=out)
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bin folder of an environment with the wheel and our dependencies, but not the checkout.

    The dependencies are those of this environment, named by a .pth file: it is read after the
    wheel's own folder, and the editable install's finder in there is not, being a .pth itself.
    """
    home = tmp_path_factory.mktemp("installed")
    venv.create(home, symlinks=True, with_pip=False)
    folder = Path(sysconfig.get_path("purelib", vars={"base": str(home), "platbase": str(home)}))
    target = ("--python", home / "bin" / "python", "install", "--no-deps", "--no-index", wheel)
    run(sys.executable, "-m", "pip", "--quiet", *target, cwd=home)
    (folder / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return home / "bin"


def test_the_wheel_carries_every_file_that_is_not_python(wheel: Path) -> None:
    names = set(ZipFile(wheel).namelist())
    folders = (ROOT / name for name in ("schema", "server", "field_client", "migrations"))
    ours = [p for folder in folders for p in folder.rglob("*") if p.suffix in DATA]
    missing = {p.relative_to(ROOT).as_posix() for p in ours} - names
    assert (missing, [name for name in INSIDE if name not in names]) == (set(), [])


def test_the_wheel_carries_no_test(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {
        "field_client",
        "migrations",
        "schema",
        "server",
    }


@pytest.mark.parametrize("package", ["server", "field_client", "schema", "migrations"])
def test_the_installed_packages_are_the_wheel_s(installed: Path, package: str) -> None:
    said = run(
        installed / "python", "-c", f"print(__import__('{package}').__file__)", cwd=installed
    )
    assert Path(said.strip()).is_relative_to(installed.parent)


@pytest.mark.parametrize("command", ["ddr-server", "ddr-field"])
def test_both_commands_answer_outside_the_checkout(installed: Path, command: str) -> None:
    assert run(installed / command, "--help", cwd=installed).startswith("Usage: ddr-")


def test_an_installed_server_makes_its_registry(installed: Path, tmp_path: Path) -> None:
    settings = {"DDR_DATA": str(tmp_path / "data"), "DDR_SECRET_KEY": secrets.token_hex(32)}
    run(installed / "ddr-server", "init", cwd=tmp_path, **settings)
    assert list((tmp_path / "data").iterdir())
