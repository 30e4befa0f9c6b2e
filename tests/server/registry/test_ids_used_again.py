"""Somebody who knows the id of a record out of sight gives it to a record of another noun."""

import pytest

from server.registry import disputes, records
from server.registry.marks import marks_of
from server.registry.paging import FIRST
from server.registry.timeline import timeline
from tests.schema.programme import B, case, ident, person, service, write
from tests.server.town import Town, sight


@pytest.fixture
def hers(town: Town) -> Town:
    """Abel of caseload A has a dispute; a service of caseload B has his id, and a dispute too."""
    town.arrive("awa", person("Abel", phone="secret"))
    town.arrive("bakary", person("Boubou", caseload_id=B), case("Boubou", caseload_id=B))
    before = town.head()
    town.arrive("bakary", service("Abel", of="Boubou"))
    base = town.head()
    for who, phone, result in (("awa", "1", "completed"), ("celine", "2", "dropped-out")):
        town.arrive(who, write("person", "Abel", phone=phone), base=base, n=before)
        officer = "bakary" if who == "awa" else who
        town.arrive(officer, write("service", "Abel", result=result), base=base, n=before + 1)
    return town


def test_the_past_of_the_other_is_not_told(hers: Town) -> None:
    mine = hers.record("service", ident("Abel"))
    with hers.reading() as conn:
        past, _ = timeline(conn, sight("bakary"), [mine])
    assert {one.entity for one in past} == {"service"}
    assert "secret" not in str(past)


def test_what_stood_in_the_other_is_not_told(hers: Town) -> None:
    mine = hers.record("service", ident("Abel"))
    with hers.reading() as conn:
        assert records.values_at(conn, mine, mine.first - 1) == {}


def test_the_disputes_of_the_other_are_not_told(hers: Town) -> None:
    with hers.reading() as conn:
        [line] = disputes.disputes(conn, sight("bakary"), FIRST).rows
        assert disputes.get(conn, sight("bakary"), line.dispute.id).others == ()


def test_the_marks_of_the_other_do_not_show(town: Town) -> None:
    town.arrive("awa", person("Abel", sex=None))
    town.arrive("bakary", person("Boubou", caseload_id=B), case("Boubou", caseload_id=B))
    town.arrive("bakary", service("Abel", of="Boubou"))
    with town.reading() as conn:
        assert marks_of(conn, [("service", ident("Abel"))]) == {}
        assert marks_of(conn, [("person", ident("Abel"))]) == {ident("Abel"): {"flag"}}
