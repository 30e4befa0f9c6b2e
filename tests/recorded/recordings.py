"""A recording, and a registry of this version that knows its laptop."""

import gzip
import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from field_client import home
from field_client.store import facts
from server import accounts, devices, moments
from server.db import writing
from tests.field_client.registry import ADDRESS, Registry, serving

HERE = Path(__file__).parent
VERSIONS = sorted(path.parent.name for path in HERE.glob("*/about.json"))


@dataclass(frozen=True)
class Recording:
    """What a laptop of one version said and was answered."""

    folder: Path
    about: dict[str, Any]

    @classmethod
    def of(cls, version: str) -> "Recording":
        """The recording of this version."""
        folder = HERE / version
        return cls(folder, json.loads((folder / "about.json").read_text("utf-8")))

    @property
    def said(self) -> list[bytes]:
        """The bodies of its requests, in order."""
        return self._texts("said")

    @property
    def answered(self) -> list[bytes]:
        """The bodies that they were answered with."""
        return self._texts("answered")

    def _texts(self, kind: str) -> list[bytes]:
        paths = sorted(self.folder.glob(f"*-{kind}.ndjson"))
        return [path.read_bytes() for path in paths]

    def stored(self, folder: Path, url: str) -> home.Unlocked:
        """The laptop as it was before it handed in its work, brought to this version."""
        shutil.copytree(self.folder / "laptop", folder)
        unlocked = home.unlock(folder, self.about["passphrase"])
        with unlocked.opened() as db:
            facts.put(db, url=url)
        return unlocked

    def hands_in(self, registry: Registry, body: bytes) -> tuple[int, list[Any]]:
        """What a registry answers to one of the bodies: the status, and the frames."""
        headers = {
            "Authorization": f"Bearer {self.about['token']}",
            "Content-Type": "application/x-ndjson",
            "Content-Encoding": "gzip",
        }
        client = registry.app.test_client()
        answer = client.post("/sync/1", data=gzip.compress(body), headers=headers)
        return answer.status_code, frames_of(answer.data)


def frames_of(text: bytes) -> list[Any]:
    """The frames of a body."""
    return [json.loads(line) for line in text.splitlines()]


@contextmanager
def registry_for(recording: Recording, database_url: str, folder: Path) -> Iterator[Registry]:
    """A registry of this version in which the recorded laptop is Awa's."""
    (folder / "registry").mkdir()
    key = folder / "registry" / "seal.key"
    key.write_text(recording.about["seal_key"], encoding="ascii")
    with serving(database_url, folder) as registry:
        with registry.app.app_context(), writing() as conn:
            _know(conn, recording.about)
        yield registry


def _know(conn: sa.Connection, about: dict[str, Any]) -> None:
    """Awa's laptop, as it was enrolled."""
    person = accounts.find(conn, ADDRESS.format("awa"))
    row = {
        "id": about["device"],
        "account_id": person["id"],
        "name": "laptop",
        "token_hash": hashlib.sha256(about["token"].encode()).hexdigest(),
        "public_key": about["public_key"],
        "enrolled_at": moments.moment(),
    }
    conn.execute(devices.device.insert(), [row])
