"""Snapshot files: one packing for many first syncs, for who may read them now, and never of what has left."""

from typing import Any

import pytest
from werkzeug.test import TestResponse

from schema.encodings import GZIP, ZSTD, unpacked
from server import accounts, devices
from server.actor import SYSTEM
from server.db import reading, writing
from server.sync import known, snapshots
from tests.schema.programme import A, B, ident, person, write
from tests.server.sync.fetching import BUCKET, PEOPLE, files, first, get, offered, rows_of
from tests.server.sync.laptop import Answer, Fleet, Laptop


def test_a_file_holds_what_pages_would_have_brought_and_pages_bring_what_is_newer(
    people: Laptop, fleet: Fleet
) -> None:
    other = fleet.laptop("awa")
    offer = offered(other)
    assert (offer["bucket"], offer["encoding"]) == (BUCKET, ZSTD)
    answer = get(other, offer)
    assert (len(answer.data), answer.headers["ETag"]) == (offer["size"], f'"{offer["hash"]}"')
    mine = {key: row for key, row in people.rows.items() if row["compartment"] == "case"}
    assert rows_of(answer) == mine
    people.save(write("person", "P3", {"phone": None}, phone="76 00 00 03"), person("late"))
    people.sync()
    rest = other.ask(cursors={BUCKET: offer["seq"]}, whole={BUCKET: offer["seq"]})
    assert {row["id"] for _, row in rest.rows if row["compartment"] == "case"} == {
        ident("P3"),
        ident("late"),
    }
    assert not rest.end["more"]


def test_other_buckets_come_as_pages_beside_it_and_the_pull_is_not_at_its_end(
    people: Laptop,
) -> None:
    answer = first(people)
    assert {page["bucket"] for page in answer.pages} == {"reference:programme"}
    assert answer.end["more"]
    assert "digests" not in answer.end


@pytest.mark.parametrize(
    "said",
    [
        {"snapshots": 0},
        {"by_pages": 1},
        {"cursors": {BUCKET: 1 << 44}},
        {"takes": "br"},
    ],
)
def test_nothing_is_offered_to_who_cannot_fetch_it_or_has_begun(
    people: Laptop, said: dict[str, Any]
) -> None:
    answer = first(people, **said)
    assert "snapshots" not in answer.end
    assert BUCKET in {page["bucket"] for page in answer.pages}
    assert files(people.app) == []


def test_a_small_bucket_comes_as_pages(people: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshots, "LEAST_RECORDS", 2 * PEOPLE + 1)
    assert "snapshots" not in first(people).end


def test_a_laptop_that_says_a_word_for_all_is_offered_what_it_gains(
    people: Laptop, fleet: Fleet
) -> None:
    bakary = fleet.laptop("bakary")
    bakary.save(*(person(f"B{number}", caseload_id=B) for number in range(PEOPLE)))
    bakary.sync()
    other = fleet.laptop("awa")
    told = first(other, cursors=other.cursors)
    assert not told.end["more"]
    fleet.grant("awa", "field-officer", B)
    with other.app.app_context(), reading() as conn:
        told_last = known.last(conn, other.id)
    assert told_last
    answer = other.post(other.body(known=told_last.word), **{"Accept-Encoding": "zstd"})
    text = b"".join(unpacked(iter([answer.data]), ZSTD))
    assert [o["bucket"] for o in Answer.read(text).end["snapshots"]] == [f"case:{B}"]


@pytest.mark.parametrize("encoding", [GZIP, ZSTD])
def test_a_file_comes_in_parts_of_any_size(people: Laptop, encoding: str) -> None:
    offer = offered(people, takes=encoding)
    assert offer["encoding"] == encoding
    parts, start = [], 0
    while start < offer["size"]:
        answer = get(people, offer, Range=f"bytes={start}-{start + 99}")
        assert answer.status_code == 206
        assert answer.headers["Content-Range"].startswith(f"bytes {start}-")
        parts.append(answer.data)
        start += len(answer.data)
    assert b"".join(parts) == get(people, offer).data
    assert get(people, offer, Range=f"bytes={offer['size']}-").status_code == 416
    tag = {"Range": "bytes=5-", "If-Range": f'"{offer["hash"]}"'}
    assert get(people, offer, **tag).status_code == 206
    other = get(people, offer, **{**tag, "If-Range": '"other"'})
    assert (other.status_code, len(other.data)) == (200, offer["size"])


def test_a_file_is_kept_by_nobody_on_the_way_and_names_nothing(people: Laptop) -> None:
    headers = get(people, offered(people)).headers
    assert headers["Cache-Control"] == "no-store, no-transform"
    assert {"Content-Disposition", "Last-Modified"}.isdisjoint(headers.keys())


def absent(answer: TestResponse, other: TestResponse) -> bool:
    assert (answer.status_code, answer.data) == (404, other.data)
    return True


def test_whoever_may_not_read_the_bucket_now_gets_what_is_not_there(
    people: Laptop, fleet: Fleet
) -> None:
    offer = offered(people)
    nowhere = get(people, {**offer, "bucket": f"case:{ident('no caseload')}"})
    assert nowhere.status_code == 404
    for who in ("bakary", "faraj", "esther", "grace"):
        assert absent(get(fleet.laptop(who), offer), nowhere), who
    for other in ({"seq": offer["seq"] - 1}, {"bucket": "case"}, {"bucket": "child:" + A}):
        assert absent(get(people, offer | other), nowhere)
    assert get(people, offer).status_code == 200
    fleet.end_grants("awa")
    assert absent(get(people, offer), nowhere)


def test_a_stranger_a_stolen_and_a_disabled_officers_laptop_get_nothing(
    people: Laptop, fleet: Fleet
) -> None:
    offer, stolen = offered(people), fleet.laptop("awa")
    assert get(people, offer, Authorization="Bearer made-up").status_code == 401
    with people.app.app_context(), writing() as conn:
        devices.revoke(conn, SYSTEM, stolen.id, "stolen")
    assert get(stolen, offer).json["code"] == "revoked"
    with people.app.app_context(), writing() as conn:
        accounts.disable(conn, SYSTEM, people.account_id)
    assert get(people, offer).status_code == 404


LEAVING = {
    "recognised as a child": {"process": "child"},
    "moved": {"caseload_id": B},
}


@pytest.mark.parametrize("how", LEAVING)
def test_a_file_with_somebody_who_has_left_since_is_never_served_again(
    people: Laptop, fleet: Fleet, how: str
) -> None:
    offer = offered(people)
    assert ("person", ident("P5")) in rows_of(get(people, offer))
    celine = fleet.laptop("celine")
    name, value = next(iter(LEAVING[how].items()))
    before = {"process": "adult", "caseload_id": A}[name]
    celine.save(write("case", "case of P5", {name: before}, **{name: value}))
    celine.sync()
    assert get(people, offer).status_code == 404
    assert get(people, offer, Range="bytes=9-").status_code == 404
    assert files(people.app) == []
    again = offered(people)
    assert again["seq"] > offer["seq"]
    held = rows_of(get(people, again))
    assert ("person", ident("P4")) in held
    assert not [row for row in held.values() if ident("P5") in (row["id"], row.get("person_id"))]


def test_who_left_and_came_back_is_in_the_next_file_again(people: Laptop, fleet: Fleet) -> None:
    celine = fleet.laptop("celine")
    offer = offered(people)
    celine.save(write("case", "case of P5", {"caseload_id": A}, caseload_id=B))
    celine.sync()
    celine.save(write("case", "case of P5", {"caseload_id": B}, caseload_id=A))
    celine.sync()
    # Nothing that it holds is elsewhere now.
    assert get(people, offer).status_code == 200
