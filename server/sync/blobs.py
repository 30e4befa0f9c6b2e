"""/sync/1/blobs: the bytes of attachments, after the records. See ``schema.blobs``."""

import re
from typing import Any

import orjson
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from flask import Blueprint, Response, jsonify, request

from schema.blobs import CHUNK_HASH, LENGTH, MOST_ASKED, OFFSET, SIGNATURE, signed_text
from schema.ids import is_hash
from schema.picture import hash_of
from schema.problems import NotASync, NotFound, NotSignedIn
from schema.record import Bucket
from server import access
from server.blobs import keeping, uploads
from server.blobs.tables import HERE
from server.db import reading
from server.registry.attachments import readable
from server.sync.buckets import opened

LARGEST = 1 << 40
MOST_QUESTION = 100_000
_RANGE = re.compile(r"bytes=(\d{1,12})-")

routes = Blueprint("blobs", __name__)


@routes.post("/sync/1/blobs")
@access.device
def ask() -> Response:
    """Say how far a laptop's uploads are, and what of what it wants can be fetched."""
    request.max_content_length = MOST_QUESTION
    device, body = access.device_row(), request.get_data()
    _require_signed(device, hash_of(body))
    offered, wanted = _asked(body)
    with reading() as conn:
        may = readable(conn, _buckets(conn, device), {*offered, *wanted})
        states = keeping.states_of(conn, wanted)
        here = [one for one in wanted if one in may and states[one] == HERE]
    found = uploads.standing(device["id"], offered, may)
    told = {sha256: [one.offset, one.here, one.safe] for sha256, one in found.items()}
    return jsonify(offered=told, here=here)


@routes.patch("/sync/1/blobs/<sha256>")
@access.device
def take(sha256: str) -> Response:
    """Take a chunk of some bytes."""
    device = access.device_row()
    said = [request.headers.get(name, "") for name in (OFFSET, LENGTH, CHUNK_HASH)]
    _require_signed(device, *said)
    if not is_hash(sha256) or not is_hash(said[2]):
        raise NotASync("Bytes and their chunks are named by their SHA-256.")
    offset, total = (_whole(text) for text in said[:2])
    chunk = uploads.Chunk(sha256, offset, total, request.get_data(), said[2])
    standing = uploads.take(device["id"], chunk)
    return jsonify(offset=standing.offset, here=standing.here)


@routes.get("/sync/1/blobs/<sha256>")
@access.device
def give(sha256: str) -> Response:
    """Give bytes that a record names which this laptop may read, from a byte on."""
    device, asked = access.device_row(), request.headers.get("Range", "")
    _require_signed(device, asked)
    found = _RANGE.fullmatch(asked)
    if found is None:
        raise NotASync("Bytes are asked for with Range: bytes=N-.")
    with reading() as conn:
        may = readable(conn, _buckets(conn, device), {sha256})
        body = keeping.body_of(conn, sha256) if sha256 in may else None
    start = int(found[1])
    if body is None or start >= len(body):
        raise NotFound
    headers = {"Content-Range": f"bytes {start}-{len(body) - 1}/{len(body)}"}
    return Response(body[start:], 206, headers, mimetype="application/octet-stream")


def _buckets(conn: Any, device: Any) -> set[Bucket]:
    """The buckets that this laptop may read now."""
    return {home for home, may in opened(conn, device).items() if "read" in may}


def _require_signed(device: Any, *said: str) -> None:
    """Raises NotSignedIn unless the laptop itself asks, and not somebody with its token."""
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(device["public_key"]))
    try:
        signature = bytes.fromhex(request.headers.get(SIGNATURE, ""))
        key.verify(signature, signed_text(request.method, request.path, *said))
    except (InvalidSignature, ValueError):
        raise NotSignedIn("This was not signed by this laptop.") from None


def _asked(body: bytes) -> tuple[dict[str, int], list[str]]:
    """(hash -> bytes to send, hashes wanted) of a question. Raises NotASync."""
    try:
        said = orjson.loads(body)
        offer, want = said["offer"], said["want"]
        offered = dict(offer)
    except (orjson.JSONDecodeError, KeyError, TypeError, ValueError):
        raise NotASync("The question names what is offered and what is wanted.") from None
    if not isinstance(want, list) or not all(map(is_hash, [*offered, *want])):
        raise NotASync("Bytes are named by their SHA-256.")
    if not all(type(size) is int and 0 < size < LARGEST for size in offered.values()):
        raise NotASync("What is offered says how long it is.")
    if max(len(offer), len(want)) > MOST_ASKED:
        raise NotASync(f"At most {MOST_ASKED} are asked about at once.")
    return offered, want


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 13):
        raise NotASync("A chunk says where it begins and how long all of it is.")
    return int(text)
