"""What is no sync gets a 4xx with a code, and whatever was whole in it is kept."""

import gzip
import io
import json

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from schema.frames import END, HELLO, LINE_LIMIT, OPS, frame, hello_text
from schema.ids import line_hash
from server import devices
from server.actor import SYSTEM
from server.arrivals.tables import arrival
from server.db import reading, writing
from tests.schema.programme import person, service
from tests.server.sync.laptop import NDJSON


def kept(laptop) -> int:
    with laptop.app.app_context(), reading() as conn:
        query = sa.select(sa.func.count()).select_from(arrival)
        return conn.execute(query.where(arrival.c.device_id == laptop.id)).scalar_one()


def refused(response, status: int, code: str) -> bool:
    assert (response.status_code, response.json["code"]) == (status, code), response.text
    return True


def test_without_its_token_a_laptop_is_nobody(awa):
    body = awa.body()
    for token in ("", "Bearer", "Bearer wrong", f"Basic {awa.token}"):
        assert refused(awa.post(body, Authorization=token), 401, "not-signed-in")


def test_a_stolen_token_without_the_laptops_key_is_nobody(awa):
    said = awa.hello()
    forged = Ed25519PrivateKey.generate().sign(hello_text(said)).hex()
    for hello in (
        {**said, "signature": forged},
        {**said, "announced": 7},
        {**said, "more": 1},
        {**said, "signature": "00"},
        {**said, "signature": ""},
    ):
        body = frame(HELLO, hello) + frame(END, {})
        assert refused(awa.post(body), 401, "not-signed-in")


def test_the_hello_of_another_laptop_is_refused(awa, bakary):
    assert refused(awa.post(bakary.body()), 401, "not-signed-in")


def test_a_revoked_laptop_is_refused(awa):
    awa.save(person("Abel"))
    with awa.app.app_context(), writing() as conn:
        devices.revoke(conn, SYSTEM, awa.id, "stolen")
    assert refused(awa.post(awa.body(*awa.unsent)), 401, "revoked")
    assert kept(awa) == 0


NO_SYNC = (
    b"",
    b"\n",
    b"<html>",
    b"{}\n",
    b'["HELLO",{}]\n',
    b'["END",{}]\n',
    b'["HELLO",NaN]\n',
    b'["HELLO",' + b"[" * 100_000 + b"\n",
    b"\xff\xfe\n",
)
NONSENSE = (
    {"protocol": 2},
    {"incarnation": 0},
    {"incarnation": True},
    {"first": {"x": 1}},
    {"first": {"1": -1}},
    {"first": []},
    {"announced": "3"},
    {"epoch": 2**60},
    {"cursors": {"case:x": None}},
    {"app": "x" * 100},
    {"budget": 0.5},
)
NO_LINE = (
    [0, "", "x", "y", 1],
    [1, "", "wrong hash", "{}", 1],
    [1, "", line_hash("", "{}"), "{}", 0],
    [1, "", line_hash("", "{}"), "{}"],
    [1.5, "", line_hash("", "{}"), "{}", 1],
    {"n": 1},
    [1, None, line_hash("", "{}"), "{}", 1],
)


def test_what_does_not_begin_with_hello_is_no_sync(awa):
    assert all(refused(awa.post(body), 400, "not-a-sync") for body in NO_SYNC)


def test_a_hello_that_says_nonsense_is_no_sync(awa):
    assert all(refused(awa.post(awa.body(**said)), 400, "not-a-sync") for said in NONSENSE)


def test_other_kinds_of_body_are_not_taken(awa):
    body = awa.body()
    assert refused(awa.post(body, **{"Content-Type": "application/json"}), 415, "wrong-format")
    assert refused(awa.post(body, **{"Content-Encoding": "br"}), 415, "wrong-format")


def test_a_line_of_more_than_a_megabyte_is_refused_and_those_before_it_are_kept(awa):
    awa.save(person("Abel"))
    long = awa.add("x" * LINE_LIMIT)
    assert refused(awa.post(awa.body(*awa.log)), 413, "too-large")
    assert (kept(awa), len(long[3])) == (1, LINE_LIMIT)
    awa.log.pop()
    assert awa.sync().state["last"]["1"][0] == 1


def test_a_bomb_is_refused(awa):
    bomb = gzip.compress(awa.body()[:-12] + b"[1]\n" * 8_000_000)
    answer = awa.post(bomb, **{"Content-Encoding": "gzip"})
    assert answer.status_code in (400, 413)


def test_a_line_that_is_none_is_refused_and_those_before_it_are_kept(awa):
    awa.save(person("Abel"))
    assert all(refused(awa.post(awa.body(*awa.log, line)), 400, "not-a-sync") for line in NO_LINE)
    assert kept(awa) == 1


def test_half_a_character_outside_a_unit_is_no_line(awa):
    text = json.dumps(["OPS", [1, "", "x" * 32, "\ud800", 1]]).encode()
    body = frame(HELLO, awa.hello()) + text + b"\n" + frame(END, {})
    assert refused(awa.post(body), 400, "not-a-sync")


def test_a_stranger_frame_between_is_no_sync(awa):
    assert refused(awa.post(frame(HELLO, awa.hello()) + frame("PAGE", {})), 400, "not-a-sync")


def test_a_push_cut_after_any_byte_keeps_whole_units_and_the_next_sync_completes(fleet):
    laptop = fleet.laptop("awa")
    for number in range(3):
        laptop.save(person(f"P{number}"))
    body = laptop.body(*laptop.log)
    ends = [i + 1 for i, byte in enumerate(body) if byte == 10]
    for cut in range(0, len(body), 7):
        answer = laptop.post(body[:cut])
        whole = sum(end <= cut for end in ends)
        assert answer.status_code == 400
        assert kept(laptop) == max(whole - 1, 0)
    assert len(laptop.sync().results) == 3
    assert laptop.acked == 3


def test_a_cut_connection_is_answered_as_incomplete_and_keeps_what_came(awa):
    awa.save(person("Abel"))
    awa.save(service("Tailoring", "Abel"))
    body = awa.body(*awa.log)
    half = body[: body.index(b"\n", len(body) // 2) + 1]
    headers = {"Authorization": f"Bearer {awa.token}", "Content-Type": NDJSON}
    with awa.app.test_client() as client:
        answer = client.post(
            "/sync/1",
            input_stream=io.BytesIO(half),
            headers={**headers, "Content-Length": str(len(body))},
        )
    assert refused(answer, 400, "not-a-sync")
    assert answer.json["kept"]
    assert kept(awa) == half.count(b"\n") - 1
    assert frame(OPS, awa.log[0]) in half
