"""A laptop that has seen more than this registry has given is never told "nothing new"."""

import pytest
import sqlalchemy as sa
from flask import Flask

from schema.frames import END, HELLO, WITNESS, frame
from schema.ids import change_number
from schema.policy import Grant, Sight
from server import epochs, highwater
from server.actor import SYSTEM
from server.arrivals import witness
from server.db import reading, writing
from server.highwater import Mark
from server.sync.evidence import MOST_AHEAD, MOST_BY_LAPTOPS, MOST_BY_ONE
from tests.schema.programme import A, ident, person
from tests.server.sync.laptop import Laptop


def restored(app: Flask) -> None:
    """What ``ddr-server restore`` does to a database that holds a backup."""
    with app.app_context(), writing() as conn:
        epochs.open_further(conn, SYSTEM, epochs.RESTORED, reached=None)


def epoch(app: Flask) -> int:
    with app.app_context(), reading() as conn:
        return epochs.standing(conn).epoch


def put_back(app: Flask) -> None:
    """The high-water file knows more than the database."""
    with app.app_context(), reading() as conn:
        here = epochs.standing(conn)
    data = app.extensions["ddr_config"].data
    highwater.raise_to(data, Mark(here.epoch, here.n + 5, here.epoch_id))


def beyond(awa: Laptop) -> dict[str, object]:
    """What Awa's laptop would say of numbers that were never given here."""
    return {"cursors": {f"case:{A}": awa.base + 9}}


def test_a_registry_that_was_put_back_answers_nobody_and_keeps_what_comes(app, awa):
    put_back(app)
    unit = awa.save(person("Abel"))
    response = awa.post(awa.body(*awa.unsent))
    assert (response.status_code, response.json["code"]) == (409, "older-registry")
    assert response.json["last"]["1"][0] == 1
    with app.app_context(), reading() as conn:
        stored = "SELECT outcome FROM arrival WHERE n = 1"
        assert conn.execute(sa.text(stored)).scalars().all() == [None]
        epochs_before = epochs.standing(conn).epoch
    restored(app)
    awa.sync()
    assert (epoch(app), awa.outcome(unit)) == (epochs_before + 1, "applied")


def test_a_cursor_from_the_future_is_a_restore_that_was_forgotten(app, awa):
    awa.save(person("Abel"))
    awa.sync()
    answer = awa.ask(**beyond(awa))
    assert answer.state["epoch"] == epoch(app) == 2
    assert answer.state["kept"] == {"1": 0}
    assert ("person", ident("Abel")) in {(noun, row["id"]) for noun, row in answer.rows}


def test_a_number_given_to_another_commit_is_noticed_though_it_is_not_beyond(app, awa):
    awa.sync(base=awa.base, link="0123456789abcdef")
    assert epoch(app) == 2


def test_the_right_commit_at_ones_number_brings_nothing_about(app, awa):
    said = awa.ask().state
    assert awa.ask(base=said["head"], link=said["link"]).state["epoch"] == 1


def test_a_higher_epoch_and_another_one_of_the_same_number_open_a_further_one(app, awa):
    """R8."""
    assert awa.ask(epoch=4, epoch_id="elsewhere").state["epoch"] == 5
    assert awa.ask(epoch=5, epoch_id="elsewhere").state["epoch"] == 6
    with app.app_context(), reading() as conn:
        assert [(one.no, one.known_n) for one in epochs.past(conn)] == [(1, 0), (5, 0)]


def test_one_laptop_brings_that_about_a_few_times_and_not_more(app, awa, fleet):
    for _ in range(MOST_BY_ONE):
        awa.ask(epoch=epoch(app), epoch_id="elsewhere")
    before = epoch(app)
    response = awa.post(awa.body(epoch=before, epoch_id="elsewhere"))
    assert (response.status_code, epoch(app)) == (409, before)
    far = fleet.laptop("bakary")
    assert far.post(far.body(epoch=before + MOST_AHEAD + 1)).status_code == 409
    assert far.ask().state["epoch"] == before


def test_in_a_new_epoch_every_result_is_told_again(app, awa):
    """R12."""
    unit = awa.save(person("Abel"))
    awa.sync()
    assert awa.ask().results == {}
    restored(app)
    assert unit.id in awa.ask().results


def test_what_the_backup_had_is_not_pulled_again(app, awa):
    awa.save(person("Abel"))
    awa.sync()
    restored(app)
    answer = awa.ask()
    assert answer.rows == []
    assert answer.state["kept"]["1"] == awa.base & 0xFFFF


def test_a_bucket_of_which_the_registry_has_nothing_is_emptied(app, awa):
    restored(app)
    unheard = change_number(1, 1 << 20)
    answer = awa.ask(epoch=1, epoch_id="", cursors={f"health:{A}": unheard, f"case:{A}": unheard})
    emptied = {page["bucket"] for page in answer.pages if page["tables"] == []}
    assert f"case:{A}" in emptied
    assert all(page["whole"] for page in answer.pages)


def test_laptops_that_lie_leave_epochs_for_a_restore(app, awa):
    with app.app_context(), writing() as conn:
        epochs.open_further(
            conn, SYSTEM, epochs.RESTORED, reached=None, above=MOST_BY_LAPTOPS - MOST_AHEAD
        )
    before = epoch(app)
    for ahead in (1, MOST_AHEAD):
        awa.post(awa.body(epoch=epoch(app) + ahead))
    assert (before, epoch(app)) == (MOST_BY_LAPTOPS - MOST_AHEAD + 1, before + 2)


def offer(awa: Laptop, name: str, ver: int, **values: object) -> None:
    """Awa's laptop offers what it still shows of somebody."""
    row = {"id": ident(name), "ver": ver, "scope": A, "compartment": "case", "name": name, **values}
    body = frame(HELLO, awa.hello()) + frame(WITNESS, ["person", row]) + frame(END, {})
    assert awa.post(body).status_code == 200


def test_a_witness_is_kept_and_never_applied(app, awa, town):
    awa.save(person("Abel"))
    awa.sync()
    lost = awa.base + 7
    restored(app)
    awa.sync()
    offer(awa, "Abel", lost, phone="77")
    offer(awa, "Binta", lost + 1)
    offer(awa, "Known", change_number(1, 1))
    with app.app_context(), reading() as conn:
        assert witness.counted(conn) == witness.Counted(2, 0, 1, 1)
        assert conn.execute(sa.text("SELECT count(*) FROM person")).scalar() == 1


def test_what_was_shown_of_a_child_before_it_was_one_is_for_child_protection(app, awa, town):
    awa.save(person("Abel"))
    awa.sync()
    lost = awa.base + 7
    restored(app)
    awa.sync()
    offer(awa, "Abel", lost, phone="77")
    worker = Sight.of([Grant("case-worker", A)])

    def shown() -> list[object]:
        with app.app_context(), reading() as conn:
            return [one.values and one.values["phone"] for one in witness.listed(conn, worker, 9)]

    assert shown() == ["77"]
    with app.app_context(), writing() as conn:
        conn.execute(sa.text("UPDATE person SET compartment = 'child'"))
    assert shown() == []


@pytest.mark.parametrize(
    "body",
    [
        [],
        ["person"],
        ["person", {}],
        [1, {"id": "x"}],
        ["person", {"id": "x", "ver": 1, "scope": "s", "compartment": "case"}],
        ["person", {"id": ident("a"), "ver": -1, "scope": "s", "compartment": "case"}],
        ["person", {"id": ident("a"), "ver": True, "scope": "s", "compartment": "case"}],
        ["person", {"id": ident("a"), "ver": 1 << 60, "scope": "s", "compartment": "case"}],
        ["person", {"id": ident("a"), "ver": 1, "scope": "s" * 37, "compartment": "case"}],
        ["person", {"id": ident("a"), "ver": 1, "scope": "s", "compartment": "c" * 17}],
    ],
)
def test_a_witness_that_is_none_is_no_sync(awa, body):
    sent = frame(HELLO, awa.hello()) + frame(WITNESS, body) + frame(END, {})
    assert awa.post(sent).status_code == 400
