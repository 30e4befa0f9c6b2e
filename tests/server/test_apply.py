"""A chunk is written whole; a Unit that raises is isolated and held, and the rest lands."""

import pytest
import sqlalchemy as sa

from schema.change import Source, Unit
from schema.policy import Sight
from server import apply, ledger
from server.db import reading
from server.tables import history, name_token, table_of
from tests.schema.programme import (
    CAST,
    TODAY,
    B,
    case,
    create,
    ident,
    person,
    service,
    weapon,
    write,
)
from tests.server.cast import RegistryProgramme


@pytest.fixture
def programme(cast_registry: RegistryProgramme) -> RegistryProgramme:
    """Abel has an open case."""
    cast_registry.arrive("awa", person("Abel"), case("Abel"))
    return cast_registry


def arriving(number: int, *changes) -> apply.Arriving:
    sight = Sight.of(CAST["awa"])
    unit = Unit(ident("bulk", number), 0, "said", changes)
    source = Source("d:awa/1", str(number), author=ident("awa"), by="awa", n=number)
    return apply.Arriving(unit, source, sight.may, sight.may, TODAY)


def count(noun: str) -> int:
    with reading() as conn:
        return conn.execute(sa.select(sa.func.count()).select_from(table_of(noun))).scalar_one()


def test_units_of_one_chunk_see_each_other(programme):
    units = [
        arriving(1, person("Binta")),
        arriving(2, case("Binta")),
        arriving(3, service("course", of="Binta")),
        arriving(4, write("service", "course", result="completed")),
    ]
    outcomes = apply.in_chunks(units, lambda conn, part, became: None)
    assert [outcome.outcome for outcome in outcomes] == ["applied"] * 4
    assert programme.rows["service", ident("course")].get("result") == "completed"


def test_every_change_gets_its_own_number_in_order_and_history_has_a_line_for_each(programme):
    before = programme.n
    units = [arriving(number, person(f"P{number}")) for number in range(20)]
    outcomes = apply.in_chunks(units, lambda conn, part, became: None)
    assert [outcome.seq for outcome in outcomes] == list(range(before + 1, before + 21))
    with reading() as conn:
        lines = conn.execute(sa.select(sa.func.count()).where(history.c.seq > before)).scalar_one()
        assert (lines, ledger.head(conn)) == (20, before + 20)


def test_a_chunk_that_fails_is_halved_until_the_culprit_is_held_alone(programme):
    units = [arriving(number, person(f"P{number}")) for number in range(7)]

    def after(conn, part, became):
        if any(one.source.n == 5 for one in part) and became[-1].outcome != "held":
            raise sa.exc.DataError("planted", {}, Exception("planted"))

    outcomes = apply.in_chunks(units, after)
    assert [outcome.outcome for outcome in outcomes] == ["applied"] * 5 + ["held", "applied"]
    assert outcomes[5].reason == "raised:DataError"
    assert count("person") == 1 + 6


def test_a_database_that_is_away_holds_nothing(programme):
    def after(conn, part, became):
        raise sa.exc.OperationalError("planted", {}, Exception("planted"))

    with pytest.raises(sa.exc.OperationalError):
        apply.in_chunks([arriving(1, person("Binta")), arriving(2, person("Boubou"))], after)


def test_a_unit_stands_or_falls_whole(programme):
    outcomes = apply.in_chunks(
        [arriving(1, person("Binta"), service("course", of="Nobody"))],
        lambda conn, part, became: None,
    )
    assert outcomes[0].outcome == "held"
    assert (count("person"), count("service")) == (1, 0)


def test_a_move_leaves_a_removal_in_the_old_bucket_and_a_put_in_the_new(programme):
    programme.arrive("celine", write("case", "case of Abel", caseload_id=B))
    assert sorted(programme.bucket_entries(ident("case of Abel"))) == [
        ("case", False),
        ("case", True),
    ]
    assert sorted(programme.bucket_entries(ident("Abel"))) == [("person", False), ("person", True)]


def test_name_tokens_follow_names_and_buckets(programme):
    programme.arrive("awa", write("person", "Abel", name="Zeïnab"))
    programme.arrive("celine", write("case", "case of Abel", caseload_id=B), n=2)
    with reading() as conn:
        rows = conn.execute(sa.select(name_token)).all()
    assert [(row.token, row.scope, row.compartment) for row in rows] == [("zeinab", B, "case")]


def test_a_storm_of_edits_in_one_chunk_ends_in_the_last(programme):
    units = [arriving(n, write("person", "Abel", alias=f"A{n}")) for n in range(2, 30)]
    apply.in_chunks(units, lambda conn, part, became: None)
    assert programme.rows["person", ident("Abel")].get("alias") == "A29"


def test_somebody_of_the_same_name_replaces_nobody_s_side(programme):
    sight, base = Sight.of(CAST["awa"]), programme.n
    programme.arrive("celine", write("person", "Abel", name="Abul"))
    for account, name in (("one", "Abil"), ("other", "Abol")):
        unit = Unit(ident(account), base, "said", (write("person", "Abel", name=name),))
        source = Source(f"d:{account}/1", "1", author=ident(account), by="Mamadou", n=1)
        said = apply.Arriving(unit, source, sight.may, sight.may, TODAY)
        apply.in_chunks([said], lambda conn, part, became: None)
        base = programme.n
    assert [dispute.get("side") for dispute in programme.disputes()] == [{"name": "Abil"}]
    assert programme.rows["person", ident("Abel")].get("name") == "Abol"


def test_an_unknown_kind_and_a_stray_type_are_held_and_the_rest_lands(programme):
    odd = create("weapon", "odd", **{"store_id": ["x"], "class": {"a": 1}})
    outcomes = apply.in_chunks(
        [arriving(1, create("spaceship", "s")), arriving(2, odd), arriving(3, weapon("rifle"))],
        lambda conn, part, became: None,
    )
    assert [outcome.outcome for outcome in outcomes] == ["held", "held", "applied"]
