"""Who may do what: the table, and what must never be in it."""

from pathlib import Path

import pytest

from schema import codes
from schema.policy import (
    COMPARTMENTS,
    EVERYWHERE,
    POLICY,
    PROGRAMME,
    ROLES,
    VERBS,
    Grant,
    Sight,
    may_grant,
    page,
)

ADULT_ROLES = sorted(set(ROLES) - {"child-protection"})


def sight(role: str, scope: str = "A") -> Sight:
    return Sight.of([Grant(role, scope)])


def test_the_table_knows_no_other_words():
    for rights in POLICY.values():
        assert set(rights) <= set(COMPARTMENTS)
        assert set().union(*rights.values()) <= set(VERBS)


@pytest.mark.parametrize("role", ADULT_ROLES)
def test_no_adult_role_reads_changes_or_exports_the_child_compartment(role):
    assert POLICY[role].get("child", set()) <= {"create"}


@pytest.mark.parametrize(
    "role", ["donor", "liaison", "service-provider", "administrator", "auditor"]
)
def test_who_needs_no_case_sees_none(role):
    assert not sight(role, EVERYWHERE).anywhere("read", "case")


@pytest.mark.parametrize("role", ROLES)
def test_only_clinicians_read_health(role):
    assert sight(role).may("read", "health", "A") == (role == "clinician")


def test_a_grant_ends_at_its_scope():
    assert sight("field-officer").may("change", "case", "A")
    assert not sight("field-officer").may("change", "case", "B")


def test_reference_data_come_with_any_grant():
    assert sight("field-officer").may("read", "reference", PROGRAMME)
    assert not sight("field-officer").may("change", "reference", PROGRAMME)


def test_everywhere_covers_every_scope():
    assert sight("programme-manager", EVERYWHERE).scopes("read", "case") == {EVERYWHERE}
    assert sight("field-officer").scopes("read", "case") == {"A", PROGRAMME}
    assert sight("donor").scopes("read", "case") == frozenset()


def test_an_administrator_grants_any_role_but_never_to_himself():
    grace = sight("administrator", EVERYWHERE)
    assert may_grant(grace, "grace", "awa", Grant("field-officer", "A"))
    assert not may_grant(grace, "grace", "grace", Grant("field-officer", "A"))


def test_nobody_else_grants_what_he_does_not_hold():
    celine = sight("programme-manager", EVERYWHERE)
    assert not may_grant(celine, "celine", "awa", Grant("clinician", "A"))


def test_the_page_of_the_docs_is_the_table():
    assert (Path(__file__).parents[2] / "docs" / "policy.md").read_text() == page()


def test_every_role_has_a_name_that_people_read():
    assert codes.ROLE.values == ROLES
