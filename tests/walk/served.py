"""A registry made and served as an administrator would, and its programme: two areas, two caseloads."""

import os
import random
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

from tests.walk.commands import PATIENCE, Done, Running, start

PROGRAM = Path(sys.executable).with_name("ddr-server")
# The least that the setting takes: a walk makes many accounts.
LIGHT = {"DDR_PASSWORD_MEMORY": "19456"}
NOT_EPHEMERAL = range(20_000, 32_000)
AREAS = """pcode,level,parent,name
XX,0,,Country
XX01,1,XX,North
XX02,1,XX,South
XX0101,2,XX01,Northern Valley
XX0201,2,XX02,Southern Coast
"""
CASELOADS = "code,name,area\nA,Caseload A,XX0101\nB,Caseload B,XX0201\n"
STORES = "code,name,area\nSA,Store A,XX0101\nSB,Store B,XX0201\n"


def free_port() -> int:
    """A port that nobody listens on, and that no connection is given while its registry is stopped."""
    for port in random.sample(NOT_EPHEMERAL, len(NOT_EPHEMERAL)):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise RuntimeError("no port of this machine is free")


@dataclass
class Registry:
    """A registry's folder and address; it is served between ``serve`` and ``stop``."""

    folder: Path
    database_url: str
    workers: int = 2
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[str] | None = None

    @property
    def url(self) -> str:
        """Where laptops find it."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def env(self) -> dict[str, str]:
        """Its settings."""
        data = self.folder / "registry"
        return {"DDR_DATA": str(data), "DDR_DATABASE_URL": self.database_url} | LIGHT

    @property
    def log(self) -> Path:
        """What the served registry writes."""
        return self.folder / "registry.log"

    def start(self, *words: str, who: str = "") -> Running:
        """Start ``ddr-server WORDS --json``, as this account."""
        acting = ("--as", address(who)) if who else ()
        return start("ddr-server", (*words, *acting, "--json"), self.env, self.folder)

    def run(self, *words: str, who: str = "", exits: int = 0) -> Done:
        """Run ``ddr-server WORDS --json`` to its end, which must be as expected."""
        return expected(self.start(*words, who=who).done(), exits, words)

    def rows(self, *words: str, who: str = "") -> list[dict[str, Any]]:
        """What ``ddr-server WORDS`` answered."""
        return self.run(*words, who=who).rows

    def serve(self) -> None:
        """Start serving and wait until a worker answers that it is ready."""
        words = ("serve", "--port", str(self.port), "--workers", str(self.workers))
        inherited = {n: value for n, value in os.environ.items() if not n.startswith("DDR_")}
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                [PROGRAM, *words],
                env=inherited | self.env,
                cwd=self.folder,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert self.process.stdout
        line = self.process.stdout.readline()
        assert line, f"ended with {self.process.wait()}: {self.log.read_text('utf-8')}"
        # The socket listens from here on, so this waits in its queue for the first worker.
        assert requests.get(f"{self.url}/health/ready", timeout=PATIENCE).ok

    def stop(self) -> None:
        """Stop serving, as a machine does that shuts down."""
        if self.process:
            self.process.terminate()
            self.process.communicate(timeout=PATIENCE)
            self.process = None

    def found(self) -> None:
        """Make the registry with its areas, caseloads and stores."""
        self.run("init")
        for kind, text in (("areas", AREAS), ("caseloads", CASELOADS), ("stores", STORES)):
            self.read(kind, text)

    def read(self, kind: str, text: str, *words: str) -> Done:
        """Import a list of this kind."""
        path = self.folder / f"{kind}.csv"
        path.write_text(text, encoding="utf-8")
        return self.run("import", str(path), "--kind", kind, *words)

    def account(self, who: str, role: str, *scopes: str) -> None:
        """Make an account with this role over these caseloads or stores, or everywhere."""
        where = [word for scope in scopes for word in ("--scope", scope)] or ["--everywhere"]
        self.run("user", "add", address(who), "--role", role, *where)

    def grant(self, who: str, role: str, *scopes: str) -> None:
        """Give an account a role over further caseloads or stores."""
        where = [word for scope in scopes for word in ("--scope", scope)] or ["--everywhere"]
        self.run("user", "grant", address(who), "--role", role, *where)

    def code(self, who: str) -> str:
        """A one-time code for a laptop of this account."""
        return str(self.run("device", "code", "--user", address(who)).row["code"])


@contextmanager
def founded(folder: Path, database_url: str, workers: int = 2) -> Iterator[Registry]:
    """A served registry with its programme, stopped at the end; its log must tell of no fault."""
    folder.mkdir()
    registry = Registry(folder, database_url, workers)
    registry.found()
    registry.serve()
    try:
        yield registry
    finally:
        registry.stop()
    assert faults(registry.log) == []


def faults(log: Path) -> list[str]:
    """The lines of a server's log that tell of an answer 500 or of a fault."""
    lines = log.read_text("utf-8").splitlines()
    return [line for line in lines if re.search(r'"event": ?"failed"|"status": ?5\d\d', line)]


def expected(done: Done, exits: int, words: tuple[str, ...]) -> Done:
    """The command's end, when it is the expected one."""
    assert done.code == exits, f"{words} ended with {done.code}:\n{done.out}{done.err}"
    assert "Traceback" not in done.err, done.err
    return done


def address(who: str) -> str:
    """The email address of somebody of the cast."""
    return f"{who}@example.org"
