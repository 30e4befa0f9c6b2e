"""How tests ask for snapshot files: the first sync of a paper laptop, a file or a part of it, the shelf."""

import json
import os
import time
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from schema.encodings import unpacked
from schema.frames import from_columnar
from server.sync import shelf
from tests.schema.programme import A
from tests.server.sync.laptop import Answer, Laptop

PEOPLE = 12
BUCKET = f"case:{A}"
Offer = dict[str, Any]


def first(laptop: Laptop, takes: str = "zstd, gzip", **said: Any) -> Answer:
    """What a laptop is answered that has nothing yet and fetches files."""
    body = laptop.body(**{"cursors": {}, "snapshots": 1, **said})
    answer = laptop.post(body, **{"Accept-Encoding": takes})
    assert answer.status_code == 200, answer.text
    encoding = answer.headers.get("Content-Encoding", "identity")
    return Answer.read(b"".join(unpacked(iter([answer.data]), encoding)))


def offered(laptop: Laptop, **said: Any) -> Offer:
    """The one file that it is offered."""
    [offer] = first(laptop, **said).end["snapshots"]
    return dict(offer)


def get(laptop: Laptop, offer: Offer, **headers: str) -> TestResponse:
    """Fetch a file, or a part of it."""
    path = f"/sync/1/snapshot/{offer['bucket']}/{offer['seq']}"
    said = {"Authorization": f"Bearer {laptop.token}", "Accept-Encoding": offer["encoding"]}
    with laptop.app.test_client() as client:
        return client.get(path, headers={**said, **headers}, buffered=True)


def rows_of(answer: TestResponse) -> dict[tuple[str, str], dict[str, Any]]:
    """The rows of a file."""
    text = b"".join(unpacked(iter([answer.data]), answer.headers["Content-Encoding"]))
    return {
        (table["entity"], row["id"]): row
        for line in text.splitlines()
        for table in json.loads(line)[1]["tables"]
        for row in from_columnar(table["columns"], table["rows"])
    }


def files(app: Flask) -> list[Path]:
    """What lies on the shelf."""
    return sorted(app.extensions["ddr_config"].data.glob("snapshots/*/*"))


def aged(app: Flask, seconds: float, seq: int | None = None) -> None:
    """Let files, or those of one head, be so much older; and the last look at them."""
    for path in files(app):
        if seq is None or f"-{seq}-" in path.name:
            os.utime(path, (time.time() - seconds, time.time() - seconds))
    looked = app.extensions["ddr_config"].data / "snapshots" / shelf.LOOKED
    looked.unlink(missing_ok=True)
