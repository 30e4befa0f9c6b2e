"""The peer's side: PouchDB Server and a PouchDB client as processes of node, and their steps."""

import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Any

from bench.peers import rows
from bench.peers.cost import Cost, cost
from bench.peers.relay import LOOPBACK, Relay, Road, relaying

HERE = Path(__file__).parent
INSTALL_SECONDS = 600
PACKAGES = ("pouchdb", "express-pouchdb", "leveldown")
Process = subprocess.Popen[str]


def why_not() -> str:
    """Why the peer cannot run here, in one sentence; nothing when it can. Installs it when needed."""
    if not shutil.which("node") or not shutil.which("npm"):
        return "there is no node with npm on this machine"
    if not _is_installed():
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        done = subprocess.run(
            command, cwd=HERE, capture_output=True, timeout=INSTALL_SECONDS, check=False
        )
        if done.returncode:
            return "npm could not install bench/peers/package-lock.json; is there a network?"
    return ""


def _is_installed() -> bool:
    """Whether what npm noted when it installed is what the lock beside this file says."""
    lock, noted = (HERE / "package-lock.json", HERE / "node_modules" / ".package-lock.json")
    if not noted.exists():
        return False
    wanted, there = (json.loads(path.read_text())["packages"] for path in (lock, noted))
    return all(there.get(name) == said for name, said in wanted.items() if name)


def versions() -> str:
    """Node and the peer's packages, as installed."""
    node = subprocess.run(["node", "--version"], check=True, capture_output=True, text=True)
    found = [_version(name) for name in PACKAGES]
    return ", ".join([f"node {node.stdout.strip().lstrip('v')}", *found])


def _version(name: str) -> str:
    said = json.loads((HERE / "node_modules" / name / "package.json").read_text())
    return f"{name} {said['version']}"


@dataclass(frozen=True)
class Client:
    """A process of PouchDB that does what it is told."""

    process: Process

    def do(self, verb: str, *said: Any) -> int:
        """Tell it, and wait for what it counted."""
        _pipe(self.process.stdin).write(json.dumps([verb, *said]) + "\n")
        _pipe(self.process.stdin).flush()
        answer = json.loads(_pipe(self.process.stdout).readline())
        if "failed" in answer:
            raise RuntimeError(f"the peer could not {verb}: {answer['failed']}")
        return int(answer["count"])


def steps(
    people: int, road: Road = LOOPBACK, edits: int = rows.EDITS
) -> Iterator[tuple[str, Cost]]:
    """What each step of the comparison cost, by its name."""
    with talking("client.js", road) as (client, relay, server):
        client.do("load", rows.documents(people))
        for name, verbs in _ready(client, edits):
            yield name, cost(partial(_all, client, verbs), relay, server)


def _all(client: Client, verbs: list[str]) -> list[int]:
    return [client.do(verb) for verb in verbs]


@contextmanager
def talking(script: str, road: Road = LOOPBACK) -> Iterator[tuple[Client, Relay, int]]:
    """A client of this kind, the relay through which it talks to a server, and that one's process id."""
    folder = Path(tempfile.mkdtemp(prefix="ploughshare-peer-"))
    try:
        with _node(folder, "serve.js", str(folder)) as server:
            port = int(_pipe(server.stdout).readline())
            with relaying(port, road) as relay:
                places = [f"http://127.0.0.1:{place}/cases" for place in (port, relay.port)]
                with _node(folder, script, str(folder), *places) as process:
                    yield Client(process), relay, server.pid
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _ready(client: Client, edits: int) -> Iterator[tuple[str, list[str]]]:
    """Each step, once what comes before it has been done at either end."""
    yield "first", ["pull"]
    client.do("editHere", rows.by_id(rows.pushed(edits), rows.on_laptop))
    client.do("editThere", rows.by_id(rows.changed_base(edits), rows.at_registry))
    yield "push", ["push"]
    yield "push, fetched", ["pull"]
    client.do("editThere", rows.by_id(rows.pulled(edits), rows.at_registry))
    yield "pull", ["pull"]
    # What was fetched goes back as known once; a sync after that has nothing new either way.
    client.do("push")
    yield "nothing", ["push", "pull"]


@contextmanager
def _node(folder: Path, script: str, *said: str) -> Iterator[Process]:
    with (folder / f"{script}.log").open("w") as log:
        process = subprocess.Popen(
            ["node", str(HERE / script), *said],
            cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True,
        )  # fmt: skip
    try:
        yield process
    finally:
        process.terminate()
        process.communicate(timeout=30)


def _pipe(stream: IO[str] | None) -> IO[str]:
    assert stream is not None
    return stream
