"""Bad input: refused by a shell with a code and a sentence, kept by a sync, and nothing half written."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from field_client import home, moments
from field_client.cipher import transaction
from field_client.store import facts, outbox
from schema.change import CREATE, Change, Unit
from tests.walk.commands import Done
from tests.walk.laptop import PASSPHRASE, Laptop
from tests.walk.served import Registry

UNKNOWN = "01900000-0000-7000-8000-000000000000"
HUGE = "x" * 10_000_000
PERSON = {"name": "Ousmane Bah", "sex": "male"}
RIFLE = {"class": "small-arm", "type": "rifle"}
# What is wrong with it: (noun, values, the problem's code on a laptop).
BAD: dict[str, tuple[str, dict[str, Any], str]] = {
    "unknown field": ("person", PERSON | {"iq": "100"}, "unknown-field"),
    "wrong code": ("person", PERSON | {"sex": "man"}, "invalid"),
    "NUL": ("person", PERSON | {"alias": "a\x00b"}, "invalid"),
    "lone surrogate": ("person", PERSON | {"alias": "a\ud800b"}, "invalid"),
    "10 MB name": ("person", PERSON | {"name": HUGE}, "invalid"),
    "impossible date": ("person", PERSON | {"birth_date": "1991-02-30"}, "invalid"),
    "weapon for an unknown case": ("weapon", RIFLE | {"case_id": UNKNOWN}, "unknown-reference"),
}
# A line holds at most 1 MB, so in a sync the long name is shorter; still far over its field's limit.
LONG = "x" * 900_000


def refused(done: Done, code: str) -> None:
    """It ended with this problem, with a sentence for people and no trace of the program."""
    assert (done.code, done.row["code"]) == (1, code)
    assert done.row["sentence"].endswith(".")
    assert done.row["sentence"] in done.err
    assert len(done.err) < 2_000


@pytest.mark.parametrize("wrong", [wrong for wrong in BAD if BAD[wrong][0] == "person"])
def test_a_laptop_s_shell_refuses_it_and_writes_nothing(awa: Laptop, wrong: str) -> None:
    noun, values, code = BAD[wrong]
    before = awa.run("status").row["only_here"], awa.rows("list", noun)
    refused(awa.file("add", noun, [values]).done(), code)
    assert (awa.run("status").row["only_here"], awa.rows("list", noun)) == before


def test_a_laptop_cannot_tell_of_a_case_elsewhere_and_refuses_one_that_no_id_names(
    awa: Laptop,
) -> None:
    refused(
        awa.file("add", "weapon", [RIFLE | {"case_id": "no-such-case"}]).done(), "unknown-reference"
    )
    saved = awa.rows_of_file("add", "weapon", [RIFLE | {"case_id": UNKNOWN}])
    assert saved[0]["notes"] == [{"rule": "child-hands-in-no-weapon", "verdict": "cannot tell"}]


def test_a_bad_line_of_a_file_keeps_the_lines_before_it(awa: Laptop) -> None:
    lines = [PERSON | {"name": "Good Line"}, PERSON | {"sex": "man"}, PERSON | {"name": "After"}]
    done = awa.file("add", "person", lines).done()
    assert (done.code, done.rows[-1]["line"]) == (1, 2)
    names = [row["name"] for row in awa.rows("list", "person")]
    assert ("Good Line" in names, "After" in names) == (True, False)


@pytest.fixture(scope="module")
def known(registry: Registry, awa: Laptop) -> dict[str, str]:
    """A person with a weapon, at the registry."""
    person, _, weapon = awa.add_unit(
        {"entity": "person", **PERSON},
        {"entity": "case", "person_id": "$1", "process": "adult"},
        {"entity": "weapon", "case_id": "$2", **RIFLE},
    )
    awa.sync()
    return {"person": person, "weapon": weapon}


@pytest.mark.parametrize(
    ("noun", "word", "code"),
    [
        ("person", "iq=100", "unknown-field"),
        ("person", "sex=man", "invalid"),
        ("person", "alias=a\udcffb", "invalid"),
        ("person", "alias=" + "x" * 100_000, "invalid"),
        ("person", "birth_date=1991-02-30", "invalid"),
        ("weapon", f"case_id={UNKNOWN}", "unknown-reference"),
    ],
)
def test_the_registry_s_shell_refuses_it_and_writes_nothing(
    registry: Registry, known: dict[str, str], noun: str, word: str, code: str
) -> None:
    before = registry.run("get", noun, known[noun], who="celine").row
    refused(registry.start("set", noun, known[noun], word, who="celine").done(), code)
    assert registry.run("get", noun, known[noun], who="celine").row == before


@dataclass
class Sent:
    """A sync whose every second Unit is bad: its summary, and the ids of what it carried."""

    summary: dict[str, Any]
    good: list[str]
    bad: dict[str, str]


@pytest.fixture(scope="module")
def sent(registry: Registry, idriss: Laptop) -> Sent:
    """What a laptop hands in that was tampered with: nothing of it was judged when it was saved."""
    good: list[str] = []
    bad: dict[str, str] = {}
    units: list[Unit] = []
    idriss.sync()
    scopes = {row["code"]: row["id"] for row in idriss.rows("list", "caseload")}
    with home.unlock(home.folder_of(idriss.home), PASSPHRASE).opened() as db, transaction(db):
        for wrong, (noun, values, _) in BAD.items():
            said = {name: LONG if value is HUGE else value for name, value in values.items()}
            bad[wrong], fine = moments.new_id(), moments.new_id()
            good.append(fine)
            home_field = {"caseload_id": scopes["A"]} if noun == "person" else {}
            person = PERSON | {"number": moments.new_number(), "caseload_id": scopes["A"]}
            units += [
                unit(db, Change(CREATE, noun, bad[wrong], said | home_field)),
                unit(db, Change(CREATE, "person", fine, person)),
            ]
        append(db, units)
    return Sent(idriss.sync(), good, bad)


def unit(db: Any, change: Change) -> Unit:
    """A Unit of one change, said now."""
    return Unit(moments.new_id(), facts.base(db), moments.now(), (change,))


def append(db: Any, units: Iterable[Unit]) -> None:
    """Put Units into the outbox without judging them."""
    for each in units:
        text = (
            json.dumps(json.loads(each.as_text())) if "\ud800" in each.as_text() else each.as_text()
        )
        outbox.append(db, each, text, None, [])


def test_in_a_sync_the_rest_of_the_batch_lands(registry: Registry, sent: Sent) -> None:
    assert sent.summary["sent"] == 2 * len(BAD)
    held = {row["id"] for row in registry.rows("list", "person", who="celine")}
    assert set(sent.good) <= held


def test_in_a_sync_an_unknown_field_is_kept_and_the_record_is_in_force(
    registry: Registry, sent: Sent
) -> None:
    row = registry.run("get", "person", sent.bad["unknown field"], who="celine").row
    assert row["extra"] == {"iq": "100"}


@pytest.mark.parametrize("wrong", [wrong for wrong in BAD if wrong != "unknown field"])
def test_in_a_sync_all_else_is_held_and_not_in_force(
    registry: Registry, sent: Sent, wrong: str
) -> None:
    noun = BAD[wrong][0]
    registry.run("get", noun, sent.bad[wrong], who="celine", exits=1)
    assert sent.summary["held"] == len(BAD) - 1


def test_what_is_held_says_why(registry: Registry, sent: Sent) -> None:
    rows = [row for row in registry.rows("held") if row["by"] == "idriss"]
    assert len(rows) == len(BAD) - 1
    assert {row["reason"] for row in rows} <= {"invalid", "unknown-reference", "unreadable"}
    assert all(row["sentence"].endswith(".") for row in rows)


def test_the_registry_agrees_with_itself(registry: Registry, sent: Sent) -> None:
    assert registry.run("verify").row["agrees"] is True


def test_an_import_refuses_bad_rows_with_their_reason_and_keeps_the_good(
    registry: Registry, tmp_path: Path
) -> None:
    lines = ("code,name,area", "G,Good,XX0101", "H,Bad area,ZZ", f"I,{HUGE},XX0101", "J,a\x00b,XX")
    done = registry.read("caseloads", "\n".join(lines) + "\n")
    assert (done.row["added"], done.row["rejected"]) == (1, 3)
    assert len(Path(done.row["rejects"]).read_text("utf-8").splitlines()) == 4
