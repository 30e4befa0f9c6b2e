"""What Awa does, in few words."""

from sqlite_utils import Database

from field_client.store import acts, saving
from schema.change import Change
from tests.field_client.laptops import CASELOAD_A, STORE

ADULT = {"name": "Ibrahim Sow", "sex": "male", "birth_date": "1990-01-01"}


def person(**values: object) -> Change:
    """A grown man of caseload A."""
    return acts.create("person", {**ADULT, "caseload_id": CASELOAD_A, **values})


def case(who: Change, **values: object) -> Change:
    """An adult's case in caseload A."""
    said = {"person_id": who.record, "caseload_id": CASELOAD_A, "process": "adult"}
    return acts.create("case", {**said, **values})


def weapon(passage: Change, **values: object) -> Change:
    """A rifle handed in for a case."""
    said = {"case_id": passage.record, "store_id": STORE, "class": "small-arm", "type": "rifle"}
    return acts.create("weapon", {**said, **values})


def registered(db: Database, **values: object) -> tuple[Change, Change]:
    """A person with a case, saved in one Unit."""
    who = person(**values)
    passage = case(who)
    saving.save(db, [who, passage])
    return who, passage


def edit(db: Database, noun: str, record_id: str, **values: object) -> saving.Saved:
    """New values of a record, saved."""
    changed = acts.change(db, noun, record_id, values)
    assert changed
    return saving.save(db, [changed])


def everything(db: Database) -> dict[str, list[tuple[object, ...]]]:
    """All that stands in a store, table by table."""
    tables = [name for name in db.table_names() if name not in ("meta", "sqlite_sequence")]
    return {name: sorted(db.execute(f'SELECT * FROM "{name}"'), key=repr) for name in tables}
