"""What a page or the shell writes: one Unit, one transaction, in force or refused whole.

A form refuses only what is broken and forbidden, what its author has no right to, and a real clash with
somebody's edit since (409, with both values). A repeated key gives the stored outcome again.
"""

import sqlalchemy as sa

from schema.chains import of_account
from schema.change import CREATE, DISPUTED, HELD, SET, SETTLE, Outcome, Source, Unit
from schema.entities import BY_NOUN
from schema.held import key_of, unknown
from schema.judge import as_form
from schema.policy import Sight
from schema.problems import Clash, Invalid, NotAllowed, NotFound, Problem, Refused, UnknownReference
from server import apply, arrivals, moments
from server.actor import Actor
from server.config import settings
from server.db import writing
from server.deadlocks import until_done
from server.registry.lanes import visible
from server.tables import table_of


def enter(unit: Unit, actor: Actor, key: str) -> Outcome:
    """Write a Unit for somebody at the registry. Raises the Problem that refused it; nothing is written then.

    key: made with the form (or by the shell), so that a repeat is recognised.
    """
    source = Source(of_account(actor.account_id), key, actor.account_id, actor.name)
    try:
        return until_done(lambda: _enter(unit, actor, source))
    except sa.exc.IntegrityError:
        # The same form was sent twice at once; the other has won.
        with writing() as conn:
            stored = arrivals.known(conn, source.chain, key)
        if stored is None:
            raise
        return stored


def _enter(unit: Unit, actor: Actor, source: Source) -> Outcome:
    """The whole transaction: what waited for this is in force with it, or neither is (R9)."""
    with writing() as conn:
        stored = arrivals.known(conn, source.chain, source.key)
        if stored is not None:
            return stored
        may = actor.sight.may
        arriving = apply.Arriving(unit, source, may, may, moments.today(settings().timezone))
        [outcome] = apply.chunk(conn, [arriving], as_form)
        _refuse(conn, unit, actor, outcome)
        arrivals.store(conn, source, unit.as_text(), outcome)
        arrivals.rerun(conn, outcome.records)
    return outcome


def _refuse(conn: sa.Connection, unit: Unit, actor: Actor, outcome: Outcome) -> None:
    """Raise what stands in the way of this Unit, if anything does."""
    if outcome.reason == "not-allowed":
        _refuse_unseen(conn, unit, actor.sight)
    if outcome.outcome == HELD:
        raise _problem(outcome)
    if outcome.outcome == DISPUTED and any(change.verb == SET for change in unit.changes):
        clashing = _clashing(conn, of_account(actor.account_id), outcome)
        if clashing:
            raise Clash(fields=clashing)


def _problem(outcome: Outcome) -> Problem:
    if outcome.reason == "invalid":
        return Invalid(outcome.sentence, fields=dict(outcome.fields), record=outcome.about[1])
    if outcome.reason == "unknown-reference":
        if outcome.missing == (outcome.about[1],):
            return NotFound()
        return UnknownReference(outcome.sentence, missing=list(outcome.missing))
    if outcome.reason == "not-allowed":
        return NotAllowed(outcome.sentence)
    return Refused(outcome.sentence, rule=outcome.reason)


def _refuse_unseen(conn: sa.Connection, unit: Unit, sight: Sight) -> None:
    """What somebody may not see answers as what does not exist, whatever they may not do with it."""
    made = {change.record for change in unit.changes if change.verb == CREATE}
    for change in unit.changes:
        if change.record not in made and not _sees(conn, sight, change.entity, change.record):
            raise NotFound
        for name, ref in BY_NOUN[change.entity].refs().items():
            target = change.values.get(name) if change.verb != SETTLE else None
            if target and target not in made and not _sees(conn, sight, ref.to, str(target)):
                sentence = unknown(str(target), key_of(change)).sentence
                raise UnknownReference(sentence, missing=[target])


def _sees(conn: sa.Connection, sight: Sight, noun: str, record_id: str) -> bool:
    table = table_of(noun)
    query = sa.select(table.c.id).where(table.c.id == record_id, visible(table, sight, noun))
    return conn.execute(query).first() is not None


def _clashing(conn: sa.Connection, chain: str, outcome: Outcome) -> dict[str, dict[str, object]]:
    """The fields on which this Unit would open a dispute: {name: {yours, theirs}}."""
    ids = [record_id for noun, record_id in outcome.records if noun == "dispute"]
    table = table_of("dispute")
    query = sa.select(table).where(table.c.id.in_(ids), table.c.source == chain)
    found: dict[str, dict[str, object]] = {}
    for row in conn.execute(query.where(table.c.first == table.c.ver)):
        for name, yours in row.side.items():
            found[name] = {"yours": yours, "theirs": (row.inforce or {}).get(name)}
    return found
