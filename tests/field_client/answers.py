"""What a registry would answer, line by line, for tests of the store alone."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlite_utils import Database

from field_client import answers
from field_client.cipher import transaction
from field_client.store import laying, outbox, promoting, rows, staging
from schema import frames
from schema.policy import Grant
from tests.field_client.laptops import CASELOAD_A, OFFICER, buckets

Row = dict[str, Any]


def state(db: Database, head: int, grants: Sequence[Grant] = OFFICER, **said: Any) -> Row:
    """A STATE that has received everything so far."""
    incarnation, n, line = outbox.tip(db)
    opened = {frames.bucket_name(*b): verbs for b, verbs in buckets(tuple(grants)).items()}
    epoch = {"epoch": 0, "epoch_id": "e", "head": head}
    return {
        **epoch,
        "last": {str(incarnation): [n, line]},
        "forks": [],
        "buckets": opened,
        "account": {"name": "Awa"},
        **said,
    }


def results(db: Database, *told: tuple[str, int], reason: str = "") -> list[list[Any]]:
    """Outcomes of the Units in the outbox, in order: (outcome, number) each."""
    units = rows.select(db, "SELECT unit_id FROM outbox ORDER BY incarnation, n")
    return [[u["unit_id"], *one, reason, ""] for u, one in zip(units, told, strict=False)]


def columnar(said: Sequence[Mapping[str, Any]]) -> tuple[list[str], list[list[Any]]]:
    """Rows turned on their side: (column names that hold anything, values by column)."""
    names = list(dict.fromkeys(n for row in said for n, value in row.items() if value is not None))
    return names, [[row.get(name) for row in said] for name in names]


def page(noun: str, *laid: Mapping[str, Any], bucket: str = "", removed: Sequence[str] = ()) -> Row:
    """A page of one noun."""
    names, columns = columnar([_stamped(row) for row in laid])
    table = {"entity": noun, "columns": names, "rows": columns, "removed": list(removed)}
    return {"bucket": bucket or f"case:{CASELOAD_A}", "to": 9, "whole": None, "tables": [table]}


def answer(
    db: Database,
    said: Row,
    told: Sequence[Sequence[Any]] = (),
    pages: Iterable[Row] = (),
) -> laying.Promoted:
    """Take in a whole answer, as a sync does."""
    with transaction(db):
        staging.state(db, said)
    tell(db, told)
    for one in pages:
        with transaction(db):
            staging.page(db, frames.frame(frames.PAGE, one), one)
    with transaction(db):
        return promoting.promote(db)


def tell(db: Database, told: Sequence[Sequence[Any]]) -> dict[str, str]:
    """Take in RESULTS alone."""
    with transaction(db):
        answered = answers.Answered(begun=True)
        answers.take(db, answered, [frames.frame(frames.RESULTS, {"seen": 0, "results": told})])
        return answered.news


def _stamped(row: Mapping[str, Any]) -> Row:
    return {"ver": 2, "scope": CASELOAD_A, "compartment": "case", **row}
