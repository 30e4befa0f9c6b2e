"""A form that was begun is there again: after a power cut, and when it was kept for later."""

from flask import Flask
from sqlite_utils import Database

from field_client.app import create_app
from field_client.store import drafts, outbox, reading
from schema.change import Unit
from tests.field_client.acting import edit, registered
from tests.field_client.pages.browsing import PORT, Browser, fields


def begun(awa: Browser, path: str, **typed: str) -> str:
    """Open a form, type, leave the field; the form's address."""
    form = fields(awa.get(path).html)
    awa.send(f"{path}/draft", {**form, **typed})
    assert "Draft saved" in awa.html
    return path


def test_a_visit_is_there_again_after_a_power_cut(awa: Browser, app: Flask, db: Database) -> None:
    who, passage = registered(db)
    begun(awa, f"/records/case/{passage.record}/add/follow_up", note="He has begun to")
    again = Browser(create_app(app.extensions["laptop"], port=PORT)).start().unlock()
    assert "1 form was interrupted. Nothing but the last field is missing." in again.text
    [draft] = drafts.listed(db)
    again.get(f"/records/case/{passage.record}/add/follow_up?draft={draft['id']}")
    assert "He has begun to" in again.html
    again.submit(**{"due_date-day": "1", "due_date-month": "12", "due_date-year": "2026"})
    assert again.path == f"/people/{who.record}"
    assert reading.listed(db, "follow_up")[0]["note"] == "He has begun to"
    assert drafts.listed(db) == []


def test_an_edit_goes_on_from_what_was_seen_when_it_was_begun(awa: Browser, db: Database) -> None:
    who, _ = registered(db, phone="11")
    path = begun(awa, f"/records/person/{who.record}", phone="22")
    edit(db, "person", who.record, phone="33")
    [draft] = drafts.listed(db)
    awa.get(f"{path}?draft={draft['id']}").submit()
    change = Unit.from_text(outbox.unsent(db)[-1]["payload"]).changes[0]
    assert (dict(change.values), dict(change.old)) == ({"phone": "22"}, {"phone": "11"})


def test_keep_for_later_and_cancel(awa: Browser, db: Database) -> None:
    who, passage = registered(db)
    awa.get(f"/records/case/{passage.record}/add/service").submit(type="TVT", _act="later")
    assert "Begun and not finished" in awa.text
    assert "interrupted" not in awa.text
    [draft] = drafts.listed(db)
    awa.get(f"/records/case/{passage.record}/add/service?draft={draft['id']}").submit(_act="cancel")
    assert awa.path == f"/people/{who.record}"
    assert drafts.listed(db) == []
    assert reading.listed(db, "service") == []


def test_a_field_saved_late_does_not_bring_a_saved_form_back(awa: Browser, db: Database) -> None:
    _, passage = registered(db)
    path = f"/records/case/{passage.record}/add/service"
    form = {**fields(awa.get(path).html), "type": "TVT"}
    awa.send(path, form)
    awa.send(f"{path}/draft", form)
    assert drafts.listed(db) == []


def test_a_draft_of_another_form_is_not_laid_into_this_one(awa: Browser, db: Database) -> None:
    _, passage = registered(db)
    begun(awa, f"/records/case/{passage.record}/add/follow_up", note="Elsewhere")
    [draft] = drafts.listed(db)
    for other in ("service", "household_member"):
        awa.get(f"/records/case/{passage.record}/add/{other}?draft={draft['id']}")
        assert "Elsewhere" not in awa.html
    awa.get(f"/records/case/{passage.record}/add/follow_up?draft=nonsense")
    assert "Elsewhere" not in awa.html


def test_a_draft_of_a_form_is_discarded_like_any_other(awa: Browser, db: Database) -> None:
    _, passage = registered(db)
    begun(awa, f"/records/case/{passage.record}/add/follow_up", note="Elsewhere")
    [draft] = drafts.listed(db)
    assert awa.get(f"/drafts/{draft['id']}/discard").submit().path == "/"
    assert drafts.listed(db) == []
    assert awa.get(f"/drafts/{draft['id']}/discard").status == 404
