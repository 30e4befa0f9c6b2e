"""What is shown: the registry's rows, with what is open here on top."""

from sqlite_utils import Database

from field_client.cipher import transaction
from field_client.store import acts, facts, outbox, overlay, reading, rows, saving, states
from schema.ids import line_hash
from schema.policy import PROGRAMME, Grant
from tests.field_client.acting import ADULT, edit, everything, person, registered, weapon
from tests.field_client.answers import answer, page, results, state, tell
from tests.field_client.laptops import CASELOAD_A, CASELOAD_B, OFFICER

WHO = "01940000-0000-7000-8000-000000001234"
ROW = {"id": WHO, **ADULT, "caseload_id": CASELOAD_A}


def pulled(db: Database, **values: object) -> None:
    answer(db, state(db, 2), pages=[page("person", {**ROW, **values})])


def name(db: Database) -> str:
    return str(reading.get(db, "person", WHO)["name"])


def test_results_alone_end_nothing(db: Database) -> None:
    pulled(db)
    edit(db, "person", WHO, name="Ibra")
    tell(db, results(db, ("applied", 3)))
    assert name(db) == "Ibra"
    assert len(list(outbox.laid(db))) == 1


def test_an_overlay_ends_at_the_first_promote_that_holds_its_number(db: Database) -> None:
    pulled(db)
    edit(db, "person", WHO, name="Ibra")
    answer(db, state(db, 2), results(db, ("applied", 3)))
    assert name(db) == "Ibra"
    answer(db, state(db, 3), pages=[page("person", {**ROW, "name": "Ibra S.", "ver": 3})])
    assert name(db) == "Ibra S."
    assert everything(db)["shadow"] == []


def test_disputed_shows_the_value_in_force_at_once(db: Database) -> None:
    pulled(db)
    edit(db, "person", WHO, name="Ibra")
    tell(db, results(db, ("disputed", 3)))
    assert name(db) == "Ibrahim Sow"


def test_held_shows_ones_own_value_and_says_why(db: Database) -> None:
    pulled(db)
    edit(db, "person", WHO, name="Ibra")
    answer(db, state(db, 9), results(db, ("held", 0), reason="gap"))
    assert name(db) == "Ibra"
    assert states.state_of(db, WHO) == states.Where("held", states.held(db)[0]["saved_at"], "gap")


def test_a_word_that_it_is_held_does_not_take_back_that_it_is_in_force(db: Database) -> None:
    pulled(db)
    edit(db, "person", WHO, name="Ibra")
    assert list(tell(db, results(db, ("applied", 3))).values()) == ["applied"]
    assert tell(db, results(db, ("held", 0))) == {}


def test_another_s_field_comes_in_under_ones_own(db: Database) -> None:
    pulled(db)
    edit(db, "person", WHO, name="Ibra")
    answer(db, state(db, 3), pages=[page("person", {**ROW, "phone": "77", "ver": 3})])
    row = reading.get(db, "person", WHO)
    assert (row["name"], row["phone"], row["ver"]) == ("Ibra", "77", 3)


def test_laying_all_again_changes_nothing(db: Database) -> None:
    pulled(db)
    edit(db, "person", WHO, name="Ibra")
    who, passage = registered(db)
    saving.save(db, [weapon(passage)])
    gate = {"case_id": passage.record, "gate": "registered", "date": "2026-01-01"}
    saving.save(db, [acts.create("gate_event", gate)])
    registered(db, birth_date="2015-01-01")
    before = everything(db)
    with transaction(db):
        overlay.lift_all(db)
        assert rows.fetch(db, "person", who.record) is None
        overlay.lay_all(db)
    assert everything(db) == before


def test_a_removal_takes_only_what_is_still_in_that_bucket(db: Database) -> None:
    pulled(db)
    left = page("person", bucket=f"case:{CASELOAD_B}", removed=[WHO])
    answer(db, state(db, 3), pages=[left])
    assert name(db) == "Ibrahim Sow"
    answer(db, state(db, 4), pages=[page("person", removed=[WHO])])
    assert rows.fetch(db, "person", WHO) is None
    assert reading.people(db, "sow") == []


def test_a_bucket_that_is_lost_leaves_with_its_rows_and_keeps_the_outbox(db: Database) -> None:
    other = WHO[:-1] + "5"
    answer(db, state(db, 2), pages=[page("person", ROW, {**ROW, "id": other})])
    edit(db, "person", WHO, name="Ibra")
    last = {"last": {"1": [0, ""]}}
    answer(db, state(db, 3, (Grant("field-officer", CASELOAD_B),), **last))
    assert reading.listed(db, "person") == []
    assert rows.select(db, "SELECT * FROM token") == []
    assert [row["n"] for row in outbox.unsent(db)] == [1]


def test_what_hangs_on_a_case_that_has_left_waits_out_of_sight(db: Database) -> None:
    _, passage = registered(db)
    answer(db, state(db, 3), results(db, ("applied", 3)))
    assert rows.fetch(db, "case", passage.record) is None
    assert everything(db)["shadow"] == []


def test_a_weapon_recorded_here_stays_shown_once_it_has_arrived(db: Database) -> None:
    _, passage = registered(db)
    gun = weapon(passage, serial="AB-1")
    saving.save(db, [gun])
    answer(db, state(db, 9), results(db, ("applied", 3), ("applied", 4)))
    assert reading.get(db, "weapon", gun.record)["serial"] == "AB-1"
    assert states.state_of(db, gun.record).state == "registry"
    assert everything(db)["shadow"] == []


def test_a_weapon_recorded_here_leaves_with_the_right_to_record_there(db: Database) -> None:
    _, passage = registered(db)
    gun = weapon(passage)
    saving.save(db, [gun])
    answer(db, state(db, 9, OFFICER[:1]), results(db, ("applied", 3), ("applied", 4)))
    assert rows.fetch(db, "weapon", gun.record) is None


def test_only_what_was_not_shown_here_is_news(db: Database) -> None:
    pulled(db)
    who = person()
    saving.save(db, [who])
    mine = {"id": who.record, **who.values, "ver": 3}
    other = {**ROW, "id": WHO[:-1] + "5", "ver": 4}
    came = answer(db, state(db, 4), results(db, ("applied", 3)), [page("person", mine, other)])
    assert {record_id for _, record_id in came.new if record_id != who.record} == {other["id"]}
    assert ("person", who.record) not in came.new


def test_what_this_version_does_not_know_is_carried(db: Database) -> None:
    pulled(db, shoe_size=43)
    assert reading.get(db, "person", WHO)["extra"] == {"shoe_size": 43}


def test_a_whole_pull_that_begins_again_forgets_what_an_earlier_one_left(db: Database) -> None:
    pulled(db)
    other = {**ROW, "id": WHO[:-1] + "5"}
    first, again = page("person", ROW), page("person", other)
    answer(db, state(db, 9), pages=[{**first, "whole": 7}, {**again, "whole": 8}])
    assert [row["id"] for row in reading.listed(db, "person")] == [other["id"]]


def test_a_fork_moves_the_whole_log_and_keeps_the_ids(db: Database) -> None:
    registered(db)
    registered(db)
    ids = [row["unit_id"] for row in outbox.unsent(db)]
    answer(db, state(db, 3, forks=[1], last={"1": [1, "other"]}))
    lines = outbox.unsent(db)
    assert [(row["incarnation"], row["n"], row["unit_id"]) for row in lines] == [
        (2, 1, ids[0]),
        (2, 2, ids[1]),
    ]
    assert lines[1]["prev"] == lines[0]["hash"]
    assert outbox.lowest_held(db) == {"2": 1}


def test_a_new_epoch_voids_what_was_said_of_units(db: Database) -> None:
    pulled(db)
    edit(db, "person", WHO, name="Ibra")
    answer(db, state(db, 3), results(db, ("applied", 3)))
    answer(db, state(db, 4, epoch_id="f", last={"1": [0, ""]}))
    assert [row["outcome"] for row in outbox.unsent(db)] == [None]
    assert name(db) == "Ibra"


def test_the_base_is_the_head_of_the_snapshot_that_completed_the_pull(db: Database) -> None:
    answer(db, state(db, 77))
    assert facts.base(db) == 77
    assert facts.Rights(db).may("read", "reference", PROGRAMME)


def test_what_was_sealed_after_it_had_arrived_goes_again_under_a_new_incarnation(
    db: Database,
) -> None:
    who, _ = registered(db, name="Kadidiatou")
    answer(
        db,
        state(db, 3),
        results(db, ("applied", 3)),
        [page("person", {"id": who.record, **who.values})],
    )
    edit(db, "person", who.record, may_be_under_18=True)
    answer(db, state(db, 4, epoch_id="f", last={"1": [0, ""]}))
    lines = outbox.unsent(db)
    assert [(row["incarnation"], row["n"]) for row in lines] == [(2, 1), (2, 2)]
    for row in lines:
        assert row["hash"] == line_hash(row["prev"], row["payload"])


def test_a_later_edit_of_ones_own_disputed_field_replaces_ones_side(db: Database) -> None:
    pulled(db)
    edit(db, "person", WHO, name="Ibra")
    said = {"entity": "person", "record_id": WHO, "field": "name", "state": "open"}
    sides = {"inforce": {"name": "Ibrahim Sow"}, "side": {"name": "Ibra"}}
    source = facts.device(db).chain
    dispute = {"id": WHO[:-1] + "9", **said, **sides, "source": source, "side_by": "Awa"}
    answer(db, state(db, 3), results(db, ("disputed", 3)), [page("dispute", dispute)])
    edit(db, "person", WHO, name="Ibra S.")
    assert name(db) == "Ibrahim Sow"
    assert reading.get(db, "dispute", dispute["id"])["side"] == {"name": "Ibra S."}
