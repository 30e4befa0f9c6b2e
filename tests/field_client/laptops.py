"""Laptops for tests: real encrypted stores that know a small programme without asking a registry."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyrage
from sqlite_utils import Database

from field_client import home, keys, upgrades
from field_client.cipher import transaction
from field_client.store import facts, rewriting
from schema.policy import PROGRAMME, VERBS, Grant, Sight
from schema.record import Bucket

CASELOAD_A = "01940000-0000-7000-8000-00000000000a"
CASELOAD_B = "01940000-0000-7000-8000-00000000000b"
STORE = "01940000-0000-7000-8000-0000000000c1"
AREA = "01940000-0000-7000-8000-0000000000d1"
DEVICE = "01940000-0000-7000-8000-0000000000e1"
AWA = "01940000-0000-7000-8000-0000000000f1"
REGISTRY = pyrage.x25519.Identity.generate()

OFFICER = (Grant("field-officer", CASELOAD_A), Grant("field-officer", STORE))


def make(folder: Path, grants: tuple[Grant, ...] = OFFICER) -> home.Unlocked:
    """Awa's laptop: enrolled, with rights and reference data, without a registry or a passphrase."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / home.STORE_FILE).touch(mode=0o600)
    unlocked = home.Unlocked(folder, keys.new_key())
    with unlocked.opened() as db:
        upgrades.upgrade(db)
        with transaction(db):
            know(db, grants)
    return unlocked


def know(db: Database, grants: tuple[Grant, ...]) -> None:
    """Put what a first sync would have brought."""
    who = {"device": DEVICE, "device_name": "laptop", "url": "http://127.0.0.1:1"}
    account = {"account_id": AWA, "account_name": "Awa"}
    facts.put(db, **who, **account, seal_key=str(REGISTRY.to_public()), base=1)
    for bucket, verbs in buckets(grants).items():
        db.table("bucket").insert(
            {"compartment": bucket[0], "scope": bucket[1], "verbs": json.dumps(verbs)}
        )
    stamps = {"ver": 1, "scope": PROGRAMME, "compartment": "reference"}
    place = {"id": AREA, "pcode": "XX01", "name": "North", "level": 1}
    rewriting.lay(db, "area", {**stamps, **place})
    for code, scope in (("A", CASELOAD_A), ("B", CASELOAD_B)):
        rewriting.lay(db, "caseload", {**stamps, "id": scope, "code": code, "name": f"Team {code}"})
    rewriting.lay(db, "store", {**stamps, "id": STORE, "code": "S1", "name": "Depot"})


def buckets(grants: tuple[Grant, ...]) -> dict[Bucket, list[str]]:
    """The open buckets of these grants, as STATE lists them."""
    sight = Sight.of(grants)
    homes = {"reference": {PROGRAMME}, "weapons": {STORE}}
    return {
        (compartment, scope): may
        for compartment in ("case", "background", "child", "weapons", "complaints", "reference")
        for scope in homes.get(compartment, {CASELOAD_A, CASELOAD_B})
        if (may := [v for v in VERBS if sight.may(v, compartment, scope)])
    }


@contextmanager
def opened(folder: Path, grants: tuple[Grant, ...] = OFFICER) -> Iterator[Database]:
    """The open store of such a laptop."""
    with make(folder, grants).opened() as db:
        yield db
