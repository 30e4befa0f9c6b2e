"""People laid straight into the tables, for reads that need a million of them.

It goes round the write path on purpose: no history; only what a list reads, and what a sync does.
"""

from collections.abc import Iterator

import sqlalchemy as sa

from schema.entities import NUMBERS
from schema.ids import derived_id
from schema.names import fold
from server import bulk
from server.db import writing
from server.tables import bucket, entry, name_token, table_of

BLOCK = 20_000
PER_CASELOAD = 300
GIVEN = (
    "Amina",
    "Bakary",
    "Coumba",
    "Dieudonne",
    "Elena",
    "Fatou",
    "Goran",
    "Hawa",
    "Idris",
    "Jose",
)
FAMILY = (
    "Abdoulaye",
    "Bello",
    "Camara",
    "Diarra",
    "Estrada",
    "Fofana",
    "Gomez",
    "Hassan",
    "Issa",
    "Jallow",
)
FIRST_BUCKET = 1_000_000
ENTRY = ("bucket_id", "entity", "record_id", "seq", "removed")
RARE_EVERY, RARE_GATE = 2_000, "medically-screened"
STAMPS = ("id", "ver", "first", "moved", "scope", "compartment", "origin", "origin_n")


def caseload(number: int) -> str:
    """The id of a caseload of the filled registry."""
    return derived_id("bench", "caseload", number)


def fill(people: int) -> None:
    """Lay people with a case each, PER_CASELOAD to a caseload."""
    with writing() as conn:
        _places(conn, people // PER_CASELOAD + 1)
    for start in range(0, people, BLOCK):
        with writing() as conn:
            _block(conn, range(start, min(start + BLOCK, people)))
    with writing() as conn:
        conn.exec_driver_sql("ANALYZE")


def put_in_buckets(people: int) -> None:
    """Let a sync find those that were laid: one bucket a caseload, with its count and no sum."""
    buckets = range(people // PER_CASELOAD + 1)
    rows = [(FIRST_BUCKET + n, "case", caseload(n), 2 * PER_CASELOAD, 0) for n in buckets]
    with writing() as conn:
        bulk.insert_rows(conn, bucket, ("id", "compartment", "scope", "live", "hash_sum"), rows)
    for start in range(0, people, BLOCK):
        with writing() as conn:
            numbers = range(start, min(start + BLOCK, people))
            bulk.insert_rows(conn, entry, ENTRY, list(_entries(conn, numbers)))
    with writing() as conn:
        conn.exec_driver_sql("ANALYZE")


def _entries(conn: sa.Connection, numbers: range) -> Iterator[bulk.Row]:
    for number, (person, case, _) in zip(numbers, _ids(conn, numbers), strict=True):
        there = FIRST_BUCKET + number // PER_CASELOAD
        yield there, NUMBERS["person"], person, 2 * number + 1, False
        yield there, NUMBERS["case"], case, 2 * number + 2, False


def _places(conn: sa.Connection, count: int) -> None:
    rows = [
        (
            bulk.encoded_id(conn, caseload(n)),
            1,
            1,
            1,
            "programme",
            "reference",
            "bench",
            0,
            f"C{n}",
            f"Caseload {n}",
        )
        for n in range(count)
    ]
    bulk.insert_rows(conn, table_of("caseload"), (*STAMPS, "code", "name"), rows)


def _block(conn: sa.Connection, numbers: range) -> None:
    person_columns = (
        *STAMPS,
        "number",
        "name",
        "sex",
        "birth_date",
        "birth_date_precision",
        "caseload_id",
    )
    case_columns = (*STAMPS, "gate", "person_id", "caseload_id", "process", "category")
    people, cases, tokens = [], [], []
    for number, (person, case, home) in zip(numbers, _ids(conn, numbers), strict=True):
        scope = caseload(number // PER_CASELOAD)
        stamps = (1, 1, 1, scope, "case", "bench", 0)
        name = f"{GIVEN[number % 10]} {FAMILY[number // 10 % 10]} {number}"
        sex = ("male", "female")[number % 3 == 0]
        people.append((person, *stamps, f"B{number:010}", name, sex, "1990-01-01", "year", home))
        gate = RARE_GATE if number % RARE_EVERY == 0 else "reintegration"
        cases.append((case, *stamps, gate, person, home, "adult", "combatant"))
        tokens.extend((person, word, scope, "case") for word in set(fold(name).split()))
    bulk.insert_rows(conn, table_of("person"), person_columns, people)
    bulk.insert_rows(conn, table_of("case"), case_columns, cases)
    bulk.insert_rows(conn, name_token, ("person_id", "token", "scope", "compartment"), tokens)


def _ids(conn: sa.Connection, numbers: range) -> Iterator[tuple[str, str, str]]:
    # Like UUIDv7: later people have later ids, so an index grows at its end.
    for number in numbers:
        head = f"{0x018B_0000_0000 + number:012x}"
        person, case = (
            f"{head[:8]}-{head[8:]}-7000-{kind}-{number:012x}" for kind in ("8000", "9000")
        )
        home = caseload(number // PER_CASELOAD)
        yield (
            bulk.encoded_id(conn, person),
            bulk.encoded_id(conn, case),
            bulk.encoded_id(conn, home),
        )
