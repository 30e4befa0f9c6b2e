"""A laptop that speaks the wire, checks what it is sent and keeps nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import orjson
import requests
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bench import laptops
from field_client import moments
from schema.encodings import GZIP, ZSTD, packed, unpacked
from schema.frames import END, HELLO, NDJSON, PAGE, frame, hello_text
from server import devices
from server.db import writing


@dataclass(frozen=True)
class Thin:
    """One enrolled device."""

    device: str
    token: str
    key: Ed25519PrivateKey

    def first_sync(self, address: str, by_pages: int = 0) -> bool:
        """Fetch everything there is; whether all of it came as it should."""
        cursors: dict[str, int] = {}
        whole: dict[str, int] = {}
        with requests.Session() as session:
            session.trust_env = False
            while True:
                said = self._hello(cursors, whole, by_pages)
                end: dict[str, Any] = {}
                for name, body in self._asked(session, address, said):
                    if name == PAGE:
                        cursors[body["bucket"]], whole[body["bucket"]] = body["to"], body["whole"]
                    end = body if name == END else end
                for offer in end.get("snapshots", ()):
                    if not self._fetched(session, address, offer):
                        return False
                    cursors[offer["bucket"]] = whole[offer["bucket"]] = offer["seq"]
                if not end["more"]:
                    return bool(end["digests"])
                if "again" in end:
                    session.close()
                    moments.wait(end["again"])

    def _hello(
        self, cursors: dict[str, int], whole: dict[str, int], by_pages: int
    ) -> dict[str, Any]:
        said = {
            "protocol": 1,
            "device": self.device,
            "incarnation": 1,
            "cursors": cursors,
            "whole": {name: head for name, head in whole.items() if head},
            "snapshots": 1,
            "by_pages": by_pages,
        }
        return {**said, "signature": self.key.sign(hello_text(said)).hex()}

    def _asked(
        self, session: requests.Session, address: str, said: dict[str, Any]
    ) -> Iterator[tuple[str, Any]]:
        body = packed(frame(HELLO, said) + frame(END, {}), GZIP)
        headers = self._headers() | {"Content-Type": NDJSON, "Content-Encoding": GZIP}
        answer = session.post(f"{address}/sync/1", data=body, headers=headers, stream=True)
        answer.raise_for_status()
        text = answer.raw.read(decode_content=False)
        encoding = answer.headers.get("Content-Encoding", "identity")
        for line in b"".join(unpacked(iter([text]), encoding)).splitlines():
            yield orjson.loads(line)

    def _fetched(self, session: requests.Session, address: str, offer: dict[str, Any]) -> bool:
        path = f"{address}/sync/1/snapshot/{offer['bucket']}/{offer['seq']}"
        headers = self._headers() | {"Range": f"bytes=0-{offer['size'] - 1}"}
        answer = session.get(path, headers=headers, stream=True)
        body = answer.raw.read(decode_content=False)
        return answer.status_code == 206 and sha256(body).hexdigest() == offer["hash"]

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}", "Accept-Encoding": ZSTD}


def enrolled(number: int) -> Thin:
    """A device of the officer of the bench, made at the registry in whose context this runs."""
    key = Ed25519PrivateKey.generate()
    code = laptops.another_code()
    with writing() as conn:
        made = devices.enrol(
            conn, code, f"thin {number}", key.public_key().public_bytes_raw().hex()
        )
    return Thin(made.device_id, made.token, key)
