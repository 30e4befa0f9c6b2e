"""POST /sync/1: one laptop, one round trip. POST /sync/1/wiped: the last word of a laptop."""

import time
from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, jsonify, request, send_file
from werkzeug.wrappers import Response as AnyResponse

from schema import points
from schema.encodings import IDENTITY, packed
from schema.encodings import known as encodings
from schema.frames import NDJSON
from schema.problems import NotASync, NotFound, WrongFormat
from server import access, devices, logs
from server.arrivals.rights import record_told
from server.db import writing
from server.sync import known, ranges, snapshots
from server.sync.body import MOST_BODY, lines_of
from server.sync.pull import Answer, answer
from server.sync.push import Push

CUT = "The body ended before END."
KEPT = "The whole lines that came are kept. Sync again."

routes = Blueprint("sync", __name__)


@routes.post("/sync/1")
@access.device
def sync() -> Response:
    """Take in what a laptop sends and tell it what changed."""
    began = time.perf_counter()
    device = access.device_row()
    lines = _lines()
    push = Push.begin(lines, device)
    push.take(lines)
    if not push.complete:
        raise NotASync(CUT, kept=KEPT)
    told = answer(push, device, _asked_for())
    _remember(push, device, told)
    snapshots.look_through()
    _log(push, told, time.perf_counter() - began)
    points.reach("while answering")
    return _packed(told.body, told.encoding)


@routes.get("/sync/1/snapshot/<bucket>/<int:seq>")
@access.device
def snapshot(bucket: str, seq: int) -> AnyResponse:
    """A bucket as one file, any part of it; never another one under the same address."""
    file = snapshots.open_to(access.device_row(), bucket, seq, _asked_for())
    try:
        response = send_file(file.path, NDJSON, etag=file.hash, conditional=True)
    except OSError:
        raise NotFound from None
    # Whoever passes it on must not pack it otherwise: a part of it would fit no other.
    response.headers["Cache-Control"] = "no-store, no-transform"
    response.headers["Content-Encoding"] = file.encoding
    del response.headers["Content-Disposition"], response.headers["Last-Modified"]
    return response


@routes.post("/sync/1/digest")
@access.device
def digest() -> Response:
    """Say which records of its buckets a laptop has otherwise than they are here."""
    told = ranges.compare(_lines(), access.device_row())
    encoding = _asked_for()
    return _packed(told if encoding == IDENTITY else packed(told, encoding), encoding)


def _lines() -> Iterator[bytes]:
    request.max_content_length = MOST_BODY
    if request.mimetype != NDJSON:
        raise WrongFormat(f"A sync is {NDJSON}.")
    return lines_of(request.stream, request.headers.get("Content-Encoding", IDENTITY).lower())


def _asked_for() -> str:
    """The best compression that both ends have."""
    asked = request.accept_encodings
    return next((name for name in encodings() if asked.quality(name) > 0), IDENTITY)


def _packed(body: bytes, encoding: str) -> Response:
    headers = {} if encoding == IDENTITY else {"Content-Encoding": encoding}
    return Response(body, mimetype=NDJSON, headers=headers)


@routes.post("/sync/1/wiped")
@access.open_to_machines
def wiped() -> Response:
    """Hear from a laptop that it has wiped itself. Its token, which is revoked, opens nothing else."""
    token = access.bearer()
    with writing() as conn:
        devices.wiped(conn, token)
    return jsonify(wiped=True)


def _remember(push: Push, device: Any, told: Answer) -> None:
    """Keep what this laptop is about to hear: later Units are judged by it (R15)."""
    hello = push.hello
    with writing() as conn:
        record_told(conn, hello.device, hello.announced, told.head)
        devices.seen(conn, device["id"], hello.app)
        if push.told is not None:
            known.agreed(conn, hello.device)
        if told.told is not None and told.told != push.told:
            known.keep(conn, hello.device, told.told)


def _log(push: Push, told: Answer, seconds: float) -> None:
    became: dict[str, int] = {}
    for outcome in push.outcomes:
        became[outcome.outcome] = became.get(outcome.outcome, 0) + 1
    logs.event(
        "sync",
        device=push.hello.device,
        lines=push.lines,
        rows=told.rows,
        bytes_down=len(told.body),
        ms=round(seconds * 1000),
        **became,
    )
