"""A record as judge sees it, and the working copy on which a Unit is tried.

Numbers that are not given yet are PENDING + i: the i-th change of the chunk. The writer takes its
numbers last and puts them in their place.
"""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

from schema.entities import BY_NOUN, ENTITIES, hanging_on

PENDING = 1 << 60
NOW = 1 << 61

Bucket = tuple[str, str]
Key = tuple[str, str]
Version = tuple[int, str, int]
NOTHING: Mapping[str, Any] = MappingProxyType({})


class Record(NamedTuple):
    """One record with its stamps. Never changed in place: ``but`` makes another.

    A named tuple and no dataclass: one is made for every step of every change, and it is six times
    as quick to make from another.

    ver: number of its last change. first, origin, origin_n: number, chain and Unit count of its
    creation. fver: {field: [number, chain, Unit count]} of fields written since. moved: number at
    which it last came into another bucket. gate: a case's, derived. extra: what this version does
    not know.
    """

    entity: str
    id: str
    values: Mapping[str, Any]
    scope: str = ""
    compartment: str = ""
    gate: str | None = None
    ver: int = 0
    first: int = 0
    origin: str = ""
    origin_n: int = 0
    moved: int = 0
    fver: Mapping[str, Any] = NOTHING
    extra: Mapping[str, Any] = NOTHING

    @property
    def key(self) -> Key:
        """(entity, id)."""
        return (self.entity, self.id)

    @property
    def bucket(self) -> Bucket:
        """(compartment, scope)."""
        return (self.compartment, self.scope)

    def version_of(self, name: str) -> Version:
        """(number, chain, Unit count) of the write that put this field's value there."""
        found = self.fver.get(name)
        return (found[0], found[1], found[2]) if found else (self.first, self.origin, self.origin_n)

    def get(self, name: str) -> Any:
        """The value of a field, None when it has none."""
        return self.values.get(name)

    def but(self, **changes: Any) -> "Record":
        """The same record with other values in these places."""
        return self._replace(**changes)


class Rows(Protocol):
    """Where a working copy finds what it does not hold: loaded rows (server), tables (laptop)."""

    def find(self, entity: str, record_id: str) -> Record | None:
        """The record, or None."""

    def below(self, entity: str, parent_id: str) -> Iterable[Record]:
        """Records of this noun under the parent (cases: of the person; disputes and flags: of the record)."""

    def alike(self, entity: str, name: str, value: Any) -> Iterable[str]:
        """Ids of records of this noun whose field has this value."""

    def found_eligible(self, criteria_set_id: str, but: str) -> int | None:
        """How many cases these criteria have let in, this one not counted; None where not all are seen."""

    def bucket_at(self, record: Record, base: int) -> Bucket:
        """The bucket the record had at this number, or where it was made."""

    def knows(self, entity: str, record_id: str) -> bool:
        """Whether its absence means that it does not exist, and not only that it is out of sight."""


PARENT_FIELD: dict[str, str] = {
    **{
        entity.noun: entity.part_of for entity in ENTITIES if entity.part_of and not entity.hangs_on
    },
    **{child.noun: name for noun in BY_NOUN for child, name in hanging_on(noun)},
    "case": "person_id",
    "dispute": "record_id",
    "flag": "record_id",
}


# Fields by whose value records are looked up, not searched for: what should not stand twice, and names.
ALIKE: dict[str, tuple[str, ...]] = {
    "person": ("number", "phone"),
    "area": ("pcode",),
    "caseload": ("code",),
    "store": ("code",),
    "organisation": ("code",),
    "weapon": ("serial",),
    "hand_in_line": ("weapon_id",),
    "custom_field": ("name",),
    "code": ("value",),
    "entitlement": ("wallet",),
    "form_stock": ("series",),
    "card": ("token",),
}

# Further fields by which records are looked up; these may well stand twice.
SOUGHT: dict[str, tuple[str, ...]] = {
    "criteria_set": ("state",),
    "roster_match": ("person_id",),
    "hand_in": ("case_id",),
    "weapon": ("case_id",),
    "stock_check": ("store_id",),
    "form_event": ("case_id",),
}


class Working:
    """Rows with the changes of the Units tried so far laid on top."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.held: dict[Key, Record] = {}
        self.children: dict[Key, dict[str, None]] = {}
        self.having: dict[tuple[str, str, Any], set[str]] = {}

    def find(self, entity: str, record_id: str) -> Record | None:
        """The record as it stands after the Units tried so far."""
        return self.held.get((entity, record_id)) or self.rows.find(entity, record_id)

    def below(self, entity: str, parent_id: str) -> list[Record]:
        """Records of this noun under a parent, laid over those in the rows."""
        found = {record.id: record for record in self.rows.below(entity, parent_id)}
        own = self.children.get((entity, parent_id), ())
        if not found and not own:
            return []
        found.update((record_id, self.held[entity, record_id]) for record_id in own)
        laid = (self.held.get((entity, record_id), record) for record_id, record in found.items())
        name = PARENT_FIELD[entity]
        return [record for record in laid if record.values.get(name) == parent_id]

    def marks(self, noun: str, record: Record) -> list[Record]:
        """The disputes, or flags, on a record; a record of another noun may have the same id."""
        return [m for m in self.below(noun, record.id) if m.get("entity") == record.entity]

    def alike(self, entity: str, name: str, value: Any) -> set[str]:
        """Ids of records of this noun with this value (of a field that should not stand twice)."""
        found = set(self.rows.alike(entity, name, value))
        if not self.held:
            return found
        found.update(self.having.get((entity, name, value), ()))
        for record_id in tuple(found):
            laid = self.held.get((entity, record_id))
            if laid is not None and laid.values.get(name) != value:
                found.discard(record_id)
        return found

    def found_eligible(self, criteria_set_id: str, but: str) -> int | None:
        """How many cases these criteria have let in, those of the Units tried so far with them."""
        known = self.rows.found_eligible(criteria_set_id, but)
        if known is None:
            return None
        new = {
            record.get("case_id")
            for record in self.held.values()
            if record.entity == "eligibility_event"
            and record.get("act") == "eligible"
            and record.get("criteria_set_id") == criteria_set_id
            and record.first >= PENDING
        }
        return known + len(new - {but})

    def put(self, record: Record) -> None:
        """Lay a record on top."""
        self.held[record.key] = record
        name = PARENT_FIELD.get(record.entity)
        if name and record.get(name):
            self.children.setdefault((record.entity, record.get(name)), {})[record.id] = None
        for name in (*ALIKE.get(record.entity, ()), *SOUGHT.get(record.entity, ())):
            if record.get(name):
                key = (record.entity, name, record.get(name))
                self.having.setdefault(key, set()).add(record.id)

    def branch(self) -> "Working":
        """A copy on which one Unit is tried."""
        return Working(_Laid(self))


class _Laid:
    """A working copy as the rows of the next one."""

    def __init__(self, under: Working) -> None:
        self.find: Callable[[str, str], Record | None] = under.find
        self.below: Callable[[str, str], list[Record]] = under.below
        self.alike: Callable[[str, str, Any], set[str]] = under.alike
        self.found_eligible: Callable[[str, str], int | None] = under.found_eligible
        self.bucket_at: Callable[[Record, int], Bucket] = under.rows.bucket_at
        self.knows: Callable[[str, str], bool] = under.rows.knows


def pending(record: Record, place: int) -> Record:
    """The record with NOW replaced by the place of its change in the chunk."""
    number = PENDING + place
    first = number if record.first == NOW else record.first
    moved = number if record.moved == NOW else record.moved
    fver = {n: [number, v[1], v[2]] if v[0] == NOW else v for n, v in record.fver.items()}
    return record.but(ver=number, first=first, moved=moved, fver=fver or NOTHING)


def numbered(record: Record, first: int) -> Record:
    """The record with every pending number put in its place (``first`` is the chunk's first number)."""

    def real(number: int) -> int:
        return number - PENDING + first if number >= PENDING else number

    fver = {n: [real(v[0]), v[1], v[2]] for n, v in record.fver.items()}
    return record.but(
        ver=real(record.ver),
        first=real(record.first),
        moved=real(record.moved),
        fver=fver or NOTHING,
    )
