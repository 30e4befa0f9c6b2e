"""The first line of a sync: which laptop, how far it is, what it wants; signed by that laptop."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from schema.frames import HELLO, MOST_WANTED, PROTOCOL, hello_text
from schema.ids import LAST_EPOCH, is_id
from schema.problems import NotASync, NotSignedIn

LARGEST = 1 << 53
LAST_INCARNATION = 1_000_000
MOST_INCARNATIONS = 1_000
MOST_BUCKETS = 20_000
LONGEST_WORD = 40


@dataclass(frozen=True)
class Hello:
    """What a laptop says of itself. announced: the last number of its present incarnation.

    base: the number to which it has pulled; link: what the chain of commits came to there.

    want: records it asks for by name, because they differ.
    known: the word for what it was told last, in place of cursors, epoch and base.
    lines: in which form it writes its log, and reads what became of it (``schema.lines``).
    asks_signer: 1 when it does not know the key by which the registry signs what goes by stick.
    snapshots: 1 when it can fetch snapshot files; by_pages: 1 when it wants none of them now.
    """

    device: str
    incarnation: int
    first: Mapping[int, int]
    announced: int
    epoch: int
    epoch_id: str
    base: int
    link: str
    cursors: Mapping[str, int]
    whole: Mapping[str, int]
    results_seen: int
    app: str
    budget: int
    asks_signer: int
    snapshots: int
    by_pages: int
    known: str
    want: Mapping[str, Mapping[str, list[str]]]
    lines: int

    @classmethod
    def read(cls, name: str, body: Any, device_id: str, public_key: str) -> "Hello":
        """The HELLO of this device. Raises NotASync; NotSignedIn when another one signed it."""
        if name != HELLO or not isinstance(body, dict):
            raise NotASync("A sync begins with HELLO.")
        if body.get("protocol") != PROTOCOL:
            raise NotASync("This registry speaks protocol 1.")
        if body.get("device", device_id if body.get("known") else None) != device_id:
            raise NotSignedIn("This HELLO is another laptop's.")
        _verify(body, public_key)
        return cls(
            device_id,
            _number(body, "incarnation", least=1, most=LAST_INCARNATION),
            _incarnations(body),
            _number(body, "announced"),
            _number(body, "epoch", most=LAST_EPOCH),
            _word(body, "epoch_id"),
            _number(body, "base"),
            _word(body, "link"),
            _numbers(body, "cursors", MOST_BUCKETS),
            _numbers(body, "whole", MOST_BUCKETS),
            _number(body, "results_seen"),
            _word(body, "app"),
            _number(body, "budget"),
            _number(body, "asks_signer", most=1),
            _number(body, "snapshots", most=1),
            _number(body, "by_pages", most=1),
            _word(body, "known"),
            _wanted(body.get("want", {})),
            _number(body, "lines"),
        )

    def but(self, **said: Any) -> "Hello":
        """The same, saying this too."""
        return replace(self, **said)


def _verify(body: Mapping[str, Any], public_key: str) -> None:
    try:
        signature = bytes.fromhex(_word(body, "signature", longest=128))
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        key.verify(signature, hello_text(body))
    except (InvalidSignature, ValueError, RecursionError):
        raise NotSignedIn("This HELLO was not signed by this laptop.") from None


def _number(body: Mapping[str, Any], name: str, least: int = 0, most: int = LARGEST) -> int:
    return _whole(body.get(name, 0), name, least, most)


def _whole(value: Any, name: str, least: int = 0, most: int = LARGEST) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise NotASync(f"In HELLO, {name} is a whole number.")
    return value


def _numbers(body: Mapping[str, Any], name: str, most: int) -> dict[str, int]:
    said = body.get(name, {})
    if not isinstance(said, dict) or len(said) > most:
        raise NotASync(f"In HELLO, {name} maps names to numbers.")
    return {key: _whole(value, name) for key, value in said.items()}


def _incarnations(body: Mapping[str, Any]) -> dict[int, int]:
    said = _numbers(body, "first", MOST_INCARNATIONS)
    if not all(key.isascii() and key.isdigit() and len(key) <= 7 for key in said):
        raise NotASync("In HELLO, first names incarnations by their number.")
    return {_whole(int(k), "first", 1, LAST_INCARNATION): max(n, 1) for k, n in said.items()}


def _wanted(said: Any) -> dict[str, dict[str, list[str]]]:
    """Records asked for by name: {bucket: {noun: [id]}}."""
    if not isinstance(said, dict) or not all(isinstance(one, dict) for one in said.values()):
        raise NotASync("In HELLO, want names records by bucket and noun.")
    lists = [ids for by_noun in said.values() for ids in by_noun.values()]
    if not all(isinstance(ids, list) and all(map(is_id, ids)) for ids in lists):
        raise NotASync("In HELLO, want names records by their ids.")
    if sum(map(len, lists)) > MOST_WANTED:
        raise NotASync(f"In HELLO, want names at most {MOST_WANTED} records.")
    return dict(said)


def _word(body: Mapping[str, Any], name: str, longest: int = LONGEST_WORD) -> str:
    value = body.get(name, "")
    if not isinstance(value, str) or len(value) > longest or not value.isprintable():
        raise NotASync(f"In HELLO, {name} is a short text.")
    return value
