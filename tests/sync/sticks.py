"""Sticks on their way: written by a laptop, taken in by the registry, their answers read, or not, or late."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from field_client import bundle as laptop_bundle
from field_client.store import outbox
from schema.problems import Problem, Refused
from server.actor import SYSTEM
from server.sync import bundle
from tests.sync.laptops import Laptop, kept_on_screen

if TYPE_CHECKING:
    from tests.sync.world import World


@dataclass
class Sticks:
    """The sticks of a world: on their way to the registry with some Units, and on their way back."""

    world: "World"
    up: list[tuple[Laptop, Path, set[str]]] = field(default_factory=list)
    down: list[tuple[Laptop, Path]] = field(default_factory=list)

    def write(self, which: int) -> str:
        """A laptop writes what the registry has not acknowledged."""
        laptop = self.world.laptop(which)
        file = self.world.folder / f"stick-{len(self.world.said)}.up"
        with laptop.opened() as db:
            units = {row["unit_id"] for row in outbox.unsent(db)}
        written = laptop_bundle.write(laptop.unlocked, file)
        self.up.append((laptop, file, units))
        return f"{laptop.name} writes {written.units} Units to a stick"

    def arrive(self, which: int) -> str:
        """A stick arrives; every other time it stays around and may arrive once more."""
        if not self.up:
            return ""
        place = which % len(self.up)
        laptop, file, units = self.up[place]
        if which % 2 == 0:
            del self.up[place]
        with file.open("rb") as opened:
            accepted = self.world.registry.within(lambda: bundle.accept(opened, SYSTEM))
        missing = units - self.world.arrived(units)
        assert not missing, f"lost: a stick of {laptop.name} arrived, and {missing} are nowhere"
        self.world.oracle.excused -= units
        reply = self.world.folder / f"stick-{len(self.world.said)}.down"
        reply.write_bytes(accepted.reply)
        self._watch(laptop, reply)
        self.down.append((laptop, reply))
        return f"a stick of {laptop.name} arrives: {accepted.fresh} of {accepted.units} are new"

    def _watch(self, laptop: Laptop, reply: Path) -> None:
        """What a reply says is for its laptop to see, like every other answer."""
        with laptop.opened() as db:
            try:
                lines = laptop_bundle.opened(db, reply)
            except Refused:
                return  # It has not learned the registry's key yet.
        self.world.wire.watch(laptop, b"\n".join(lines))

    def read(self, which: int) -> str:
        """A laptop reads the answer to one of its sticks, whenever that is."""
        if not self.down:
            return ""
        laptop, file = self.down.pop(which % len(self.down))
        try:
            read = laptop_bundle.read(laptop.unlocked, file)
        except Problem as problem:
            return f"{laptop.name} refuses an answer: {problem.code}"
        kept_on_screen(laptop)
        return f"{laptop.name} reads an answer{', late' if read.late else ''}"
