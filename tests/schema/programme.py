"""A small programme in memory: two caseloads, two stores, and the cast who work there."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from schema.change import Change, Source, Unit
from schema.flagging import flags
from schema.ids import derived_id, new_number
from schema.judge import Judged, as_arrival, judge
from schema.policy import EVERYWHERE, PROGRAMME, Grant, Sight
from schema.record import PARENT_FIELD, Bucket, Key, Record, Working, numbered, pending
from schema.trial import Judging

TODAY = date(2026, 11, 22)


def ident(*words: object) -> str:
    """An id that a test can name."""
    return derived_id("test", *words)


A, B = ident("caseload A"), ident("caseload B")
STORE_A, STORE_B = ident("store A"), ident("store B")
CAST = {
    "awa": (Grant("field-officer", A), Grant("field-officer", STORE_A)),
    "bakary": (Grant("field-officer", B), Grant("field-officer", STORE_B)),
    "celine": (Grant("programme-manager", EVERYWHERE),),
    "esther": (Grant("child-protection", EVERYWHERE),),
    "grace": (Grant("child-protection", EVERYWHERE),),
    "halima": (Grant("child-protection", EVERYWHERE),),
    "faraj": (Grant("storekeeper", STORE_A),),
    "gita": (Grant("clinician", A),),
    "hawa": (Grant("verification-officer", A),),
    "ines": (Grant("verification-officer", EVERYWHERE),),
    "fatou": (Grant("payment-officer", A),),
    "george": (Grant("payment-officer", A),),
    "issa": (Grant("site-supervisor", A),),
    "joy": (Grant("site-supervisor", A),),
}


class Programme:
    """Rows in a dictionary, and how the cast writes them."""

    def __init__(self) -> None:
        self.rows: dict[Key, Record] = {}
        self.buckets: dict[Key, list[tuple[int, Bucket]]] = {}
        self.n = 0
        for noun, record_id in (
            ("caseload", A),
            ("caseload", B),
            ("store", STORE_A),
            ("store", STORE_B),
        ):
            self.rows[noun, record_id] = Record(noun, record_id, {}, PROGRAMME, "reference")
        group = Record("armed_group", ident("group"), {}, PROGRAMME, "background")
        self.rows[group.key] = group

    # -- what judge asks

    def find(self, entity: str, record_id: str) -> Record | None:
        return self.rows.get((entity, record_id))

    def below(self, entity: str, parent_id: str) -> Iterable[Record]:
        name = PARENT_FIELD[entity]
        return [r for r in self.rows.values() if r.entity == entity and r.get(name) == parent_id]

    def alike(self, entity: str, name: str, value: Any) -> Iterable[str]:
        return [r.id for r in self.rows.values() if r.entity == entity and r.get(name) == value]

    def found_eligible(self, criteria_set_id: str, but: str) -> int | None:
        let_in = {
            record.get("case_id")
            for record in self.rows.values()
            if record.entity == "eligibility_event"
            and record.get("act") == "eligible"
            and record.get("criteria_set_id") == criteria_set_id
        }
        return len(let_in - {but})

    def bucket_at(self, record: Record, base: int) -> Bucket:
        been = self.buckets.get(record.key, [])
        return next(
            (bucket for n, bucket in reversed(been) if n <= base),
            been[0][1] if been else record.bucket,
        )

    def knows(self, entity: str, record_id: str) -> bool:
        return True

    # -- what the cast does

    def judge(
        self, who: str, *changes: Change, base: int | None = None, n: int = 1, name: str = ""
    ) -> Judged:
        """What an arrival of these changes would come to."""
        sight = Sight.of(CAST[who])
        source = Source(f"d:{who}/1", str(n), author=ident(who), by=who, n=n)
        by = Judging(source, sight.may, sight.may, TODAY, "2026-11-22T10:00:00Z")
        unit = Unit(
            ident("unit", who, n, name, len(self.buckets)),
            self.n if base is None else base,
            "said",
            changes,
        )
        return as_arrival(judge(unit, Working(self), by))

    def arrive(self, who: str, *changes: Change, **said: Any) -> Judged:
        """Judge and write."""
        judged = self.judge(who, *changes, **said)
        work = Working(self)
        for record in judged.changed:
            work.put(record)
        written = [*judged.changed, *flags(judged, work)]
        for place, record in enumerate(written):
            done = numbered(pending(record, place), self.n + 1)
            self.rows[done.key] = done
            self.buckets.setdefault(done.key, []).append((done.ver, done.bucket))
        self.n += len(written)
        return judged

    def flags(self) -> list[Record]:
        return [r for r in self.rows.values() if r.entity == "flag"]

    def disputes(self) -> list[Record]:
        return [r for r in self.rows.values() if r.entity == "dispute" and r.get("state") == "open"]


def create(entity: str, name: str, /, **values: Any) -> Change:
    return Change("create", entity, ident(name), values)


def write(entity: str, name: str, old: Mapping[str, Any] | None = None, /, **values: Any) -> Change:
    return Change("set", entity, ident(name), values, old or {})


def person(name: str, /, **values: Any) -> Change:
    said = {
        "number": new_number(),
        "name": name,
        "sex": "male",
        "caseload_id": A,
        "birth_date": "1990-05-01",
        "birth_date_precision": "day",
    }
    return create("person", name, **{**said, **values})


def case(name: str, /, **values: Any) -> Change:
    said = {"person_id": ident(name), "caseload_id": A, "process": "adult"}
    return create("case", f"case of {name}", **{**said, **values})


def service(name: str, of: str, **values: Any) -> Change:
    said = {"case_id": ident(f"case of {of}"), "type": "EDU", "start_date": "2026-11-01"}
    return create("service", name, **{**said, **values})


def weapon(name: str, /, **values: Any) -> Change:
    return create(
        "weapon", name, **{"store_id": STORE_A, "class": "small-arm", "type": "rifle", **values}
    )
