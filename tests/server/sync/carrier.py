"""A laptop on paper sends and fetches bytes of attachments, request by request."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from werkzeug.test import TestResponse

from schema import points
from schema.blobs import CHUNK_HASH, LENGTH, OFFSET, PATH, SIGNATURE, signed_text
from schema.change import Change
from schema.picture import hash_of
from tests.pictures import made
from tests.schema.programme import create, ident
from tests.server.sync.laptop import Laptop

PICTURE = made(3, (900, 700))
BODY, PREVIEW = PICTURE.body, PICTURE.preview
SHA = hash_of(BODY)
PIECE = len(BODY) // 3


def attached(name: str, to: str, **said: Any) -> Change:
    """A photo of somebody's case."""
    values = {"case_id": ident(f"case of {to}"), "kind": "photo", **PICTURE.content, **said}
    return create("attachment", name, **values)


def ask(laptop: Laptop, offer: bytes = b"", want: tuple[str, ...] = ()) -> dict[str, Any]:
    """What the registry says of these bytes."""
    question = {"offer": [[hash_of(offer), len(offer)]] if offer else [], "want": list(want)}
    answer = asked(laptop, question)
    assert answer.status_code == 200, answer.text
    return dict(answer.json or {})


def asked(laptop: Laptop, question: object) -> TestResponse:
    """The answer to a question."""
    body = json.dumps(question).encode()
    headers = signed(laptop, "POST", PATH, hash_of(body))
    return laptop.app.test_client().post(PATH, data=body, headers=headers)


def send(
    laptop: Laptop,
    body: bytes,
    at: int,
    to: int,
    sha256: str = SHA,
    total: int = len(BODY),
    **said: str,
) -> TestResponse:
    """Send a chunk of some bytes."""
    chunk = body[at:to]
    headers = {OFFSET: str(at), LENGTH: str(total), CHUNK_HASH: hash_of(chunk), **said}
    kept = signed(laptop, "PATCH", f"{PATH}/{sha256}", *headers.values())
    client = laptop.app.test_client()
    return client.patch(f"{PATH}/{sha256}", data=chunk, headers={**headers, **kept})


def send_all(laptop: Laptop, body: bytes, sha256: str = "") -> TestResponse:
    """Send some bytes whole, in three chunks."""
    sha256 = sha256 or hash_of(body)
    step = len(body) // 3 + 1
    for at in range(0, len(body), step):
        answer = send(laptop, body, at, at + step, sha256, len(body))
    return answer


def get(laptop: Laptop, sha256: str, start: int = 0) -> TestResponse:
    """Ask for bytes."""
    asked = f"bytes={start}-"
    headers = {"Range": asked, **signed(laptop, "GET", f"{PATH}/{sha256}", asked)}
    return laptop.app.test_client().get(f"{PATH}/{sha256}", headers=headers)


def signed(laptop: Laptop, method: str, path: str, *said: str) -> dict[str, str]:
    """By which a laptop is known, and that it asks itself."""
    signature = laptop.key.sign(signed_text(method, path, *said)).hex()
    return {"Authorization": f"Bearer {laptop.token}", SIGNATURE: signature}


class Died(BaseException):
    """The process is no more: nothing of it goes on."""


@contextmanager
def killed_at(point: str) -> Iterator[None]:
    """The registry's process ends when it comes to this point."""

    def die() -> None:
        raise Died

    points.at(point, die)
    try:
        with suppress(Died):
            yield
            raise AssertionError(f"nothing came to {point!r}")
    finally:
        points.at(point, lambda: None)
