"""A small world of three stores: what is really there, and what was written down of it."""

import random
from collections import Counter
from datetime import date, timedelta

from schema.custody import IN_TRANSIT, MISSING, STORED, TAKEN_OUT, Item, Step

STORES = ("north", "river", "south")
TYPES = ("assault-rifle", "rifle", "pistol")
FIRST = date(2026, 3, 1)


class World:
    """What is really there: for each item, quantities by (state, store, type), and what was written of it."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)  # noqa: S311 - the same world again for the same seed
        self.minute = 0
        # In minutes: a laptop that is nine hours out is still on the same day when somebody types the date.
        self.clocks = {store: self.dice.randrange(-540, 540) for store in STORES}
        self.made = dict.fromkeys(STORES, 0)
        self.truth: dict[str, Counter[tuple[str, str, str]]] = {}
        self.steps: dict[str, list[Step]] = {}
        self.kinds: dict[str, str] = {}
        self.written = 0

    @property
    def day(self) -> str:
        return (FIRST + timedelta(days=self.minute // 1440)).isoformat()

    def write(self, item: str, event: str, store: str, much: int, **more: str) -> None:
        clock = self.minute + self.clocks[store]
        self.made[store] = max(self.made[store] + 1, clock)
        name = f"{self.made[store] + 100_000:07}-{store}-{self.written}"
        self.written += 1
        self.steps[item].append(Step(name, self.day, event, much, store, **more))

    def play(self, acts: int) -> None:
        for _ in range(acts):
            self.minute += self.dice.randrange(5, 900)
            item = self.dice.choice([*self.truth, "", ""])
            if not item:
                self.receive()
            else:
                self.act(item)

    def receive(self) -> None:
        store = self.dice.choice(STORES)
        lot = self.dice.random() < 0.4
        item = f"{'lot' if lot else 'weapon'} {len(self.truth)}"
        much = self.dice.randrange(50, 500) if lot else 1
        kind = "ammunition 7.62x39" if lot else self.dice.choice(TYPES)
        self.put(item, kind, store, much)
        self.write(item, self.dice.choice(("received", "received", "opening")), store, much)

    def put(self, item: str, kind: str, store: str, much: int) -> None:
        self.kinds[item] = kind
        self.truth[item] = Counter({(STORED, store, kind): much})
        self.steps[item] = []

    def act(self, item: str) -> None:
        held = self.truth[item]
        place = self.dice.choice(sorted(held))
        state = place[0]
        choices = {
            STORED: ("send", "take", "lose", "end", "split", "retype", "tag"),
            IN_TRANSIT: ("land", "land", "land", "lose"),
            TAKEN_OUT: ("bring", "bring", "lose", "end"),
            MISSING: ("recover",),
        }.get(state, ())
        if not choices:
            return
        much = held[place] if item.startswith("weapon") else self.dice.randrange(1, held[place] + 1)
        getattr(self, self.dice.choice(choices))(item, place, much)

    def move(
        self, item: str, place: tuple[str, str, str], to: tuple[str, str, str], much: int
    ) -> None:
        held = self.truth[item]
        held[place] -= much
        if not held[place]:
            del held[place]
        held[to] += much

    # A lot is sent whole: what stays behind is split off first. So is one that was taken out in part.

    def send(self, item, place, much) -> None:
        if (
            sum(v for k, v in self.truth[item].items() if k[0] in (STORED, IN_TRANSIT, TAKEN_OUT))
            != (self.truth[item][place])
        ):
            return
        to = self.dice.choice([s for s in STORES if s != place[1]])
        self.write(item, "moved-out", place[1], 0, to_store=to)
        self.move(item, place, (IN_TRANSIT, place[1], place[2]), self.truth[item][place])

    def land(self, item, place, much) -> None:
        sent = next(s for s in reversed(self.steps[item]) if s.event == "moved-out")
        self.write(item, "moved-in", sent.to_store, self.truth[item][place])
        self.move(item, place, (STORED, sent.to_store, place[2]), self.truth[item][place])

    def take(self, item, place, much) -> None:
        self.write(item, "taken-out", place[1], much)
        self.move(item, place, (TAKEN_OUT, place[1], place[2]), much)

    def bring(self, item, place, much) -> None:
        self.write(item, "returned", place[1], much)
        self.move(item, place, (STORED, place[1], place[2]), much)

    def lose(self, item, place, much) -> None:
        # Who loses a lot on the way loses what is there: a part of it would be somebody's guess.
        if len(self.truth[item]) > 1:
            return
        much = self.truth[item][place]
        self.write(item, "lost", place[1], much)
        self.move(item, place, (MISSING, place[1], place[2]), much)

    def recover(self, item, place, much) -> None:
        self.write(item, "recovered", place[1], much)
        self.move(item, place, (STORED, place[1], place[2]), much)

    def end(self, item, place, much) -> None:
        if place[0] == TAKEN_OUT and any(k[0] == STORED for k in self.truth[item]):
            return
        how = self.dice.choice(("destroyed", "expended", "transferred", "deactivated"))
        self.write(item, how, place[1], much)
        self.move(item, place, (how, place[1], place[2]), much)

    def split(self, item, place, much) -> None:
        if item.startswith("weapon"):
            return
        other = f"lot {len(self.truth)}"
        self.put(other, place[2], place[1], much)
        self.write(item, "to-lot", place[1], much, beside=other)
        self.write(other, "from-lot", place[1], much, beside=item)
        self.move(item, place, ("to-lot", place[1], place[2]), much)

    def retype(self, item, place, much) -> None:
        if item.startswith("lot"):
            return
        kind = self.dice.choice([k for k in TYPES if k != place[2]])
        self.write(item, "reclassified", place[1], 0, kind=kind, was=place[2])
        self.move(item, place, (STORED, place[1], kind), 1)
        self.kinds[item] = kind

    def tag(self, item, place, much) -> None:
        self.write(item, "tagged", place[1], 0)

    # What the ledger is given

    def items(self) -> list[Item]:
        """All items with their events as they came in: in any order."""
        made = []
        for item, steps in self.steps.items():
            came = [*steps]
            self.dice.shuffle(came)
            noun = item.split()[0]
            implied = 1 if noun == "weapon" else 0
            made.append(
                Item(noun, item, "north", self.kinds[item], "2026-03-01", tuple(came), implied)
            )
        self.dice.shuffle(made)
        return made

    def really(self) -> Counter[tuple[str, str, str]]:
        """How much is in each state, by store and type."""
        found: Counter[tuple[str, str, str]] = Counter()
        for held in self.truth.values():
            found.update({k: v for k, v in held.items() if k[0] in (STORED, IN_TRANSIT)})
        return found
