"""The demo's registry: made, filled with invented people, given an account for each role, and served."""

import os
import shutil
import socket
import subprocess
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from demo.commands import Failed, Program, stop

HOME = Path(__file__).parent.parent / ".demo"
PORT = 8000
SEED = "7"
# Who plays which role. The officers get one caseload each; the others see the whole programme.
CAST = {
    "awa": "field-officer",
    "bakary": "field-officer",
    "idriss": "case-worker",
    "celine": "programme-manager",
    "dario": "donor",
    "esther": "child-protection",
    "faraj": "storekeeper",
    "grace": "administrator",
    "hawa": "clinician",
    "ibrahim": "weapons-officer",
    "jeanne": "payment-officer",
    "khalid": "site-supervisor",
    "leila": "me-officer",
    "marco": "service-provider",
    "nadia": "liaison",
    "omar": "data-protection",
    "paula": "auditor",
}


@dataclass
class Registry:
    """The demo's registry and the process that serves it."""

    program: Program
    port: int = 0
    process: subprocess.Popen[str] | None = None
    passwords: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Where it is served."""
        return f"http://127.0.0.1:{self.port}"

    def ask(self, *words: str, who: str = "", exits: int = 0) -> list[dict[str, Any]]:
        """Run ``ddr-server WORDS``, as somebody of the cast."""
        acting = ("--as", address(who)) if who else ()
        return self.program.ask(*words, *acting, exits=exits)

    def serve(self) -> None:
        """Start serving, at the usual port or at a free one where something listens there already."""
        self.port = self.port or _port()
        log = self.program.folder / "registry.log"
        words = ("serve", "--port", str(self.port))
        self.process, _ = self.program.start(*words, log=log)

    def stop(self) -> None:
        """Stop serving."""
        if self.process:
            stop(self.process)
            self.process = None


def made() -> Registry:
    """A registry without people. The folder of an earlier demo is replaced.

    A database named by DDR_DATABASE_URL is used as it stands: what is in it stays.
    """
    shutil.rmtree(HOME, ignore_errors=True)
    HOME.mkdir(parents=True)
    settings = {"DDR_DATA": str(HOME / "registry")} | _given_database(os.environ)
    registry = Registry(Program("ddr-server", settings, HOME))
    registry.ask("init")
    return registry


def cast(registry: Registry) -> None:
    """An account for each role, with the passwords that the registry made; two at a time."""
    caseloads, stores = _codes(registry, "caseload"), _codes(registry, "store")
    places = {
        "awa": [f"caseload:{caseloads[0]}", f"store:{stores[0]}"],
        "idriss": [f"caseload:{caseloads[0]}"],
        "bakary": [f"caseload:{caseloads[1]}"],
        "faraj": [f"store:{stores[0]}"],
    }
    known = {row["email"] for row in registry.ask("user", "list")}

    def password(who: str) -> str:
        if address(who) in known:
            return str(registry.ask("user", "password", address(who))[0]["password"])
        where = [word for scope in places.get(who, ()) for word in ("--scope", scope)]
        words = ("--role", CAST[who], *(where or ["--everywhere"]))
        return str(registry.ask("user", "add", address(who), *words)[0]["password"])

    with ThreadPoolExecutor(2) as pool:
        registry.passwords = dict(zip(CAST, pool.map(password, CAST), strict=True))


def address(who: str) -> str:
    """The email address of somebody of the cast."""
    return f"{who}@example.org"


def _codes(registry: Registry, noun: str) -> list[str]:
    found = sorted(str(row["code"]) for row in registry.ask("list", noun))
    if len(found) < 2:
        raise Failed(f"The programme needs two of each; it has these of {noun}: {found}")
    return found


def _given_database(environment: Mapping[str, str]) -> dict[str, str]:
    name = "DDR_DATABASE_URL"
    return {name: environment[name]} if environment.get(name) else {}


def _port() -> int:
    """The usual port, or a free one where something listens there already."""
    for port in (PORT, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise Failed("No port of this machine is free.")
