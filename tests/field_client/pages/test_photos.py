"""Photos and papers on the laptop's pages: taken, looked at, withdrawn, and never in clear beside the store."""

import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from field_client import home
from field_client.store import acts, blobs, reading, saving
from schema.picture import MOST_TAKEN
from tests.field_client.laptops import CASELOAD_A
from tests.field_client.pages.browsing import Browser
from tests.pictures import CANARY, taken


@pytest.fixture
def case_id(db: Database) -> str:
    """Ibrahim's open case."""
    who = acts.create(
        "person",
        {
            "name": "Ibrahim Sow",
            "sex": "male",
            "birth_date": "1990-01-01",
            "caseload_id": CASELOAD_A,
        },
    )
    case = acts.create(
        "case", {"person_id": who.record, "caseload_id": CASELOAD_A, "process": "adult"}
    )
    saving.save(db, [who, case])
    return case.record


def add(browser: Browser, case_id: str, body: bytes | None = None, **typed: Any) -> Browser:
    """Fill the form and send it."""
    browser.get(f"/cases/{case_id}/photo")
    picture = {"picture": (BytesIO(taken() if body is None else body), "IMG_0192.jpg")}
    return browser.submit(**{"kind": "photo", **picture, **typed})


def test_a_photo_is_added_and_its_preview_shown_with_words_for_who_does_not_see_it(
    awa: Browser, db: Database, case_id: str
) -> None:
    add(awa, case_id, title="At registration")
    assert awa.status == 200
    assert "It is only here until you sync" in awa.html
    [row] = reading.listed(db, "attachment")
    assert row["case_id"] == case_id
    assert (
        f'src="/photos/{row["id"]}/preview" alt="Photo of the person, At registration' in awa.html
    )
    assert 'width="64"' in awa.html
    awa.get(f"/photos/{row['id']}")
    assert "A stick does not carry it" in awa.html or "nowhere else" in awa.html
    for which in ("preview", "original"):
        answer = awa.client.get(f"/photos/{row['id']}/{which}", base_url=awa.base)
        assert answer.mimetype == "image/jpeg"
        assert CANARY.encode() not in answer.data
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"
        assert "img-src 'self'" in answer.headers["Content-Security-Policy"]


def test_a_form_that_is_sent_twice_makes_one(awa: Browser, db: Database, case_id: str) -> None:
    add(awa, case_id)
    awa.get(f"/cases/{case_id}/photo")
    typed = {"kind": "photo", "_id": reading.listed(db, "attachment")[0]["id"]}
    awa.send(f"/cases/{case_id}/photo", {**typed, "picture": (BytesIO(taken()), "x.jpg")})
    assert len(reading.listed(db, "attachment")) == 1


@pytest.mark.parametrize(
    ("body", "words"),
    [(b"%PDF-1.7", "Photograph the page"), (b"", "no picture"), (b"<svg/>", "no picture")],
)
def test_what_is_no_picture_brings_the_form_back_as_it_was_typed(
    awa: Browser, db: Database, case_id: str, body: bytes, words: str
) -> None:
    add(awa, case_id, body, title="A paper that she showed", kind="identity")
    assert awa.status == 422
    assert words in awa.html
    assert "A paper that she showed" in awa.html
    assert reading.listed(db, "attachment") == []
    awa.get(f"/cases/{case_id}/photo").submit(kind="photo")
    assert (awa.status, "Choose a picture" in awa.html) == (422, True)


def test_more_than_a_picture_may_have_is_refused(awa: Browser, db: Database, case_id: str) -> None:
    add(awa, case_id, bytes(MOST_TAKEN + 1))
    assert (awa.status, "25 MB" in awa.html) == (422, True)
    add(awa, case_id, bytes(MOST_TAKEN + 3_000_000))
    assert awa.status == 413
    assert reading.listed(db, "attachment") == []


def test_other_forms_may_not_be_as_long_as_a_picture(awa: Browser, case_id: str) -> None:
    awa.send(f"/cases/{case_id}/add/service", {"note": "x" * 3_000_000})
    assert awa.status == 413


def test_a_picture_that_is_withdrawn_is_shown_nowhere_and_says_why(
    awa: Browser, db: Database, case_id: str
) -> None:
    add(awa, case_id)
    [row] = reading.listed(db, "attachment")
    awa.get(f"/photos/{row['id']}")
    awa.send(f"/photos/{row['id']}/withdraw", {"reason": " "})
    assert (awa.status, "Say why" in awa.html) == (422, True)
    awa.send(f"/photos/{row['id']}/withdraw", {"reason": "She asked for it"})
    assert "/preview" not in awa.html
    [row] = reading.listed(db, "attachment")
    assert row["withdrawn_reason"] == "She asked for it"
    for path in (f"/photos/{row['id']}", f"/photos/{row['id']}/preview"):
        assert awa.get(path).status == 404
    assert blobs.body_of(db, row["sha256"]) is None


def test_no_byte_of_a_picture_lies_in_clear_on_the_disk(
    awa: Browser, unlocked: home.Unlocked, case_id: str, temporary: Path
) -> None:
    """Neither in the store nor in a temporary file, of what was given nor of what is kept."""
    given = taken(9, (1200, 900))
    add(awa, case_id, given)
    assert awa.status == 200
    files = [p for p in (*unlocked.folder.rglob("*"), *temporary.rglob("*")) if p.is_file()]
    pieces = [given[at : at + 24] for at in range(0, len(given) - 24, len(given) // 40)]
    assert [p for p in files if any(piece in p.read_bytes() for piece in pieces)] == []
    assert not any(p.is_relative_to(temporary) for p in files)


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where this program's temporary files would lie; whatever is made there is noticed, deleted or not."""
    made: list[object] = []
    for name in ("TemporaryFile", "NamedTemporaryFile", "SpooledTemporaryFile", "mkstemp"):
        monkeypatch.setattr(tempfile, name, lambda *_, **__: made.append(1))
    place = tmp_path / "temporary"
    place.mkdir()
    yield place
    assert made == []
