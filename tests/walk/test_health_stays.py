"""A case worker's laptop, opened with its own passphrase, holds nothing of what a clinician found."""

from pathlib import Path

import pytest

from field_client import home
from tests.walk.laptop import PASSPHRASE, Laptop, enrolled
from tests.walk.served import Registry

CANARY = "Qwzykanari of the clinic"
ABEL = (
    {"entity": "person", "name": "Abel Kone", "sex": "male", "birth_date": "1985-01-02"},
    {"entity": "case", "person_id": "$1", "process": "adult"},
)


@pytest.fixture(scope="module")
def engine() -> str:
    """What a laptop is sent does not depend on the registry's engine."""
    return "sqlite"


def written_in(laptop: Laptop) -> bytes:
    """Every row of every table of its file, deciphered."""
    with home.unlock(home.folder_of(laptop.home), PASSPHRASE).opened() as db:
        rows = [row for name in db.table_names() for row in db.execute(f'SELECT * FROM "{name}"')]
    return b"\n".join(
        value if isinstance(value, bytes) else str(value).encode() for row in rows for value in row
    )


def test_not_one_byte_of_a_finding_reaches_a_case_workers_file(
    registry: Registry, awa: Laptop, idriss: Laptop, tmp_path: Path
) -> None:
    _, case = awa.add_unit(*ABEL)
    awa.sync()
    registry.account("gita", "clinician", "A")
    gita = enrolled(registry, "gita", tmp_path / "gita")
    gita.add("clinical", f"case_id={case}", "date=2026-11-01", "icd11=NA07.0", f"note={CANARY}")
    said = [f"case_id={case}", "date=2026-11-01", "outcome=urgent"]
    gita.add("medical_screening", *said)
    gita.sync()
    idriss.sync()
    assert [row["outcome"] for row in idriss.rows("list", "medical_screening")] == ["urgent"]
    assert CANARY.encode() in written_in(gita)
    assert CANARY.encode() not in written_in(idriss)
    assert idriss.rows("list", "clinical") == []
