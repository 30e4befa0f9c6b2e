"""Whatever anybody does in whatever order: no benefit before eligibility, no discharge before the weapon.

A state machine lets the cast do anything at all to three people. What stands afterwards is looked at by plain
reading of the records, and not by the rules that should have held it.
"""

from collections.abc import Callable
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from schema.change import Change
from schema.codes import GATE
from schema.fields import who as account
from schema.record import Record
from schema.rules.gate_order import BENEFITS
from tests.schema.accord import accord, check, screened
from tests.schema.programme import Programme, case, create, ident, person, weapon, write

PEOPLE = ("Ali", "Mariam", "Sami")
CAST = st.sampled_from(("awa", "hawa", "ines", "celine"))
SOMEBODY = st.sampled_from(PEOPLE)
DAYS = st.integers(1, 9).map(lambda day: f"2026-03-0{day}")
DECIDED = ("eligible", "ineligible", "revoked", "referred-cvr")
PLACES = st.integers(0, 6)


class Gates(RuleBasedStateMachine):
    """The cast's registry in memory, with an accord in force."""

    @initialize()
    def begin(self) -> None:
        self.made = 0
        self.programme = Programme()
        self.programme.arrive("celine", *accord())
        young = {"Sami": {"birth_date": "2012-05-01"}}
        for name in PEOPLE:
            category = "associated" if name == "Mariam" else "combatant"
            born = young.get(name, {})
            self.programme.arrive("awa", person(name, **born), case(name, category=category))

    def do(self, who: str, noun: str, of: str, **said: Any) -> None:
        """Somebody writes something; it is in force or it is not."""
        self.made += 1
        values = {name: value for name, value in said.items() if value is not None}
        values["case_id"] = ident(f"case of {of}")
        self.programme.arrive(who, create(noun, f"{noun} {self.made}", **values), n=self.made)

    def steps(self, of: str) -> list[Record]:
        return self.of("eligibility_event", of)

    def of(self, noun: str, of: str) -> list[Record]:
        """What stands of this noun in somebody's case, the earliest made first."""
        mine = ident(f"case of {of}")
        rows = [r for r in self.programme.rows.values() if r.entity == noun]
        found = [r for r in rows if r.get("case_id") == mine and not r.get("withdrawn_at")]
        return sorted(found, key=lambda record: record.first)

    def pick(self, found: list[Record], place: int) -> str | None:
        return found[place % len(found)].id if found else None

    @rule(of=SOMEBODY, day=st.integers(1, 4), far=st.integers(1, 6))
    def walk(self, of: str, day: int, far: int) -> None:
        """The way as it should be, for so many steps: chance alone hardly ever comes that far."""
        path = "unarmed" if of == "Mariam" else "armed"
        self.made += 1
        proposal = f"walk {self.made}"
        said = {**screened(of, day=f"2026-03-0{day}").values}
        steps = (
            lambda: self.bring_a_weapon(of),
            lambda: self.check_interview("awa", of, "met"),
            lambda: self.act("awa", create("eligibility_event", proposal, **said)),
            lambda: self.do(
                "ines", "eligibility_event", of, act="eligible", date=f"2026-03-0{day + 1}",
                about_id=ident(proposal), criteria_set_id=ident("PA"), path=path,
            ),
            lambda: self.pass_gate("awa", of, "disarmed", f"2026-03-0{day + 2}"),
            lambda: self.pass_gate("awa", of, "discharged", f"2026-03-0{day + 3}"),
        )  # fmt: skip
        for step in steps[:far]:
            step()

    @rule(who=CAST, of=SOMEBODY, gate=st.sampled_from(GATE.values), day=DAYS)
    def pass_gate(self, who: str, of: str, gate: str, day: str) -> None:
        self.do(who, "gate_event", of, gate=gate, date=day)

    @rule(who=CAST, of=SOMEBODY, day=DAYS)
    def count_as_eligible(self, who: str, of: str, day: str) -> None:
        self.do(who, "gate_event", of, gate="screened", reason="eligible", date=day)

    @rule(of=SOMEBODY)
    def bring_a_weapon(self, of: str) -> None:
        self.made += 1
        given = weapon(f"gun {self.made}", case_id=ident(f"case of {of}"), serial_state="none")
        self.programme.arrive("awa", given, n=self.made)

    @rule(who=CAST, of=SOMEBODY, result=st.sampled_from(("met", "not-met", "waived")))
    def check_interview(self, who: str, of: str, result: str) -> None:
        self.made += 1
        self.act(who, check("interview", result, of, f"check {self.made}"))

    @rule(who=CAST, of=SOMEBODY, day=DAYS)
    def propose(self, who: str, of: str, day: str) -> None:
        self.made += 1
        change = screened(of, day=day)
        self.act(who, Change("create", change.entity, ident(f"screen {self.made}"), change.values))

    @rule(
        who=CAST,
        of=SOMEBODY,
        act=st.sampled_from(DECIDED),
        day=DAYS,
        path=st.sampled_from(("armed", "unarmed")),
        place=PLACES,
    )
    def decide(self, who: str, of: str, act: str, day: str, path: str, place: int) -> None:
        about = self.pick(self.steps(of), place)
        why = {"reason": "fraud", "said": "Why", "authority": "Commission"}
        self.do(who, "eligibility_event", of, act=act, date=day, about_id=about,
                criteria_set_id=ident("PA"), path=path, **why)  # fmt: skip

    @rule(who=CAST, of=SOMEBODY, day=DAYS, place=PLACES)
    def tell(self, who: str, of: str, day: str, place: int) -> None:
        about = self.pick(self.steps(of), place)
        self.do(who, "eligibility_event", of, act="told", date=day, about_id=about)

    @rule(who=CAST, of=SOMEBODY, day=DAYS, place=PLACES)
    def appeal(self, who: str, of: str, day: str, place: int) -> None:
        self.do(who, "appeal", of, about_id=self.pick(self.steps(of), place), filed_on=day)

    @rule(
        who=CAST, of=SOMEBODY, act=st.sampled_from(("upheld", "dismissed")), day=DAYS, place=PLACES
    )
    def hear(self, who: str, of: str, act: str, day: str, place: int) -> None:
        appeal = self.pick(self.of("appeal", of), place)
        self.do(who, "appeal_event", of, act=act, date=day, appeal_id=appeal, said="Why")

    @rule(
        who=CAST,
        of=SOMEBODY,
        noun=st.sampled_from(("gate_event", "eligibility_event", "appeal_event", "appeal")),
        place=PLACES,
    )
    def take_back(self, who: str, of: str, noun: str, place: int) -> None:
        record = self.pick(self.of(noun, of), place)
        if record:
            at = {"withdrawn_at": "2026-03-10T10:00:00Z", "withdrawn_reason": "Wrong"}
            self.act(who, Change("set", noun, record, at, {}))

    @rule(who=CAST, of=SOMEBODY, day=DAYS, place=PLACES)
    def move_a_gate(self, who: str, of: str, day: str, place: int) -> None:
        found = self.of("gate_event", of)
        if found:
            gate = found[place % len(found)]
            change = write("gate_event", "", {"date": gate.get("date")}, date=day)
            self.act(who, Change("set", "gate_event", gate.id, change.values, change.old))

    def act(self, who: str, change: Change) -> None:
        self.made += 1
        self.programme.arrive(who, change, n=self.made)

    # -- what must be so, by plain reading

    @invariant()
    def nobody_has_a_benefit_before_they_were_found_eligible(self) -> None:
        for gate, day, of in self.benefits():
            found = self.let_in(of, lambda on, until=day: on <= until)
            assert found, f"{of} passed {gate} on {day} and nobody had found them eligible"

    @invariant()
    def nobody_leaves_before_the_weapon_that_their_way_in_asks_for(self) -> None:
        for gate, day, of in self.benefits():
            if gate not in BENEFITS:
                continue
            ways = self.let_in(of, lambda on, until=day: on <= until)
            disarmed = [
                g.get("date") for g in self.of("gate_event", of) if g.get("gate") == "disarmed"
            ]
            armed_only = ways == {"armed"}
            assert not armed_only or any(d <= day for d in disarmed), f"{of} at {gate} on {day}"

    @invariant()
    def nobody_is_decided_on_by_who_screened_them(self) -> None:
        for of in PEOPLE:
            screeners = {
                account(s.get("recorded_by")) for s in self.steps(of) if "proposed" in s.get("act")
            }
            deciders = [s for s in self.steps(of) if s.get("act") in DECIDED]
            late = {account(s.get("recorded_by")) for s in deciders if self.was_later(s, of)}
            assert not (late & screeners) or not late

    @invariant()
    def no_child_was_put_through_criteria(self) -> None:
        assert not [s for s in self.steps("Sami") if s.get("act") != "referred-child"]
        assert not self.of("criterion_check", "Sami")

    def was_later(self, decision: Record, of: str) -> bool:
        """Whether all screenings were there before this decision: who screens afterwards is another matter."""
        screenings = [s for s in self.steps(of) if "proposed" in s.get("act")]
        return all(one.first < decision.first for one in screenings)

    def benefits(self) -> list[tuple[str, str, str]]:
        return [
            (str(gate.get("gate")), str(gate.get("date")), of)
            for of in PEOPLE
            if of != "Sami"
            for gate in self.of("gate_event", of)
            if gate.get("gate") in BENEFITS or gate.get("reason") == "eligible"
        ]

    def let_in(self, of: str, by_then: Callable[[str], bool]) -> set[str]:
        """The ways by which somebody had been let in by then, appeals that were upheld with them."""
        ways = {
            str(step.get("path"))
            for step in self.steps(of)
            if step.get("act") == "eligible" and by_then(str(step.get("date")))
        }
        upheld = [
            step
            for step in self.of("appeal_event", of)
            if step.get("act") == "upheld" and by_then(str(step.get("date")))
        ]
        return ways | ({"appeal"} if upheld else set())


TestGates = Gates.TestCase
TestGates.settings = settings(max_examples=120, stateful_step_count=30, deadline=None)
