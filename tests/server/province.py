"""A registry with one of everything on each side of a border: in a scope, in another, a child's in both.

Each record says where the policy puts it, so that what somebody should see is asked of ``schema.policy``
and never of the server.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO

import sqlalchemy as sa
from flask import Flask

from schema.change import DISPUTED, Change, Source, Unit
from schema.entities import BY_NOUN, ENTITIES
from schema.picture import Picture, hash_of
from schema.policy import CASELOAD_COMPARTMENTS, PROGRAMME, ROLES, Grant, Sight
from schema.record import Bucket, Key
from server import accounts, apply, ledger
from server.accounts import Place
from server.actor import SYSTEM
from server.blobs import keeping
from server.db import reading, writing
from server.exports import gates, taking
from server.tables import table_of
from tests.pictures import made
from tests.schema.programme import (
    STORE_A,
    STORE_B,
    TODAY,
    A,
    B,
    case,
    create,
    ident,
    person,
    service,
)
from tests.server.cast import RegistryProgramme
from tests.server.desk import PASSWORD
from tests.server.sync.laptop import Fleet, Laptop

OWN, OTHER, CHILD, FAR_CHILD, ABSENT = "own", "other", "child", "far child", "absent"
SCOPES = {OWN: (A, STORE_A), OTHER: (B, STORE_B), CHILD: (A, STORE_A), FAR_CHILD: (B, STORE_B)}
ADULTS, CHILDREN, SIDES = (OWN, OTHER), (CHILD, FAR_CHILD), tuple(SCOPES)
NOWHERE, DISABLED, SPARE = "nowhere", "disabled", "spare"
YOUNG = {"birth_date": "2012-05-01"}
# A child has none of these.
ARMS = (
    "weapon",
    "custody_event",
    "lot",
    "lot_event",
    "hand_in",
    "hand_in_line",
    "destruction_batch",
    "stock_check",
    "stock_count",
    "discrepancy",
    "discrepancy_step",
    "countersign",
    "load",
    "load_check",
)
ADULT_NOUNS = (
    *ARMS,
    "background",
    "background_check",
    "roster",
    "roster_entry",
    "roster_match",
    "criterion_check",
    "eligibility_event",
    "appeal",
    "appeal_event",
    "entitlement",
    "instalment",
    "payment_event",
)
CODE = {"code_list": "transport", "value": "foot", "label_en": "code of all"}
FIELD = {
    "entity": "case",
    "name": "transport",
    "kind": "choice",
    "code_list": "transport",
    "label_en": "custom_field of all",
    "purpose": "To plan buses",
    "sensitivity": "none",
}
# The verifier has an account of their own: nobody is refused by nobody.
REFUSING = ("eligibility_event", "appeal", "appeal_event")
REFERENCE = {
    ("area", ident("area")): "reference",
    ("caseload", A): "reference",
    ("caseload", B): "reference",
    ("store", STORE_A): "reference",
    ("store", STORE_B): "reference",
    ("organisation", ident("organisation")): "reference",
    ("armed_group", ident("armed_group")): "background",
    ("criteria_set", ident("criteria_set")): "reference",
    ("criterion", ident("criterion")): "reference",
    ("package", ident("package")): "reference",
    ("package_instalment", ident("package_instalment")): "reference",
    ("custom_field", ident("custom_field")): "reference",
    ("code", ident("code")): "reference",
}


CRITERIA = (
    create("criteria_set", "criteria_set", code="PA", edition=1, name="…"),
    create(
        "criterion",
        "criterion",
        criteria_set_id=ident("criteria_set"),
        path="weapon",
        kind="weapon",
        quantity=1,
        wording="…",
    ),
)


PACKAGES = (
    create("package", "package", code="P", name="…", state="draft", modality="cash"),
    create("package_instalment", "package_instalment", package_id=ident("package"), number=1),
)


def nouns_at(side: str) -> list[str]:
    """What stands on this side of the border: everything that people write and that is somebody's."""
    own = [e.noun for e in ENTITIES if e.written_by == "people" and e.hangs_on]
    return [noun for noun in own if side in ADULTS or noun not in ADULT_NOUNS]


def bucket(noun: str, side: str) -> Bucket:
    """Where the policy puts a record of this noun on this side."""
    caseload, store = SCOPES[side]
    compartment = BY_NOUN[noun].compartment
    if compartment not in CASELOAD_COMPARTMENTS:
        return compartment, store
    return ("child" if side in CHILDREN else compartment), caseload


def text_of(noun: str, side: str) -> str:
    """A word of this record that a page would show."""
    return f"{noun} of {side}"


@cache
def pictured(side: str) -> Picture:
    """The picture of the case on this side."""
    return made(SIDES.index(side), (64, 48))


def grants_of(role: str) -> tuple[Grant, Grant]:
    """A role over the caseload and the store of one's own side."""
    return tuple(Grant(role, scope) for scope in SCOPES[OWN])


def file_of(side: str) -> Iterator[Change]:
    """A person with a case and all that hangs on it."""
    caseload, store = SCOPES[side]
    who, what = ident("person", side), ident("case", side)
    child = side in CHILDREN
    said = {"name": text_of("person", side), "caseload_id": caseload, **(YOUNG if child else {})}
    yield Change("create", "person", who, dict(person("", **said).values))
    kin = {"name": text_of("kin", side), "caseload_id": caseload}
    yield Change("create", "person", ident("kin", side), dict(person("", **kin).values))
    said = {"caseload_id": caseload, "person_id": who, "process": "child" if child else "adult"}
    yield Change("create", "case", what, dict(case("", **said).values))
    hanging = {
        "gate_event": {
            "gate": "screened",
            "reason": "eligible",
            "date": "2026-11-01",
            "note": "…",
        },
        "household_member": {"relation": "child", "sex": "female", "name": "…"},
        "relative": {"person_id": ident("kin", side), "kind": "sibling", "note": "…"},
        "background": {"armed_group_id": ident("armed_group"), "role": "medic"},
        "service": {"type": "EDU", "start_date": "2026-11-01"},
        "follow_up": {"due_date": "2026-11-01", "note": "…"},
        "attachment": {"kind": "photo", "title": "…", **pictured(side).content},
        "weapon": {"store_id": store, "class": "small-arm", "type": "rifle", "serial": "…"},
        "custody_event": {"event": "received", "date": "2026-11-01", "received_by": "…"},
        "entitlement": {"package_id": ident("package"), "note": "…"},
        "instalment": {"number": 1, "amount": 50_000, "kit": "…"},
        "payment_event": {"event": "authorised", "date": "2026-11-01", "reason": "…"},
        "roster": {"caseload_id": caseload, "code": "…", "received_on": "2026-11-01"},
        "roster_entry": {"name": "…", "line": 1},
        "roster_match": {"result": "none", "note": "…", "date": "2026-11-01"},
        "background_check": {"status": "running", "authority": "…", "date": "2026-11-01"},
        "criterion_check": {
            "criterion_id": ident("criterion"),
            "result": "met",
            "date": "2026-11-01",
            "evidence_note": "…",
        },
        **_in_store(store),
    }
    above = {
        "roster": {},
        "roster_entry": {"roster_id": ident("roster", side)},
        "roster_match": {"entry_id": ident("roster_entry", side)},
        "custody_event": {"weapon_id": ident("weapon", side)},
        "instalment": {"entitlement_id": ident("entitlement", side)},
        "payment_event": {"instalment_id": ident("instalment", side)},
        "lot": {},
        "lot_event": {"lot_id": ident("lot", side)},
        "hand_in": {},
        "hand_in_line": {"hand_in_id": ident("hand_in", side)},
        "destruction_batch": {},
        "load": {},
        "load_check": {},
        "stock_check": {},
        "stock_count": {"stock_check_id": ident("stock_check", side)},
        "discrepancy": {},
        "discrepancy_step": {"discrepancy_id": ident("discrepancy", side)},
        "countersign": {"hand_in_id": ident("hand_in", side)},
    }
    for noun, values in hanging.items():
        if noun in nouns_at(side):
            kept = {n: text_of(noun, side) if v == "…" else v for n, v in values.items()}
            fixed = above.get(noun, {"case_id": what})
            yield Change("create", noun, ident(noun, side), {**kept, **fixed})


def refusal_of(side: str) -> Iterator[Change]:
    """A screening, a refusal, an appeal against it and its hearing."""
    day, within = {"date": "2026-11-02"}, {"case_id": ident("case", side)}
    screened, refused = ident("screening", side), ident("eligibility_event", side)
    said = {n: text_of(n, side) for n in REFUSING}
    refusing = {"about_id": screened, "reason": "not-verified", "said": said["eligibility_event"]}
    acts = (
        ("eligibility_event", screened, {"act": "proposed-ineligible", **day}),
        ("eligibility_event", refused, {"act": "ineligible", **day, **refusing}),
        (
            "appeal",
            ident("appeal", side),
            {"about_id": refused, "filed_on": "2026-11-03", "statement": said["appeal"]},
        ),
        (
            "appeal_event",
            ident("appeal_event", side),
            {
                "appeal_id": ident("appeal", side),
                "act": "hearing",
                **day,
                "said": said["appeal_event"],
            },
        ),
    )
    for noun, record_id, values in acts:
        yield Change("create", noun, record_id, {**values, **within})


def _in_store(store: str) -> dict[str, dict[str, object]]:
    """What stands in a store beside its weapons."""
    return {
        "lot": {
            "store_id": store,
            "number": "…",
            "nature": "small-arms",
            "unit": "rounds",
            "cleared_by": "…",
        },
        "lot_event": {"event": "received", "date": "2026-11-01", "quantity": 10, "note": "…"},
        "hand_in": {
            "store_id": store,
            "giver": "other-person",
            "date": "2026-11-01",
            "cleared_by": "…",
        },
        "hand_in_line": {"criterion": "none", "description": "…"},
        "destruction_batch": {
            "store_id": store,
            "kind": "emergency",
            "method": "obod",
            "date": "2026-11-01",
            "reason": "…",
        },
        "stock_check": {
            "store_id": store,
            "kind": "weekly",
            "date": "2026-11-01",
            "note": "…",
        },
        "stock_count": {"counted_type": "…", "expected": 1, "found": 1},
        "discrepancy": {"store_id": store, "kind": "seal", "date": "2026-11-01", "note": "…"},
        "discrepancy_step": {"step": "reported", "date": "2026-11-01", "said": "…"},
        "load": {
            "store_id": store,
            "to_store_id": STORE_B if store == STORE_A else STORE_A,
            "manifest": "…",
            "carries": "arms",
            "date": "2026-11-01",
        },
        "load_check": {"store_id": store, "date": "2026-11-01", "seals_seen": "…"},
        "countersign": {
            "store_id": store,
            "signs_as": "witness",
            "name": "…",
            "date": "2026-11-01",
        },
    }


@dataclass
class Province:
    """The registry, its accounts, and what stands where.

    disputes, held: by side, the id and the bucket in which it is somebody's matter.
    """

    app: Flask
    known: dict[Key, Bucket] = field(default_factory=dict)
    disputes: dict[str, str] = field(default_factory=dict)
    held: dict[str, tuple[str, Bucket | None]] = field(default_factory=dict)
    accounts: dict[str, str] = field(default_factory=dict)
    laptops: dict[str, Laptop] = field(default_factory=dict)
    spare_grant: str = ""
    taking: str = ""

    def __post_init__(self) -> None:
        with self.app.app_context():
            RegistryProgramme()
        area = {"pcode": "XX", "name": "Country", "level": 0}
        self._write(create("area", "area", **area))
        for noun in ("organisation", "armed_group"):
            self._write(create(noun, noun, code=noun, name=text_of(noun, "all")))
        self._write(*CRITERIA)
        self._write(*PACKAGES)
        self._write(create("code", "code", **CODE), create("custom_field", "custom_field", **FIELD))
        self.known = {key: (where, PROGRAMME) for key, where in REFERENCE.items()}
        for side in SIDES:
            with self.app.app_context():
                for body in (pictured(side).body, pictured(side).preview):
                    keeping.keep(hash_of(body), body, None)
            self._write(*file_of(side))
            if side in ADULTS:
                self._refuse(side)
            self.known |= {(n, ident(n, side)): bucket(n, side) for n in nouns_at(side)}
            self._disagree("person", side, "alias")
        for side in ADULTS:
            self._disagree("weapon", side, "make")
        self._people()
        self._hold()
        self._take()

    def sight(self, role: str) -> Sight:
        """What this role may do on its side of the border."""
        return Sight.of(grants_of(role))

    def _write(
        self, *changes: Change, base: int | None = None, chain: str = "i:here", author: str = ""
    ) -> str:
        with self.app.app_context(), writing() as conn:
            number = ledger.head(conn)
            unit = Unit(ident("unit", number, chain), base or number, "said", tuple(changes))
            arriving = apply.Arriving(
                unit, Source(chain, unit.id, author), SYSTEM.sight.may, SYSTEM.sight.may, TODAY
            )
            [outcome] = apply.chunk(conn, [arriving])
        assert outcome.outcome != "held", outcome
        return outcome.outcome

    def _refuse(self, side: str) -> None:
        """Somebody is refused there: screened by nobody's login, refused by a verifier."""
        screened, *rest = refusal_of(side)
        self._write(screened)
        self._write(*rest, author=ident("verifier"))
        self.known["eligibility_event", screened.record] = bucket("eligibility_event", side)

    def _disagree(self, noun: str, side: str, name: str) -> None:
        """Two people write the same field of a record at once."""
        record_id = ident(noun, side)
        with self.app.app_context(), reading() as conn:
            base = ledger.head(conn)
        for chain in ("i:one", "i:two"):
            said = {name: f"{text_of(noun, side)} by {chain}"}
            change = Change("set", noun, record_id, said, {name: None})
            outcome = self._write(change, base=base, chain=chain)
        assert outcome == DISPUTED
        table = table_of("dispute")
        query = sa.select(table.c.id).where(table.c.record_id == record_id)
        with self.app.app_context(), reading() as conn:
            dispute_id = conn.execute(query).scalar_one()
        self.disputes[f"{side} {noun}"] = dispute_id
        self.known["dispute", dispute_id] = bucket(noun, side)

    def _people(self) -> None:
        """An account of each role, one to be tried on, and one that has been disabled."""
        for name in (*ROLES, SPARE, DISABLED):
            role = name if name in ROLES else "programme-manager"
            with self.app.app_context(), writing() as conn:
                address = f"{name}@example.org"
                made = accounts.add_account(conn, SYSTEM, address, name, PASSWORD)
                for scope in SCOPES[OWN]:
                    given = accounts.grant(conn, SYSTEM, made, role, Place("scope", scope))
            self.accounts[name] = made
            self.spare_grant = given if name == SPARE else self.spare_grant
        for name in (*ROLES, SPARE, DISABLED):
            self.laptops[name] = Laptop(self.app, name, self.accounts[name])

    def _hold(self) -> None:
        """On each side, and nowhere, something came that refers to nothing."""
        fleet = Fleet(self.app)
        senders = {A: fleet.laptop("awa"), B: fleet.laptop("bakary")}
        for side in (*SIDES, NOWHERE):
            caseload = SCOPES.get(side, (A,))[0]
            known = {"caseload_id": caseload, "name": f"held of {side}"}
            who = person(f"held {side}", **known, **(YOUNG if side in CHILDREN else {}))
            lost = service(f"lost {side}", of="nobody")
            unit = senders[caseload].save(*((lost,) if side == NOWHERE else (who, lost)))
            there = None if side == NOWHERE else bucket("person", side)
            self.held[side] = (unit.id, there)
        for laptop in senders.values():
            laptop.sync()

    def _take(self) -> None:
        """Somebody takes a report."""
        with self.app.app_context(), BytesIO() as file:
            self.taking = taking.take(gates.REPORT, SYSTEM, "", file).id
