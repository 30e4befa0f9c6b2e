"""A stick goes to the registry and back: two commands at each end, and no link between them."""

from pathlib import Path
from typing import Any

import pytest

from tests.walk.laptop import Laptop
from tests.walk.served import Registry

CARIM = {"name": "Carim Toure", "sex": "male", "birth_date": "1991-04-02"}


@pytest.fixture(scope="module")
def stick(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The stick: a folder that is carried about."""
    return tmp_path_factory.mktemp("stick")


def person(laptop: Laptop, **values: str) -> str:
    """Somebody registered on a laptop; the id."""
    return laptop.add("person", *(f"{name}={value}" for name, value in (CARIM | values).items()))


def written(laptop: Laptop, path: Path, *words: str) -> dict[str, Any]:
    return laptop.run("bundle", "write", str(path), *words).row


def accepted(registry: Registry, path: Path, **how: Any) -> dict[str, Any]:
    return registry.run("bundle", "accept", str(path), "--reply", f"{path}.reply", **how).row


def read(laptop: Laptop, path: Path) -> dict[str, Any]:
    return laptop.run("bundle", "read", f"{path}.reply").row


def where(laptop: Laptop, record_id: str) -> str:
    return str(laptop.run("get", "person", record_id).row["where"]["state"])


def names(registry: Registry) -> set[str]:
    return {row["name"] for row in registry.rows("list", "person", who="celine")}


def test_without_a_link_a_stick_brings_a_person_to_the_registry_and_the_word_of_it_back(
    registry: Registry, awa: Laptop, stick: Path
) -> None:
    registry.account("grace", "administrator")
    registry.stop()
    who, path = person(awa), stick / "awa"
    awa.run("sync", exits=3)
    assert written(awa, path)["units"] == 1
    assert where(awa, who) == "stick"
    done = accepted(registry, path, who="grace")
    assert (done["units"], done["fresh"], done["outcomes"]) == (1, 1, {"applied": 1})
    assert CARIM["name"] in names(registry)
    assert where(awa, who) == "stick"
    assert read(awa, path)["confirmed"] == 1
    assert where(awa, who) == "registry"
    assert CARIM["name"].encode() not in path.read_bytes() + Path(f"{path}.reply").read_bytes()
    registry.serve()
    assert awa.sync()["sent"] == 0


def test_a_stick_that_comes_late_twice_and_between_syncs_does_no_harm(
    registry: Registry, awa: Laptop, idriss: Laptop, stick: Path
) -> None:
    idriss.sync()
    early, late = stick / "early", stick / "late"
    who = person(awa, name="Early Toure")
    written(awa, early)
    awa.run("set", "person", who, "phone=77")
    written(awa, late)
    accepted(registry, late)
    awa.sync()
    idriss.sync()
    idriss.run("set", "person", who, "alias=Ear")
    idriss.sync()
    assert [accepted(registry, path)["fresh"] for path in (early, late, early)] == [0, 0, 0]
    for path in (late, early):
        read(awa, path)
    awa.sync()
    row = awa.run("get", "person", who).row
    assert (row["phone"], row["alias"], where(awa, who)) == ("77", "Ear", "registry")
    assert registry.run("verify").row["agrees"] is True


def test_a_stick_that_is_damaged_or_somebody_elses_is_refused_with_a_code(
    registry: Registry, awa: Laptop, bakary: Laptop, stick: Path
) -> None:
    person(awa, name="Damaged Toure")
    path, reply = stick / "damaged", f"{stick / 'damaged'}.reply"
    written(awa, path)
    accepted(registry, path)
    assert bakary.run("bundle", "read", reply, exits=1).row["code"] == "other-bundle"
    assert awa.run("bundle", "read", str(path), exits=1).row["code"] == "other-bundle"
    path.write_bytes(path.read_bytes()[:-1])
    how = ("bundle", "accept", str(path), "--reply", reply)
    assert registry.run(*how, exits=1).row["code"] == "not-a-bundle"
    assert registry.run(*how, who="celine", exits=1).row["code"] == "not-allowed"
    (stick / "notes.txt").write_text("call the driver", encoding="utf-8")
    assert awa.run("bundle", "write", str(stick / "notes.txt"), exits=1).row["code"]
    assert (stick / "notes.txt").read_text("utf-8") == "call the driver"
    assert {file.name for file in stick.iterdir() if file.name.startswith(".")} == set()
