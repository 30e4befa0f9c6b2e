"""What people typed is shown as they typed it, and is never markup; titles name nobody."""

from sqlite_utils import Database

from field_client.store import acts, saving
from tests.field_client.acting import case, person, weapon
from tests.field_client.laptops import CASELOAD_A
from tests.field_client.pages.browsing import Browser
from tests.field_client.pages.registering import at_check
from tests.field_client.pages.test_disputes import DISPUTE, disputed

EVIL = "\"><script>alert('%(x)s {{7*7}}')</script>&lt;b>"
SHOWN = ("<script>alert", "{{7*7}}')</script>", "49')")


def safe(awa: Browser) -> None:
    """The page stands, and holds the words only escaped."""
    assert awa.status in (200, 422)
    assert "<script>alert" not in awa.html
    assert "49" not in awa.title
    assert "script" not in awa.title


def test_hostile_words_are_only_words_on_every_page(awa: Browser, db: Database) -> None:
    who = person(name=EVIL, alias=EVIL, phone=EVIL[:40])
    passage = case(who)
    visit = {"case_id": passage.record, "due_date": "2026-01-01", "note": EVIL}
    kin = {"case_id": passage.record, "relation": "child", "sex": "male", "name": EVIL}
    hanging = [acts.create("follow_up", visit), acts.create("household_member", kin)]
    saving.save(db, [who, passage, weapon(passage, serial=EVIL), *hanging])
    disputed(db, side={"phone": EVIL}, reason=EVIL, side_by=EVIL, inforce_by=EVIL)
    pages = ["/", "/work", "/disputes", "/sync", f"/people/{who.record}", f"/disputes/{DISPUTE}"]
    pages += [f"/records/person/{who.record}", f"/records/follow_up/{hanging[0].record}"]
    for path in pages:
        awa.get(path)
        safe(awa)
    assert "&lt;script&gt;" in awa.html


def test_hostile_words_in_the_search_and_the_flow(awa: Browser, db: Database) -> None:
    safe(awa.post("/find", words=EVIL, year=EVIL))
    safe(awa.post("/find", words=EVIL, year=""))
    at_check(awa, name=EVIL)
    safe(awa)
    safe(awa.submit())
    safe(awa.get("/"))


def test_what_no_store_can_hold_is_refused_beside_the_field(awa: Browser, db: Database) -> None:
    at_check(awa, name="a\x00b")
    assert awa.status == 422 or not awa.path.endswith("/check")
    awa.post("/find", words="a\x00b", year="")
    assert awa.status < 500


def test_very_much_text_is_told_and_not_stored(awa: Browser, db: Database) -> None:
    who = acts.create("person", {"name": "Fatou", "sex": "female", "caseload_id": CASELOAD_A})
    saving.save(db, [who])
    awa.get(f"/records/person/{who.record}").submit(phone="9" * 500)
    assert "Phone must have at most 40 characters" in awa.text
    awa.get(f"/records/person/{who.record}").submit(phone="9" * 3_000_000)
    assert awa.status == 413
