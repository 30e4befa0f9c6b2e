"""POST /sync/1/digest: of a bucket that differs, which records are in the ranges that do.

A laptop asks with a signed HELLO, a RANGES line for each bucket and END; it is answered with what is in
the ranges whose sums are others here, and asks for those records, and no more, with its next sync.
"""

from collections.abc import Iterator
from typing import Any

import orjson

from schema.digest import RANGES as PARTS
from schema.digest import Digest, by_range, range_of
from schema.frames import END, RANGES, bucket_name, read_frame
from schema.problems import NotASync
from server import digests, logs
from server.db import reading, writing
from server.sync import buckets, known
from server.sync.hello import Hello

MOST_BUCKETS = 1_000
Sums = dict[str, list[Digest]]


def compare(lines: Iterator[bytes], device: Any) -> bytes:
    """The answer to such a body. Raises NotASync, NotSignedIn."""
    hello, sums = _read(lines, device)
    with writing() as conn:
        known.differed(conn, hello.device)
    told = [orjson.dumps([RANGES, said]) for said in _differing(device, sums)]
    return b"\n".join([*told, orjson.dumps([END, {}]), b""])


def _read(lines: Iterator[bytes], device: Any) -> tuple[Hello, Sums]:
    hello: Hello | None = None
    sums: Sums = {}
    for line in lines:
        name, body = read_frame(line)
        if hello is None:
            hello = Hello.read(name, body, device["id"], device["public_key"])
        elif name == END:
            return hello, sums
        elif name == RANGES and len(sums) < MOST_BUCKETS:
            bucket = _bucket(body)
            sums[bucket] = _sums(body)
        else:
            raise NotASync("Between HELLO and END stand only RANGES.")
    raise NotASync("The body ended before END.")


def _bucket(body: Any) -> str:
    if not isinstance(body, dict) or not isinstance(body.get("bucket"), str):
        raise NotASync("RANGES names a bucket.")
    return str(body["bucket"])


def _sums(body: dict[str, Any]) -> list[Digest]:
    said = body.get("sums")
    if not isinstance(said, list) or len(said) != PARTS or not all(map(_is_digest, said)):
        raise NotASync(f"RANGES has {PARTS} sums, each of a count and a sum.")
    return [(count, total) for count, total in said]


def _is_digest(said: Any) -> bool:
    return isinstance(said, list) and len(said) == 2 and all(type(n) is int for n in said)


def _differing(device: Any, sums: Sums) -> Iterator[dict[str, Any]]:
    """What is in the ranges that differ, of the buckets that this laptop may read."""
    with reading() as conn:
        verbs = buckets.opened(conn, device)
        readable = [home for home in verbs if "read" in verbs[home] and bucket_name(*home) in sums]
        ids = buckets.ids_of(conn, readable)
        for home in readable:
            name = bucket_name(*home)
            found = digests.entries(conn, ids[home]) if home in ids else []
            mine = by_range((record_id, hashed) for _, record_id, hashed in found)
            parts = [part for part in range(PARTS) if mine[part] != sums[name][part]]
            there = [one for one in found if range_of(one[1]) in parts]
            logs.event(
                "digests differ",
                device=device["id"],
                bucket=name,
                ranges=len(parts),
                records=len(there),
            )
            yield {"bucket": name, "parts": parts, "entries": there}
