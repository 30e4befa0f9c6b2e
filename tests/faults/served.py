"""A registry in a process of its own that may be killed or starved, with a look into it from here."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from time import monotonic

import requests

from server import Config, create_app
from server.db import db
from tests.field_client.registry import Registry, peopled
from tests.walk.commands import PATIENCE, Running, start
from tests.walk.served import LIGHT, free_port

SECRET = "a secret for tests, thirty-two characters"
First = Callable[[], None]


@dataclass
class Served:
    """The registry's process. inside: the same registry, seen from this process. first: what it does first."""

    inside: Registry
    port: int
    first: First | None = None
    running: Running | None = None

    @property
    def log(self) -> Path:
        """What the process that runs now has said."""
        assert self.running
        return Path(self.running.folder.name) / "err"

    def serve(self) -> None:
        """Start it, and wait until it answers."""
        config = self.inside.app.extensions["ddr_config"]
        # What is killed cannot clear up after itself.
        scratch = self.inside.folder / "scratch"
        scratch.mkdir(exist_ok=True)
        env = {
            "DDR_DATA": str(config.data),
            "DDR_DATABASE_URL": config.database_url,
            "DDR_SECRET_KEY": SECRET,
            "TMPDIR": str(scratch),
            **LIGHT,
        }
        words = ("serve", "--port", str(self.port), "--workers", "1")
        self.running = start("ddr-server", words, env, self.inside.folder, self.first)
        until(self._answers)

    def is_gone(self) -> bool:
        """Whether its process was killed."""
        assert self.running
        return self.running.done().code == -signal.SIGKILL

    def stop(self) -> None:
        """Stop it as a machine does that shuts down."""
        if self.running and self.running.process.is_alive():
            self.running.process.terminate()
            self.running.done()

    def _answers(self) -> bool:
        assert self.running
        assert self.running.process.exitcode is None, self.log.read_text("utf-8")
        try:
            return requests.get(f"{self.inside.url}/health/ready", timeout=PATIENCE).ok
        except requests.ConnectionError:
            return False


@contextmanager
def served(database_url: str, folder: Path, first: First | None = None) -> Iterator[Served]:
    """Such a registry with two caseloads, two stores and the cast, answering."""
    config = Config(folder / "registry", database_url, SECRET, password_memory=1_024)
    port = free_port()
    app = create_app(config)
    registry = Served(peopled(Registry(app, f"http://127.0.0.1:{port}", folder)), port, first)
    try:
        registry.serve()
        yield registry
    finally:
        registry.stop()
        with app.app_context():
            db.engine.dispose()


def until(true: Callable[[], bool]) -> None:
    """Wait for what another process does."""
    deadline, nothing = monotonic() + PATIENCE, Event()
    while not true():
        assert monotonic() < deadline, "it never came"
        nothing.wait(0.02)
