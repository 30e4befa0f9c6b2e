"""A registry with areas, in which people pass gates."""

import pytest

from tests.server.cast import RegistryProgramme
from tests.server.exports.passage import Passage


@pytest.fixture
def passage(cast_registry: RegistryProgramme) -> Passage:
    """Areas of two levels and nobody yet."""
    return Passage(cast_registry).with_areas()
