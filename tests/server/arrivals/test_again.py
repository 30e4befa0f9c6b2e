"""What is held is judged again when what it waited for comes."""

from dataclasses import replace

import sqlalchemy as sa

from schema.change import Change
from server import enter, rows
from server.actor import SYSTEM
from server.arrivals.tables import arrival_wait
from server.db import reading
from server.verify import verify
from tests.schema.programme import case, ident, person, write
from tests.server.arrivals.acting import held_by


def test_what_a_retry_finds_in_force_since_is_not_undone(fleet, awa):
    """The first edit waits for an area that comes late; a later edit of the field stands."""
    awa.save(person("Abel"), case("Abel"))
    awa.sync()
    old = {"alias": None, "origin_area_id": None}
    held = held_by(awa, write("person", "Abel", old, alias="Early", origin_area_id=ident("area")))
    awa.save(write("person", "Abel", {"alias": "Early"}, alias="Late"))
    awa.sync()
    area = Change("create", "area", ident("area"), {"pcode": "X1", "name": "X", "level": 1})
    with fleet.app.app_context():
        enter.enter(awa.save(area), SYSTEM, "form")
    awa.log.pop()
    awa.sync()
    row = awa.rows["person", ident("Abel")]
    assert (awa.outcome(held), row["alias"], row["origin_area_id"]) == (
        "applied",
        "Late",
        ident("area"),
    )


def test_what_waits_for_a_record_is_in_force_when_a_page_enters_it(fleet, awa):
    held_by(awa, case("Abel"))
    with fleet.app.app_context():
        enter.enter(awa.save(person("Abel")), SYSTEM, "form")
        with reading() as conn:
            assert not conn.execute(sa.select(arrival_wait)).all()
    awa.log.pop()
    awa.sync()
    assert awa.has("case", "case of Abel")


def test_what_raises_when_it_is_judged_again_undoes_nothing_of_what_it_waited_for(
    fleet, awa, monkeypatch
):
    unit = held_by(awa, person("Poison", origin_area_id=ident("area")))
    write_records = rows.records

    def records(conn, last, before) -> None:
        write_records(conn, last, before)
        if any(record.get("name") == "Poison" for record in last.values()):
            raise ZeroDivisionError

    monkeypatch.setattr(rows, "records", records)
    area = Change("create", "area", ident("area"), {"pcode": "X1", "name": "X", "level": 1})
    with fleet.app.app_context():
        assert enter.enter(replace(unit, changes=(area,), id=ident("e")), SYSTEM, "form").seq
    awa.sync()
    assert awa.has("area", "area")
    assert (awa.outcome(unit), awa.reason(unit)) == ("held", "raised:ZeroDivisionError")
    with fleet.app.app_context(), reading() as conn:
        assert verify(conn).faults == 0
