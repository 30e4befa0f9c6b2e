"""People who pass gates in a registry with areas of two levels, for reports to count."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from schema.change import Change
from schema.policy import EVERYWHERE, Grant, Sight
from server.actor import Actor
from server.exports import taking
from tests.schema.programme import create, ident, person, write
from tests.server.cast import RegistryProgramme

DARIO = Actor(ident("Dario"), "Dario", Sight.of([Grant("donor", EVERYWHERE)]))
CELINE = Actor(ident("Celine"), "Celine", Sight.of([Grant("programme-manager", EVERYWHERE)]))
AREAS = (("XA", 0, None), ("XA01", 1, "XA"), ("XA02", 1, "XA"), ("XA0101", 2, "XA01"))
GATE_DAY = "2024-01-15"


@dataclass
class Passage:
    """Registers people, a Unit each."""

    programme: RegistryProgramme
    count: int = 0
    cases: list[str] = field(default_factory=list)

    def with_areas(self) -> "Passage":
        """Lay the areas."""
        said = {p: {"pcode": p, "name": f"Place {p}", "level": n} for p, n, _ in AREAS}
        for pcode, _, parent in AREAS:
            under = {"parent_id": ident("area", parent)} if parent else {}
            self.arrive(Change("create", "area", ident("area", pcode), {**said[pcode], **under}))
        return self

    def arrive(self, *changes: Change, **said: Any) -> None:
        """Write as the programme manager."""
        judged = self.programme.arrive("celine", *changes, **said)
        assert judged.held is None, judged.held

    def pass_gate(self, number: int, *, sex: str = "male", **said: Any) -> list[str]:
        """So many alike at the gate ``registered``; the names of the people."""
        return [self._one(sex, **said) for _ in range(number)]

    def _one(
        self, sex: str, *, born: str = "1995-05-01", area: str | None = "XA0101",
        gates: Iterable[str] = ("registered",), day: str = GATE_DAY, **values: Any,
    ) -> str:  # fmt: skip
        self.count += 1
        name = f"Invented {self.count}"
        where = {"area_id": ident("area", area)} if area else {}
        case_id = ident(f"case of {name}")
        given = values.get("caseload_id") or person("", **values).values["caseload_id"]
        case = {"person_id": ident(name), "caseload_id": given, "process": "adult", **where}
        events = [
            create("gate_event", f"{gate} of {name}", case_id=case_id, gate=gate, date=day)
            for gate in gates
        ]
        made = person(name, sex=sex, birth_date=born, **values)
        self.arrive(made, Change("create", "case", case_id, case), *events)
        return name

    def change(self, noun: str, name: str, /, **values: Any) -> None:
        """Change something of somebody."""
        self.arrive(write(noun, name, **values))


def figures(typed: str = "", who: Actor = DARIO) -> dict[tuple[str, ...], str]:
    """The gates report as somebody takes it: (gate, area, sex, age) -> what the cell says."""
    rows = text_of("gates", typed, who).splitlines()[2:]
    cells = [[cell.strip('"') for cell in row.split(",")] for row in rows]
    return {(gate, area, sex, age): figure for gate, area, _, sex, age, figure in cells}


def text_of(name: str, typed: str = "", who: Actor = DARIO) -> str:
    """A report as text."""
    return bytes_of(name, typed, who).decode("utf-8-sig")


def bytes_of(name: str, typed: str = "", who: Actor = DARIO) -> bytes:
    """A report as it leaves."""
    out = BytesIO()
    taking.take(taking.named(name, who.sight), who, typed, out)
    return out.getvalue()
