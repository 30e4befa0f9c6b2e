"""What is no id names nothing, on either engine: a rule may ask for what a record does not say."""

import pytest

from server.db import reading
from server.loaded import Loaded
from tests.server.town import Town


@pytest.mark.parametrize("nothing", ["", "None", "no id"])
def test_what_is_no_id_is_found_nowhere(town: Town, nothing: str) -> None:
    with town.app.app_context(), reading() as conn:
        loaded = Loaded(conn)
        assert loaded.find("criteria_set", nothing) is None
        assert list(loaded.below("service", nothing)) == []
        assert set(loaded.alike("weapon", "case_id", nothing)) == set()
