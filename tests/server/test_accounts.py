"""Accounts and grants: who may give what to whom, and what somebody could do when."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from schema.policy import EVERYWHERE, Grant
from schema.problems import Ambiguous, Invalid, NotAllowed, NotFound, UnknownReference
from server import accounts, ledger
from server.accounts import Days, Place
from server.accounts.people import read_audit
from server.actor import SYSTEM, Actor
from server.db import aside, reading, writing
from server.registry import places
from server.tables import history, table_of
from tests.schema.programme import STORE_A, A, B, ident
from tests.server.cast import RegistryProgramme

PASSWORD = "five rivers meet here"
HERE = Place("scope", A)


@pytest.fixture
def conn(cast_registry: RegistryProgramme) -> Iterator[sa.Connection]:
    """A writing transaction over two caseloads and two stores."""
    with writing() as conn:
        yield conn


def person(conn: sa.Connection, name: str, role: str, place: Place = HERE) -> str:
    """An account with one role; its id."""
    account_id = accounts.add_account(conn, SYSTEM, f"{name}@example.org", name, None)
    accounts.grant(conn, SYSTEM, account_id, role, place)
    return account_id


def acting(conn: sa.Connection, account_id: str) -> Actor:
    """Somebody with what they may do now."""
    return Actor(account_id, "x", accounts.sight_of(conn, account_id))


def areas(cast_registry: RegistryProgramme) -> dict[str, str]:
    """A country of two regions; caseload A and its store lie in the first. pcode -> id."""
    ids = {pcode: ident("area", pcode) for pcode in ("C", "C1", "C2", "C11")}
    parents = {"C1": "C", "C2": "C", "C11": "C1"}
    with writing() as conn:
        for pcode, area_id in ids.items():
            parent = ids.get(parents.get(pcode, ""))
            row = {"pcode": pcode, "name": pcode, "parent_id": parent, **_stamps(area_id)}
            conn.execute(table_of("area").insert(), [row])
        for noun, scope, pcode in (
            ("caseload", A, "C11"),
            ("store", STORE_A, "C1"),
            ("caseload", B, "C2"),
        ):
            table = table_of(noun)
            conn.execute(table.update().where(table.c.id == scope).values(area_id=ids[pcode]))
    return ids


def _stamps(record_id: str) -> dict[str, object]:
    return {
        "id": record_id,
        "ver": 1,
        "first": 1,
        "moved": 1,
        "scope": "programme",
        "compartment": "reference",
        "origin": "system",
        "origin_n": 0,
    }


def test_two_people_cannot_have_one_address(conn: sa.Connection) -> None:
    accounts.add_account(conn, SYSTEM, "Awa@Example.org", "Awa")
    with pytest.raises(Invalid, match="this address"):
        accounts.add_account(conn, SYSTEM, " awa@example.ORG", "Awa again")


@pytest.mark.parametrize(
    "bad", ["", "awa", "@example.org", "awa@", "a wa@example.org", "a\x00@b", "a" * 250 + "@b"]
)
def test_what_is_no_address_is_refused(conn: sa.Connection, bad: str) -> None:
    with pytest.raises(Invalid):
        accounts.add_account(conn, SYSTEM, bad, "Awa")


@pytest.mark.parametrize("weak", ["", "short", "aaaaaaaaaaaaaaaa", "PloughShare2026"])
def test_a_weak_first_password_is_refused(conn: sa.Connection, weak: str) -> None:
    with pytest.raises(Invalid):
        accounts.add_account(conn, SYSTEM, "awa@example.org", "Awa", weak)


def test_an_officer_cannot_add_or_disable_anybody(conn: sa.Connection) -> None:
    awa = acting(conn, person(conn, "awa", "field-officer"))
    with pytest.raises(NotAllowed):
        accounts.add_account(conn, awa, "friend@example.org", "Friend")
    with pytest.raises(NotAllowed):
        accounts.disable(conn, awa, awa.account_id)


def test_an_administrator_grants_any_role_to_others(conn: sa.Connection) -> None:
    grace = acting(conn, person(conn, "grace", "administrator", accounts.ALL_PLACES))
    awa = accounts.add_account(conn, grace, "awa@example.org", "Awa")
    accounts.grant(conn, grace, awa, "field-officer", HERE)
    assert accounts.grants_of(conn, awa) == [Grant("field-officer", A)]


def test_an_administrator_grants_nothing_to_herself(conn: sa.Connection) -> None:
    grace = acting(conn, person(conn, "grace", "administrator", accounts.ALL_PLACES))
    with pytest.raises(NotAllowed):
        accounts.grant(conn, grace, grace.account_id, "programme-manager", accounts.ALL_PLACES)


def test_an_administrator_does_not_enable_herself(conn: sa.Connection) -> None:
    grace = acting(conn, person(conn, "grace", "administrator", accounts.ALL_PLACES))
    with pytest.raises(NotAllowed):
        accounts.enable(conn, grace, grace.account_id)


def test_a_manager_grants_nothing(conn: sa.Connection) -> None:
    celine = acting(conn, person(conn, "celine", "programme-manager", accounts.ALL_PLACES))
    awa = person(conn, "awa", "field-officer")
    with pytest.raises(NotAllowed):
        accounts.grant(conn, celine, awa, "programme-manager", accounts.ALL_PLACES)


def test_an_unknown_role_is_refused(conn: sa.Connection) -> None:
    awa = person(conn, "awa", "field-officer")
    with pytest.raises(Invalid, match="no such role"):
        accounts.grant(conn, SYSTEM, awa, "superuser", HERE)


def test_giving_what_is_held_changes_nothing(conn: sa.Connection) -> None:
    awa = person(conn, "awa", "field-officer")
    before = ledger.head(conn)
    [held] = accounts.held_by(conn, awa)
    assert accounts.grant(conn, SYSTEM, awa, "field-officer", HERE) == held.id
    assert ledger.head(conn) == before


def test_a_grant_holds_from_its_number_until_its_number(conn: sa.Connection) -> None:
    awa = accounts.add_account(conn, SYSTEM, "awa@example.org", "Awa")
    before = ledger.head(conn)
    grant_id = accounts.grant(conn, SYSTEM, awa, "field-officer", HERE)
    began = ledger.head(conn)
    accounts.end_grant(conn, SYSTEM, grant_id)
    ended = ledger.head(conn)
    assert ended > began > before
    assert accounts.grants_of(conn, awa, at=before) == []
    assert accounts.grants_of(conn, awa, at=began) == [Grant("field-officer", A)]
    assert accounts.grants_of(conn, awa, at=ended) == []
    assert accounts.grants_of(conn, awa) == []


def test_ending_a_grant_twice_takes_one_number(conn: sa.Connection) -> None:
    awa = person(conn, "awa", "field-officer")
    [held] = accounts.held_by(conn, awa)
    accounts.end_grant(conn, SYSTEM, held.id)
    ended = ledger.head(conn)
    accounts.end_grant(conn, SYSTEM, held.id)
    assert ledger.head(conn) == ended


def test_a_grant_that_was_given_again_is_a_new_one(conn: sa.Connection) -> None:
    awa = person(conn, "awa", "field-officer")
    [first] = accounts.held_by(conn, awa)
    accounts.end_grant(conn, SYSTEM, first.id)
    assert accounts.grant(conn, SYSTEM, awa, "field-officer", HERE) != first.id
    assert len(accounts.grants_given(conn, awa)) == 2


def test_a_grant_holds_on_its_days_only(conn: sa.Connection) -> None:
    awa = accounts.add_account(conn, SYSTEM, "awa@example.org", "Awa")
    first, last = date(2026, 3, 1), date(2026, 3, 31)
    accounts.grant(conn, SYSTEM, awa, "field-officer", HERE, Days(first, last))
    day = timedelta(days=1)
    held = [accounts.grants_of(conn, awa, on=on) for on in (first - day, first, last, last + day)]
    assert [bool(grants) for grants in held] == [False, True, True, False]


def test_start_and_end_of_a_grant_are_in_history_with_who_did_it(conn: sa.Connection) -> None:
    awa = person(conn, "awa", "field-officer")
    [held] = accounts.held_by(conn, awa)
    accounts.end_grant(conn, SYSTEM, held.id)
    query = sa.select(history.c.payload).where(history.c.record_id == held.id)
    said = conn.execute(query.order_by(history.c.seq)).scalars().all()
    assert ['"act":"given"' in said[0], '"act":"ended"' in said[1]] == [True, True]
    assert all(SYSTEM.account_id in payload for payload in said)


def test_a_grant_of_an_area_covers_what_lies_below_it(cast_registry: RegistryProgramme) -> None:
    ids = areas(cast_registry)
    with reading() as conn:
        assert places.scopes_below(conn, ids["C1"]) == {A, STORE_A}
        assert places.scopes_below(conn, ids["C11"]) == {A}
        assert places.scopes_below(conn, ids["C2"]) == {B}


def test_a_caseload_that_is_added_below_an_area_comes_with_its_grant(
    cast_registry: RegistryProgramme,
) -> None:
    ids = areas(cast_registry)
    with writing() as conn:
        celine = person(conn, "celine", "programme-manager", Place("area", ids["C2"]))
        assert accounts.sight_of(conn, celine).scopes("read", "case") == {B, "programme"}
        table = table_of("caseload")
        conn.execute(table.update().where(table.c.id == A).values(area_id=ids["C2"]))
        assert accounts.sight_of(conn, celine).scopes("read", "case") == {A, B, "programme"}


def test_the_root_area_is_the_whole_programme(cast_registry: RegistryProgramme) -> None:
    ids = areas(cast_registry)
    with reading() as conn:
        assert places.scopes_below(conn, ids["C"]) == {EVERYWHERE}


def test_of_two_areas_without_a_parent_neither_is_the_whole_programme(
    cast_registry: RegistryProgramme,
) -> None:
    ids = areas(cast_registry)
    with writing() as conn:
        table = table_of("area")
        conn.execute(table.update().where(table.c.id == ids["C2"]).values(parent_id=None))
        assert places.scopes_below(conn, ids["C2"]) == {B}
        assert places.scopes_below(conn, ids["C"]) == {A, STORE_A}


def test_areas_that_are_each_others_parents_end_somewhere(cast_registry: RegistryProgramme) -> None:
    ids = areas(cast_registry)
    with writing() as conn:
        table = table_of("area")
        conn.execute(table.update().where(table.c.id == ids["C1"]).values(parent_id=ids["C11"]))
        assert places.scopes_below(conn, ids["C11"]) == {A, STORE_A}


def test_a_code_that_a_caseload_and_a_store_share_must_be_made_plain(conn: sa.Connection) -> None:
    with pytest.raises(Ambiguous) as caught:
        places.scope_named(conn, "A")
    assert [found for found, _ in caught.value.details["candidates"]] == [A, STORE_A]
    assert places.scope_named(conn, "caseload:A") == A
    assert places.scope_named(conn, "store:A") == STORE_A
    assert places.scope_named(conn, A) == A


@pytest.mark.parametrize("word", ["", "Z", "caseload:Z", "area:A", ident("nowhere")])
def test_a_code_that_names_nothing_is_refused(conn: sa.Connection, word: str) -> None:
    with pytest.raises(UnknownReference):
        places.scope_named(conn, word)


def test_a_withdrawn_caseload_cannot_be_granted_any_more(conn: sa.Connection) -> None:
    table = table_of("caseload")
    withdrawn = {"withdrawn_at": "2026-01-01T00:00:00Z"}
    conn.execute(table.update().where(table.c.id == A).values(withdrawn))
    assert places.scope_named(conn, "A") == STORE_A


def test_an_account_is_found_by_address_or_id_and_else_not(conn: sa.Connection) -> None:
    awa = person(conn, "awa", "field-officer")
    assert accounts.find(conn, "AWA@example.org")["id"] == accounts.find(conn, awa)["id"] == awa
    with pytest.raises(NotFound):
        accounts.find(conn, "nobody@example.org")


def test_who_looked_at_whom_is_kept(cast_registry: RegistryProgramme) -> None:
    with aside() as conn:
        accounts.note_reads(conn, ident("awa"), "person", [ident("Abel"), ident("Binta")])
        accounts.note_reads(conn, ident("awa"), "person", [])
    with reading() as conn:
        seen = conn.execute(sa.select(read_audit.c.record_id)).scalars().all()
    assert set(seen) == {ident("Abel"), ident("Binta")}


def test_the_list_of_accounts_holds_no_password(conn: sa.Connection) -> None:
    accounts.add_account(conn, SYSTEM, "awa@example.org", "Awa", PASSWORD)
    [row] = accounts.listed(conn)
    assert not {"password", "session_key"} & set(row)


def test_the_system_may_do_everything_that_anybody_may() -> None:
    assert SYSTEM.sight.may("create", "child", B)
    assert SYSTEM.sight.may("approve", "admin", "programme")
