"""A laptop of the demo: an encrypted folder, used by its command, and its pages at the end."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from demo.commands import Program, stop
from demo.programme import Registry, address

PASSPHRASE = "seven goats cross the dry river"


@dataclass
class Laptop:
    """Whose laptop it is, and its program."""

    who: str
    program: Program
    process: subprocess.Popen[str] | None = None

    def ask(self, *words: str, exits: int = 0) -> list[dict[str, Any]]:
        """Run ``ddr-field WORDS``."""
        return self.program.ask(*words, exits=exits)

    def sync(self) -> dict[str, Any]:
        """Sync; the summary it ends with."""
        return self.ask("sync")[-1]

    def register(self, changes: list[dict[str, Any]]) -> list[str]:
        """Record several things in one Unit; the ids of the records."""
        path = self.program.folder / f"{self.who}.ndjson"
        path.write_text(json.dumps({"unit": changes}, ensure_ascii=False) + "\n", encoding="utf-8")
        [saved] = self.ask("add", changes[0]["entity"], "--file", str(path))
        path.unlink()
        return [key[1] for key in saved["records"]]

    def serve(self) -> str:
        """Start its pages; the address that opens one browser, once."""
        log = self.program.folder / f"{self.who}.log"
        self.process, line = self.program.start("serve", "--no-browser", "--json", log=log)
        return str(json.loads(line)["address"])

    def stop(self) -> None:
        """Stop its pages."""
        if self.process:
            stop(self.process)
            self.process = None


def enrolled(registry: Registry, who: str) -> Laptop:
    """A laptop that joined with a one-time code of this account and fetched its caseload."""
    folder: Path = registry.program.folder
    settings = {"DDR_FIELD_HOME": str(folder / f"laptop-{who}"), "DDR_PASSPHRASE": PASSPHRASE}
    laptop = Laptop(who, Program("ddr-field", settings, folder))
    [code] = registry.ask("device", "code", "--user", address(who))
    laptop.ask("enrol", registry.url, str(code["code"]), "--name", who)
    return laptop
