"""A manager's day at the registry in a real browser: each act by the page that offers it."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import Looker
from tests.browser.served_registry import ARABIC, LONG, PASSWORD, Registry, served
from tests.databases import Databases
from tests.schema.programme import ident, write

EXPECTED = "status of (409|422)|^Clear-Site-Data header"


@pytest.fixture(scope="module")
def registry(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Registry]:
    """One registry for all."""
    with served(databases, tmp_path_factory.mktemp("registry")) as made:
        yield made


@pytest.fixture
def looker(browser: Browser, registry: Registry) -> Iterator[Looker]:
    """Looks at the registry, and hears nothing but that a form was refused or a session cleared."""
    looks = Looker(browser, registry.address)
    yield looks
    said = [line for line in looks.said if not re.search(EXPECTED, line)]
    assert said == []


@pytest.fixture
def window(looker: Looker) -> Iterator[BrowserContext]:
    """A window on a desk."""
    with looker.at("desk") as opened:
        opened.set_default_timeout(10_000)
        yield opened


def press(page: Page, words: str) -> None:
    """Press a button by its words; the chief one of a form also names its key."""
    page.get_by_role("button", name=re.compile(f"^{re.escape(words)}( Enter ↵)?$")).click()


def follow(page: Page, words: str) -> None:
    """Follow a link by its words, those for screen readers among them."""
    page.get_by_role("link", name=words, exact=True).first.click()


def told(page: Page, words: str) -> None:
    """Wait for a notice."""
    expect(page.locator(".notice").first).to_contain_text(words)


def test_cases_are_filtered_searched_and_turned(
    looker: Looker, registry: Registry, window: BrowserContext
) -> None:
    page = registry.sign_in(looker, window, "Celine")
    follow(page, "Cases")
    expect(page.locator("tbody tr")).to_have_count(50)
    follow(page, "Next")
    expect(page.locator(".pager")).to_contain_text("rows 51–")
    follow(page, "Previous")
    page.locator(".filter summary").click()
    page.get_by_label("Sex").select_option(label="Other")
    press(page, "Show")
    expect(page.locator("tbody tr")).to_have_count(1)
    follow(page, "Remove filter Sex: Other")
    expect(page).to_have_url(f"{registry.address}/cases")
    page.wait_for_load_state()
    page.keyboard.press("/")
    page.keyboard.type("mariatou oumarou")
    page.keyboard.press("Enter")
    expect(page.locator("tbody tr")).to_have_count(1)
    assert "mariatou" not in page.url + page.title()
    follow(page, LONG)
    expect(page.locator("h1")).to_have_text(LONG)
    for shown in ("Rifle or carbine", "56-1 22417", "Education", "Household member recorded"):
        expect(page.get_by_text(shown).first).to_be_visible()


def test_a_clash_shows_both_values_and_is_saved_on_purpose(
    looker: Looker, registry: Registry, window: BrowserContext
) -> None:
    page = registry.sign_in(looker, window, "Celine")
    page.goto(f"{registry.address}/cases/{registry.case}")
    follow(page, "Change Also known as")
    registry.town.arrive("awa", write("person", LONG, {"alias": ARABIC}, alias="Le Lion"))
    page.locator("#f-alias").fill("El León")
    press(page, "Save")
    expect(page.locator("#problems")).to_contain_text("somebody else wrote: Le Lion")
    assert page.evaluate("document.activeElement.id") == "problems"
    assert page.locator("#f-alias").input_value() == "El León"
    press(page, "Save")
    told(page, "Saved.")
    expect(page.get_by_text("El León").first).to_be_visible()


def test_a_person_is_registered_with_weapon_and_service(
    looker: Looker, registry: Registry, window: BrowserContext
) -> None:
    page = registry.sign_in(looker, window, "Bakary")
    page.goto(f"{registry.address}/cases")
    follow(page, "Register a person")
    press(page, "Register")
    expect(page.locator("#problems li").first).to_have_text("Name must be filled in")
    page.locator("#f-person\\.name").fill("Ibrahim Sow")
    page.get_by_role("radio", name="Male", exact=True).check()
    page.locator("#f-person\\.birth_date-year").fill("1990")
    page.get_by_label("Caseload").select_option(label="A")
    page.get_by_role("radio", name="Adult participant").check()
    press(page, "Register")
    told(page, "Saved.")
    expect(page.locator("h1")).to_have_text("Ibrahim Sow")
    follow(page, "Add Weapons")
    page.get_by_label("Store").select_option(label="A")
    page.get_by_role("radio", name="Small arm").check()
    page.get_by_label("Type").select_option(label="Rifle or carbine")
    press(page, "Save")
    told(page, "Saved.")
    expect(page.locator("h1")).to_have_text("Ibrahim Sow")
    follow(page, "Add Services")
    page.get_by_label("Service").select_option(label="Education")
    for part, typed in (("day", "1"), ("month", "November"), ("year", "2026")):
        page.locator(f"#f-start_date-{part}").fill(typed)
    press(page, "Save")
    expect(page.get_by_role("link", name="Education")).to_be_visible()


def test_a_dispute_is_shown_and_settled_with_one_click(
    looker: Looker, registry: Registry, window: BrowserContext
) -> None:
    page = registry.sign_in(looker, window, "Celine")
    follow(page, "Disputes")
    follow(page, "Mother's name")
    expect(page.locator("mark")).to_have_text("tou")
    assert page.locator("input[type=radio]:checked").count() == 0
    page.get_by_label("Use this value").check()
    page.locator("#f-reason").fill("Read again from the birth certificate")
    press(page, "Settle and go to the next")
    told(page, "Settled.")
    page.goto(f"{registry.address}/cases/{registry.case}")
    expect(page.get_by_text("Halimatou").first).to_be_visible()


def test_what_is_held_is_looked_at_judged_again_and_closed(
    looker: Looker, registry: Registry, window: BrowserContext
) -> None:
    page = registry.sign_in(looker, window, "Celine")
    page.goto(f"{registry.address}/held/{registry.held[0]}")
    expect(page.get_by_text("Omar 1")).to_be_visible()
    press(page, "Judge again")
    told(page, "It is still held")
    page.get_by_label("Why?").fill("Registered twice")
    press(page, "Close")
    told(page, "Closed.")
    assert page.locator(f"a[href$='{registry.held[0]}']").count() == 0
    expect(page.locator("tbody tr")).to_have_count(1)


def test_a_weapon_is_found_by_its_marks_and_shows_its_custody(
    looker: Looker, registry: Registry, window: BrowserContext
) -> None:
    page = registry.sign_in(looker, window, "Celine")
    follow(page, "Weapons")
    page.locator(".filter summary").click()
    page.get_by_label("Tag or serial number").fill("56-1 22417")
    page.keyboard.press("Enter")
    follow(page, "Rifle or carbine")
    expect(page.locator("h1")).to_have_text("Weapon A-0001")
    expect(page.get_by_role("cell", name=ARABIC)).to_be_visible()


def test_somebody_is_added_granted_given_a_code_and_a_laptop_revoked(
    looker: Looker, registry: Registry, window: BrowserContext
) -> None:
    page = registry.sign_in(looker, window, "Grace")
    follow(page, "People")
    follow(page, "Add a person")
    page.get_by_label("Email address").fill("hassan@example.org")
    page.get_by_label("Name", exact=True).fill("Hassan")
    page.get_by_label("Role").select_option(label="Field officer")
    page.get_by_role("radio", name="One caseload or store").check()
    page.get_by_label("Code of the place").fill("caseload:A")
    press(page, "Add")
    expect(page.locator("h1")).to_have_text("First password")
    follow(page, "Done")
    follow(page, "Give a role")
    page.get_by_label("Role").select_option(label="Donor")
    page.get_by_role("radio", name="The whole programme").check()
    press(page, "Give this role")
    told(page, "The role is given.")
    press(page, "Make an enrolment code")
    expect(page.locator(".lead .code")).to_have_text(re.compile(r"\S{8,}"))
    follow(page, "Laptops")
    assert page.locator(".doors [aria-current]").all_inner_texts() == ["Laptops"]
    follow(page, "Revoke laptop of awa")
    page.get_by_label("Why?").fill("Stolen on the way")
    press(page, "Revoke this laptop")
    told(page, "The laptop is revoked.")
    expect(page.get_by_role("cell", name=re.compile("revoked: Stolen on the way"))).to_be_visible()


def test_a_report_is_taken_and_what_was_taken_is_kept(
    looker: Looker, registry: Registry, window: BrowserContext
) -> None:
    page = registry.sign_in(looker, window, "Celine")
    follow(page, "Reports")
    follow(page, "Take this report : Persons at each gate")
    with page.expect_download() as taking:
        press(page, "Make file")
    told = taking.value.path().read_text("utf-8-sig").splitlines()
    assert taking.value.suggested_filename.endswith(".csv")
    assert len(told) > 1
    assert LONG not in "\n".join(told)
    follow(page, "Reports")
    page.locator("#s-taken ~ .scroller tbody a").first.click()
    expect(page.get_by_text("SHA-256 of the file")).to_be_visible()


def test_signing_out_ends_the_session(
    looker: Looker, registry: Registry, window: BrowserContext
) -> None:
    page = registry.sign_in(looker, window, "Celine")
    assert page.locator("form[action='/logout']").get_attribute("method") == "post"
    press(page, "Celine · Sign out")
    expect(page).to_have_url(f"{registry.address}/login")
    page.goto(f"{registry.address}/cases")
    expect(page).to_have_url(re.compile("/login"))
    page.go_back()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_signing_in_editing_and_settling_work_without_script(
    looker: Looker, registry: Registry
) -> None:
    with looker.at("phone", script=False) as window:
        page = looker.open(window, "/login")
        page.locator("#f-email").fill("celine@example.org")
        page.locator("#f-password").fill(PASSWORD)
        press(page, "Sign in")
        page.goto(f"{registry.address}/records/person/{registry.person}/edit")
        page.locator("#f-father_name").fill("Oumarou")
        press(page, "Save")
        told(page, "Saved.")
        page.goto(f"{registry.address}/disputes/{registry.disputes[1]}")
        page.get_by_role("radio", name="Neither").check()
        page.locator("#f-neither-phone").fill("0125 456")
        page.locator("#f-reason").fill("Rang them")
        page.get_by_role("button", name="Settle").click()
        told(page, "Settled.")
    assert registry.town.record("person", ident(LONG)).get("phone") == "0125 456"


def test_child_protection_decides_on_an_age_and_says_why(
    looker: Looker, registry: Registry, window: BrowserContext
) -> None:
    page = registry.sign_in(looker, window, "Esther")
    follow(page, "Cases")
    follow(page, "Sami")
    expect(page.get_by_text("Nobody has decided.")).to_be_visible()
    follow(page, "Decide on age")
    press(page, "Decide")
    expect(page.locator("#problems")).to_contain_text("Reason must be filled in")
    page.get_by_role("radio", name="Child").check()
    page.get_by_label("Reason").fill("Heard with an aunt")
    press(page, "Decide")
    told(page, "Saved.")
    decision = page.locator("section", has=page.locator("#s-age"))
    for shown in ("Child", "Heard with an aunt", "Esther"):
        expect(decision).to_contain_text(shown)
