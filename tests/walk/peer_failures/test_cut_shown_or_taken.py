"""What is taken away, alike, cut, or of another area: neither lost nor shown to who may not see it."""

import csv
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from bench.exporting import export
from bench.filling import fill
from field_client import sync
from field_client.store import acts, reading, saving
from schema.change import Change
from schema.problems import Problem, Unreachable
from server import Config, create_app
from server.db import db as engine_of
from server.sync import pull
from tests.databases import FreshDatabase
from tests.faults import checks
from tests.faults.dying import Doom, alone
from tests.faults.relay import Relay
from tests.field_client.agreeing import agrees, case, edit, person, save
from tests.field_client.photographs import photograph
from tests.field_client.registry import PASSPHRASE, Registry
from tests.field_client.restoring import moved_to
from tests.pictures import made
from tests.server.desk import Desk, Visitor
from tests.walk.commands import start
from tests.walk.peer_failures.fleet import (
    Fleet,
    joined,
    met,
    number_in,
    people_on,
    phone,
    still,
    unsent,
)

ROWS = 30_001


def test_what_was_done_before_a_right_was_taken_counts_and_nothing_can_be_done_after(
    registry: Registry,
) -> None:
    """opencrvs/opencrvs-core#12878: an offline action still ran after the record had been taken away."""
    moussa = registry.laptop("moussa")
    who = met(registry, moussa)
    edit(moussa, "person", who, phone="0101")
    units = unsent(moussa)
    registry.end_grants("moussa")
    sync.run(moussa)
    assert checks.outcomes(registry, units) == ["applied"]
    assert phone(moussa, who) is None
    with moussa.opened() as db, pytest.raises(Problem):
        saving.save(db, [Change("set", "person", who, {"phone": "0202"}, {"phone": "0101"})])


def test_two_equal_people_made_offline_are_both_kept_and_marked_when_they_arrive(
    registry: Registry, fleet: Fleet
) -> None:
    """opencrvs/opencrvs-core#7215: two equal records made offline were not flagged on arrival."""
    first = person(name="Twice Registered")
    again = acts.create("person", {**first.values, "alias": "The same card"})
    save(fleet.awa, first)
    save(fleet.idriss, again)
    for laptop in (fleet.awa, fleet.idriss, fleet.awa):
        sync.run(laptop)
    with fleet.awa.opened() as db:
        found = {row["id"] for row in reading.people(db, "Twice Registered")}
        marked = {flag["record_id"] for flag in reading.listed(db, "flag", {"rule": "code-once"})}
    assert found == {first.record, again.record} <= marked


def test_power_that_fails_in_a_big_write_leaves_all_of_it_or_nothing(
    registry: Registry, many: int, tmp_path: Path
) -> None:
    """medic/cht-core#8155: a phone that slept in mid-write of 25,000 documents broke its database."""
    laptop = joined(registry, "powerless")
    env = {"DDR_FIELD_HOME": str(laptop.folder.parent), "DDR_PASSPHRASE": PASSPHRASE}
    doom = Doom(tmp_path, alone)
    doom.at("while promoting")
    killed = start("ddr-field", ("sync", "--json"), env, tmp_path, doom).done()
    assert (killed.code, people_on(laptop)) == (-signal.SIGKILL, 0)
    assert sync.run(laptop).fetched >= many
    assert people_on(laptop) == many
    checks.all_is_well(registry, laptop)


def test_a_first_download_that_breaks_at_95_percent_goes_on_from_there(
    registry: Registry, many: int, relay: Relay, monkeypatch: pytest.MonkeyPatch
) -> None:
    """avniproject/avni-client#2115: it timed out after 14 minutes, was wiped, and began again for ever."""
    monkeypatch.setattr(pull, "PAGE_ROWS", many // 12)
    laptop, another = (joined(registry, name) for name in ("near", "nearer"))
    moved_to(Registry(registry.app, relay.url, registry.folder), laptop)
    whole = sync.run(another).bytes_down
    relay.lets = int(0.95 * whole)
    with pytest.raises(Unreachable):
        sync.run(laptop)
    assert people_on(laptop) == 0
    relay.lets = None
    assert sync.run(laptop).bytes_down < whole / 3
    assert people_on(laptop) == many
    assert agrees(laptop, registry)


def test_an_export_of_30001_rows_is_whole_and_every_value_stands_under_its_heading(
    engine: str, fresh_database: FreshDatabase, tmp_path: Path
) -> None:
    """kobotoolbox/kpi#2370: cut at 30,000 without a word. avniproject/avni-webapp#1694: shifted by one."""
    config = Config(tmp_path, fresh_database(engine), "a secret for tests, thirty-two characters")
    app = create_app(config)
    with app.app_context():
        fill(ROWS)
        export(tmp_path / "list.csv")
        engine_of.engine.dispose()
    with (tmp_path / "list.csv").open(encoding="utf-8-sig", newline="") as file:
        headings, _, *listed = csv.reader(file)
    people = [dict(zip(headings, row, strict=True)) for row in listed]
    assert len({row["Name"] for row in people}) == ROWS
    assert {number_in(row) for row in people} == set(range(ROWS))
    assert all(row["Sex"] == ("male", "female")[number_in(row) % 3 == 0] for row in people)
    assert all(row["Caseload"] == f"C{number_in(row) // 300}" for row in people)


def found(reader: Visitor, word: str) -> str:
    """What a search answers."""
    form = {"csrf_token": reader.token(), "q": word}
    return reader.client.post("/cases/find", data=form, follow_redirects=True).text


ASKED: tuple[Callable[[Visitor], str], ...] = (
    lambda reader: reader.get("/cases").text,
    lambda reader: reader.get("/api/v1/people").text,
    lambda reader: reader.get("/api/v1/cases").text,
    lambda reader: reader.post("/exports/case-list").text,
    lambda reader: found(reader, "Zebr"),
)


def test_a_reader_of_one_area_gets_no_record_count_hit_photo_or_export_of_another(
    registry: Registry, fleet: Fleet
) -> None:
    """opencrvs/opencrvs-core#12186 and #12456: users saw and changed records of other provinces."""
    reader, colleague = (Desk(registry.app).signed_in(name) for name in ("Mariam", "Amina"))
    before = [still(ask(reader)) for ask in ASKED]
    who = person(name="Zebrano Unheardof")
    passage = case(who)
    save(fleet.awa, who, passage)
    photo = photograph(fleet.awa, passage.record, made())
    sync.run(fleet.awa)
    for ask, was in zip(ASKED, before, strict=True):
        assert still(ask(reader)) == was
        assert any(word in ask(colleague) for word in ("Zebrano Unheardof", passage.record))
    for path, record_id in (
        ("/api/v1/people/{}", who.record),
        ("/cases/person/{}", who.record),
        ("/attachments/{}", photo),
        ("/attachments/{}/original", photo),
        ("/attachments/{}/preview", photo),
    ):
        nobody = record_id[:-4] + "0000"
        there, nowhere = (reader.get(path.format(one)) for one in (record_id, nobody))
        assert colleague.get(path.format(record_id)).status_code == 200, path
        assert (there.status_code, nowhere.status_code) == (404, 404), path
        assert still(there.text) == still(nowhere.text).replace(nobody, record_id)
