"""Random schedules over the real registry and real laptops. ``SCHEDULES=10000`` runs as many (make soak)."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import get_state_machine_test

from tests.sync.invariants import check
from tests.sync.machine import Machine

REGRESSIONS = Path(__file__).parent / "regressions"
SCHEDULES = int(os.environ.get("SCHEDULES", "300"))
# Others than those of every day: the number of the first.
FIRST = int(os.environ.get("SCHEDULES_FROM", "0"))
# A test is killed after ten minutes: many schedules are many tests.
EACH, STEPS = 30, 10
TESTS = SCHEDULES // EACH
# PostgreSQL puts a database back more slowly: one test in ten.
PARTS = [
    ("postgresql" if number % 10 == 9 else "sqlite", number)
    for number in range(FIRST, FIRST + TESTS)
]
PLAYED = settings(
    max_examples=EACH,
    stateful_step_count=STEPS,
    deadline=None,
    database=None,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.slow
@pytest.mark.parametrize(("engine", "number"), PARTS)
def test_whatever_people_and_the_weather_do_nothing_is_lost_and_all_agree(stages, engine, number):
    stage = stages[engine]
    seed(number)(get_state_machine_test(lambda: Machine(stage), settings=PLAYED))()


@pytest.mark.parametrize("name", sorted(path.stem for path in REGRESSIONS.glob("*.json")))
def test_a_schedule_that_once_went_wrong_goes_well(stages, name):
    kept = json.loads((REGRESSIONS / f"{name}.json").read_text(encoding="utf-8"))
    world = stages[kept.get("engine", "sqlite")].world()
    world.play(kept["schedule"])
    world.quiesce()
    check(world)
