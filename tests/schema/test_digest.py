"""A record comes to the same at both ends, and to something else when anything of it differs."""

import json
from hashlib import sha256

import pytest

from schema.digest import HASH_BYTES, RANGES, by_range, content_hash, entry_hash, word
from schema.record import Record
from tests.schema.programme import A, B, ident

ABEL = Record(
    "person",
    ident("Abel"),
    {"name": "Abel", "sex": "male", "alias": None, "custom": {"b": 1, "a": [True, 2.5]}},
    scope=A,
    compartment="case",
    ver=7,
    extra={"shoe_size": 42},
)
OTHERS = {
    "a value": ABEL.but(values={**ABEL.values, "name": "Abul"}),
    "a value more": ABEL.but(values={**ABEL.values, "alias": ""}),
    "a value of another kind": ABEL.but(extra={"shoe_size": "42"}),
    "a value under another name": ABEL.but(extra={"shoe": 42}),
    "within a custom field": ABEL.but(values={**ABEL.values, "custom": {"a": [True, 2.5], "b": 2}}),
    "its number": ABEL.but(ver=8),
    "its scope": ABEL.but(scope=B),
    "its compartment": ABEL.but(compartment="child"),
    "its gate": ABEL.but(gate="registered"),
    "its noun": ABEL._replace(entity="service"),
    "its id": ABEL._replace(id=ident("Abul")),
}


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS.keys())
def test_what_differs_in_anything_comes_to_something_else(other):
    assert entry_hash(other) != entry_hash(ABEL)


def test_what_a_version_does_not_know_counts_like_what_it_knows():
    newer = ABEL.but(values={**ABEL.values, "shoe_size": 42}, extra={})
    assert entry_hash(newer) == entry_hash(ABEL)


def test_what_is_empty_and_the_order_of_names_count_for_nothing():
    values = {n: ABEL.values[n] for n in reversed(ABEL.values) if n != "alias"}
    assert entry_hash(ABEL.but(values=values, extra={"shoe_size": 42, "hat": None})) == entry_hash(
        ABEL
    )


def test_what_the_registry_keeps_is_not_what_a_laptop_has_and_counts_for_nothing():
    there = ABEL.but(first=3, moved=3, origin="d:x/1", origin_n=4, fver={"name": [7, "d:x/1", 5]})
    assert entry_hash(there) == entry_hash(ABEL)


def test_a_gate_counts_the_same_whether_it_is_a_stamp_or_a_value():
    passed = ABEL.but(values={**ABEL.values, "gate": "registered"})
    assert entry_hash(passed) == entry_hash(ABEL.but(gate="registered"))


def test_a_million_entries_add_up_to_less_than_an_engine_can_hold():
    assert (1 << 8 * HASH_BYTES) * 1_000_000 < 1 << 63
    assert entry_hash(ABEL) < 1 << 8 * HASH_BYTES


WORDS = [
    "".join(map(chr, range(1, 128))),
    "é\u0645",
    "\ud800",
    "a\u007f",
    1 << 70,
    1e16,
    [1e16],
    True,
]


@pytest.mark.parametrize("value", WORDS, ids=map(repr, range(len(WORDS))))
def test_what_is_written_quickly_is_written_as_it_always_was(value):
    values = {"name": value, "alias": "A", "number": 7}
    said = ["person", ident("Abel"), 7, A, "case", values]
    text = json.dumps(said, separators=(",", ":"), sort_keys=True).encode()
    hashed = int.from_bytes(sha256(text).digest()[:HASH_BYTES], "big")
    assert content_hash("person", ident("Abel"), (7, A, "case"), values) == hashed


def test_a_hash_is_permanent():
    assert (entry_hash(ABEL), word({"b": 1, "a": "é"})) == (447249190386, "6d9eb45284090145")


def test_a_bucket_is_cut_by_the_end_of_the_id():
    entries = [(f"01940000-0000-7000-8000-0000000000{n:02x}", n) for n in (0, 7, 255)]
    sums = by_range([*entries, ("01940000-0000-7000-8000-00000000aa07", 3)])
    assert len(sums) == RANGES
    assert (sums[0], sums[7], sums[255], sums[1]) == ((1, 0), (2, 10), (1, 255), (0, 0))
