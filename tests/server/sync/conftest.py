"""A registry with two caseloads and two stores, and laptops that sync with it."""

import pytest
from flask import Flask

from tests.server.cast import RegistryProgramme
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
