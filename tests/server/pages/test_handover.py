"""Hand-over on its page: for the new owner, for the manager, and for nobody else."""

import pytest

from server import accounts
from server.actor import SYSTEM
from server.db import writing
from tests.schema.programme import A, B, case, person, write
from tests.server.desk import PASSWORD, address
from tests.server.sync.laptop import Fleet
from tests.server.town import Town

NASTY = "<script>alert(1)</script>"


@pytest.fixture
def moved(town: Town) -> Town:
    """Ali's case went to caseload B while Awa's laptop still had a new name for him."""
    awa = Fleet(town.app).laptop("awa")
    awa.save(person("Ali"), case("Ali"))
    awa.sync()
    awa.sync()
    town.arrive("celine", write("case", "case of Ali", {"caseload_id": A}, caseload_id=B))
    awa.save(write("person", "Ali", {"name": "Ali"}, name=f"Ali {NASTY}"))
    awa.sync()
    with town.app.app_context(), writing() as conn:
        account = accounts.find(conn, "awa@example.org")
        accounts.set_password(conn, SYSTEM, account["id"], PASSWORD)
    return town


def test_the_new_owner_reads_who_wrote_what_and_since_when_it_is_theirs(moved: Town) -> None:
    page = moved.signed_in("bakary").get("/handover").text
    assert "Came late from the former caseload" in page
    for words in ("Person: Name", "<bdi>awa", "A · ", "Ali &lt;script&gt;", "Yours since"):
        assert words in page
    assert NASTY not in page


def test_the_former_owner_is_told_that_nothing_is_late(moved: Town) -> None:
    page = moved.signed_in("awa").get("/handover").text
    assert "Nothing has come late in the last 30 days" in page
    assert "script" not in page.partition("<main")[2]


def test_who_reads_no_case_has_no_such_page(moved: Town) -> None:
    assert moved.signed_in("faraj").get("/handover").status_code == 404


def test_the_manager_sees_the_clock_of_a_caseload_in_nobody_s_hands(moved: Town) -> None:
    celine = moved.signed_in("celine")
    for page in ("/handover", "/board"):
        assert "In nobody" in celine.get(page).text
    moved.signed_in("bakary")
    for page in ("/handover", "/board"):
        assert "In nobody" not in celine.get(page).text
    with moved.app.app_context(), writing() as conn:
        accounts.disable(conn, SYSTEM, accounts.find(conn, address("Bakary"))["id"])
    page = celine.get("/handover").text
    assert "In nobody's hands for 0 days" in page
    assert f'href="/cases?caseload={B}"' in page
