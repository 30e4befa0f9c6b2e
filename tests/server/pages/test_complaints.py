"""A complaint at the registry: anybody who meets people hands one in, the unit alone sees it."""

import pytest

from schema.policy import EVERYWHERE, Grant
from tests.schema import programme as cast
from tests.schema.programme import A, ident
from tests.schema.test_complaints import act, complaint
from tests.server import cast as registry_cast
from tests.server import town as towns
from tests.server.town import Town, send

NEW, PAGE = "/records/complaint/new", f"/records/complaint/{ident('complaint')}"
DAY = {"received_on-day": "1", "received_on-month": "11", "received_on-year": "2026"}
WORDS = "He asks for money"


@pytest.fixture
def unit(town: Town, monkeypatch: pytest.MonkeyPatch) -> Town:
    """A complaints unit beside the cast."""
    more = {**cast.CAST, "noor": (Grant("complaints-officer", EVERYWHERE),)}
    monkeypatch.setattr(cast, "CAST", more)
    monkeypatch.setattr(towns, "CAST", more)
    monkeypatch.setattr(registry_cast, "CAST", more)
    return town


def test_who_is_in_command_hands_one_in_and_reads_none(unit: Town) -> None:
    celine = unit.signed_in("celine")
    assert NEW in celine.get("/board").text
    said = {**DAY, "about": "staff", "said": WORDS, "caseload_id": A}
    assert send(celine, NEW, said).status_code == 302
    unit.arrive("awa", complaint(said=WORDS))
    for path in (PAGE, "/records/complaint", f"/api/v1/complaints/{ident('complaint')}"):
        assert celine.get(path).status_code == 404, path
    assert WORDS not in celine.get("/board").text
    listed = unit.signed_in("noor").get("/records/complaint").text
    assert listed.count("Conduct of staff") == 2


def test_the_unit_reads_it_with_where_it_stands(unit: Town) -> None:
    unit.arrive("awa", complaint(said=WORDS))
    noor = unit.signed_in("noor")
    assert WORDS in noor.get(PAGE).text
    unit.arrive("noor", act("upheld"))
    assert "Decided" in noor.get(PAGE).text
