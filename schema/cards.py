"""Whether a card is good, and what its code says: the same at both ends.

The code holds the card's random token and a signature over it, and nothing else. Base45 (RFC 9285) keeps
it in the characters that a QR code packs tightest.
"""

from collections.abc import Callable, Iterable
from datetime import date

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from schema.codes_cards import ENDS
from schema.ids import ALPHABET, checked, read_number
from schema.problems import BadValue
from schema.record import Record

VALID, VOID, UNKNOWN = "valid", "void", "unknown"
CHILD, RELEASE = "child", "release"
BODY, SIGNATURE = 10, 96
_LABEL = b"ploughshare card 1\n"
_BASE45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
Sign = Callable[[bytes], bytes]


def standing(card: Record, events: Iterable[Record], today: date) -> str:
    """``valid`` or ``void``. No event ends it and no date; an adult's card ends when a child is recognised."""
    ended = any(one.get("event") in ENDS and not one.get("withdrawn_at") for one in events)
    expired = bool(card.get("expires_on")) and card.get("expires_on") < today.isoformat()
    sealed = (card.compartment == CHILD) != (card.get("kind") == RELEASE)
    return VOID if ended or expired or sealed or card.get("withdrawn_at") else VALID


def code(token: str, sign: Sign) -> str:
    """What stands in a card's QR code: the token and the signature over it."""
    body = token.replace("-", "")[:BODY]
    return body + _base45(sign(_LABEL + body.encode()))


def token_of(said: str, keys: Iterable[str]) -> str | None:
    """The token of what was typed or scanned; None for what is no code of ours.

    Typed it is the token alone, with its check character. Scanned it must be signed by one of these
    public keys (in hexadecimal).
    """
    text = said.strip()
    if len(text) != BODY + SIGNATURE:
        return _typed(text)
    body, signature = text[:BODY], _bytes(text[BODY:])
    if signature is None or not any(_signed(body, signature, key) for key in keys):
        return None
    return checked(body) if all(one in ALPHABET for one in body) else None


def _typed(text: str) -> str | None:
    try:
        return read_number(text)
    except BadValue:
        return None


def _signed(body: str, signature: bytes, key: str) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(
            signature, _LABEL + body.encode()
        )
    except (InvalidSignature, ValueError):
        return False
    return True


def _base45(body: bytes) -> str:
    pairs = [int.from_bytes(body[at : at + 2], "big") for at in range(0, len(body), 2)]
    return "".join(_BASE45[n % 45] + _BASE45[n // 45 % 45] + _BASE45[n // 2025] for n in pairs)


def _bytes(text: str) -> bytes | None:
    if any(one not in _BASE45 for one in text):
        return None
    places = [_BASE45.index(one) for one in text]
    numbers = [a + 45 * b + 2025 * c for a, b, c in zip(*[iter(places)] * 3, strict=True)]
    if any(number > 0xFFFF for number in numbers):
        return None
    return b"".join(number.to_bytes(2, "big") for number in numbers)
