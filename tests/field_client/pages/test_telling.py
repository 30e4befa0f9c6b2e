"""The steps that tell before they ask, and that take a photo of who wants one."""

from io import BytesIO
from typing import Any

from sqlite_utils import Database

from field_client.store import blobs, drafts, reading
from field_client.store.rows import one
from schema.codes_information import SHARED_WITH
from schema.notice_points import POINTS, VERSION
from schema.picture import fault_of
from tests.field_client.pages.browsing import Browser
from tests.field_client.pages.registering import (
    TOLD,
    WHO,
    at_information,
    at_weapon,
)
from tests.pictures import taken


def at_photo(awa: Browser) -> Browser:
    """A grown man without a weapon, asked whether he wants a photo."""
    return at_weapon(awa).submit(handed_in="no")


def photographed(awa: Browser, body: bytes | None = None, **typed: Any) -> Browser:
    return awa.submit(picture=(BytesIO(taken() if body is None else body), "x.jpg"), **typed)


def test_people_are_told_before_they_are_asked(awa: Browser) -> None:
    at_information(awa)
    assert awa.path.endswith("/information")
    assert [point for point in POINTS if point.text not in awa.text] == []


def test_nobody_is_asked_who_they_are_before_it_is_said_how_they_were_told(awa: Browser) -> None:
    at_information(awa).submit(how="read-aloud")
    assert awa.status == 422
    assert "Language it was given in" in awa.text


def test_what_was_told_and_answered_is_registered_with_them(awa: Browser, db: Database) -> None:
    at_information(awa)
    assert "checked" not in awa.html.partition("sharing-title")[2].partition('class="bar"')[0]
    awa.submit(**TOLD, **{"shared.health": "yes", "shared.research": "no"})
    awa.submit(**WHO).submit(process="adult", category="combatant")
    awa.submit(handed_in="no").submit().submit().submit()
    [notice], consents = reading.listed(db, "notice"), reading.listed(db, "consent")
    assert (notice["version"], notice["language"], notice["how"]) == (VERSION, "fra", "read-aloud")
    said = {consent["shared_with"]: consent["answer"] for consent in consents}
    assert said == {"health": "yes", "research": "no"}


def test_a_no_to_everything_goes_on_as_a_yes_does(awa: Browser, db: Database) -> None:
    no = {f"shared.{code}": "no" for code in SHARED_WITH.values}
    at_information(awa).submit(**TOLD, **no)
    awa.submit(**WHO).submit(process="adult", category="combatant")
    awa.submit(handed_in="no").submit().submit().submit()
    assert awa.path.endswith("/done")
    assert {row["answer"] for row in reading.listed(db, "consent")} == {"no"}
    [case] = reading.listed(db, "case")
    assert case["gate"] == "registered"


def test_the_photo_is_registered_with_the_person_and_sent_after_them(
    awa: Browser, db: Database
) -> None:
    photographed(at_photo(awa))
    assert awa.path.endswith("/household")
    awa.submit()
    assert "A photo was taken." in awa.text
    awa.submit()
    [photo], [case] = reading.listed(db, "attachment"), reading.listed(db, "case")
    assert (photo["case_id"], photo["kind"]) == (case["id"], "photo")
    body = blobs.body_of(db, photo["sha256"])
    assert body is not None
    assert fault_of(body) == ""
    assert one(db, "SELECT count(*) FROM draft_picture") == 0
    assert one(db, "SELECT count(DISTINCT unit_id) FROM outbox") == 1


def test_a_photo_waits_with_the_draft_and_is_looked_at_there(awa: Browser, db: Database) -> None:
    photographed(at_photo(awa), _act="later")
    draft = awa.get("/").html.partition('href="/register/')[2].partition("/")[0]
    awa.get(f"/register/{draft}/photo")
    assert "This photo is kept with the registration." in awa.text
    answer = awa.client.get(f"/register/{draft}/photo/preview", base_url=awa.base)
    assert answer.mimetype == "image/jpeg"
    assert drafts.picture_of(db, draft) is not None


def test_a_photo_is_taken_away_again(awa: Browser, db: Database) -> None:
    photographed(at_photo(awa), _act="stay")
    assert awa.path.endswith("/photo")
    awa.submit(_act="away")
    assert "This photo is kept" not in awa.text
    assert one(db, "SELECT count(*) FROM draft_picture") == 0


def test_what_is_no_picture_is_refused_and_the_registration_stays(
    awa: Browser, db: Database
) -> None:
    photographed(at_photo(awa), b"%PDF-1.7 not a picture")
    assert awa.status == 422
    assert "Photograph the page" in awa.text
    assert awa.submit().path.endswith("/household")
    assert one(db, "SELECT count(*) FROM draft_picture") == 0


def test_a_discarded_draft_takes_its_photo_along(awa: Browser, db: Database) -> None:
    photographed(at_photo(awa))
    draft = awa.path.split("/")[2]
    awa.get(f"/drafts/{draft}/discard").submit()
    assert one(db, "SELECT count(*) FROM draft_picture") == 0


def test_of_a_child_no_photo_is_kept(awa: Browser, db: Database) -> None:
    photographed(at_photo(awa))
    draft = awa.path.split("/")[2]
    awa.get(f"/register/{draft}/who").submit(**{"birth_date-year": "2012"})
    assert awa.path.endswith("/hand-over")
    assert awa.get(f"/register/{draft}/photo").path.endswith("/who")
    awa.get(f"/register/{draft}/hand-over").submit(accompanied_by="Her aunt")
    assert one(db, "SELECT count(*) FROM draft_picture") == 0
    assert one(db, "SELECT count(*) FROM blob") == 0
