"""What became of a restore is said in figures, and what only laptops show to whoever may see it."""

import pytest

from schema.frames import END, HELLO, WITNESS, frame
from server import accounts
from server.accounts import Place
from server.actor import SYSTEM
from server.db import writing
from tests.schema.programme import A, ident, person


@pytest.fixture
def restored(app, awa, shell):
    """A registry put back by hand, and what Awa's laptop still shows of it."""
    awa.save(person("Abel"))
    awa.sync()
    assert shell.json("restored") == {"restored": False}
    shell.json("restore", "--by-hand")
    lost = awa.base + 3
    for name, values in (("Abel", {"phone": "77"}), ("Binta", {"sex": "female"})):
        row = {
            "id": ident(name),
            "ver": lost,
            "scope": A,
            "compartment": "case",
            "name": name,
            **values,
        }
        body = frame(HELLO, awa.hello()) + frame(WITNESS, ["person", row]) + frame(END, {})
        assert awa.post(body).status_code == 200


def member(app, email: str, role: str, scope: str) -> None:
    with app.app_context(), writing() as conn:
        made = accounts.add_account(conn, SYSTEM, email, email)
        place = Place("scope", scope) if scope else accounts.ALL_PLACES
        accounts.grant(conn, SYSTEM, made, role, place)


def test_the_report_counts_what_is_missing_and_what_differs(restored, shell):
    said = shell.json("restored")
    assert (said["epoch"], said["why"], said["silent"]) == (2, "by-hand", 0)
    assert said["witnessed"] == {"records": 2, "back": 0, "differ": 1, "missing": 1}


def test_what_laptops_show_is_listed_with_the_fields_that_differ(restored, shell):
    found = {one["record_id"]: one for one in shell.lines("restored", "--records")}
    assert "phone" in found[ident("Abel")]["differs"]
    assert found[ident("Binta")]["differs"] is None
    assert found[ident("Binta")]["values"]["sex"] == "female"


def test_an_administrator_and_data_protection_see_that_and_not_what(app, restored, shell):
    for role in ("administrator", "data-protection"):
        member(app, f"{role}@example.org", role, "")
        found = shell.lines("restored", "--records", "--as", f"{role}@example.org")
        assert [one["values"] for one in found] == [None, None]
        assert "phone" not in str(found)


def test_nobody_else_sees_that_anything_was_lost(app, restored, shell):
    member(app, "dario@example.org", "donor", "")
    assert shell.refused("restored", "--as", "dario@example.org") == "not-found"
