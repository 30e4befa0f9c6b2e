"""A fresh registry on each engine, in this process or served by one of its own."""

import logging
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests
import structlog
from flask import Flask

from server import Config, create_app
from server.db import db, upgrade
from tests.postgres import running

ENGINES = ("sqlite", "postgresql")
SECRET = "a secret for benchmarks, of forty letters"
READY_TRIES = 400


@contextmanager
def database(engine: str) -> Iterator[tuple[str, Path]]:
    """(URL of a migrated database, a folder beside it)."""
    folder = Path(tempfile.mkdtemp(prefix="ploughshare-bench-"))
    try:
        if engine == "sqlite":
            url = f"sqlite:///{folder / 'registry.sqlite'}"
            upgrade(url)
            yield url, folder
        else:
            with running() as cluster:
                url = cluster.url(cluster.create())
                upgrade(url)
                yield url, folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def app_on(url: str, folder: Path) -> Iterator[Flask]:
    """The server over this database, in this process and in its context."""
    app = make_app(url, folder)
    with app.app_context():
        yield app
        db.engine.dispose()


def make_app(url: str, folder: Path) -> Flask:
    """The server over this database, silent unless something goes wrong."""
    app = create_app(Config(data=folder, database_url=url, secret_key=SECRET, password_memory=1024))
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    return app


@contextmanager
def served(url: str, folder: Path) -> Iterator[tuple[str, int]]:
    """(address, process id) of a real server over this database."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {"DDR_DATABASE_URL": url, "DDR_DATA": str(folder), "DDR_SECRET_KEY": SECRET}
    command = [
        str(Path(sys.executable).parent / "ddr-server"),
        "serve",
        "--port",
        str(port),
        "--workers",
        "1",
    ]
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(command, env={**os.environ, **settings}, stdout=log, stderr=log)
    try:
        _wait(port, process)
        yield f"http://127.0.0.1:{port}", process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def _wait(port: int, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(READY_TRIES):
        if process.poll() is not None:
            raise RuntimeError("the server did not start")
        try:
            requests.get(f"http://127.0.0.1:{port}/health/ready", timeout=5).raise_for_status()
        except requests.RequestException:
            _pause(process)
        else:
            return
    raise RuntimeError("the server did not become ready")


def _pause(process: "subprocess.Popen[bytes]") -> None:
    """Give a starting process a tenth of a second, less if it ends."""
    try:
        process.wait(0.1)
    except subprocess.TimeoutExpired:
        return


def cpu_of(pid: int) -> float:
    """Processor seconds of a process and its children so far."""
    total = 0.0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(stat.parent.name) == pid or int(fields[1]) == pid:
            total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return total
