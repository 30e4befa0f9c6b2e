"""What may befall a laptop or the registry: power cuts, copies, old images, backups that have to serve."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

from schema import points
from schema.policy import Grant
from schema.problems import Problem
from server import backups
from server.actor import SYSTEM
from tests.sync.laptops import Laptop
from tests.sync.links import WorkerLost
from tests.sync.photographs import astray

if TYPE_CHECKING:
    from tests.sync.world import World

MOST_LAPTOPS = 5


@dataclass
class Backup:
    """A backup of the registry, with the roles that stood then, the Units and the bytes that it holds."""

    file: Path
    given: dict[str, set[Grant]]
    units: set[str]
    pictures: set[str]


@dataclass
class Disasters:
    """What befalls a world.

    gone: Units that died with a laptop's disk, arrived or not; gone_pictures: bytes that did. restores: how
    often its registry came back. copies: how many laptops were copied, to another machine or from an old image.
    """

    world: "World"
    images: list[tuple[Laptop, Laptop]] = field(default_factory=list)
    kept: list[Backup] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)
    gone_pictures: set[str] = field(default_factory=set)
    restores: int = 0
    copies: int = 0

    def power_cut(self, which: int, point: int) -> str:
        """A laptop loses its power at a named point of a sync."""
        names = points.FIELD[1:] + points.FETCHING + points.FIELD_CARRYING
        laptop, name = self.world.laptop(which), names[point % len(names)]
        with mock.patch.dict(points._acts, {name: _lose_power}):
            try:
                laptop.sync()
            except PowerCut:
                return f"{laptop.name} loses its power: {name}"
        return f"{laptop.name} syncs"

    def worker_lost(self, which: int, point: int) -> str:
        """The registry's worker dies at a named point while it serves a laptop."""
        names = points.SERVER + points.SNAPSHOT + points.SERVER_CARRYING
        laptop, name = self.world.laptop(which), names[point % len(names)]
        with mock.patch.dict(points._acts, {name: _lose_worker}):
            done = laptop.sync()
        return f"{laptop.name} syncs, the worker dies {name}: {'done' if done else 'failed'}"

    def clone(self, which: int) -> str:
        """A laptop's disk is copied to a second machine, and both go on."""
        if len(self.world.laptops) >= MOST_LAPTOPS:
            return ""
        laptop = self.world.laptop(which)
        self.world.laptops.append(self.world.machine(laptop, f"{laptop.name}'"))
        self.world.oracle.lawful.clear()
        self._doubt_all()
        self.copies += 1
        return f"{laptop.name} is cloned"

    def image(self, which: int) -> str:
        """Somebody keeps an image of a laptop."""
        laptop = self.world.laptop(which)
        self.images.append((laptop, self.world.machine(laptop, "image")))
        return f"an image of {laptop.name}"

    def put_back(self, which: int) -> str:
        """A laptop's disk becomes that of an old image; what was only there is gone for ever."""
        if not self.images:
            return ""
        laptop, image = self.images[which % len(self.images)]
        gone = laptop.log() - image.log()
        pictures = laptop.pictures() - image.pictures()
        laptop.put_back(image)
        laptop.excused = True
        self.copies += 1
        self.gone |= gone
        self.world.oracle.excused |= gone - self.world.arrived(gone)
        self.gone_pictures |= pictures
        self.world.oracle.astray |= self._nowhere(pictures)
        self.world.oracle.lawful.clear()
        self._doubt_all()
        return f"{laptop.name} is put back"

    def backup(self) -> str:
        """The registry is backed up; laptops may forget what that holds."""
        registry = self.world.registry
        if not registry.database.url.startswith("sqlite"):
            return ""
        file = self.world.folder / f"backup-{len(self.kept)}"
        registry.within(lambda: backups.take(file))
        given = {who: set(grants) for who, grants in registry.given.items()}
        units = self.world.arrived(set(self.world.oracle.units))
        self.kept.append(Backup(file, given, units, self._pictures_there()))
        return f"backup {len(self.kept) - 1}"

    def restore(self, which: int) -> str:
        """The registry is gone and comes back from a backup, into a further epoch."""
        if not self.kept:
            return ""
        backup = self.kept[which % len(self.kept)]
        try:
            self.world.registry.restore(backup.file, SYSTEM)
        except Problem as problem:
            raise AssertionError(f"the registry does not come back: {problem}") from problem
        self.world.registry.given = {who: set(grants) for who, grants in backup.given.items()}
        self.restores += 1
        for laptop in self.world.laptops:
            laptop.excused = True
        oracle = self.world.oracle
        # What was typed at the web, what had died with a laptop's disk, what another backup holds.
        web = {unit for unit, by in oracle.units.items() if by == "web"}
        may_be_gone = web.union(self.gone, *(other.units for other in self.kept))
        held = {unit for laptop in self.world.laptops for unit in laptop.log()}
        oracle.excused |= may_be_gone - held - self.world.arrived(may_be_gone)
        elsewhere = self.gone_pictures.union(*(other.pictures for other in self.kept))
        oracle.astray |= self._nowhere(elsewhere - backup.pictures)
        oracle.lawful.clear()
        self._doubt_all()
        return f"the registry is restored from {backup.file.name}"

    def _pictures_there(self) -> set[str]:
        """What the registry has of the bytes that were ever saved."""
        saved = set[str]().union(*self.world.oracle.photos.values())
        return saved - set(astray(self.world.registry, saved))

    def _nowhere(self, hashes: set[str]) -> set[str]:
        """Those of these bytes that neither the registry has nor any laptop that would send them."""
        held = set[str]().union(*(laptop.pictures() for laptop in self.world.laptops))
        return set(astray(self.world.registry, hashes - held))

    def _doubt_all(self) -> None:
        for laptop in self.world.laptops:
            laptop.doubtful = laptop.always_doubtful = True


class PowerCut(BaseException):
    """Ends what a laptop does, wherever it is: nobody catches it."""


def _lose_power() -> None:
    raise PowerCut


def _lose_worker() -> None:
    raise WorkerLost
