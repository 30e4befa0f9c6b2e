"""A registry with two caseloads and two stores, and laptops that sync with it."""

import pytest
from flask import Flask

from server.sync import snapshots
from tests.schema.programme import case, person
from tests.server.cast import RegistryProgramme
from tests.server.sync.fetching import PEOPLE
from tests.server.sync.laptop import Fleet, Laptop


@pytest.fixture
def registry(app: Flask) -> RegistryProgramme:
    """Two caseloads, two stores and an armed group, already there."""
    with app.app_context():
        return RegistryProgramme()


@pytest.fixture
def fleet(app: Flask, registry: RegistryProgramme) -> Fleet:
    """Accounts and laptops for this registry."""
    return Fleet(app)


@pytest.fixture
def awa(fleet: Fleet) -> Laptop:
    """Awa's laptop: caseload A, store A."""
    return fleet.laptop("awa")


@pytest.fixture
def bakary(fleet: Fleet) -> Laptop:
    """Bakary's laptop: caseload B, store B."""
    return fleet.laptop("bakary")


@pytest.fixture
def people(awa: Laptop, monkeypatch: pytest.MonkeyPatch) -> Laptop:
    """Awa's laptop, which has registered a dozen people; a file is worth while for them."""
    monkeypatch.setattr(snapshots, "LEAST_RECORDS", PEOPLE)
    for number in range(PEOPLE):
        awa.save(person(f"P{number}"), case(f"P{number}"))
    awa.sync()
    return awa
