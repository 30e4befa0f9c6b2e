"""One schedule: a registry, some laptops, what people do, what the weather does, and the end of it.

A schedule is data: a list of steps, each a name and whole numbers. Numbers choose among what there is at
that moment, so that any list of steps is a schedule, and a part of one is one too.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from schema.problems import Problem
from tests.sync import narrow
from tests.sync.acts import Desk, Draft
from tests.sync.disasters import Disasters
from tests.sync.laptops import Laptop, kept_on_screen
from tests.sync.links import CUT_DOWN, CUT_UP, LATE, LOST, TWICE, Weather
from tests.sync.office import Office
from tests.sync.oracle import Oracle
from tests.sync.photographs import hashes_of, photograph, taken, unseen
from tests.sync.registry import Registry
from tests.sync.sticks import Sticks
from tests.sync.views import LaptopView
from tests.sync.wire import Wire

Step = Sequence[Any]
FLEETS = (
    ("awa", "idriss"),
    ("awa", "bakary"),
    ("awa", "idriss", "esther"),
    ("awa", "awa-2", "bakary"),
    ("idriss", "faraj"),
    ("awa", "esther", "bakary", "faraj", "idriss"),
)
MOST_ROUNDS = 3
# A cut is told in sixtieths of what was under way.
SHARES = 60


@dataclass
class World:
    """A schedule under way."""

    registry: Registry
    prepared: dict[str, Laptop]
    folder: Path
    oracle: Oracle = field(default_factory=Oracle)
    laptops: list[Laptop] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    copies: int = 0

    def begin(self, which: int) -> None:
        """Put everything back to the prepared state and give some people their laptops."""
        self.registry.put_back()
        self.wire = Wire(self.registry, self.oracle)
        self.office = Office(self.registry, self.oracle)
        self.disasters = Disasters(self)
        self.sticks = Sticks(self)
        for name in FLEETS[which % len(FLEETS)]:
            self.laptops.append(self.machine(self.prepared[name], name))
        for laptop in self.laptops:
            for key in laptop.prepared:
                self.oracle.records[key] = None

    def machine(self, image: Laptop, name: str) -> Laptop:
        self.copies += 1
        made = image.copied(name, self.folder / f"machine-{self.copies}")
        made.link.heard = self.wire.hears(made)
        return made

    def do(self, step: Step) -> str:
        """One step; what came of it, in words."""
        name, *numbers = step
        came = STEPS[name](self, *numbers) or "nothing"
        self.said.append(f"{list(step)}: {came}")
        return came

    def play(self, schedule: Sequence[Step]) -> None:
        """A whole schedule; its first number chooses the laptops."""
        self.begin(schedule[0][1])
        for step in schedule[1:]:
            self.do(step)

    # -- on laptops

    def save(self, act: str, which: int, *numbers: int) -> str:
        """Somebody does something on a laptop."""
        laptop = self.laptop(which)
        with laptop.opened() as db:
            desk = Desk(LaptopView(laptop.who, db), self.oracle, laptop.typed)
            try:
                photo = act == "photograph"
                draft = photograph(desk, *numbers) if photo else desk.draft(act, *numbers)
            except Problem:
                draft = None
        if draft is None:
            return ""
        pictures = taken(draft)
        unit = laptop.save(draft.changes, pictures)
        if unit is None:
            return "refused by the laptop"
        if pictures:
            self.oracle.photos[unit] = hashes_of(pictures)
        draft.saved_as(unit, laptop.name, self.oracle, laptop.typed)
        if not laptop.doubtful and not _decides_on_age(draft):
            self.oracle.lawful.add(unit)
        return f"{laptop.name} {act} {[(c.verb, c.entity) for c in draft.changes]}"

    def sync(self, which: int) -> str:
        """A sync in good weather."""
        laptop = self.laptop(which)
        done = laptop.sync()
        assert done is not None, f"{laptop.name}: a sync in good weather did not come to an end"
        return f"{laptop.name} sent {done.sent}, fetched {done.fetched}"

    def storm(self, which: int, kind: int, at: int, share: int) -> str:
        """A sync in bad weather."""
        laptop = self.laptop(which)
        fault = (CUT_UP, CUT_DOWN, LOST, TWICE, LATE)[kind % 5]
        done = laptop.sync(Weather(fault, at // 3, share / SHARES, bool(share % 2)))
        kept_on_screen(laptop)
        return f"{laptop.name} {fault}: {'done' if done else 'failed'}"

    def trickle(self, which: int, lines: int, rows: int) -> str:
        """A sync in many small requests and small answers, which may break off in the middle."""
        laptop = self.laptop(which)
        with narrow.link(lines % 3 + 1, rows % 4 + 1):
            done = laptop.sync(Weather(LOST if rows % 2 else CUT_DOWN, lines % 5, rows / 10))
        kept_on_screen(laptop)
        return f"{laptop.name} trickles: {'done' if done else 'broke off'}"

    def late(self, which: int) -> str:
        """A request that was delivered long ago comes once more."""
        laptop = self.laptop(which)
        if not laptop.link.late:
            return ""
        laptop.link.deliver(laptop.link.late.pop(0))
        laptop.doubtful = True
        self._forget_lawful(laptop)
        return f"an old request of {laptop.name} comes again"

    # -- the end

    def quiesce(self) -> int:
        """Everybody who is behind syncs, until nobody is; how many rounds it took."""
        rounds = self._records_through()
        self._pictures_through()
        return rounds

    def _records_through(self) -> int:
        for rounds in range(MOST_ROUNDS):
            head = self.registry.head()
            behind = [one for one in self.laptops if one.is_behind(head)]
            if not behind:
                return rounds
            for laptop in behind:
                self._in_good_weather(laptop)
        # Whoever is still behind after so many is found out by the invariants.
        return MOST_ROUNDS

    def _pictures_through(self) -> None:
        """Whoever has bytes to send sends them, and then whoever lacks a preview fetches it."""
        for laptop in self.laptops:
            if laptop.owes_pictures():
                self._in_good_weather(laptop)
        for laptop in self.laptops:
            if unseen(self.registry, laptop):
                self._in_good_weather(laptop)

    def _in_good_weather(self, laptop: Laptop) -> None:
        done = laptop.sync()
        assert done, f"{laptop.name}: a sync in good weather failed"
        assert not done.pictures_why, f"{laptop.name}: pictures do not come: {done.pictures_why}"

    def arrived(self, units: set[str]) -> set[str]:
        """Which of these Units the registry has."""
        return {row["unit_id"] for row in self.wire.arrivals() if row["unit_id"] in units}

    # -- parts

    def laptop(self, which: int) -> Laptop:
        return self.laptops[which % len(self.laptops)]

    def _forget_lawful(self, laptop: Laptop) -> None:
        self.oracle.lawful -= laptop.log()


def _decides_on_age(draft: Draft) -> bool:
    """Whether today's rights decide and not those of its base: leaving the child process."""
    return any(c.verb == "set" and "process" in c.values for c in draft.changes)


STEPS: dict[str, Callable[..., str]] = {
    "save": World.save,
    "sync": World.sync,
    "storm": World.storm,
    "trickle": World.trickle,
    "late": World.late,
    "power-cut": lambda world, *numbers: world.disasters.power_cut(*numbers),
    "worker-lost": lambda world, *numbers: world.disasters.worker_lost(*numbers),
    "clone": lambda world, *numbers: world.disasters.clone(*numbers),
    "image": lambda world, *numbers: world.disasters.image(*numbers),
    "backup": lambda world: world.disasters.backup(),
    "restore": lambda world, which: world.disasters.restore(which),
    "stick-write": lambda world, which: world.sticks.write(which),
    "stick-arrive": lambda world, which: world.sticks.arrive(which),
    "stick-read": lambda world, which: world.sticks.read(which),
    "put-back": lambda world, *numbers: world.disasters.put_back(*numbers),
    "web": lambda world, *numbers: world.office.web(*numbers),
    "form": lambda world, *numbers: world.office.open_form(*numbers),
    "submit": lambda world, *numbers: world.office.submit(*numbers),
    "toggle": lambda world, *numbers: world.office.toggle(*numbers),
    "retry": lambda world, *numbers: world.office.retry(*numbers),
}
