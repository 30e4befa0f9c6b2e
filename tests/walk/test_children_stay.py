"""Nobody but child protection comes to a child's record: not by laptop, stick, shell, report, log or backup."""

from pathlib import Path

import pytest

from field_client import home
from tests.walk.laptop import PASSPHRASE, Laptop, enrolled
from tests.walk.served import Registry

CANARY = "Qwzykanari"
OTHERS = {
    "officer": ("field-officer", "A"),
    "worker": ("case-worker", "A"),
    "verifier": ("verification-officer", "A"),
    "clinician": ("clinician", "A"),
    "payer": ("payment-officer", "A"),
    "supervisor": ("site-supervisor", "A"),
    "manager": ("programme-manager",),
    "counter": ("me-officer",),
    "giver": ("donor",),
    "liaison": ("liaison",),
    "auditor": ("auditor",),
    "admin": ("administrator",),
    "guardian": ("data-protection",),
}
CARRYING = ("officer", "worker", "clinician", "supervisor")
AT_THE_SHELL = ("worker", "manager", "giver", "admin")
NOUNS = {"person": 0, "child_event": 2, "best_interest": 4}
DAY = "2026-11-01"


@pytest.fixture(scope="module")
def engine() -> str:
    """What a laptop is sent does not depend on the registry's engine."""
    return "sqlite"


@pytest.fixture(scope="module")
def ids(registry: Registry, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """A child with everything a child has; what is there of him, by id. Esther's laptop has sent it."""
    for who, (role, *scopes) in OTHERS.items():
        registry.account(who, role, *scopes)
    registry.account("esther", "child-protection", "A")
    esther = enrolled(registry, "esther", tmp_path_factory.mktemp("laptop") / "esther")
    person = {"entity": "person", "name": f"{CANARY} Idris", "sex": "male", "phone": "+999 77"}
    case = {"entity": "case", "person_id": "$1", "process": "child"}
    hanging = {"case_id": "$2", "date": DAY}
    said = {"child_said": CANARY, "proposal": CANARY, "about": "care"}
    found = esther.add_unit(
        {**person, "birth_date": "2012-05-01", "birth_date_precision": "day"},
        case,
        {"entity": "child_event", **hanging, "act": "arrived", "note": CANARY},
        {"entity": "tracing_act", **hanging, "act": "opened", "kin_name": CANARY},
        {"entity": "best_interest", **hanging, **said},
        {"entity": "age_assessment", **hanging, "tried": CANARY, "assent": "child"},
        {"entity": "household_member", "case_id": "$2", "relation": "child", "sex": "female"},
    )
    esther.sync()
    assert CANARY.encode() in written_in(esther)
    return found


def written_in(laptop: Laptop) -> bytes:
    """Every value of every table of its file, deciphered."""
    with home.unlock(home.folder_of(laptop.home), PASSPHRASE).opened() as db:
        rows = [row for name in db.table_names() for row in db.execute(f'SELECT * FROM "{name}"')]
    return b"\n".join(
        value if isinstance(value, bytes) else str(value).encode() for row in rows for value in row
    )


def told(text: bytes, ids: list[str]) -> list[str]:
    """What of the child is in these bytes."""
    return [word for word in (CANARY, *ids) if word.encode() in text]


@pytest.mark.parametrize("who", CARRYING)
def test_no_laptop_of_anybody_else_holds_a_byte(
    registry: Registry, ids: list[str], tmp_path: Path, who: str
) -> None:
    laptop = enrolled(registry, who, tmp_path / who)
    assert told(written_in(laptop), ids) == []


def test_nor_does_the_answer_on_a_stick(registry: Registry, ids: list[str], tmp_path: Path) -> None:
    laptop = enrolled(registry, "worker", tmp_path / "by stick")
    path = tmp_path / "stick"
    laptop.run("bundle", "write", str(path))
    registry.run("bundle", "accept", str(path), "--reply", f"{path}.reply")
    laptop.run("bundle", "read", f"{path}.reply")
    assert told(written_in(laptop), ids) == []
    assert told(Path(f"{path}.reply").read_bytes(), ids) == []


@pytest.mark.parametrize("who", AT_THE_SHELL)
def test_the_shell_tells_nobody_else(registry: Registry, ids: list[str], who: str) -> None:
    said = b""
    for noun, place in NOUNS.items():
        one = (noun, ids[place])
        for words in (("list", noun), ("get", *one), ("history", *one)):
            done = registry.start(*words, who=who).done()
            said += f"{done.out}{done.err}".encode()
    for words in (("held",), ("disputes",)):
        done = registry.start(*words, who=who).done()
        said += f"{done.out}{done.err}".encode()
    # What was asked for by its id is named in the answer that it is not there.
    assert CANARY.encode() not in said
    assert said.count(b"not-found") >= 2 * len(NOUNS)


def test_what_is_not_there_and_what_is_a_childs_are_answered_alike(
    registry: Registry, ids: list[str]
) -> None:
    nobody = "01a22efc-708c-7c44-93d4-d0511b5a2043"
    for who in ("manager", "worker"):
        answers = []
        for record_id in (ids[0], nobody):
            done = registry.start("get", "person", record_id, who=who).done()
            answers.append((done.code, f"{done.out}{done.err}".replace(record_id, "…")))
        assert answers[0] == answers[1]


def test_no_report_takes_the_child_along(
    registry: Registry, ids: list[str], tmp_path: Path
) -> None:
    reports = [row["name"] for row in registry.rows("export", "--list", who="manager")]
    assert reports
    for name in reports:
        for who in ("manager", "counter"):
            out = tmp_path / f"{name}-{who}.csv"
            registry.start("export", name, "--out", str(out), who=who).done()
    taken = [path.read_bytes() for path in tmp_path.iterdir()]
    assert taken
    assert [word for file in taken for word in told(file, ids)] == []


def test_no_log_and_no_word_about_a_backup_names_the_child(
    registry: Registry, ids: list[str], tmp_path: Path
) -> None:
    for words in (("backup", str(tmp_path / "backup")), ("verify",)):
        done = registry.run(*words)
        assert told(f"{done.out}{done.err}".encode(), ids) == []
    assert told(registry.log.read_bytes(), [CANARY]) == []
