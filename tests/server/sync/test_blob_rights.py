"""For whom the bytes of attachments are, and what the others are answered."""

import pyrage
from flask import Flask

from schema.blobs import PATH, SIGNATURE
from schema.change import Change
from schema.picture import hash_of
from server.blobs import keeping
from server.db import reading
from tests.schema.programme import case, ident, person
from tests.server.sync.carrier import (
    BODY,
    PIECE,
    SHA,
    ask,
    attached,
    get,
    send,
    send_all,
    signed,
)
from tests.server.sync.laptop import Fleet, Laptop


def test_the_officer_of_another_caseload_and_a_stranger_are_answered_as_about_nothing(
    fleet: Fleet, awa: Laptop, bakary: Laptop
) -> None:
    awa.save(person("Abel"), case("Abel"), attached("photo", "Abel"))
    awa.sync()
    send_all(awa, BODY)
    nothing = hash_of(b"nothing at all")
    for other in (bakary, fleet.laptop("grace")):
        there, nowhere = get(other, SHA), get(other, nothing)
        assert (there.status_code, there.data) == (nowhere.status_code, nowhere.data)
        assert ask(other, want=(SHA, nothing))["here"] == []
        # As whoever holds the picture himself would be answered: by how much of it he has sent.
        assert ask(other, BODY)["offered"][SHA] == [0, False, False]
    assert send(bakary, BODY, 0, PIECE).json == {"offset": PIECE, "here": False}


def test_two_laptops_of_one_caseload_send_a_picture_once(fleet: Fleet, awa: Laptop) -> None:
    awa.save(person("Abel"), case("Abel"), attached("photo", "Abel"))
    awa.sync()
    send_all(awa, BODY)
    second = fleet.laptop("awa")
    assert ask(second, BODY)["offered"][SHA] == [len(BODY), True, False]


def test_a_right_that_has_ended_shows_no_bytes_any_more(fleet: Fleet, awa: Laptop) -> None:
    awa.save(person("Abel"), case("Abel"), attached("photo", "Abel"))
    awa.sync()
    send_all(awa, BODY)
    assert get(awa, SHA).data == BODY
    fleet.end_grants("awa")
    assert get(awa, SHA).status_code == 404


def test_a_withdrawn_picture_is_given_to_nobody(awa: Laptop) -> None:
    awa.save(person("Abel"), case("Abel"), attached("photo", "Abel"))
    awa.sync()
    send_all(awa, BODY)
    said = {"withdrawn_at": "2026-11-20T09:00:00Z", "withdrawn_reason": "She asked for it"}
    awa.save(Change("set", "attachment", ident("photo"), said, dict.fromkeys(said)))
    awa.sync()
    assert get(awa, SHA).status_code == 404


def test_a_token_alone_opens_nothing(awa: Laptop, bakary: Laptop) -> None:
    """Nor does the signature of another laptop, or one that was made for another request."""
    awa.save(person("Abel"), case("Abel"), attached("photo", "Abel"))
    awa.sync()
    send_all(awa, BODY)
    client, path, asked = awa.app.test_client(), f"{PATH}/{SHA}", {"Range": "bytes=0-"}
    good = signed(awa, "GET", path, "bytes=0-")
    forged = [
        {"Authorization": good["Authorization"]},
        {**good, SIGNATURE: signed(bakary, "GET", path, "bytes=0-")[SIGNATURE]},
        {**good, SIGNATURE: signed(awa, "GET", path, "bytes=1-")[SIGNATURE]},
        {**good, SIGNATURE: signed(awa, "PATCH", path, "bytes=0-")[SIGNATURE]},
        {**good, SIGNATURE: "no signature"},
    ]
    assert [client.get(path, headers={**asked, **one}).status_code for one in forged] == [401] * 5
    assert client.get(path, headers={**asked, **good}).status_code == 206
    assert client.post(PATH, data=b"{}", headers=forged[0]).status_code == 401
    assert client.patch(path, data=b"x", headers=forged[0]).status_code == 401


def test_what_a_laptop_sealed_is_unsealed_here(app: Flask, awa: Laptop) -> None:
    recipient = pyrage.x25519.Recipient.from_str(awa.recipient)
    sealed = pyrage.encrypt(BODY, [recipient])
    assert send_all(awa, sealed, SHA).json == {"offset": len(sealed), "here": True}
    with app.app_context(), reading() as conn:
        assert keeping.body_of(conn, SHA) == BODY
    foreign = pyrage.encrypt(BODY, [pyrage.x25519.Identity.generate().to_public()])
    other = hash_of(b"another")
    assert send_all(awa, foreign, other).json["code"] == "wrong-hash"
