"""Photos and papers at the registry's pages: added, looked at, withdrawn, and clean whatever was given."""

from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from schema.picture import fault_of, hash_of
from schema.record import Record
from server.blobs import files, keeping
from server.db import reading
from server.registry import records
from tests.pictures import CANARY, made, taken
from tests.schema.programme import case, ident, person, write
from tests.server.desk import Visitor
from tests.server.sync.carrier import BODY, PREVIEW, attached
from tests.server.town import Town, hidden, send, sight

NEW = f"/cases/{ident('case of Ali')}/attachments/new"


@pytest.fixture
def awa(town: Town) -> Visitor:
    """Awa at the registry's pages, with Ali's case."""
    town.arrive("awa", person("Ali"), case("Ali"))
    return town.signed_in("awa")


def add(visitor: Visitor, body: bytes = b"", **typed: object) -> TestResponse:
    """Fill the form and send it."""
    picture = {"picture": (BytesIO(body), "IMG_0192.jpg")} if body else {}
    return send(visitor, NEW, {"kind": "photo", **picture, **typed})


def photo_of(town: Town) -> Record:
    """The one attachment there is."""
    with town.reading() as conn:
        [found] = records.below(conn, sight("awa"), "attachment", "case_id", ident("case of Ali"))
    return found


def test_a_photo_is_added_shown_small_and_large_and_tells_nothing_of_its_camera(
    town: Town, awa: Visitor
) -> None:
    done = add(awa, taken(), title="At registration")
    assert done.status_code == 302, done.text
    page = awa.get(f"/cases/{ident('case of Ali')}").text
    photo = photo_of(town)
    assert (
        f'src="/attachments/{photo.id}/preview" alt="Photo of the person, At registration"' in page
    )
    assert 'width="64"' in page
    assert f'src="/attachments/{photo.id}/original"' in awa.get(f"/attachments/{photo.id}").text
    for which in ("preview", "original"):
        answer = awa.get(f"/attachments/{photo.id}/{which}")
        assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
        assert fault_of(answer.data) == ""
        assert CANARY.encode() not in answer.data
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"


def test_nothing_of_what_was_given_lies_in_the_data_folder(
    app: Flask, town: Town, awa: Visitor
) -> None:
    add(awa, taken())
    data = Path(app.extensions["ddr_config"].data)
    kept = [path.read_bytes() for path in data.rglob("*") if path.is_file()]
    assert hash_of(made().body) in {hash_of(body) for body in kept}
    assert not any(CANARY.encode() in body for body in kept)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "Choose a picture"),
        (b"%PDF-1.7", "Photograph the page"),
        (b"<svg onload='alert(1)'/>", "no picture"),
        (taken()[:2_000], "no picture"),
    ],
)
def test_what_is_no_picture_brings_the_form_back_as_it_was_typed(
    town: Town, awa: Visitor, body: bytes, words: str
) -> None:
    answer = add(awa, body, title="A paper that she showed", kind="identity")
    assert answer.status_code == 422
    assert words in answer.text
    assert "A paper that she showed" in answer.text
    with town.reading() as conn:
        assert (
            records.below(conn, sight("awa"), "attachment", "case_id", ident("case of Ali")) == []
        )


def test_a_form_that_is_sent_twice_is_one_act_and_another_picture_in_it_is_refused(
    town: Town, awa: Visitor
) -> None:
    form = {"kind": "photo", **hidden(awa.get(NEW))}

    def again(seed: int) -> int:
        return awa.post(NEW, picture=(BytesIO(taken(seed)), "x.jpg"), **form).status_code

    assert (again(1), again(1)) == (302, 302)
    first = photo_of(town)
    assert again(2) == 422
    assert photo_of(town) == first


def test_more_than_a_picture_may_have_is_refused_and_read_for_nobody_who_may_not_send_it(
    town: Town, awa: Visitor
) -> None:
    form = {"kind": "photo", "csrf_token": awa.token(), **hidden(awa.get(NEW))}
    assert heavy(awa, form, 25_000_001).status_code == 422
    assert heavy(awa, form, 27_500_000).status_code == 413
    stranger = Visitor(town.app.test_client())
    answer = heavy(stranger, {"csrf_token": stranger.token()}, 9_000_000)
    assert (answer.status_code, answer.location[:6]) == (302, "/login")


def heavy(visitor: Visitor, form: dict[str, str], size: int) -> TestResponse:
    """Send a form with so much of a picture."""
    parts = [
        f'--x\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n' for n, v in form.items()
    ]
    file = '--x\r\nContent-Disposition: form-data; name="picture"; filename="x.jpg"\r\n\r\n'
    body = "".join([*parts, file]).encode() + bytes(size) + b"\r\n--x--\r\n"
    return visitor.client.post(NEW, data=body, content_type="multipart/form-data; boundary=x")


def test_other_forms_may_not_be_as_long(town: Town, awa: Visitor) -> None:
    answer = awa.post(f"/records/service/new?case_id={ident('case of Ali')}", note="x" * 3_000_000)
    assert answer.status_code == 413


def test_a_withdrawn_picture_is_shown_nowhere_and_can_be_taken_back(
    town: Town, awa: Visitor
) -> None:
    add(awa, taken())
    photo = photo_of(town)
    address = f"/records/attachment/{photo.id}/withdraw"
    assert send(awa, address, {"reason": "She asked for it"}).status_code == 302
    assert awa.get(f"/attachments/{photo.id}/original").status_code == 404
    assert "/preview" not in awa.get(f"/cases/{ident('case of Ali')}").text
    assert "She asked for it" in awa.get(f"/attachments/{photo.id}").text


def test_a_picture_that_has_not_come_or_is_not_clean_says_so_in_its_place(
    app: Flask, town: Town, awa: Visitor
) -> None:
    town.arrive("awa", attached("photo", "Ali"))
    page = f"/cases/{ident('case of Ali')}"
    assert "a laptop still has to send it" in awa.get(page).text
    unclean = PREVIEW + b"<script>"
    with app.app_context():
        keeping.keep(hash_of(unclean), unclean, None)
        keeping.keep(hash_of(BODY), BODY, None)
    said = {"preview_sha256": hash_of(unclean), "preview_size": len(unclean)}
    town.arrive("awa", attached("unclean", "Ali", **said))
    assert "it is no clean picture" in awa.get(page).text
    assert awa.get(f"/attachments/{ident('unclean')}/preview").status_code == 404
    assert awa.get(f"/attachments/{ident('unclean')}/original").data == BODY
    with app.app_context(), reading() as conn:
        assert files.read(hash_of(unclean), files.APART) == unclean
        assert keeping.body_of(conn, hash_of(unclean)) is None


def test_nobody_exchanges_a_picture_and_none_is_recorded_without_its_bytes(town: Town) -> None:
    town.arrive("awa", person("Ali"), case("Ali"), attached("photo", "Ali"))
    bare = attached("bare", "Ali", sha256=None)
    other = {"sha256": hash_of(BODY[:-1])}
    exchanged = write("attachment", "photo", {"sha256": hash_of(BODY)}, **other)
    held = [town.arrive("awa", change).held for change in (bare, exchanged)]
    assert [one and one.reason for one in held] == [
        "attachment-names-its-bytes",
        "attachment-is-not-exchanged",
    ]
