"""The state machine: hypothesis chooses who does what when, and shrinks what goes wrong.

Every rule draws small whole numbers and makes one step of a schedule, so that what failed is data: it is
printed, kept in ``regressions`` and played again without hypothesis.
"""

import json
import shutil
from typing import Any

from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from tests.sync.invariants import check
from tests.sync.prepared import Stage
from tests.sync.world import FLEETS, World

# Small, so that people meet: the first records, the first fields, few values.
FEW = st.sampled_from((0, 0, 0, 1, 1, 2, 3, 4, 5, 9))
WHO = st.integers(0, 4)
SHARE = st.integers(0, 60)


class Machine(RuleBasedStateMachine):
    """One schedule at a time, on a stage that is set up once."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.world: World = stage.world()
        self.schedule: list[list[Any]] = []
        self.whole = True

    @initialize(fleet=st.integers(0, len(FLEETS) - 1))
    def begin(self, fleet: int) -> None:
        self.schedule.append(["begin", fleet])
        self.world.begin(fleet)

    def step(self, *step: Any) -> None:
        """One step; a schedule that failed is not asked for its end."""
        self.schedule.append(list(step))
        self.whole = False
        self.world.do(step)
        self.whole = True

    def teardown(self) -> None:
        """Everybody syncs to a standstill, and all that must hold is looked at."""
        try:
            if self.whole and self.schedule:
                self.world.quiesce()
                check(self.world)
        finally:
            note(f"schedule: {json.dumps(self.schedule)}")
            note("\n".join(self.world.said))
            shutil.rmtree(self.world.folder)

    # -- people at their laptops; the first three differ only in how often they are drawn

    @rule(who=WHO, which=FEW, name=FEW, value=FEW)
    def edit(self, who: int, which: int, name: int, value: int) -> None:
        self.step("save", "edit", who, which, name, value)

    @rule(who=WHO, name=st.integers(0, 1), value=st.integers(3, 4))
    def edit_the_first(self, who: int, name: int, value: int) -> None:
        self.step("save", "edit", who, 0, name, value)

    @rule(who=WHO, value=st.integers(0, 4))
    def edit_the_name(self, who: int, value: int) -> None:
        self.step("save", "edit", who, 0, 0, value)

    @rule(who=WHO, which=FEW, choice=st.integers(0, 2))
    def settle(self, who: int, which: int, choice: int) -> None:
        self.step("save", "settle", who, which, choice)

    @rule(who=WHO, kind=st.integers(0, 4), where=FEW, what=FEW)
    def register(self, who: int, kind: int, where: int, what: int) -> None:
        self.step("save", "person", who, kind, where, what)

    @rule(who=WHO, which=FEW, what=FEW)
    def hang(self, who: int, which: int, what: int) -> None:
        self.step("save", "hang", who, which, what)

    @rule(who=WHO, which=FEW, where=FEW, what=FEW)
    def record_weapon(self, who: int, which: int, where: int, what: int) -> None:
        self.step("save", "weapon", who, which, where, what)

    @rule(who=WHO, which=FEW, other=FEW, name=FEW)
    def edit_two(self, who: int, which: int, other: int, name: int) -> None:
        self.step("save", "pair", who, which, other, name)

    @rule(who=WHO, act=st.sampled_from(("move", "close", "store")), which=FEW)
    def move_or_close(self, who: int, act: str, which: int) -> None:
        self.step("save", act, who, which)

    @rule(who=WHO, act=st.sampled_from(("child", "open")), which=FEW, what=FEW)
    def recognise_or_open(self, who: int, act: str, which: int, what: int) -> None:
        self.step("save", act, who, which, what)

    @rule(who=WHO, which=FEW, what=FEW)
    def take_a_photo(self, who: int, which: int, what: int) -> None:
        self.step("save", "photograph", who, which, what)

    # -- the link

    @rule(who=WHO)
    def sync(self, who: int) -> None:
        self.step("sync", who)

    @rule(who=WHO)
    def sync_again(self, who: int) -> None:
        self.step("sync", who)

    @rule(who=WHO, kind=st.integers(0, 4), at=FEW, share=SHARE)
    def storm(self, who: int, kind: int, at: int, share: int) -> None:
        self.step("storm", who, kind, at, share)

    @rule(who=WHO, lines=FEW, rows=FEW)
    def trickle(self, who: int, lines: int, rows: int) -> None:
        self.step("trickle", who, lines, rows)

    @rule(who=WHO, act=st.sampled_from(("power-cut", "worker-lost")), point=st.integers(0, 9))
    def break_down(self, who: int, act: str, point: int) -> None:
        self.step(act, who, point)

    @rule(who=WHO, act=st.sampled_from(("late", "clone", "image", "put-back")))
    def misfortune(self, who: int, act: str) -> None:
        self.step(act, who)

    @rule(act=st.sampled_from(("stick-write", "stick-arrive", "stick-read")), which=WHO)
    def carry_a_stick(self, act: str, which: int) -> None:
        self.step(act, which)

    @rule(which=WHO, again=st.booleans())
    def lose_the_registry(self, which: int, again: bool) -> None:
        self.step("restore", which) if again else self.step("backup")

    # -- at the registry

    @rule(who=st.integers(0, 2), which=FEW, name=FEW, value=FEW)
    def edit_at_the_web(self, who: int, which: int, name: int, value: int) -> None:
        self.step("web", "edit", who, which, name, value)

    @rule(
        who=st.integers(0, 2),
        act=st.sampled_from(("settle", "child", "open", "hang")),
        which=FEW,
        what=FEW,
    )
    def act_at_the_web(self, who: int, act: str, which: int, what: int) -> None:
        self.step("web", act, who, which, what)

    @rule(who=st.integers(0, 2), act=st.sampled_from(("move", "close", "store")), which=FEW)
    def move_at_the_web(self, who: int, act: str, which: int) -> None:
        self.step("web", act, who, which)

    @rule(who=st.integers(0, 2), which=FEW, name=FEW, value=FEW)
    def open_a_form(self, who: int, which: int, name: int, value: int) -> None:
        self.step("form", "edit", who, which, name, value)

    @rule(act=st.sampled_from(("submit", "toggle", "retry")), which=st.integers(0, 7))
    def at_the_office(self, act: str, which: int) -> None:
        self.step(act, which)
