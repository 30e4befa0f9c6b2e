"""The lines of a sync, and of a bundle file: NDJSON, each an array whose first item names the frame.

Up: HELLO, OPS*, WITNESS*, END. Down: STATE, RESULTS*, PAGE*, END. A body without END is cut: its whole
lines are kept and nothing is answered. ``zcat | jq`` reads them.

HELLO {protocol, device, incarnation, first {incarnation: lowest n held}, announced, epoch, cursors
  {bucket: number}, whole {bucket: number}, results_seen, app, at, budget, asks_signer, epoch_id, base,
  link, known, want {bucket: {entity: [id]}}, lines, snapshots, by_pages, signature}
OPS [n, previous hash, hash, unit text, incarnation], or short after another: see ``schema.lines``
WITNESS [entity, row]: what is shown here of a record that a restored registry may have lost
STATE {epoch, epoch_id, head, last {incarnation: [n, hash]}, safe {incarnation: n}, forks [incarnation],
  buckets {bucket: [verbs]}, from, given_up {incarnation: [[from, to]]}, at, account,
  signer when it was asked for, link, kept {epoch: number}, lines,
  takes [compression of what is sent up]}
RESULTS {seen, results [[unit id, outcome, number, reason, sentence]], runs {incarnation: [[n of the first
  Unit, [outcome], [how far its number is above the one before]]]} of lines that this body brought}
PAGE {bucket, to, whole, tables [{entity, columns [..], rows by column [[..]..], removed [id]}]}
END {more, digests {bucket: [live records, sum of their hashes]}, ask, again,
  snapshots [{bucket, seq, size, hash, encoding}]}
RANGES up {bucket, sums [[live records, sum of their hashes] of each range]}, down {bucket, parts [range that
  differs], entries [[entity, id, hash] of what is in those]}: see ``schema.digest``

An incarnation is a whole number from 1; as a name it is written in digits. ``whole`` is the head at
which the pull of a whole bucket began; ``base`` the head of the snapshot that is shown, ``link`` what the
chain of commits comes to there; ``kept`` says up to which number each epoch before is known. ``known`` is a
word for what both ends kept of the last answer (``known_word``): it stands for cursors, whole, epoch,
epoch_id, base, link, results_seen, device, app, at, snapshots and a budget that is as it was. A STATE with
``same`` leaves out what is as it was then; so does an END that says neither digests nor more. When the
registry does not know the word, END asks for the "cursors". ``snapshots`` in HELLO says that this laptop
fetches snapshot files, ``by_pages`` that it wants none now; in END they are what GET
/sync/1/snapshot/BUCKET/SEQ gives, in place of pages, and ``again`` is in how many seconds one will be there.
The signature is over ``hello_text``, by the laptop's Ed25519 key, in hexadecimal.
A bucket is written ``compartment:scope``. Columns of a PAGE are ``id``, ``ver``, ``scope``,
``compartment``, the declared fields in use, ``gate`` for cases and ``extra`` where there is any.
"""

import json
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

from schema.digest import word
from schema.problems import NotASync, TooLarge

NDJSON = "application/x-ndjson"
PROTOCOL = 1
HELLO, OPS, WITNESS, END = "HELLO", "OPS", "WITNESS", "END"
STATE, RESULTS, PAGE, RANGES = "STATE", "RESULTS", "PAGE", "RANGES"
LINE_LIMIT = 1_000_000
BODY_LIMIT = 256_000
# What a laptop takes back at once when it does not say.
BUDGET = 4_000_000
# Records that one request asks for by name.
MOST_WANTED = 2_000
PAGE_ROWS = 2_000
# What begins the text of a Unit that only the registry's key opens.
SEALED = "age:"


# What a STATE says of one moment; the rest of it stands until something happens.
MOVING = ("head", "link", "at", "from", "forks", "signer", "same")


def is_sealed(payload: str) -> bool:
    """Whether the text of a Unit was sealed by a laptop."""
    return payload.startswith(SEALED)


def standing(state: Mapping[str, Any]) -> dict[str, Any]:
    """What a STATE says beyond the moment: both ends keep it, and it is said again when it changes."""
    return {name: value for name, value in state.items() if name not in MOVING}


def known_word(cursors: Mapping[str, int], state: str, digests: str) -> str:
    """The word for what an answer left behind. state, digests: the words of its standing and digests."""
    return word([dict(cursors), state, digests])


def compressor() -> "zlib._Compress":
    """What compresses a body as gzip. Ids and hashes mean nothing: a short match costs more than it saves."""
    return zlib.compressobj(6, zlib.DEFLATED, 31, zlib.DEF_MEM_LEVEL, zlib.Z_FILTERED)


def frame(name: str, body: Any) -> bytes:
    """One line: the frame's name and what it carries."""
    text = json.dumps([name, body], ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode() + b"\n"


def hello_text(hello: Mapping[str, Any]) -> bytes:
    """What the signature of a HELLO signs: its JSON without the signature, names in order."""
    said = {name: value for name, value in hello.items() if name != "signature"}
    return json.dumps(
        said, ensure_ascii=True, separators=(",", ":"), sort_keys=True, allow_nan=False
    ).encode()


def read_frame(line: bytes) -> tuple[str, Any]:
    """(name, body) of one line. Raises NotASync, or TooLarge for a line over LINE_LIMIT."""
    if len(line) > LINE_LIMIT:
        raise TooLarge("A line of a sync has at most 1 MB.")
    try:
        parts = json.loads(line)
        # Of an OPS line the hash says whether it was read as it was written.
        if not isinstance(parts, list) or parts[:1] != [OPS]:
            parts = json.loads(line, parse_constant=_no_constant, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise NotASync("A line is not JSON.") from None
    if not isinstance(parts, list) or len(parts) != 2 or not isinstance(parts[0], str):
        raise NotASync("A line is a frame's name and its body.")
    return parts[0], parts[1]


def _no_constant(word: str) -> None:
    raise ValueError(word)


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    body = dict(pairs)
    if len(body) != len(pairs):
        raise ValueError("a name stands twice")
    return body


def bucket_name(compartment: str, scope: str) -> str:
    """A bucket as it is written on the wire."""
    return f"{compartment}:{scope}"


def bucket_parts(name: str) -> tuple[str, str]:
    """(compartment, scope) of a bucket as it is written on the wire."""
    compartment, _, scope = name.partition(":")
    return compartment, scope


def from_columnar(names: Sequence[str], columns: Sequence[Sequence[Any]]) -> list[dict[str, Any]]:
    """Columns turned back into rows."""
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]
