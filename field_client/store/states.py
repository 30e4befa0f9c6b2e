"""Where each record is: the names of ``schema.states.STATES``, with when and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlite_utils import Database

from field_client.store import facts, outbox
from field_client.store.rows import Row, one, select
from schema.change import HELD

CHUNK = 500
NO_STICK = (0, 0, "")


@dataclass(frozen=True)
class Where:
    """A record's place. state: a key of ``schema.states.STATES``; when, reason: for its line."""

    state: str
    when: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Pending:
    """What is on this laptop and nowhere else, and what waits for somebody."""

    only_here: int
    oldest: str
    held: int
    disputes: int
    last_contact: str


@dataclass(frozen=True)
class Whereabouts:
    """The Units saved here, by where they are. on_stick: of those only here.

    failed_at, why, network: of the last try, where it did not work.
    """

    only_here: int
    on_stick: int
    at_registry: int
    in_backup: int
    failed_at: str = ""
    why: str = ""
    network: bool = True


def state_of(db: Database, record_id: str) -> Where:
    """Where one record is."""
    return states_of(db, [record_id])[record_id]


def states_of(db: Database, ids: Iterable[str]) -> dict[str, Where]:
    """Where these records are, in two queries for five hundred of them."""
    wanted = list(ids)
    contact = facts.get(db, "last_contact", "")
    found = dict.fromkeys(wanted, Where("registry", contact))
    for start in range(0, len(wanted), CHUNK):
        found |= _some(db, wanted[start : start + CHUNK])
    return found


def pending(db: Database) -> Pending:
    """The whole laptop in five figures."""
    sql = "SELECT count(*) AS n, min(saved_at) AS oldest FROM outbox JOIN chain USING (incarnation)"
    here = select(db, f"{sql} WHERE n > acked")[0]
    held = one(db, "SELECT count(*) FROM outbox WHERE outcome = ?", (HELD,))
    disputes = one(db, "SELECT count(*) FROM dispute WHERE state = 'open'")
    contact = facts.get(db, "last_contact", "")
    return Pending(here["n"], here["oldest"] or "", held, disputes, contact)


def whereabouts(db: Database) -> Whereabouts:
    """Where what was saved here is, and why the last sync did not work, where it did not."""
    safe = safe_units(db)
    lowest = {int(i): n for i, n in outbox.lowest_held(db).items()}
    places = select(
        db, "SELECT incarnation, n > acked AS here, n FROM outbox JOIN chain USING (incarnation)"
    )
    stick = tuple(facts.get(db, "stick", NO_STICK)[:2])
    here = [(row["incarnation"], row["n"]) for row in places if row["here"]]
    there = [row for row in places if not row["here"]]
    backed = sum(row["n"] <= safe.get(row["incarnation"], 0) for row in there)
    # What was taken out of the log below what it still holds was in a backup.
    gone = lowest[outbox.tip(db)[0]] - 1
    failed = facts.get(db, "failed") or {}
    return Whereabouts(
        len(here),
        sum(place <= stick for place in here),
        len(there) - backed,
        gone + backed,
        failed.get("at", ""),
        failed.get("said", ""),
        failed.get("network", True),
    )


def held(db: Database) -> list[Row]:
    """The Units that the registry holds back, with its reason and the records they touch."""
    sql = "SELECT unit_id, saved_at, reason, sentence FROM outbox WHERE outcome = ? ORDER BY n"
    units = select(db, sql, (HELD,))
    for unit in units:
        sql = "SELECT entity, record_id FROM touched WHERE unit_id = ?"
        unit["records"] = select(db, sql, (unit["unit_id"],))
    return units


def _some(db: Database, ids: list[str]) -> dict[str, Where]:
    marks = ", ".join("?" * len(ids))
    sql = (
        "SELECT t.record_id, o.unit_id, o.outcome, o.saved_at, o.arrived_at, o.reason, o.sentence,"
        " o.n > c.acked AS here, o.incarnation, o.n"
        " FROM touched t LEFT JOIN outbox o USING (unit_id) LEFT JOIN chain c USING (incarnation)"
        f" WHERE t.record_id IN ({marks}) ORDER BY o.incarnation DESC, o.n DESC"
    )
    by_record: dict[str, list[Row]] = {}
    for row in select(db, sql, ids):
        by_record.setdefault(row["record_id"], []).append(row)
    stick = facts.get(db, "stick", NO_STICK)
    safe = safe_units(db)
    found = {
        record_id: Where("backup") if _are_safe(units, safe) else _own(units, stick)
        for record_id, units in by_record.items()
    }
    sql = f"SELECT record_id FROM dispute WHERE state = 'open' AND record_id IN ({marks})"
    return found | {row["record_id"]: Where("disputed") for row in select(db, sql, ids)}


def safe_units(db: Database) -> dict[int, int]:
    """Up to which Unit each incarnation is in a backup."""
    said = facts.get(db, "stage_state", {}).get("safe", {})
    return {int(incarnation): n for incarnation, n in said.items()}


def _are_safe(units: Iterable[Row], safe: Mapping[int, int]) -> bool:
    """Whether a backup holds all of these Units; those it holds are taken out of the log one day."""
    return all(
        unit["unit_id"] is None
        or (
            not unit["here"]
            and unit["outcome"] != HELD
            and unit["n"] <= safe.get(unit["incarnation"], 0)
        )
        for unit in units
    )


def _own(units: list[Row], stick: tuple[int, int, str]) -> Where:
    """From one's own Units on a record, the newest first; stick: what the last one written goes up to."""
    for unit in units:
        if unit["outcome"] == HELD:
            return Where("held", unit["saved_at"], unit["sentence"] or unit["reason"] or "")
    waiting = [unit for unit in units if unit["here"]]
    if waiting and (waiting[0]["incarnation"], waiting[0]["n"]) > (stick[0], stick[1]):
        return Where("here", waiting[-1]["saved_at"])
    if waiting:
        return Where("stick", stick[2])
    return Where("registry", units[0]["arrived_at"] or "")
