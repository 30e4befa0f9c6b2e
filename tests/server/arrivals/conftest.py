"""A registry with the cast's laptops, for what becomes of what they hand in."""

import pytest

from tests.server.cast import RegistryProgramme
from tests.server.sync.laptop import Fleet, Laptop


@pytest.fixture
def fleet(app) -> Fleet:
    with app.app_context():
        RegistryProgramme()
    return Fleet(app)


@pytest.fixture
def awa(fleet) -> Laptop:
    return fleet.laptop("awa")
