"""The cast on a real registry: the same acts as on rows in memory, through the one write path."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from schema.change import HELD, Change, Outcome, Source, Unit
from schema.entities import NOUN_OF
from schema.held import Held
from schema.judge import Judged
from schema.policy import EVERYWHERE, Grant, Sight
from schema.record import Key, Record
from schema.rules import Finding
from schema.rules.asked import BY_NAME
from server import apply, ledger
from server.db import reading, writing
from server.loaded import record_of
from server.tables import entry, table_of
from tests.schema.programme import CAST, STORE_A, STORE_B, TODAY, A, B, create, ident


class Undone(Exception):
    """Rolls a trial back."""


class RegistryRows:
    """Rows of the registry by (noun, id)."""

    def __getitem__(self, key: Key) -> Record:
        noun, record_id = key
        table = table_of(noun)
        with reading() as conn:
            row = conn.execute(sa.select(table).where(table.c.id == record_id)).mappings().one()
        return record_of(noun, row)


class RegistryProgramme:
    """Two caseloads and two stores in a database, and the cast."""

    def __init__(self) -> None:
        self.rows = RegistryRows()
        self.units = 0
        roles = ("administrator", "programme-manager", "case-worker")
        system = Sight.of(Grant(role, EVERYWHERE) for role in roles)
        places = [
            Change("create", noun, record_id, {"code": code, "name": code})
            for noun, record_id, code in (
                ("caseload", A, "A"),
                ("caseload", B, "B"),
                ("store", STORE_A, "A"),
                ("store", STORE_B, "B"),
            )
        ]
        self._chunk("system", system, Unit(ident("places"), 0, "said", tuple(places)), None)
        self._chunk(
            "system",
            system,
            Unit(ident("groups"), 0, "said", (create("armed_group", "group", code="G", name="G"),)),
            None,
        )

    @property
    def n(self) -> int:
        """The last number given."""
        with reading() as conn:
            return ledger.head(conn)

    def arrive(
        self, who: str, *changes: Change, base: int | None = None, n: int = 1, name: str = ""
    ) -> Judged:
        """Judge and write."""
        unit = self._unit(who, changes, base)
        return self._judged(self._chunk(who, Sight.of(CAST[who]), unit, n))

    def judge(
        self, who: str, *changes: Change, base: int | None = None, n: int = 1, name: str = ""
    ) -> Judged:
        """Judge, and write nothing."""
        unit, sight = self._unit(who, changes, base), Sight.of(CAST[who])
        try:
            with writing() as conn:
                [outcome] = apply.chunk(conn, [self._arriving(who, sight, unit, n)])
                raise Undone
        except Undone:
            return self._judged(outcome)

    def disputes(self) -> list[Record]:
        """The open disputes."""
        table = table_of("dispute")
        with reading() as conn:
            rows = conn.execute(sa.select(table).where(table.c.state == "open")).mappings().all()
        return [record_of("dispute", row) for row in rows]

    def flags(self) -> list[Record]:
        """All flags, open or not."""
        with reading() as conn:
            rows = conn.execute(sa.select(table_of("flag"))).mappings().all()
        return [record_of("flag", row) for row in rows]

    def bucket_entries(self, record_id: str) -> list[tuple[str, bool]]:
        """(noun, removed) of each entry of a record."""
        with reading() as conn:
            rows = conn.execute(sa.select(entry).where(entry.c.record_id == record_id)).all()
        return [(NOUN_OF[row.entity], row.removed) for row in rows]

    def _unit(self, who: str, changes: tuple[Change, ...], base: int | None) -> Unit:
        self.units += 1
        return Unit(
            ident("unit", who, self.units), self.n if base is None else base, "said", changes
        )

    def _arriving(self, who: str, sight: Sight, unit: Unit, n: int | None) -> apply.Arriving:
        source = Source(f"d:{who}/1", unit.id, author=ident(who), by=who, n=n)
        return apply.Arriving(unit, source, sight.may, sight.may, TODAY)

    def _chunk(self, who: str, sight: Sight, unit: Unit, n: int | None) -> Outcome:
        with writing() as conn:
            [outcome] = apply.chunk(conn, [self._arriving(who, sight, unit, n)])
        return outcome

    def _judged(self, outcome: Outcome) -> Judged:
        if outcome.outcome == HELD:
            held = Held(
                outcome.reason,
                outcome.sentence,
                outcome.missing,
                dict(outcome.fields),
                outcome.about,
            )
            return Judged(HELD, held=held)
        return Judged(outcome.outcome, tuple(self._written(outcome)), tuple(self._flags(outcome)))

    def _written(self, outcome: Outcome) -> Iterator[Record]:
        for noun, record_id in outcome.records:
            try:
                yield self.rows[noun, record_id]
            except sa.exc.NoResultFound:
                return

    def _flags(self, outcome: Outcome) -> Iterator[Finding]:
        table = table_of("flag")
        ids = [record_id for _, record_id in outcome.records]
        with reading() as conn:
            query = sa.select(table).where(table.c.record_id.in_(ids), table.c.state == "open")
            for row in conn.execute(query):
                yield Finding(BY_NAME[row.rule], row.verdict, (), (row.entity, row.record_id))


@contextmanager
def programme_in(app: Any) -> Iterator[RegistryProgramme]:
    """The cast's registry inside an app context."""
    with app.app_context():
        yield RegistryProgramme()
