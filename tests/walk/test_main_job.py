"""The main job: registered in a village without a network, reviewed by a manager, counted for a donor."""

import csv
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.walk.laptop import Laptop
from tests.walk.served import Registry

NAMES = [f"{given} Karambé" for given in ("Moussa", "Issa", "Oumar", "Seydou", "Yaya")]
BORN = "1990-02-17"


@dataclass
class HandedIn:
    """What was registered without a network, and how the syncs before and after went."""

    people: list[str]
    cases: list[str]
    unheard: dict[str, object]
    only_here: int
    heard: dict[str, object]
    person: dict[str, object]


def registration(name: str, gates: tuple[str, ...]) -> list[dict[str, str]]:
    """A man with his case, weapon, first service and the gates that he passed."""
    born = {"birth_date": BORN, "birth_date_precision": "day"}
    case = {"person_id": "$1", "process": "adult", "category": "combatant", "area_id": "XX0101"}
    rifle = {"class": "small-arm", "type": "assault-rifle", "serial": f"KX {name[:4]}"}
    course = {"entity": "service", "case_id": "$2", "type": "TVT", "start_date": "2026-11-20"}
    passed = [{"entity": "gate_event", "case_id": "$2", "gate": g} for g in gates]
    return [
        {"entity": "person", "name": name, "sex": "male"} | born,
        {"entity": "case"} | case,
        {"entity": "weapon", "case_id": "$2", "serial_state": "legible"} | rifle,
        course,
        *(event | {"date": "2026-11-20"} for event in passed),
    ]


@pytest.fixture(scope="module")
def handed_in(registry: Registry, awa: Laptop) -> HandedIn:
    """Five men registered while the registry was stopped, four of them disarmed; then a sync."""
    registry.stop()
    everywhere = [("registered", "disarmed")] * 4 + [("registered",)]
    lines = [
        {"unit": registration(name, gates)} for name, gates in zip(NAMES, everywhere, strict=True)
    ]
    units = [
        [key[1] for key in saved["records"]] for saved in awa.rows_of_file("add", "person", lines)
    ]
    unheard, status = awa.sync(exits=3), awa.run("status").row
    registry.serve()
    heard = awa.sync()
    people = [unit[0] for unit in units]
    person = awa.run("get", "person", people[0]).row
    return HandedIn(
        people, [unit[1] for unit in units], unheard, status["only_here"], heard, person
    )


def table(registry: Registry, tmp_path: Path) -> str:
    """The donor's table as it stands."""
    out = tmp_path / "gates.csv"
    registry.run("export", "gates", "--out", str(out), who="dario")
    return out.read_text("utf-8-sig")


def test_a_sync_that_nobody_answers_exits_3_and_loses_nothing(handed_in: HandedIn) -> None:
    assert (handed_in.unheard["code"], handed_in.only_here) == ("unreachable", 5)


def test_the_next_sync_hands_in_everything(handed_in: HandedIn) -> None:
    assert (handed_in.heard["sent"], handed_in.heard["held"]) == (5, 0)


def test_a_manager_sees_the_person_the_case_the_weapon_and_the_service(
    registry: Registry, handed_in: HandedIn
) -> None:
    case = handed_in.cases[0]
    assert {row["name"] for row in registry.rows("list", "person", who="celine")} == set(NAMES)
    [found] = registry.rows(
        "list", "case", f"person_id={handed_in.people[0]}", "gate=registered", who="celine"
    )
    assert found["id"] == case
    [weapon] = registry.rows("list", "weapon", f"case_id={case}", who="celine")
    [service] = registry.rows("list", "service", f"case_id={case}", who="celine")
    assert (weapon["serial"], service["type"]) == ("KX Mous", "TVT")


@pytest.mark.parametrize("noun", ["person", "case", "weapon", "service", "gate_event"])
def test_an_officer_of_another_caseload_sees_none_of_it(
    registry: Registry, handed_in: HandedIn, noun: str
) -> None:
    assert registry.rows("list", noun, who="bakary") == []


def test_to_the_stranger_the_person_is_like_one_that_does_not_exist(
    registry: Registry, handed_in: HandedIn
) -> None:
    nobody = "00000000-0000-7000-8000-000000000000"
    answers = [
        registry.run("get", "person", asked, who="bakary", exits=1)
        for asked in (handed_in.people[0], nobody)
    ]
    assert answers[0] == answers[1]
    assert answers[0].row["code"] == "not-found"


def test_a_second_sync_moves_nothing(awa: Laptop, handed_in: HandedIn) -> None:
    awa.sync()
    again = awa.sync()
    assert (again["sent"], again["fetched"]) == (0, 0)


def test_an_edit_in_another_caseload_moves_nothing(
    awa: Laptop, bakary: Laptop, handed_in: HandedIn
) -> None:
    awa.sync()
    bakary.add("person", "name=Ibrahima Sow", "sex=male")
    assert bakary.sync()["sent"] == 1
    done = awa.sync()
    assert (done["sent"], done["fetched"]) == (0, 0)


def test_an_edit_in_my_caseload_moves_exactly_one(
    awa: Laptop, idriss: Laptop, handed_in: HandedIn
) -> None:
    awa.sync()
    idriss.sync()
    idriss.run("set", "person", handed_in.people[1], "marital_status=married")
    idriss.sync()
    done = awa.sync()
    assert (done["sent"], done["fetched"]) == (0, 1)
    assert awa.run("get", "person", handed_in.people[1]).row["marital_status"] == "married"


def test_one_s_own_push_echoes_nothing(awa: Laptop, handed_in: HandedIn) -> None:
    awa.sync()
    awa.run("set", "person", handed_in.people[2], "language=ara")
    done = awa.sync()
    assert (done["sent"], done["fetched"]) == (1, 0)
    done = awa.sync()
    assert (done["sent"], done["fetched"]) == (0, 0)


def test_the_donor_s_table_counts_five_and_hides_four(
    registry: Registry, handed_in: HandedIn, tmp_path: Path
) -> None:
    rows = list(csv.reader(table(registry, tmp_path).splitlines()))
    shown = {(row[0], row[1], row[3], row[4]): row[5] for row in rows}
    assert shown["registered", "XX01", "male", "all"] == "5"
    assert shown["disarmed", "XX01", "male", "all"] == "hidden"
    assert shown["registered", "XX02", "male", "all"] == "0"


def test_the_donor_s_table_names_nobody(
    registry: Registry, handed_in: HandedIn, tmp_path: Path
) -> None:
    text = table(registry, tmp_path)
    severe = [*NAMES, "Karambé", str(handed_in.person["number"]), BORN, "KX ", "XX0101", "Valley"]
    assert [told for told in severe if told in text] == []
    assert not any(made in text for made in (*handed_in.people, *handed_in.cases))


def test_a_donor_takes_no_list_of_cases_and_looks_at_nobody(
    registry: Registry, handed_in: HandedIn, tmp_path: Path
) -> None:
    out = tmp_path / "cases.csv"
    refused = registry.run("export", "case-list", "--out", str(out), who="dario", exits=1)
    assert (refused.row["code"], out.exists()) == ("not-found", False)
    assert registry.rows("list", "person", who="dario") == []


def test_the_registry_agrees_with_itself(registry: Registry, handed_in: HandedIn) -> None:
    assert registry.run("verify").row["agrees"] is True
