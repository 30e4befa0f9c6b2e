"""The pages of a laptop as a browser without JavaScript uses them, served by the real command."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import requests

from tests.walk.commands import PATIENCE
from tests.walk.laptop import PASSPHRASE, Laptop

PROGRAM = Path(sys.executable).with_name("ddr-field")


@dataclass
class Browser:
    """One browser at one served laptop. token: what each form of these pages carries."""

    process: subprocess.Popen[str]
    url: str
    session: requests.Session = field(default_factory=requests.Session)
    token: str = ""

    def get(self, path: str) -> requests.Response:
        """Open a page."""
        return self._seen(self.session.get(self.url + path, timeout=PATIENCE))

    def post(self, path: str, **typed: str) -> requests.Response:
        """Send a form of the page before."""
        form = typed | {"csrf_token": self.token}
        return self._seen(self.session.post(self.url + path, data=form, timeout=PATIENCE))

    def unlock(self) -> None:
        """Open the store with the passphrase."""
        self.get("/unlock")
        assert self.post("/unlock", officer="laptop", passphrase=PASSPHRASE).url == f"{self.url}/"

    def kill(self) -> None:
        """End the program in the middle of whatever it does."""
        self.process.send_signal(signal.SIGKILL)
        self.process.communicate(timeout=PATIENCE)

    def _seen(self, page: requests.Response) -> requests.Response:
        assert page.ok, page.text
        found = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
        self.token = found.group(1) if found else self.token
        return page


def served(laptop: Laptop, log: Path, settings: Mapping[str, str]) -> Browser:
    """Start ``ddr-field serve`` without the passphrase in its environment, and open its address."""
    known = {name: value for name, value in os.environ.items() if not name.startswith("DDR_")}
    # A walk syncs when it says so.
    own = {"DDR_FIELD_HOME": str(laptop.home), "DDR_FIELD_AUTOSYNC": "no"}
    env = known | own | dict(settings)
    with log.open("a") as errors:
        process = subprocess.Popen(
            [PROGRAM, "serve", "--no-browser", "--json"],
            env=env,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
    assert process.stdout
    address = json.loads(process.stdout.readline() or "{}").get("address", "")
    assert address, log.read_text("utf-8")
    base, _, ticket = address.partition("/start/")
    browser = Browser(process, base)
    browser.get(f"/start/{ticket}")
    return browser
