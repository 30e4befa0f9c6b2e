"""What a store knows of itself: its device, its officer, where it stands, and what it may do."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlite_utils import Database

from field_client.store.rows import one, select
from schema.chains import of_laptop
from schema.lines import FULL
from schema.policy import EVERYWHERE, PROGRAMME, STORE_COMPARTMENTS
from schema.record import Bucket

COMPLETE = ("area", "caseload", "store", "organisation", "criteria_set", "criterion")
SCOPE_NOUNS = ("caseload", "store")


@dataclass(frozen=True)
class Device:
    """Who this store belongs to. seal_key: the registry's public key; chain: of its Units now.

    heard_on: the registry's day when it last answered; None before it ever did.
    """

    id: str
    name: str
    url: str
    account_id: str
    account_name: str
    seal_key: str
    incarnation: int
    heard_on: date | None

    @property
    def chain(self) -> str:
        """The chain of the Units saved now."""
        return of_laptop(self.id, self.incarnation)


def get(db: Database, name: str, default: Any = None) -> Any:
    """A fact by name."""
    found = one(db, "SELECT value FROM meta WHERE name = ?", (name,))
    return default if found is None else json.loads(found)


def put(db: Database, **facts: Any) -> None:
    """Keep facts by name. One that is as it was writes nothing."""
    pairs = [(name, json.dumps(value)) for name, value in facts.items()]
    sql = (
        "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name)"
        " DO UPDATE SET value = excluded.value WHERE value IS NOT excluded.value"
    )
    db.conn.executemany(sql, pairs)


def device(db: Database) -> Device:
    """Who this store belongs to."""
    names = ("url", "account_id", "account_name", "seal_key")
    said = {name: get(db, name, "") for name in names}
    chain = one(db, "SELECT max(incarnation) FROM chain") or 1
    heard = get(db, "last_contact")
    return Device(
        get(db, "device", ""),
        get(db, "device_name", ""),
        incarnation=chain,
        heard_on=date.fromisoformat(heard[:10]) if heard else None,
        **said,
    )


def lines(db: Database) -> int:
    """In which form the registry reads the lines of a log, as far as it has said so."""
    return int(get(db, "told", {}).get("lines", FULL))


def base(db: Database) -> int:
    """The head of the snapshot that is shown: what a Unit saved now is based on."""
    return int(get(db, "base", 0))


class Rights:
    """What the registry said this laptop may do, at the last sync that was completed."""

    def __init__(self, db: Database) -> None:
        rows = select(db, "SELECT compartment, scope, verbs FROM bucket")
        self.verbs = {
            (r["compartment"], r["scope"]): frozenset(json.loads(r["verbs"])) for r in rows
        }

    def may(self, verb: str, compartment: str, scope: str) -> bool:
        """Whether this verb is allowed in the bucket."""
        return any(verb in self.verbs.get((compartment, s), ()) for s in (scope, EVERYWHERE))

    def shows(self, bucket: Bucket) -> bool:
        """Whether records of this bucket are kept here: what may be read, and weapons recorded here."""
        if self.may("read", *bucket):
            return True
        return bucket[0] in STORE_COMPARTMENTS and self.may("create", *bucket)

    def scopes(self, verb: str, compartment: str) -> tuple[str, ...]:
        """The caseloads or stores in which this verb is allowed."""
        return tuple(
            scope
            for (where, scope), verbs in sorted(self.verbs.items())
            if where == compartment and verb in verbs and scope != PROGRAMME
        )

    def complete_nouns(self) -> frozenset[str]:
        """The nouns of which everything there is has been pulled: reference data, where it is read."""
        whole = self.may("read", "reference", PROGRAMME)
        return frozenset(COMPLETE) if whole else frozenset()
