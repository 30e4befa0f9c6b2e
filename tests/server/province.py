"""A registry with one of everything on each side of a border: in a scope, in another, a child's in both.

Each record says where the policy puts it, so that what somebody should see is asked of ``schema.policy``
and never of the server.
"""

from dataclasses import dataclass, field
from io import BytesIO

import sqlalchemy as sa
from flask import Flask

from schema.change import DISPUTED, Change, Source, Unit
from schema.picture import hash_of
from schema.policy import PROGRAMME, ROLES, Sight
from schema.record import Bucket, Key
from server import accounts, apply, ledger
from server.accounts import Place
from server.actor import SYSTEM
from server.blobs import keeping
from server.db import reading, writing
from server.exports import gates, taking
from server.tables import table_of
from tests.schema.programme import (
    TODAY,
    A,
    B,
    create,
    ident,
    person,
    service,
)
from tests.server.cast import RegistryProgramme
from tests.server.decided_there import opinion_of, refusal_of
from tests.server.desk import PASSWORD
from tests.server.standing import (
    ADULTS,
    CHILDREN,
    CODE,
    CRITERIA,
    DISABLED,
    FIELD,
    NOWHERE,
    OWN,
    PACKAGES,
    REFERENCE,
    SCOPES,
    SIDES,
    SPARE,
    YOUNG,
    bucket,
    file_of,
    grants_of,
    nouns_at,
    pictured,
    text_of,
)
from tests.server.sync.laptop import Fleet, Laptop


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
        for noun, kind in (("organisation", {"kind": "child-protection"}), ("armed_group", {})):
            self._write(create(noun, noun, code=noun, name=text_of(noun, "all"), **kind))
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
            else:
                self._write(opinion_of(side), author=ident("verifier"))
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
