"""A laptop of the walk: one enrolled device, used by its command alone."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.walk.commands import Done, Running, start
from tests.walk.served import Registry, expected

PASSPHRASE = "three dry wells and a goat"


@dataclass
class Laptop:
    """A folder that stands for a laptop."""

    home: Path

    @property
    def env(self) -> dict[str, str]:
        """Its settings."""
        return {"DDR_FIELD_HOME": str(self.home), "DDR_PASSPHRASE": PASSPHRASE}

    def start(self, *words: str) -> Running:
        """Start ``ddr-field WORDS --json``."""
        return start("ddr-field", (*words, "--json"), self.env, self.home.parent)

    def run(self, *words: str, exits: int = 0) -> Done:
        """Run ``ddr-field WORDS --json`` to its end, which must be as expected."""
        return expected(self.start(*words).done(), exits, words)

    def rows(self, *words: str) -> list[dict[str, Any]]:
        """What ``ddr-field WORDS`` answered."""
        return self.run(*words).rows

    def add(self, *words: str) -> str:
        """Record something new; its id."""
        return str(self.run("add", *words).row["id"])

    def file(self, verb: str, entity: str, lines: list[dict[str, Any]]) -> Running:
        """Start ``add`` or ``set`` of a file of Units, one a line."""
        path = self.home.parent / f"{self.home.name}.ndjson"
        path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
        return self.start(verb, entity, "--file", str(path))

    def rows_of_file(
        self, verb: str, entity: str, lines: list[dict[str, Any]]
    ) -> list[dict[str, Any]]:
        """``add`` or ``set`` a file of Units; an answer for each."""
        return expected(self.file(verb, entity, lines).done(), 0, (verb, entity)).rows

    def add_unit(self, *changes: dict[str, Any]) -> list[str]:
        """Record several things in one Unit; the ids of the records."""
        [saved] = self.rows_of_file("add", changes[0]["entity"], [{"unit": changes}])
        return [key[1] for key in saved["records"]]

    def sync(self, exits: int = 0) -> dict[str, Any]:
        """Sync; the summary it ends with."""
        done = self.run("sync", exits=exits)
        return done.rows[-1] if done.rows else {}


def enrolled(registry: Registry, who: str, home: Path) -> Laptop:
    """A laptop that joined with a code of this account and has synced once."""
    laptop = Laptop(home)
    laptop.run("enrol", registry.url, registry.code(who))
    laptop.sync()
    return laptop
