"""``ddr-field``: the acts of the laptop from a shell, with their exit codes."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from field_client import cipher, home
from field_client.cipher import transaction
from field_client.cli import main
from schema.problems import Busy
from tests.field_client import laptops
from tests.field_client.registry import PASSPHRASE, running, serving

Run = Callable[..., Result]
PERSON = ("add", "person", "name=Ibrahim Sow", "sex=male", "birth_date=1990-01-01")


def runner(folder: Path) -> Run:
    """Runs commands on the laptop in this folder."""
    env = {"DDR_FIELD_HOME": str(folder), "DDR_PASSPHRASE": PASSPHRASE}

    def run(*words: str, code: int = 0) -> Result:
        result = CliRunner(env=env).invoke(main, words)
        assert result.exit_code == code, result.output
        return result

    return run


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Commands on Awa's laptop, which knows its programme without a registry."""
    prepared = home.prepare(tmp_path / "home", "awa", PASSPHRASE)
    with prepared.opened() as db, transaction(db):
        laptops.know(db, laptops.OFFICER)
    home.joined(prepared)
    return runner(tmp_path / "home")


@pytest.fixture
def writing(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Something else is writing into the store, and takes longer than anybody waits."""
    monkeypatch.setattr(cipher, "PRAGMAS", (*cipher.PRAGMAS, "busy_timeout=1"))
    unlocked = home.unlock(tmp_path / "home" / "awa", PASSPHRASE)
    with unlocked.opened() as db:
        db.execute("BEGIN IMMEDIATE")
        yield


def told(result: Result) -> list[dict[str, Any]]:
    """The JSON lines on standard output."""
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_add_prints_the_id_and_takes_the_only_caseload(run: Run) -> None:
    record_id = run(*PERSON).stdout.strip()
    [row] = told(run("get", "person", record_id, "--json"))
    assert (row["name"], row["caseload_id"]) == ("Ibrahim Sow", laptops.CASELOAD_A)
    assert row["where"]["state"] == "here"
    assert run("get", "person", row["number"]).stdout == run("get", "person", record_id).stdout


def test_a_weapon_is_recorded_for_the_printed_number_and_the_store_s_code(run: Run) -> None:
    [row] = told(run("get", "person", run(*PERSON).stdout.strip(), "--json"))
    passage = run("add", "case", f"person_id={row['number']}", "process=adult").stdout.strip()
    words = (
        f"case_id={row['number']}",
        "store_id=s1",
        "class=small-arm",
        "type=rifle",
        "year=1970",
    )
    gun = run("add", "weapon", *words).stdout.strip()
    [weapon] = told(run("get", "weapon", gun, "--json"))
    assert (weapon["case_id"], weapon["store_id"], weapon["year"]) == (passage, laptops.STORE, 1970)


def test_what_is_set_stands_in_the_record_and_its_history(run: Run) -> None:
    record_id = run(*PERSON).stdout.strip()
    run("set", "person", record_id, "may_be_under_18=no", "phone=77")
    assert told(run("set", "person", record_id, "phone=77", "--json")) == [{"saved": False}]
    run("set", "person", record_id, "phone=")
    [row] = told(run("list", "person", "phone=", "--json"))
    assert (row["id"], row["may_be_under_18"]) == (record_id, False)
    acts = [act["verb"] for act in told(run("history", "person", record_id, "--json"))]
    assert acts == ["create", "set", "set"]


def test_a_file_holds_one_unit_a_line(run: Run, tmp_path: Path) -> None:
    unit = [
        {"entity": "person", "name": "Moussa", "sex": "male", "birth_date": "1980-01-01"},
        {"entity": "case", "person_id": "$1", "process": "adult"},
        ["create", "service", None, {"case_id": "$2", "type": "TVT", "start_date": "2026-01-01"}],
        {"entity": "person", "verb": "set", "id": "$1", "phone": "77"},
    ]
    lines = [{"name": "Fatou", "sex": "female", "birth_date": "1991-01-01"}, {"unit": unit}]
    file = tmp_path / "people.ndjson"
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    first, second = told(run("add", "person", "--file", str(file), "--json"))
    assert [noun for noun, _ in second["records"]] == ["person", "case", "service"]
    [row] = told(run("list", "person", "name=Moussa", "--json"))
    assert (row["id"], row["phone"]) == (second["id"], "77")
    edits = tmp_path / "edits.ndjson"
    edits.write_text(json.dumps({"id": first["id"], "alias": "F"}), encoding="utf-8")
    run("set", "person", "--file", str(edits))
    assert told(run("get", "person", first["id"], "--json"))[0]["alias"] == "F"


def test_a_bad_line_names_its_number_and_keeps_what_came_before(run: Run, tmp_path: Path) -> None:
    lines = [{"name": "Fatou", "sex": "female"}, {"name": "Awa", "sex": "woman"}]
    file = tmp_path / "people.ndjson"
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    *_, problem = told(run("add", "person", "--file", str(file), "--json", code=1))
    assert (problem["code"], problem["line"]) == ("invalid", 2)
    assert len(told(run("list", "person", "--json"))) == 1


@pytest.mark.parametrize(
    ("words", "code", "problem"),
    [
        (("add", "person", "nom=x"), 1, "unknown-field"),
        (("add", "person", "name=x", "sex=woman"), 1, "invalid"),
        (("add", "person", "name=x", "sex=male", "birth_date=2026-02-30"), 1, "invalid"),
        (("add", "robot", "name=x"), 1, "unknown-entity"),
        (("add", "weapon", "case_id=ABCDE-FGHJK0", "class=small-arm", "type=rifle"), 1, "unknown-reference"),
        (("add", "person", "caseload_id=B", "name=x", "sex=male"), 1, "not-allowed"),
        (("add", "person", "name"), 2, "wrong-use"),
        (("add", "person"), 2, "wrong-use"),
        (("get", "person", "ABCDE-FGHJK0"), 1, "not-found"),
        (("list", "person", "shoe=1"), 1, "unknown-field"),
        (("settle", "x", "keep"), 1, "not-found"),
        (("--device", "bakary", "status"), 1, "not-found"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_ends_with_a_code(
    run: Run, words: tuple[str, ...], code: int, problem: str
) -> None:
    result = run(*words, *([] if words[0] == "--device" else ["--json"]), code=code)
    said = result.stderr if words[0] == "--device" else told(result)[-1]["code"]
    assert problem in said


@pytest.mark.usefixtures("writing")
def test_who_only_looks_waits_for_nobody(run: Run) -> None:
    for words in (("list", "person"), ("get", "caseload", "A"), ("status",), ("disputes",)):
        run(*words)


@pytest.mark.usefixtures("writing")
def test_what_cannot_be_written_yet_is_refused_with_a_sentence(run: Run) -> None:
    [line] = told(run(*PERSON, "--json", code=1))
    assert (line["code"], line["sentence"]) == ("busy", Busy.sentence)


def test_a_wrong_passphrase_opens_nothing(run: Run, tmp_path: Path) -> None:
    env = {"DDR_FIELD_HOME": str(tmp_path / "home"), "DDR_PASSPHRASE": "not the right one"}
    result = CliRunner(env=env).invoke(main, ["status", "--json"])
    assert (result.exit_code, told(result)[0]["code"]) == (1, "wrong-passphrase")


def test_the_dictionary_needs_no_laptop() -> None:
    result = CliRunner().invoke(main, ["dictionary", "person", "--json"])
    assert {row["field"] for row in told(result)} >= {"number", "name", "birth_date"}


@pytest.fixture
def served(registry_url: str, tmp_path: Path) -> Iterator[Any]:
    with serving(registry_url, tmp_path) as registry:
        yield registry


def test_a_laptop_works_by_commands_alone_while_the_registry_is_away(
    served: Any, tmp_path: Path
) -> None:
    away = tmp_path / "home"
    run = runner(away)
    with running(served.app) as url:
        run("enrol", url, served.code("awa"), "--name", "awa")
        port = int(url.rpartition(":")[2])
    person = run(*PERSON).stdout.strip()
    passage = run("add", "case", f"person_id={person}", "process=adult").stdout.strip()
    run("add", "weapon", f"case_id={passage}", "store_id=SA", "class=small-arm", "type=rifle")
    run("add", "service", f"case_id={passage}", "type=TVT", "start_date=2026-01-01")
    assert told(run("sync", "--json", code=3))[-1]["code"] == "unreachable"
    assert told(run("status", "--json"))[0]["only_here"] == 4
    with running(served.app, port):
        [done] = told(run("sync", "--json"))
        assert (done["sent"], done["fetched"], done["held"]) == (4, 0, 0)
        [again] = told(run("sync", "--json"))
        assert (again["sent"], again["fetched"]) == (0, 0)
        agreed = told(run("status", "--json"))[0]["agreement"]
        assert (agreed["unequal"], agreed["records"] > 0, agreed["at"] > "2026") == ([], True, True)
        assert f"{agreed['records']} records in {agreed['buckets']} buckets" in run("status").output
        run("enrol", url, "AAAA-BBBB-CCCC", "--name", "two", code=1)
    assert home.names(away) == ["awa"]
    assert served.row("service", told(run("list", "service", "--json"))[0]["id"])
