"""Records what a laptop of this version says and is answered: ``python -m tests.recorded.record FOLDER``.

Run once for each version that is released; a recording is never made anew.
"""

import json
import re
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from field_client import enrolment, home, keys, sync
from field_client.store import acts, facts, rows
from schema.encodings import IDENTITY, unpacked
from server.arrivals.tables import arrival
from server.db import reading, upgrade, writing
from server.sync.known import told_last
from tests.faults.relay import Relay, relaying
from tests.faults.two_officers import said, save
from tests.field_client.conftest import TEST_PASSPHRASE_MEMORY
from tests.field_client.registry import PASSPHRASE, Registry, serving
from tests.schema.programme import STORE_A, A

# Published here, and used for nothing else.
SEAL_KEY = "AGE-SECRET-KEY-17W0WSXQJZMJ68TY6M42C9ZR4LMDZ6P40R0Y5C533WQ0ES9ZT47KQ6F85NK"


def record(folder: Path) -> None:
    """Write a recording into this folder."""
    folder.mkdir(parents=True)
    keys.MEMORY_KIB = TEST_PASSPHRASE_MEMORY
    with TemporaryDirectory() as name:
        scratch = Path(name)
        url = f"sqlite:///{scratch / 'registry.sqlite'}"
        upgrade(url)
        (scratch / "registry").mkdir()
        (scratch / "registry" / "seal.key").write_text(SEAL_KEY, encoding="ascii")
        with (
            serving(url, scratch) as registry,
            relaying(int(registry.url.rpartition(":")[2])) as relay,
        ):
            _play(registry, relay, folder)


def _play(registry: Registry, relay: Relay, folder: Path) -> None:
    laptop = enrolment.enrol(registry.folder / "home", relay.url, registry.code("awa"), PASSPHRASE)
    _sync(registry, laptop)
    person = _work(laptop)
    with laptop.opened() as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copytree(laptop.folder, folder / "laptop", ignore=shutil.ignore_patterns("lock", "*-*"))
    _sync(registry, laptop)
    with laptop.opened() as db:
        changed = acts.change(db, "person", person, {"phone": "76 00 00 01"})
    assert changed
    save(laptop, changed)
    _sync(registry, laptop)
    _write(folder, registry, laptop, relay)


def _sync(registry: Registry, laptop: home.Unlocked) -> None:
    """A sync with a registry that has forgotten what it told last, so that the laptop says it in full."""
    with registry.app.app_context(), writing() as conn:
        conn.execute(sa.delete(told_last))
    sync.run(laptop)


def _work(laptop: home.Unlocked) -> str:
    """A family with a weapon, a gate, and a child whom this laptop may not keep."""
    person = acts.create("person", said("Fatou Ndiaye"))
    case = acts.create("case", {"person_id": person.record, "caseload_id": A, "process": "adult"})
    daughter = {"case_id": case.record, "relation": "child", "sex": "female"}
    save(laptop, person, case, acts.create("household_member", daughter))
    gun = {"case_id": case.record, "store_id": STORE_A, "class": "small-arm", "type": "rifle"}
    save(laptop, acts.create("weapon", gun))
    gate = {"case_id": case.record, "gate": "registered", "date": "2026-11-20"}
    save(laptop, acts.create("gate_event", gate))
    save(laptop, acts.create("person", said("Issa Coulibaly") | {"birth_date": "2014-05-01"}))
    return person.record


def _write(folder: Path, registry: Registry, laptop: home.Unlocked, relay: Relay) -> None:
    spoken = zip(relay.heard, relay.answered, strict=True)
    syncs = [pair for pair in spoken if pair[0].startswith(b"POST /sync/1 ")]
    for number, (asked, told) in enumerate(syncs, 1):
        (folder / f"{number}-said.ndjson").write_bytes(_text(asked))
        (folder / f"{number}-answered.ndjson").write_bytes(_text(told))
    query = sa.select(arrival.c.unit_id, arrival.c.outcome).where(arrival.c.device_id.is_not(None))
    with registry.app.app_context(), reading() as conn:
        outcomes = {row.unit_id: row.outcome for row in conn.execute(query)}
    about = _about(laptop) | {"outcomes": outcomes}
    text = json.dumps(about, indent=1, sort_keys=True) + "\n"
    (folder / "about.json").write_text(text, encoding="utf-8")


def _about(laptop: home.Unlocked) -> dict[str, Any]:
    with laptop.opened() as db:
        key = bytes.fromhex(facts.get(db, "private_key"))
        names = ("device", "token", "epoch", "results_seen")
        known = {name: facts.get(db, name) for name in names}
        people = rows.select(db, "SELECT id, name, phone FROM person ORDER BY name")
    public = Ed25519PrivateKey.from_private_bytes(key).public_key().public_bytes_raw().hex()
    return {
        **known,
        "public_key": public,
        "seal_key": SEAL_KEY,
        "passphrase": PASSPHRASE,
        "people": people,
    }


def _text(message: bytes) -> bytes:
    head, _, body = message.partition(b"\r\n\r\n")
    found = re.search(rb"\r\ncontent-encoding: (\w+)", head, re.IGNORECASE)
    return b"".join(unpacked(iter([body]), found[1].decode() if found else IDENTITY))


if __name__ == "__main__":
    record(Path(sys.argv[1]))
