"""Lanes: which buckets somebody reads, for each noun."""

import pytest

from schema.policy import EVERYWHERE, PROGRAMME, Grant, Sight
from server.registry.lanes import Lane, compartments_of, lanes
from tests.schema.programme import A, B
from tests.server.town import sight


def test_a_record_of_a_case_lives_with_the_adults_or_with_the_children() -> None:
    assert compartments_of("service") == ("case", "child")
    assert compartments_of("background") == ("background", "child")
    assert compartments_of("weapon") == ("weapons",)
    assert compartments_of("armed_group") == ("background",)
    assert "admin" not in compartments_of("dispute")


def test_an_officer_has_one_lane_of_cases() -> None:
    assert lanes(Sight.of([Grant("field-officer", A)]), "case") == [Lane("case", A)]
    assert Lane("child", A) in lanes(sight("awa"), "case", "create")
    assert Lane("child", A) not in lanes(sight("awa"), "case")


def test_a_manager_has_the_whole_compartment() -> None:
    assert lanes(sight("celine"), "case") == [Lane("case", None)]
    assert lanes(sight("celine"), "case", within=[B]) == [Lane("case", B)]


def test_a_scope_that_is_not_ones_own_gives_no_lane() -> None:
    assert lanes(sight("awa"), "case", within=[B]) == []


@pytest.mark.parametrize("noun", ["caseload", "area"])
def test_what_is_of_the_programme_comes_with_any_grant(noun: str) -> None:
    assert lanes(sight("awa"), noun) == [Lane("reference", PROGRAMME)]


def test_an_administrator_reads_no_case_anywhere() -> None:
    grace = Sight.of([Grant("administrator", EVERYWHERE)])
    for noun in ("person", "case", "service", "background", "weapon", "custody_event"):
        assert lanes(grace, noun) == []
