"""Fresh databases for tests, on both engines, quickly: a migrated one is the copy of a template."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from server.db import upgrade
from tests.postgres import Cluster

ENGINES = ("sqlite", "postgresql")
FreshDatabase = Callable[..., str]


@dataclass
class Databases:
    """Makes databases for one worker of the test run; templates are migrated once."""

    folder: Path
    cluster: Callable[[], Cluster]
    templates: dict[str, str] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=count)

    @contextmanager
    def fresh(self, engine: str, *, migrated: bool, folder: Path) -> Iterator[str]:
        """The URL of a database nobody has used, removed afterwards."""
        if engine == "sqlite":
            yield self._file(folder, migrated=migrated)
            return
        name = self.cluster().create(self._template() if migrated else "template0")
        try:
            yield self.cluster().url(name)
        finally:
            self.cluster().drop(name)

    def _file(self, folder: Path, *, migrated: bool) -> str:
        path = folder / f"registry-{next(self.numbers)}.sqlite"
        if migrated:
            shutil.copy(self._template_file(), path)
        return f"sqlite:///{path}"

    def _template_file(self) -> str:
        if "sqlite" not in self.templates:
            path = self.folder / "template.sqlite"
            upgrade(f"sqlite:///{path}")
            self.templates["sqlite"] = str(path)
        return self.templates["sqlite"]

    def _template(self) -> str:
        if "postgresql" not in self.templates:
            name = self.cluster().create()
            upgrade(self.cluster().url(name))
            self.templates["postgresql"] = name
        return self.templates["postgresql"]
