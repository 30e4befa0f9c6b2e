"""The lines of a sync, and of a bundle file: NDJSON, each an array whose first item names the frame.

Up: HELLO, OPS*, WITNESS*, END. Down: STATE, RESULTS*, PAGE*, END. A body without END is cut: its whole
lines are kept and nothing is answered. ``zcat | jq`` reads them.

HELLO {protocol, device, incarnation, first {incarnation: lowest n held}, announced, epoch, cursors
  {bucket: number}, whole {bucket: number}, results_seen, app, at, budget, asks_signer, epoch_id, base,
  link, signature}
OPS [n, previous hash, hash, unit text, incarnation]
WITNESS [entity, row]: what is shown here of a record that a restored registry may have lost
STATE {epoch, epoch_id, head, last {incarnation: [n, hash]}, safe {incarnation: n}, forks [incarnation],
  buckets {bucket: [verbs]}, from {bucket: number}, given_up {incarnation: [[from, to]]}, at, account,
  signer when it was asked for, link, kept {epoch: number} to who has not heard of this epoch}
RESULTS {seen, results [[unit id, outcome, number, reason, sentence]]}
PAGE {bucket, to, whole, tables [{entity, columns [..], rows by column [[..]..], removed [id]}]}
END {more, counts {bucket: live records}}

An incarnation is a whole number from 1; as a name it is written in digits. ``whole`` is the head at
which the pull of a whole bucket began; ``link`` is what the chain of commits comes to at a head, ``base``
the head to which was pulled; ``kept`` up to which number each epoch before is known.
The signature is over ``hello_text``, by the laptop's Ed25519 key,
in hexadecimal.
A bucket is written ``compartment:scope``. Columns of a PAGE are ``id``, ``ver``, ``scope``,
``compartment``, the declared fields in use, ``gate`` for cases and ``extra`` where there is any.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from schema.problems import NotASync, TooLarge

PROTOCOL = 1
HELLO, OPS, WITNESS, END = "HELLO", "OPS", "WITNESS", "END"
STATE, RESULTS, PAGE = "STATE", "RESULTS", "PAGE"
LINE_LIMIT = 1_000_000
BODY_LIMIT = 256_000
PAGE_ROWS = 2_000


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


def columnar(rows: Sequence[Mapping[str, Any]]) -> tuple[list[str], list[list[Any]]]:
    """Rows turned on their side: (column names that hold anything, values by column)."""
    names = list(
        dict.fromkeys(name for row in rows for name, value in row.items() if value is not None)
    )
    return names, [[row.get(name) for row in rows] for name in names]


def from_columnar(names: Sequence[str], columns: Sequence[Sequence[Any]]) -> list[dict[str, Any]]:
    """Columns turned back into rows."""
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]
