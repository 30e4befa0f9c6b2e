"""What people do, drafted on what is shown to them. Numbers choose: any numbers make some act, or none."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from schema import codes
from schema.change import Change
from schema.ids import place_of
from schema.record import Key
from schema.rules.lifecycle import EXITED
from tests.schema.programme import STORE_A, STORE_B, A, B
from tests.sync.oracle import Choice, Edit, Oracle, Place
from tests.sync.registry import GROUP
from tests.sync.views import Row, View

ADULT = {"sex": "male", "birth_date": "1990-01-01", "birth_date_precision": "day"}
# Few fields, so that people meet in them. Texts carry tokens; codes carry few values.
TEXTS = {
    "person": ("alias", "phone"),
    "household_member": ("name",),
    "weapon": ("make", "serial"),
    "case": (),
    "service": (),
}
CODES = {
    "person": (("marital_status", codes.MARITAL),),
    "case": (("category", codes.CATEGORY),),
    "service": (("result", codes.SERVICE_RESULT),),
    "weapon": (("condition", codes.CONDITION),),
    "household_member": (("relation", codes.RELATION),),
}
SHARED = 3
Typed = dict[Place, set[Any]]


@dataclass
class Draft:
    """A Unit before it is saved, with what its author had seen."""

    changes: list[Change] = field(default_factory=list)
    edits: list[tuple[Place, Any, frozenset[Any]]] = field(default_factory=list)
    settled: tuple[str, tuple[Row, Row]] | None = None

    @property
    def made(self) -> list[Key]:
        """The records that it makes."""
        return [(c.entity, c.record) for c in self.changes if c.verb == "create"]

    def saved_as(self, unit: str, by: str, oracle: Oracle, typed: Typed) -> None:
        """It was saved: the oracle keeps it, and its author remembers what was typed."""
        edits = [Edit(unit, place, value, seen) for place, value, seen in self.edits]
        oracle.note(unit, by, self.made, edits)
        for place, value, _ in self.edits:
            typed.setdefault(place, set()).add(value)
        if self.settled:
            oracle.choices.append(Choice(unit, *self.settled))


class Desk:
    """Somebody before a view, with what they remember of their own typing."""

    def __init__(self, view: View, oracle: Oracle, typed: Typed) -> None:
        self.view, self.oracle, self.typed = view, oracle, typed

    # -- drafting

    def draft(self, act: str, *numbers: int) -> Draft | None:
        """The act of this name that these numbers choose; an edit where there is nothing to do it on."""
        return ACTS[act](self, *numbers) or self.edit(*(*numbers, 0, 0)[:2], SHARED)

    def person(self, kind: int, where: int, what: int) -> Draft | None:
        """A new person: with a case and household, a child, perhaps a child, without a case."""
        scopes = self.view.scopes("create", "case") or self.view.scopes("create", "child")
        if not scopes:
            return None
        scope, draft = scopes[where % len(scopes)], Draft()
        said = {**ADULT, "caseload_id": scope, "name": "N", **self._texts("person", what)}
        if kind % 5 == 3:
            said["may_be_under_18"] = True
        person = self._create(draft, "person", said)
        if kind % 5 in (0, 1, 2):
            process = "child" if kind % 5 == 2 else "adult"
            case = self._case(draft, person, scope, process)
            if kind % 5 == 1:
                self._household(draft, case, what)
        return draft

    def hang(self, which: int, what: int) -> Draft | None:
        """A service, a dependant or a background for a case."""
        case = self._pick("case", which)
        if case is None:
            return None
        draft = Draft()
        if what % 3 == 0:
            said = {"type": "EDU", "start_date": "2026-01-01", "result": "ongoing"}
            self._create(draft, "service", {"case_id": case, **said})
        elif what % 3 == 1:
            self._household(draft, case, what)
        else:
            self._create(draft, "background", {"case_id": case, "armed_group_id": GROUP})
        return draft

    def weapon(self, which: int, where: int, what: int) -> Draft | None:
        """A weapon, for a case or for nobody."""
        stores = self.view.scopes("create", "weapons")
        if not stores:
            return None
        draft = Draft()
        case = self._pick("case", which) if what % 2 else None
        said = {"store_id": stores[where % len(stores)], "class": "small-arm", "type": "rifle"}
        self._create(draft, "weapon", {**said, "case_id": case, **self._texts("weapon", what)})
        return draft

    def edit(self, which: int, name: int, value: int) -> Draft | None:
        """Another value for a field."""
        draft = Draft()
        return draft if self._edit(draft, which, name, value) else None

    def pair(self, which: int, other: int, name: int) -> Draft | None:
        """Two records, or two fields of one, changed by one Unit."""
        draft = Draft()
        self._edit(draft, which, name, SHARED)
        self._edit(draft, other, name + 1, SHARED)
        return draft if len(draft.changes) == 2 else None

    def move(self, which: int) -> Draft | None:
        """A case goes to the other caseload; its person goes along."""
        case = self._pick("case", which)
        if case is None:
            return None
        here = self.view.rows("case")[case]["caseload_id"]
        return self._set("case", case, {"caseload_id": B if here == A else A})

    def restore_place(self, which: int) -> Draft | None:
        """A weapon goes to the other store."""
        weapon = self._pick("weapon", which)
        if weapon is None:
            return None
        here = self.view.rows("weapon")[weapon]["store_id"]
        return self._set("weapon", weapon, {"store_id": STORE_B if here == STORE_A else STORE_A})

    def child(self, which: int, what: int) -> Draft | None:
        """Somebody turns out to be a child, or not to be one."""
        if what % 4 == 3:
            person = self._pick("person", which)
            return self._set("person", person, {"may_be_under_18": True}) if person else None
        case = self._pick("case", which)
        process = ("child", "adult", "dependant")[what % 4]
        return self._set("case", case, {"process": process}) if case else None

    def close(self, which: int) -> Draft | None:
        """A case ends."""
        case = self._pick("case", which)
        if case is None or self.view.rows("case")[case]["gate"] == EXITED:
            return None
        draft = Draft()
        said = {"case_id": case, "gate": EXITED, "date": "2026-10-01", "reason": "completed"}
        self._create(draft, "gate_event", said)
        return draft

    def open_case(self, which: int, where: int) -> Draft | None:
        """A further case for a person, at times with an edit: a rule forbids it when one is open."""
        person = self._pick("person", which)
        scopes = self.view.scopes("create", "case")
        if person is None or not scopes:
            return None
        draft = Draft()
        self._case(draft, person, scopes[where % len(scopes)], "adult")
        if where % 2:
            self._edit(draft, 0, 0, SHARED)
        return draft

    def settle(self, which: int, choice: int) -> Draft | None:
        """A dispute that is shown is settled: one value, the other, or a third."""
        found = self._disputes()
        if not found:
            return None
        dispute = found[which % len(found)]
        record = self.view.rows(dispute["entity"])[dispute["record_id"]]
        side = dispute["side"]
        inforce = {name: record[name] for name in side}
        chosen = (inforce, side, self._third(dispute["entity"], side))[choice % 3]
        draft = Draft(settled=(dispute["id"], (inforce, side)))
        draft.changes.append(self.view.settle(dispute, chosen, inforce))
        for name, value in chosen.items():
            place = ((dispute["entity"], dispute["record_id"]), name)
            seen = {inforce[name], side[name]} | self.typed.get(place, set())
            draft.edits.append((place, value, frozenset(seen - {value})))
        return draft

    # -- what there is to act on

    def _pick(self, noun: str, which: int) -> str | None:
        shown = self.view.rows(noun)
        ids = [i for n, i in self.oracle.records if n == noun and i in shown]
        return ids[which % len(ids)] if ids else None

    def _disputes(self) -> list[Row]:
        order = {key[1]: place for place, key in enumerate(self.oracle.records)}
        found = [row for row in self.view.rows("dispute").values() if row["state"] == "open"]
        known = [
            row
            for row in found
            if row["record_id"] in order and row["record_id"] in self.view.rows(row["entity"])
        ]
        known.sort(key=lambda row: (order[row["record_id"]], row["field"], place_of(row["ver"])))
        return known

    # -- parts of Units

    def _create(self, draft: Draft, noun: str, values: Mapping[str, Any]) -> str:
        change = self.view.create(noun, {n: v for n, v in values.items() if v is not None})
        draft.changes.append(change)
        followed = (*TEXTS.get(noun, ()), *(name for name, _ in CODES.get(noun, ())))
        for name in (*followed, "caseload_id", "process", "may_be_under_18", "store_id"):
            if name in values and values[name] is not None:
                draft.edits.append((((noun, change.record), name), values[name], frozenset()))
        return change.record

    def _case(self, draft: Draft, person: str, scope: str, process: str) -> str:
        said = {"person_id": person, "caseload_id": scope, "process": process}
        return self._create(draft, "case", {**said, "category": "combatant"})

    def _household(self, draft: Draft, case: str, what: int) -> None:
        said = {"case_id": case, "relation": "spouse", "sex": "female"}
        self._create(draft, "household_member", {**said, **self._texts("household_member", what)})

    def _texts(self, noun: str, what: int) -> Row:
        return {TEXTS[noun][what % len(TEXTS[noun])]: self.oracle.token()}

    def _edit(self, draft: Draft, which: int, name: int, value: int) -> bool:
        pool = [key for key in self.oracle.records if key[0] in TEXTS]
        shown = {noun: self.view.rows(noun) for noun in TEXTS}
        pool = [key for key in pool if key[1] in shown[key[0]]]
        if not pool:
            return False
        noun, record_id = pool[which % len(pool)]
        fields: list[tuple[str, codes.CodeList | None]] = [(one, None) for one in TEXTS[noun]]
        fields += CODES[noun]
        field_name, coded = fields[name % len(fields)]
        new = coded.values[value % len(coded.values)] if coded else self._text(value)
        part = self._set(noun, record_id, {field_name: new})
        if part is None:
            return False
        draft.changes += part.changes
        draft.edits += part.edits
        return True

    def _text(self, value: int) -> str:
        return f"s{value}" if value < SHARED else self.oracle.token()

    def _third(self, noun: str, side: Row) -> Row:
        texts = TEXTS.get(noun, ())
        return {n: self.oracle.token() if n in texts else v for n, v in side.items()}

    def _set(self, noun: str, record_id: str, values: Row) -> Draft | None:
        row = self.view.rows(noun)[record_id]
        change = self.view.change(noun, record_id, values)
        if change is None:
            return None
        draft = Draft([change])
        for name, value in values.items():
            place = ((noun, record_id), name)
            seen = {row[name], *self.typed.get(place, ()), *self._own_sides(place)}
            draft.edits.append((place, value, frozenset(seen - {value})))
        return draft

    def _own_sides(self, place: Place) -> set[Any]:
        """One's own open sides, which are shown beside the value in force."""
        (noun, record_id), name = place
        return {
            row["side"][name]
            for row in self.view.rows("dispute").values()
            if (row["entity"], row["record_id"], row["state"]) == (noun, record_id, "open")
            and row["side_by"] == self.view.who.title()
            and name in row["side"]
        }


ACTS: dict[str, Callable[..., Draft | None]] = {
    "person": Desk.person,
    "hang": Desk.hang,
    "weapon": Desk.weapon,
    "edit": Desk.edit,
    "pair": Desk.pair,
    "move": Desk.move,
    "store": Desk.restore_place,
    "child": Desk.child,
    "close": Desk.close,
    "open": Desk.open_case,
    "settle": Desk.settle,
}
