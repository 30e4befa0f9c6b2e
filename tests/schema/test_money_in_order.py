"""Whatever anybody does in whatever order: no payment before eligibility, none to a child, none twice.

The state machine of the gates, with money: entitlements, instalments and all that can happen to them, by
people who prepare, authorise and pay, in the right order and in every wrong one.
"""

from collections.abc import Iterator

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from schema.change import Change
from schema.codes_payments import PAYMENT_EVENT
from schema.fields import who as account
from schema.record import Record
from tests.schema.programme import create, ident
from tests.schema.test_gates_in_order import DAYS, PLACES, SOMEBODY, Gates

PAYING = st.sampled_from(("fatou", "george", "issa", "joy", "celine", "esther", "awa"))
NUMBERS = st.integers(1, 2)
THEN = st.sampled_from(("", "entitlement", "instalment", "payment_event"))
BACK = ("failed", "returned")
DUE = {"due_date": "2026-03-01", "amount": 5, "currency": "XOF", "modality": "cash"}


class Money(Gates):
    """The cast's registry, an accord in force, and a package to pay by."""

    @initialize()
    def begin(self) -> None:
        super().begin()
        said = {"code": "P1", "name": "Reinsertion", "modality": "cash", "currency": "XOF"}
        self.programme.arrive("celine", create("package", "P1", **said, state="draft"))
        self.paid: list[tuple[str, str, bool]] = []

    def entitlements(self, of: str) -> list[Record]:
        mine = ident(f"case of {of}")
        return [r for r in self.all_of("entitlement") if r.get("case_id") == mine]

    def instalments(self, of: str) -> list[Record]:
        """All that were ever prepared for somebody, what was withdrawn with them."""
        mine = {entitlement.id for entitlement in self.entitlements(of)}
        return [r for r in self.all_of("instalment") if r.get("entitlement_id") in mine]

    def events(self, instalment: Record) -> list[Record]:
        mine = (e for e in self.all_of("payment_event") if e.get("instalment_id") == instalment.id)
        return [event for event in mine if not event.get("withdrawn_at")]

    def all_of(self, noun: str) -> list[Record]:
        found = (r for r in self.programme.rows.values() if r.entity == noun)
        return sorted(found, key=lambda record: record.first)

    @rule(who=PAYING, of=SOMEBODY)
    def entitle(self, who: str, of: str) -> None:
        self.do(who, "entitlement", of, package_id=ident("P1"), counts_from="2026-03-01")

    @rule(who=PAYING, of=SOMEBODY, number=NUMBERS, place=PLACES)
    def prepare(self, who: str, of: str, number: int, place: int) -> None:
        found = self.pick(self.entitlements(of), place)
        self.made += 1
        values = {"entitlement_id": found, "number": number, **DUE}
        self.act(who, create("instalment", f"instalment {self.made}", **values))

    @rule(
        who=PAYING,
        of=SOMEBODY,
        event=st.sampled_from(PAYMENT_EVENT.values),
        day=DAYS,
        place=PLACES,
    )
    def happens(self, who: str, of: str, event: str, day: str, place: int) -> None:
        instalment = self.pick(self.instalments(of), place)
        if instalment is None:
            return
        self.made += 1
        name = f"event {self.made}"
        said = {"instalment_id": instalment, "event": event, "date": day, "reason": "Why"}
        self.act(who, create("payment_event", name, **said))
        if event == "paid" and ("payment_event", ident(name)) in self.programme.rows:
            self.paid.append((of, day, self.had_been_let_in(of, day)))

    @rule(of=SOMEBODY, day=st.integers(1, 7), far=st.integers(1, 3), then=THEN)
    def pay(self, of: str, day: int, far: int, then: str) -> None:
        """The way as it should be, for so many acts, and again once something of it was taken out."""
        self.walk(of, 1, 4)
        self.pay_next(of, day, far)
        if then:
            self.take_out("fatou", of, then, -1, "2026-03-10T10:00:00Z")
            self.pay_next(of, day, 3)

    def pay_next(self, of: str, day: int, far: int) -> None:
        self.entitle("fatou", of)
        self.prepare("fatou", of, 1, -1)
        acts = (("issa", "authorised"), ("joy", "authorised"), ("george", "paid"))
        for who, event in acts[:far]:
            self.happens(who, of, event, f"2026-03-0{day}", -1)

    @rule(
        who=PAYING,
        of=SOMEBODY,
        noun=st.sampled_from(("entitlement", "instalment", "payment_event")),
        place=PLACES,
        at=st.sampled_from(("2026-03-10T10:00:00Z", None)),
    )
    def take_out(self, who: str, of: str, noun: str, place: int, at: str | None) -> None:
        """Withdraw, or let stand once more."""
        found = {"entitlement": self.entitlements(of), "instalment": self.instalments(of)}.get(
            noun, [e for i in self.instalments(of) for e in self.all_events(i)]
        )
        record = self.pick(found, place)
        if record:
            values = {"withdrawn_at": at, "withdrawn_reason": "Wrong" if at else None}
            self.act(who, Change("set", noun, record, values, {}))

    def all_events(self, instalment: Record) -> list[Record]:
        return [e for e in self.all_of("payment_event") if e.get("instalment_id") == instalment.id]

    def had_been_let_in(self, of: str, day: str) -> bool:
        return bool(self.let_in(of, lambda on: on <= day))

    # -- what must be so, by plain reading

    @invariant()
    def nobody_was_paid_before_they_were_found_eligible(self) -> None:
        assert all(found for _, _, found in self.paid), self.paid

    @invariant()
    def no_child_was_paid(self) -> None:
        assert not [of for of, _, _ in self.paid if of == "Sami"]
        assert not self.entitlements("Sami")

    @invariant()
    def no_instalment_was_paid_twice(self) -> None:
        for of, number, events in self.by_number():
            held = 0
            for event in events:
                held += (event.get("event") == "paid") - (event.get("event") in BACK and held > 0)
                assert held <= 1, (of, number)

    @invariant()
    def nobody_paid_what_he_prepared_or_authorised_and_two_others_had(self) -> None:
        for instalment in self.all_of("instalment"):
            signed: set[str] = set()
            standing: set[str] = set()
            for event in self.events(instalment):
                by, said = account(event.get("recorded_by")), event.get("event")
                if said == "authorised":
                    assert by != account(instalment.get("prepared_by"))
                    assert by not in standing
                    standing, signed = standing | {by}, signed | {by}
                elif said == "authorisation-withdrawn":
                    standing = set()
                elif said == "paid":
                    assert len(standing) >= 2
                    assert by not in signed | {account(instalment.get("prepared_by"))}

    def by_number(self) -> Iterator[tuple[str, int, list[Record]]]:
        """What happened to the instalments of one number of a person, in the order in which it came."""
        for of in ("Ali", "Mariam", "Sami"):
            found = self.instalments(of)
            for number in (1, 2):
                same = [one for one in found if one.get("number") == number]
                events = [event for one in same for event in self.events(one)]
                yield of, number, sorted(events, key=lambda event: event.first)


TestMoney = Money.TestCase
TestMoney.settings = settings(max_examples=120, stateful_step_count=30, deadline=None)
