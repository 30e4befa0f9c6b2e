"""A laptop carries its caseload and nothing else: in a large area, when cases move, and in a store."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.walk.laptop import Laptop, enrolled
from tests.walk.served import Registry

MINE, AREA = 40, 2000
MAPPING = """
name: walk-area
row_id: row
person: {name: name, sex: sex, birth_date: born, caseload_id: caseload}
case: {process: {constant: adult}}
"""
HUNG = ("person", "case", "service", "gate_event")


def people() -> Iterator[tuple[str, ...]]:
    """The people of one area: forty of a small caseload among two thousand."""
    yield ("row", "name", "sex", "born", "caseload")
    for row in range(AREA):
        sex = ("female", "male")[row % 2]
        code = "SMALL" if row % (AREA // MINE) == 0 else "LARGE"
        yield (str(row), f"Person {row}", sex, f"19{60 + row % 40}-05-17", code)


@pytest.fixture(scope="module")
def area(registry: Registry) -> Registry:
    """The registry with two caseloads in one area, of forty people and of all the others."""
    registry.read("caseloads", "code,name,area\nSMALL,Small,XX0101\nLARGE,Large,XX0101\n")
    (registry.folder / "map.yml").write_text(MAPPING, encoding="utf-8")
    text = io.StringIO()
    csv.writer(text).writerows(people())
    registry.read("persons", text.getvalue(), "--mapping", "map.yml")
    return registry


@pytest.fixture(params=["service first", "move first"])
def moved(
    request: pytest.FixtureRequest, registry: Registry, awa: Laptop, idriss: Laptop, bakary: Laptop
) -> dict[str, str]:
    """A case moved from A to B while Idriss, unsynced, adds a service to it; then all sync."""
    person, case = awa.add_unit(
        {"entity": "person", "name": "Aminata Diallo", "sex": "female", "birth_date": "1985-01-02"},
        {"entity": "case", "person_id": "$1", "process": "adult"},
    )
    awa.sync()
    idriss.sync()
    service = idriss.add("service", f"case_id={case}", "type=EDU", "start_date=2026-11-01")
    if request.param == "service first":
        idriss.sync()
    registry.run("set", "case", case, "caseload_id=B", who="celine")
    for laptop in (idriss, awa, bakary):
        laptop.sync()
    return {"person": person, "case": case, "service": service}


def test_an_officer_with_forty_cases_in_a_large_area_holds_forty(
    area: Registry, tmp_path: Path
) -> None:
    area.account("fatou", "field-officer", "SMALL")
    laptop = enrolled(area, "fatou", tmp_path / "fatou")
    held = {noun: laptop.rows("list", noun) for noun in ("person", "case")}
    assert {noun: len(rows) for noun, rows in held.items()} == {"person": MINE, "case": MINE}
    assert len({row["scope"] for rows in held.values() for row in rows}) == 1


def test_a_service_added_meanwhile_follows_its_case(
    registry: Registry, moved: dict[str, str]
) -> None:
    rows = [registry.run("get", noun, made, who="celine").row for noun, made in moved.items()]
    [home] = [row["id"] for row in registry.rows("list", "caseload", "code=B", who="celine")]
    assert {row["scope"] for row in rows} == {home}


def test_whoever_received_the_case_holds_all_of_it(bakary: Laptop, moved: dict[str, str]) -> None:
    found = [bakary.run("get", noun, made).row["id"] for noun, made in moved.items()]
    assert found == [*moved.values()]


def test_nobody_who_lost_the_case_keeps_a_part_of_it(
    awa: Laptop, idriss: Laptop, moved: dict[str, str]
) -> None:
    for laptop in (awa, idriss):
        for noun, made in moved.items():
            assert laptop.run("get", noun, made, exits=1).row["code"] == "not-found"
        held = {row["id"] for noun in HUNG for row in laptop.rows("list", noun)}
        hanging = [row for noun in HUNG[2:] for row in laptop.rows("list", noun)]
        assert {row["case_id"] for row in hanging} <= held
        assert laptop.run("status").row["only_here"] == 0


def test_a_storekeeper_holds_weapons_whose_case_never_arrives(
    registry: Registry, awa: Laptop, tmp_path: Path
) -> None:
    registry.account("faraj", "storekeeper", "SA")
    _, case, weapon = awa.add_unit(
        {"entity": "person", "name": "Boubacar Keïta", "sex": "male", "birth_date": "1985-01-02"},
        {"entity": "case", "person_id": "$1", "process": "adult"},
        {"entity": "weapon", "case_id": "$2", "class": "small-arm", "type": "pistol"},
    )
    awa.sync()
    laptop = enrolled(registry, "faraj", tmp_path / "faraj")
    assert laptop.run("get", "weapon", weapon).row["case_id"] == case
    assert laptop.rows("list", "case") == laptop.rows("list", "person") == []
    again = laptop.sync()
    assert (again["sent"], again["fetched"]) == (0, 0)


def test_the_registry_agrees_with_itself(registry: Registry, moved: dict[str, str]) -> None:
    assert registry.run("verify").row["agrees"] is True
