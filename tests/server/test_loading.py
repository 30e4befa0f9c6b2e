"""What a chunk is judged on is locked up to its person, wherever it hangs by then; on PostgreSQL."""

from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa

from schema.change import Unit
from server import Config, create_app, loading
from server.db import db, writing
from server.loaded import Loaded
from server.tables import table_of
from tests.schema.programme import case, create, ident, person, service, write
from tests.server.cast import RegistryProgramme


@pytest.fixture
def programme(fresh_database, tmp_path) -> Iterator[RegistryProgramme]:
    """Abel and Binta, and a closed case of Abel with a course."""
    config = Config(data=tmp_path, database_url=fresh_database("postgresql"), secret_key="x" * 40)
    with create_app(config).app_context():
        made = RegistryProgramme()
        exited = {"case_id": ident("case of Abel"), "gate": "exited", "date": "2026-11-20"}
        made.arrive("awa", person("Abel"), case("Abel"), service("course", of="Abel"))
        made.arrive("awa", create("gate_event", "exit", **exited), person("Binta"), n=2)
        yield made
        db.engine.dispose()


def is_locked(noun: str, name: str) -> bool:
    """Whether somebody else would have to wait for this record."""
    table = table_of(noun)
    query = sa.select(table.c.id).where(table.c.id == ident(name))
    with db.engine.connect() as other:
        found = other.execute(query.with_for_update(key_share=True, skip_locked=True)).first()
    return found is None


def just_before_the_lock(monkeypatch, act: Callable[[], object]) -> None:
    """Let something be committed by somebody else between the reading and the first lock."""
    lock, acts = loading._lock, [act]

    def after_somebody_else(loaded, keys) -> None:
        if acts:
            acts.pop()()
        lock(loaded, keys)

    monkeypatch.setattr(loading, "_lock", after_somebody_else)


def given_to_binta() -> None:
    """The case turns out to be Binta's; committed as by another worker."""
    table = table_of("case")
    there = table.c.id == ident("case of Abel")
    with db.engine.begin() as other:
        moved = {"person_id": ident("Binta"), "ver": table.c.ver + 1}
        other.execute(sa.update(table).where(there).values(moved))


def test_what_a_record_hangs_on_is_locked_up_to_its_person(programme):
    unit = Unit(ident("u"), 0, "said", (write("service", "course", result="completed"),))
    with writing() as conn:
        loading.load(conn, [unit])
        assert [is_locked("service", "course"), is_locked("case", "case of Abel")] == [True, True]
        assert [is_locked("person", "Abel"), is_locked("person", "Binta")] == [True, False]


def test_a_case_that_was_given_away_before_it_was_locked_is_locked_with_its_new_person(
    programme, monkeypatch
):
    unit = Unit(ident("u"), 0, "said", (write("service", "course", result="completed"),))
    just_before_the_lock(monkeypatch, given_to_binta)
    with writing() as conn:
        loaded = loading.load(conn, [unit])
        assert loaded.rows["case", ident("case of Abel")].get("person_id") == ident("Binta")
        assert [is_locked("person", "Abel"), is_locked("person", "Binta")] == [False, True]


def test_a_weapon_that_has_the_serial_too_is_locked_with_the_one_that_is_written(programme):
    known = {"store_id": ident("store A"), "class": "small-arm", "type": "rifle", "serial": "77"}
    programme.arrive("faraj", create("weapon", "one", **known))
    unit = Unit(ident("u"), 0, "said", (create("weapon", "two", **known),))
    with writing() as conn:
        loading.load(conn, [unit])
        assert is_locked("weapon", "one")


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_who_has_a_value_is_found_by_an_id_as_by_a_word(fresh_database, tmp_path, engine):
    config = Config(data=tmp_path, database_url=fresh_database(engine), secret_key="x" * 40)
    with create_app(config).app_context():
        RegistryProgramme().arrive("awa", person("Abel"), case("Abel"), service("one", of="Abel"))
        with writing() as conn:
            loaded = Loaded(conn)
            assert loaded.alike("service", "case_id", ident("case of Abel")) == {ident("one")}
            assert loaded.alike("service", "case_id", ident("another")) == set()
        db.engine.dispose()
