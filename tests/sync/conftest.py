"""Stages for schedules, on both engines."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import Databases
from tests.sync.prepared import Stage, quickly
from tests.sync.registry import FileDatabase, ServedDatabase

Stages = dict[str, Stage]


@pytest.fixture(scope="session")
def stages(
    databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator["StagesOnDemand"]:
    """A stage for each engine, set up when it is first asked for."""
    made = StagesOnDemand(databases, tmp_path_factory)
    yield made
    made.close()


@pytest.fixture(scope="module", autouse=True)
def _quick() -> Iterator[None]:
    """Schedules alone are in a hurry: what other tests of this worker rely on is put back."""
    with quickly():
        yield


class StagesOnDemand:
    """Sets up the stage of an engine once."""

    def __init__(self, databases: Databases, folders: pytest.TempPathFactory) -> None:
        self.databases, self.folders = databases, folders
        self.made: Stages = {}

    def __getitem__(self, engine: str) -> Stage:
        if engine not in self.made:
            self.made[engine] = self._set_up(engine, self.folders.mktemp(f"stage-{engine}"))
        return self.made[engine]

    def close(self) -> None:
        """Let go of the databases."""
        for stage in self.made.values():
            stage.registry.close()

    def _set_up(self, engine: str, folder: Path) -> Stage:
        if engine == "sqlite":
            return Stage(FileDatabase(folder), folder)
        return Stage(ServedDatabase(self.databases.cluster()), folder)
