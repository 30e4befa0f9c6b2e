"""Everything judge promises on rows in memory, again through the write path on both engines."""

import pytest

from tests.schema.programme import case, person, service
from tests.schema.test_child import *  # noqa: F403 - the contract, run again
from tests.schema.test_custom import *  # noqa: F403 - the contract, run again
from tests.schema.test_disputes import *  # noqa: F403 - the contract, run again
from tests.schema.test_forged import *  # noqa: F403 - the contract, run again
from tests.schema.test_homes import *  # noqa: F403 - the contract, run again
from tests.schema.test_judge import *  # noqa: F403 - the contract, run again
from tests.server.cast import RegistryProgramme


@pytest.fixture
def programme(cast_registry: RegistryProgramme) -> RegistryProgramme:
    """Abel has an open case in caseload A, on a real database."""
    cast_registry.arrive("awa", person("Abel"), case("Abel"), service("lesson", of="Abel"))
    return cast_registry
