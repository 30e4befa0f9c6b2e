"""People of whom much is known: some 700 bytes of JSON each, in words that differ, as a caseload's do."""

from collections.abc import Iterator
from hashlib import sha256

from bench import laptops
from schema.change import Change
from schema.ids import derived_id, new_number

SYLLABLES = [
    "ba",
    "ka",
    "di",
    "ma",
    "no",
    "ri",
    "sa",
    "tu",
    "le",
    "wo",
    "fa",
    "gue",
    "yi",
    "za",
    "mo",
    "ne",
]
NAMES = ("given_name", "family_name", "father_name", "mother_name", "alias")
BLOCK = 1_000


def recorded(count: int) -> None:
    """So many people in one caseload."""
    place = Change("create", "caseload", laptops.CASELOAD, {"code": "A", "name": "A"})
    laptops.write([("places", (place,))])
    for start in range(0, count, BLOCK):
        numbers = range(start, min(start + BLOCK, count))
        laptops.write([(f"p{number}", (_person(number),)) for number in numbers])


def _person(number: int) -> Change:
    words = _words(number)
    named = {name: next(words).title() for name in NAMES}
    said = {
        "number": new_number(),
        "name": f"{named['given_name']} {named['family_name']}",
        **named,
        "sex": ("male", "female")[number % 3 == 0],
        "birth_date": f"{1960 + number * 7 % 44}-{1 + number % 12:02}-{1 + number * 5 % 28:02}",
        "birth_date_precision": "day",
        "nationality": ("SDN", "TCD", "CAF")[number * 11 % 3],
        "language": ("ara", "fra", "sag")[number * 13 % 3],
        "phone": f"+000 {int.from_bytes(sha256(str(number).encode()).digest()[:4], 'big'):010}",
        "safe_contact": " ".join(next(words) for _ in range(22)),
        "caseload_id": laptops.CASELOAD,
    }
    return Change("create", "person", derived_id("bench", "person", number), said)


def _words(number: int) -> Iterator[str]:
    """Words that follow from a number, of two or three syllables."""
    turn = 0
    while True:
        digest = sha256(f"{number}-{turn}".encode()).digest()
        for first in range(0, len(digest), 4):
            some = digest[first : first + 3 - digest[first + 3] % 2]
            yield "".join(SYLLABLES[byte % len(SYLLABLES)] for byte in some)
        turn += 1
