"""What a laptop takes: its buckets and nothing else, in pages, from one snapshot."""

import json
from unittest import mock

import pytest

from schema import encodings
from schema.encodings import GZIP, IDENTITY, ZSTD, packed, unpacked
from server import devices
from server.db import reading
from tests.schema.programme import A, B, case, ident, person, service, write


def test_a_new_laptop_is_told_what_it_may_do_where(awa):
    answer = awa.ask()
    opened = answer.state["buckets"]
    assert opened[f"case:{A}"] == ["read", "create", "change"]
    assert opened[f"child:{A}"] == ["create"]
    assert opened["reference:programme"] == ["read"]
    assert not [name for name in opened if name.endswith(B)]
    assert answer.state["account"] == {"id": awa.account_id, "name": "awa"}


def test_reference_comes_first_and_parents_before_what_hangs_on_them(awa, fleet):
    awa.save(person("Abel"), case("Abel"), service("Tailoring", "Abel"))
    awa.sync()
    answer = fleet.laptop("awa").ask(cursors={})
    assert [page["bucket"] for page in answer.pages] == ["reference:programme", f"case:{A}"]
    nouns = [table["entity"] for table in answer.pages[1]["tables"]]
    assert nouns == ["person", "case", "service"]


def test_a_row_has_its_stamps_and_the_fields_that_hold_something(awa):
    awa.save(person("Abel", may_be_under_18=False), case("Abel", opened_on="2026-11-01"))
    awa.sync()
    one, of_case = awa.rows["person", ident("Abel")], awa.rows["case", ident("case of Abel")]
    assert one["birth_date"] == "1990-05-01"
    assert one["may_be_under_18"] is False
    assert (one["compartment"], one["scope"], one["caseload_id"]) == ("case", A, A)
    assert of_case["person_id"] == ident("Abel")
    assert of_case["opened_on"] == "2026-11-01"
    assert "alias" not in one
    assert "fver" not in one


def test_a_bigger_pull_comes_in_answers_of_the_size_that_was_asked_for(awa, fleet):
    for number in range(300):
        awa.save(person(f"P{number}", alias="x" * 100), case(f"P{number}"))
    awa.sync()
    other = fleet.laptop("awa")
    other.cursors, other.rows = {}, {}
    first = other.ask(budget=20_000)
    assert first.end["more"]
    assert len(first.rows) == len({r["id"] for _, r in first.rows})
    assert "digests" not in first.end
    answers = 0
    while True:
        answer = other.ask(budget=20_000)
        other.take(answer)
        answers += 1
        if not answer.end["more"]:
            break
    assert answers > 2
    assert len(other.rows) == 604
    counts = {name: count for name, (count, _) in answer.end["digests"].items()}
    assert counts == {f"case:{A}": 600, "reference:programme": 4}


def test_a_whole_pull_carries_the_head_at_which_it_began(awa):
    awa.save(person("Abel"), case("Abel"))
    awa.sync()
    head = awa.base
    first = awa.ask(cursors={})
    assert {page["whole"] for page in first.pages} == {head}
    later = awa.ask(cursors={f"case:{A}": 1 << 44}, whole={f"case:{A}": head - 1})
    assert [page["whole"] for page in later.pages if page["bucket"] != "reference:programme"] == [
        head - 1
    ]


def test_what_left_a_bucket_is_named_and_only_to_who_had_it(awa, fleet):
    awa.save(person("Abel"), case("Abel"))
    awa.sync()
    celine = fleet.laptop("celine")
    celine.save(write("case", "case of Abel", {"caseload_id": A}, caseload_id=B))
    celine.sync()
    answer = awa.ask()
    assert answer.removed == {ident("Abel"), ident("case of Abel")}
    assert (answer.rows, awa.ask(cursors={}).removed) == ([], set())


def test_a_child_leaves_an_adult_laptop_and_comes_to_none(awa, fleet):
    awa.save(person("Abel"), case("Abel"))
    awa.sync()
    other = fleet.laptop("awa")
    other.save(write("case", "case of Abel", {"process": "adult"}, process="child"))
    other.sync()
    awa.sync()
    assert not awa.has("person", "Abel")
    assert not other.has("person", "Abel")
    assert fleet.laptop("esther").has("person", "Abel")


def test_a_bucket_gained_comes_whole_whatever_was_pulled_before(awa, bakary, fleet):
    bakary.save(person("Bana", caseload_id=B), case("Bana", caseload_id=B))
    bakary.sync()
    awa.sync()
    fleet.grant("awa", "field-officer", B)
    awa.sync()
    assert awa.has("person", "Bana")


def test_an_officer_of_a_small_caseload_holds_it_and_nothing_of_the_large_one(awa, bakary, fleet):
    for number in range(120):
        bakary.save(person(f"B{number}", caseload_id=B))
    bakary.save(person("Own", caseload_id=B), case("Own", caseload_id=B))
    bakary.sync()
    awa.save(person("Abel"), case("Abel"))
    awa.sync()
    held = [noun for noun, _ in fleet.laptop("awa").rows if noun in ("person", "case")]
    assert sorted(held) == ["case", "person"]


def test_results_are_told_from_the_cursor_on_and_all_of_them_in_a_new_epoch(awa):
    first = awa.save(person("Abel"))
    second = awa.save(person("Bana"))
    awa.sync()
    assert set(awa.ask(results_seen=1).results) == {second.id}
    assert awa.ask().results == {}
    assert set(awa.ask(epoch=0).results) == {first.id, second.id}


def test_a_registry_older_than_its_laptop_never_says_that_nothing_is_new(awa):
    unit = awa.save(person("Abel"))
    for said in ({"epoch": 400}, {"cursors": {f"case:{A}": 1 << 52}}):
        response = awa.post(awa.body(*awa.unsent, **said))
        assert (response.status_code, response.json["code"]) == (409, "older-registry")
    awa.sync()
    assert awa.outcome(unit) == "applied"


def in_words(answer) -> list[str]:
    encoding = answer.headers.get("Content-Encoding", IDENTITY)
    text = b"".join(unpacked(iter([answer.data]), encoding))
    return [json.loads(line)[0] for line in text.splitlines()]


@pytest.mark.parametrize(
    ("takes", "encoding"),
    [("gzip", GZIP), ("zstd, gzip", ZSTD), ("zstd;q=0, gzip", GZIP), ("br", IDENTITY)],
)
def test_the_answer_is_compressed_only_as_its_reader_takes_it(awa, takes, encoding):
    body = awa.body()
    plain, told = awa.post(body), awa.post(body, **{"Accept-Encoding": takes})
    assert told.headers.get("Content-Encoding", IDENTITY) == encoding
    assert in_words(told) == in_words(plain)


def test_a_registry_without_the_package_answers_by_gzip_and_does_not_say_that_it_takes_more(awa):
    assert awa.ask().state["takes"] == [ZSTD, GZIP]
    with mock.patch.object(encodings, "zstandard", None):
        answer = awa.post(awa.body(), **{"Accept-Encoding": "zstd, gzip"})
        assert awa.ask().state["takes"] == [GZIP]
    assert answer.headers["Content-Encoding"] == GZIP


def test_a_no_op_says_little_however_much_there_is(awa):
    awa.save(*(person(f"P{number}") for number in range(150)))
    awa.sync()
    response = awa.post(
        packed(awa.body(), GZIP), **{"Content-Encoding": "gzip", "Accept-Encoding": "gzip"}
    )
    assert len(response.data) < 720


def test_the_laptop_is_known_to_have_been_heard_of(awa):
    awa.sync()
    with awa.app.app_context(), reading() as conn:
        [row] = [row for row in devices.listed(conn) if row["id"] == awa.id]
    assert row["app_version"] == "paper 1"
