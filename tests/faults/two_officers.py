"""Awa and Idriss on one case: what Awa hands in is applied, disputed and held, one Unit of each."""

from dataclasses import dataclass, field
from itertools import count

from field_client import home, sync
from field_client.store import acts, saving
from server.accounts import Place
from tests.field_client.registry import Registry
from tests.schema.programme import A

OUTCOMES = ["applied", "disputed", "held"]


@dataclass
class TwoOfficers:
    """Both their laptops, enrolled and synced."""

    awa: home.Unlocked
    idriss: home.Unlocked
    numbers: "count[int]" = field(default_factory=count)

    @classmethod
    def of(cls, registry: Registry) -> "TwoOfficers":
        """The two, in this registry."""
        registry.add("idriss", "case-worker", Place("scope", A))
        return cls(registry.laptop("awa"), registry.laptop("idriss"))

    def disagree(self) -> list[str]:
        """Idriss works on somebody, and Awa too before she hears of it; the Units that she has to send."""
        person = acts.create("person", said(f"Fatou {next(self.numbers)}"))
        save(self.awa, person)
        for laptop in (self.awa, self.idriss):
            sync.run(laptop)
        self._work_on(self.idriss, person.record, "76 00 00 01")
        sync.run(self.idriss)
        someone = save(self.awa, acts.create("person", said(f"Oumar {next(self.numbers)}")))
        return [someone, *self._work_on(self.awa, person.record, "76 00 00 02")]

    def _work_on(self, laptop: home.Unlocked, who: str, phone: str) -> list[str]:
        with laptop.opened() as db:
            changed = acts.change(db, "person", who, {"phone": phone})
        assert changed
        opened = {"person_id": who, "caseload_id": A, "process": "adult"}
        return [save(laptop, changed), save(laptop, acts.create("case", opened))]


def said(name: str) -> dict[str, str]:
    """What is asked of somebody at least."""
    return {"name": name, "sex": "female", "birth_date": "1990-01-01", "caseload_id": A}


def save(laptop: home.Unlocked, *changes: acts.Change) -> str:
    """Save one Unit on a laptop; its id."""
    with laptop.opened() as db:
        return saving.save(db, changes).unit_id
