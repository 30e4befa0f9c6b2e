"""The registry burns, comes back from last night's backup, and its laptops refill it by themselves."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.databases import Databases
from tests.walk.laptop import Laptop
from tests.walk.served import Registry, faults


@dataclass
class Burnt:
    """How it stood after the fire and three syncs of each laptop. ids: people by name."""

    registry: Registry
    laptops: tuple[Laptop, Laptop]
    ids: dict[str, str]
    restored: dict[str, Any]
    summaries: list[dict[str, Any]]


@pytest.fixture(scope="module")
def burnt(
    registry: Registry,
    awa: Laptop,
    idriss: Laptop,
    engine: str,
    databases: Databases,
    tmp_path_factory: pytest.TempPathFactory,
) -> Any:
    """Two laptops sync, a backup is made, they go on, the server burns and comes back."""
    ids = {"Before": awa.add("person", "name=Before", "sex=female", "birth_date=1988-03-09")}
    both_sync(awa, idriss)
    file = registry.folder / "night.backup"
    registry.run("backup", str(file))
    ids["Awas"] = awa.add("person", "name=Awas", "sex=female", "birth_date=1988-03-09")
    idriss.run("set", "person", ids["Before"], "alias=Idris")
    both_sync(awa, idriss)
    awa.run("set", "person", ids["Before"], "phone=77")
    idriss.run("set", "person", ids["Awas"], "alias=A")
    both_sync(awa, idriss)
    registry.run("set", "person", ids["Awas"], "phone=88", who="celine")
    both_sync(awa, idriss)
    registry.stop()
    burn(registry)
    with databases.fresh(engine, migrated=False, folder=tmp_path_factory.mktemp("again")) as url:
        registry.database_url = url
        restored = registry.run("restore", str(file)).row
        registry.serve()
        summaries = [laptop.sync() for _ in range(3) for laptop in (awa, idriss)]
        yield Burnt(registry, (awa, idriss), ids, restored, summaries)
        registry.stop()


def both_sync(awa: Laptop, idriss: Laptop) -> None:
    """Both hand in and fetch."""
    for laptop in (awa, idriss, awa):
        laptop.sync()


def burn(registry: Registry) -> None:
    """Nothing is left of the machine but the backup."""
    shutil.rmtree(registry.folder / "registry")


def test_every_edit_that_a_laptop_made_is_present_everywhere(burnt: Burnt) -> None:
    wanted = {"Before": ("77", "Idris"), "Awas": (None, "A")}
    places = (
        lambda *w: burnt.registry.rows(*w, who="celine"),
        *(one.rows for one in burnt.laptops),
    )
    for ask in places:
        people = {row["id"]: row for row in ask("list", "person")}
        for name, (phone, alias) in wanted.items():
            row = people[burnt.ids[name]]
            assert (row.get("phone"), row["alias"]) == (phone, alias), name


def test_laptops_come_to_rest_by_themselves(burnt: Burnt) -> None:
    last = burnt.summaries[-2:]
    assert [(one["sent"], one["fetched"], one["held"]) for one in last] == [(0, 0, 0)] * 2
    assert burnt.summaries[0]["sent"] > 0


def test_the_registry_agrees_with_itself_in_its_new_epoch(burnt: Burnt) -> None:
    assert burnt.restored["epoch"] == 2
    assert burnt.registry.run("verify").row["agrees"] is True


def test_what_was_typed_at_the_registry_is_told_by_a_laptop(burnt: Burnt) -> None:
    told = burnt.registry.run("restored").row
    assert told["witnessed"]["differ"] == 1
    [only] = burnt.registry.rows("restored", "--records", who="celine")
    assert (only["record_id"], only["values"]["phone"]) == (burnt.ids["Awas"], "88")


def test_a_new_backup_lets_the_laptops_forget(burnt: Burnt) -> None:
    burnt.registry.run("backup", str(burnt.registry.folder / "next.backup"))
    for laptop in burnt.laptops:
        laptop.sync()
        assert laptop.run("status").row["at_registry"] == 0
    assert faults(burnt.registry.log) == []


def test_an_older_copy_put_in_place_by_hand_is_noticed(burnt: Burnt, databases: Databases) -> None:
    """A restore that was forgotten: somebody named last week's copy, made with other tools."""
    registry, awa = burnt.registry, burnt.laptops[0]
    registry.stop()
    older = copied(registry.database_url, databases)
    registry.run("set", "person", burnt.ids["Before"], "phone=99", who="celine")
    registry.database_url = older
    refused = registry.run("serve", "--port", str(registry.port), exits=1)
    assert "ddr-server restore --by-hand" in refused.err
    registry.run("set", "person", burnt.ids["Before"], "phone=66", who="celine", exits=1)
    assert registry.run("restore", "--by-hand").row["epoch"] == 3
    registry.serve()
    for _ in range(2):
        awa.sync()
    assert registry.run("verify").row["agrees"] is True
    registry.stop()


def copied(url: str, databases: Databases) -> str:
    """The address of a copy of a database that nobody writes to now."""
    if url.startswith("sqlite"):
        path = Path(url.removeprefix("sqlite:///"))
        return f"sqlite:///{shutil.copy(path, path.with_suffix('.older'))}"
    cluster = databases.cluster()
    return cluster.url(cluster.create(template=url.rpartition("/")[2]))
