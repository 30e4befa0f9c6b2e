"""Two values for one field: seen whole, settled with a reason, sent like any other change."""

import json

import pytest
from sqlite_utils import Database

from field_client.store import outbox, reading, rewriting
from schema.change import SETTLE, Unit
from schema.policy import Grant
from tests.field_client.acting import registered
from tests.field_client.laptops import CASELOAD_A, DEVICE
from tests.field_client.pages.browsing import Browser
from tests.field_client.pages.rights import grant

DISPUTE = "01940000-0000-7000-8000-00000000dd01"


def disputed(db: Database, dispute_id: str = DISPUTE, **values: object) -> str:
    """Two phones of one person: the registry's and Awa's."""
    who, _ = registered(db, phone="22 417")
    said = {
        "entity": "person",
        "record_id": who.record,
        "field": "phone",
        "before": {"phone": "22 47"},
        "inforce": {"phone": "22 417"},
        "inforce_by": "Bakary",
        "inforce_at": "2026-11-18T09:14:00+00:00",
        "side": {"phone": "22 147"},
        "side_by": "Awa",
        "side_at": "2026-11-17T16:40:00+00:00",
        "source": f"d:{DEVICE}/1",
        "state": "open",
    }
    stamps = {"id": dispute_id, "ver": 1, "scope": CASELOAD_A, "compartment": "case"}
    rewriting.lay(db, "dispute", {**stamps, **said, **values})
    return who.record


def test_both_values_are_shown_and_none_is_chosen(awa: Browser, db: Database) -> None:
    disputed(db)
    assert "Disputes <b>1</b>" in awa.get("/disputes").html
    awa.get(f"/disputes/{DISPUTE}")
    for words in ("Before both edits: 22 47", "Bakary", "You, this laptop", "Yours, kept"):
        assert words in awa.text
    assert awa.html.count("<mark>") >= 2
    assert "checked" not in awa.html.partition("<main")[2]
    assert "Ibrahim" not in awa.title


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ({"choice": "keep"}, "22 417"),
        ({"choice": "take"}, "22 147"),
        ({"choice": "neither", "neither-phone": "99"}, "99"),
    ],
)
def test_a_choice_is_a_change_like_any_other(
    awa: Browser, db: Database, typed: dict[str, str], value: str
) -> None:
    person = disputed(db)
    awa.get(f"/disputes/{DISPUTE}").submit(**typed, reason="Called twice")
    assert awa.path == "/disputes"
    assert "Settled here, will be sent." in awa.text
    assert reading.get(db, "person", person)["phone"] == value
    change = Unit.from_text(outbox.unsent(db)[-1]["payload"]).changes[0]
    assert change.verb == SETTLE
    assert change.values["value"] == {"phone": value}
    assert (change.values["inforce"], change.values["side"]) == (
        {"phone": "22 417"},
        {"phone": "22 147"},
    )
    assert change.values["reason"] == "Called twice"


def test_a_choice_and_a_reason_are_asked_for(awa: Browser, db: Database) -> None:
    disputed(db)
    awa.get(f"/disputes/{DISPUTE}").submit()
    assert awa.status == 422
    assert "Choose one of the values" in awa.text
    assert "Say why, in a few words" in awa.text
    awa.submit(choice="neither", reason="x")
    assert "Enter the value that is right" in awa.text
    assert len(outbox.unsent(db)) == 1


def test_settling_goes_on_to_the_next(awa: Browser, db: Database) -> None:
    second = DISPUTE[:-1] + "2"
    disputed(db)
    disputed(db, second, side_at="2026-11-19T10:00:00+00:00")
    assert "1 of 2" in awa.get(f"/disputes/{DISPUTE}").text
    assert awa.submit(choice="keep", reason="seen").path == f"/disputes/{second}"


def test_values_that_changed_meanwhile_are_shown_again(awa: Browser, db: Database) -> None:
    person = disputed(db)
    awa.get(f"/disputes/{DISPUTE}")
    row = reading.get(db, "person", person)
    rewriting.lay(db, "person", {**row, "phone": "55"})
    awa.submit(choice="keep", reason="seen")
    assert awa.status == 409
    assert "The values have changed since you looked." in awa.text
    assert "55" in awa.text


def test_what_was_settled_elsewhere_says_by_whom(awa: Browser, db: Database) -> None:
    settled = {"settled_by": "Celine", "settled_at": "2026-11-20T10:00:00+00:00"}
    disputed(db, state="settled", value={"phone": "22 147"}, reason="Seen the card", **settled)
    awa.get(f"/disputes/{DISPUTE}")
    for words in ("Celine", "22 147", "Seen the card", "Yours agrees."):
        assert words in awa.text
    assert awa.post(f"/disputes/{DISPUTE}", choice="keep", reason="x").status == 409


def test_who_may_not_settle_sees_both_and_chooses_nothing(awa: Browser, db: Database) -> None:
    disputed(db)
    grant(db, (Grant("clinician", CASELOAD_A),))
    awa.get(f"/disputes/{DISPUTE}")
    assert "Somebody with the right to change this record settles it." in awa.text
    assert "22 <mark>14</mark>7" in awa.html
    assert 'name="choice"' not in awa.html
    typed = {"choice": "take", "reason": "x", "_seen": json.dumps([])}
    assert awa.send(f"/disputes/{DISPUTE}", typed).status in (403, 409)


def test_a_date_of_birth_settles_with_its_precision(awa: Browser, db: Database) -> None:
    born = {"birth_date": "1991-05-01", "birth_date_precision": "month"}
    person = disputed(db, field="birth", side=born, inforce=None, before=None)
    awa.get(f"/disputes/{DISPUTE}")
    assert "May 1991" in awa.text
    assert "1 January 1990" in awa.text
    third = {"neither-birth_date-year": "1992", "choice": "neither"}
    awa.submit(**third, reason="The card says so")
    row = reading.get(db, "person", person)
    assert (row["birth_date"], row["birth_date_precision"]) == ("1992-01-01", "year")
