"""Bytes of attachments at the registry's door: chunk by chunk, whole or not at all."""

import shutil
from pathlib import Path

import pytest
from flask import Flask

from schema.blobs import CHUNK_HASH, LENGTH, MOST_CHUNK, OFFSET, PATH
from schema.picture import hash_of
from server.blobs import files, keeping, standing, uploads
from server.blobs.tables import ASIDE
from server.db import reading
from tests.pictures import CANARY, made, taken
from tests.schema.programme import case, person
from tests.server.sync.carrier import (
    BODY,
    PIECE,
    PREVIEW,
    SHA,
    ask,
    asked,
    attached,
    get,
    killed_at,
    send,
    send_all,
    signed,
)
from tests.server.sync.laptop import Laptop


def test_a_picture_comes_chunk_by_chunk_and_is_there_when_it_is_whole(
    app: Flask, awa: Laptop
) -> None:
    awa.save(person("Abel"), case("Abel"), attached("photo", "Abel"))
    awa.sync()
    assert ask(awa, BODY)["offered"][SHA] == [0, False, False]
    assert send(awa, BODY, 0, PIECE).json == {"offset": PIECE, "here": False}
    assert get(awa, SHA).status_code == 404
    assert ask(awa, BODY, (SHA,)) == {"offered": {SHA: [PIECE, False, False]}, "here": []}
    assert send(awa, BODY, PIECE, 2 * PIECE).json == {"offset": 2 * PIECE, "here": False}
    assert send(awa, BODY, 2 * PIECE, len(BODY)).json == {"offset": len(BODY), "here": True}
    assert ask(awa, BODY, (SHA,)) == {"offered": {SHA: [len(BODY), True, False]}, "here": [SHA]}
    assert get(awa, SHA).data == BODY
    rest = get(awa, SHA, 1_000)
    assert (rest.status_code, rest.data) == (206, BODY[1_000:])
    assert rest.headers["Content-Range"] == f"bytes 1000-{len(BODY) - 1}/{len(BODY)}"
    assert rest.headers["X-Content-Type-Options"] == "nosniff"
    assert rest.headers["Cache-Control"] == "no-store"
    assert get(awa, SHA, len(BODY)).status_code == 404


@pytest.mark.parametrize("at", [0, 1, PIECE - 1, PIECE + 1, 2 * PIECE, len(BODY) + 5])
def test_a_chunk_that_begins_elsewhere_is_told_where_to_go_on(awa: Laptop, at: int) -> None:
    """Repeated, overlapping, out of order, or behind a hole."""
    send(awa, BODY, 0, PIECE)
    answer = send(awa, BODY, at, at + 5_000)
    assert (answer.status_code, answer.json["code"], answer.json["offset"]) == (
        409,
        "wrong-offset",
        PIECE,
    )
    send(awa, BODY, PIECE, 2 * PIECE)
    assert send(awa, BODY, 2 * PIECE, len(BODY)).json["here"] is True


def test_a_chunk_that_was_changed_on_the_way_is_not_laid_down(awa: Laptop) -> None:
    answer = send(awa, BODY, 0, PIECE, **{CHUNK_HASH: hash_of(b"something else")})
    assert (answer.status_code, answer.json["code"], answer.json["offset"]) == (
        422,
        "wrong-hash",
        0,
    )
    assert ask(awa, BODY)["offered"][SHA] == [0, False, False]


def test_a_body_that_is_cut_leaves_nothing_of_its_chunk(awa: Laptop) -> None:
    headers = {OFFSET: "0", LENGTH: str(len(BODY)), CHUNK_HASH: hash_of(BODY[:PIECE])}
    kept = signed(awa, "PATCH", f"{PATH}/{SHA}", *headers.values())
    client = awa.app.test_client()
    answer = client.patch(f"{PATH}/{SHA}", data=BODY[: PIECE // 2], headers={**headers, **kept})
    assert answer.status_code == 422
    assert ask(awa, BODY)["offered"][SHA] == [0, False, False]


def test_bytes_with_another_hash_are_never_there(app: Flask, awa: Laptop) -> None:
    awa.save(person("Abel"), case("Abel"), attached("photo", "Abel"))
    awa.sync()
    other = made(4, (900, 700)).body
    answer = send_all(awa, other, SHA)
    assert (answer.status_code, answer.json["code"], answer.json["offset"]) == (
        422,
        "wrong-hash",
        0,
    )
    assert ask(awa, BODY, (SHA,)) == {"offered": {SHA: [0, False, False]}, "here": []}
    assert get(awa, SHA).status_code == 404
    assert send_all(awa, BODY).json["here"] is True


@pytest.mark.parametrize(
    "body",
    [taken(5), BODY + b"<script>alert(1)</script>", b"%PDF-1.7 " + bytes(5_000)],
    ids=["as a camera gave it", "a polyglot", "no picture"],
)
def test_what_is_no_clean_picture_is_kept_aside_and_shown_to_nobody(
    app: Flask, awa: Laptop, body: bytes
) -> None:
    sha256 = hash_of(body)
    awa.save(person("Abel"), case("Abel"), attached("photo", "Abel", sha256=sha256))
    awa.sync()
    assert send_all(awa, body).json["here"] is True
    assert ask(awa, body, (sha256,))["here"] == []
    assert get(awa, sha256).status_code == 404
    with app.app_context(), reading() as conn:
        assert keeping.state_of(conn, sha256) == ASIDE
        assert keeping.body_of(conn, sha256) is None
        assert files.read(sha256, files.APART) == body


BAD = [
    {},
    {"offer": [], "want": "all"},
    {"offer": [["not a hash", 5]], "want": []},
    {"offer": [[SHA, 0]], "want": []},
    {"offer": [[SHA, "many"]], "want": []},
    {"offer": [[SHA]], "want": []},
    {"offer": {"a": 1}, "want": []},
    {"offer": [], "want": [SHA] * 501},
    {"offer": [], "want": [["x"]]},
    [],
    "hello",
    None,
]


@pytest.mark.parametrize("question", BAD)
def test_what_is_no_question_is_refused_with_a_sentence(awa: Laptop, question: object) -> None:
    answer = asked(awa, question)
    assert (answer.status_code, answer.json["code"]) == (400, "not-a-sync")


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({OFFSET: "x"}, 400),
        ({OFFSET: "-1"}, 400),
        ({OFFSET: "9" * 20}, 400),
        ({LENGTH: ""}, 400),
        ({LENGTH: "0"}, 409),
        ({LENGTH: "99999999"}, 413),
        ({CHUNK_HASH: "y"}, 400),
    ],
)
def test_what_is_no_chunk_is_refused(awa: Laptop, said: dict[str, str], status: int) -> None:
    assert send(awa, BODY, 0, 100, **said).status_code == status
    assert ask(awa, BODY)["offered"][SHA] == [0, False, False]


def test_a_chunk_has_a_size_and_a_laptop_a_measure(
    awa: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = bytes(MOST_CHUNK + 1)
    assert send(awa, large, 0, len(large), total=len(large)).status_code == 413
    monkeypatch.setattr(uploads, "MOST_COMING", len(BODY) + 10)
    assert send(awa, BODY, 0, PIECE).status_code == 200
    other = hash_of(b"another")
    assert send(awa, BODY, 0, PIECE, other).status_code == 413
    assert send(awa, BODY, PIECE, 2 * PIECE).status_code == 200


@pytest.mark.parametrize("named", [False, True])
def test_a_registry_that_dies_between_chunk_row_and_name_goes_on_where_it_was(
    app: Flask, awa: Laptop, named: bool
) -> None:
    awa.save(person("Abel"), case("Abel"), attached("photo", "Abel"))
    awa.sync()
    send(awa, BODY, 0, PIECE)
    with killed_at("after a chunk is on the disk, before its row"):
        send(awa, BODY, PIECE, 2 * PIECE)
    assert ask(awa, BODY)["offered"][SHA] == [PIECE, False, False]
    send(awa, BODY, PIECE, 2 * PIECE)
    with killed_at("after a blob has its name, before its row"):
        send(awa, BODY, 2 * PIECE, len(BODY))
    assert get(awa, SHA).status_code == 404
    if named:  # its name, too, did not reach the disk
        shutil.rmtree(Path(app.extensions["ddr_config"].data) / files.FOLDER / files.WHOLE)
    assert ask(awa, BODY)["offered"][SHA] == [len(BODY), True, False]
    assert get(awa, SHA).data == BODY


def test_a_full_disk_is_said_and_leaves_the_upload_where_it_was(
    app: Flask, awa: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(awa, BODY, 0, PIECE)
    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", full)
        answer = send(awa, BODY, PIECE, 2 * PIECE)
    assert (answer.status_code, answer.json["code"]) == (500, "cannot-write")
    assert ask(awa, BODY)["offered"][SHA] == [PIECE, False, False]
    send(awa, BODY, PIECE, 2 * PIECE)
    assert send(awa, BODY, 2 * PIECE, len(BODY)).json["here"] is True


def full(_handle: int) -> None:
    """A disk that takes nothing more."""
    raise OSError(28, "No space left on device")


def test_a_file_that_was_altered_is_not_given_and_is_mended_by_whoever_has_it(
    app: Flask, awa: Laptop
) -> None:
    awa.save(person("Abel"), case("Abel"), attached("photo", "Abel"))
    awa.sync()
    send_all(awa, BODY)
    with app.app_context():
        path = files.place(SHA)
        path.write_bytes(BODY[:-1] + b"x")
        assert get(awa, SHA).status_code == 404
        path.unlink()
        assert ask(awa, BODY)["offered"][SHA] == [0, False, False]
    send_all(awa, BODY)
    assert get(awa, SHA).data == BODY


def test_only_the_servers_user_reads_the_folder(app: Flask, awa: Laptop) -> None:
    send(awa, PREVIEW, 0, 10, hash_of(PREVIEW), len(PREVIEW))
    send_all(awa, BODY)
    root = Path(app.extensions["ddr_config"].data) / files.FOLDER
    modes = {path.is_dir(): oct(path.stat().st_mode)[-3:] for path in (root, *root.rglob("*"))}
    assert modes == {True: "700", False: "600"}
    assert [
        path.name for path in root.rglob("*") if path.is_file() and path.name.startswith(".")
    ] == []


def test_an_upload_that_nobody_goes_on_with_is_forgotten_after_ninety_days(
    app: Flask, awa: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(awa, BODY, 0, PIECE)
    with app.app_context():
        standing.sweep()
        assert ask(awa, BODY)["offered"][SHA] == [PIECE, False, False]
        monkeypatch.setattr(uploads, "RESUMABLE", -uploads.RESUMABLE)
        standing.sweep()
        assert ask(awa, BODY)["offered"][SHA] == [0, False, False]
        assert files.length_of_part(awa.id, SHA) == 0


def test_the_picture_of_a_held_unit_is_kept_until_it_can_be_judged(
    app: Flask, awa: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    awa.save(attached("photo", "Abel"))
    awa.sync()
    send_all(awa, BODY)
    send_all(awa, PREVIEW)
    monkeypatch.setattr(standing, "RESUMABLE", -standing.RESUMABLE)
    with app.app_context():
        standing.sweep()
        assert files.read(SHA) == BODY
    awa.save(person("Abel"), case("Abel"))
    awa.sync()
    assert get(awa, SHA).data == BODY


def test_nothing_that_a_camera_said_is_in_the_folder(app: Flask, awa: Laptop) -> None:
    awa.save(person("Abel"), case("Abel"), attached("photo", "Abel"))
    awa.sync()
    send_all(awa, BODY)
    root = Path(app.extensions["ddr_config"].data) / files.FOLDER
    told = [
        path for path in root.rglob("*") if path.is_file() and CANARY.encode() in path.read_bytes()
    ]
    assert told == []
