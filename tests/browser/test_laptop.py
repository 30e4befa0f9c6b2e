"""The laptop in a real browser: a registration by keyboard alone, and nothing for axe or the console."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from field_client import home, keys, serving
from field_client.config import Config
from field_client.store import acts, saving
from tests.browser.conftest import SIZES, Looker
from tests.browser.keyboard import FOCUS, at_step, photographed, to_the_weapon, typed
from tests.browser.test_look import FOUND, SIDEWAYS
from tests.field_client import laptops
from tests.field_client.acting import case, person, weapon
from tests.field_client.pages.browsing import PASSPHRASE
from tests.field_client.pages.test_disputes import DISPUTE, disputed
from tests.pictures import made as pictured

AXE = Axe().axe_script
LONG = "Mariatou-Cristina Fernández de la Concepción y Oumarou Abdoulaye"
ARABIC = "عبد الرحمن إدريس موسى"
PICTURE, PHOTO = pictured(), "01940000-0000-7000-8000-0000000000b1"
COVERED = """() => {
    const one = document.activeElement, bar = document.querySelector('.bar');
    if (!one || one === document.body || !bar || bar.contains(one)) return false;
    const box = one.getBoundingClientRect();
    return box.bottom > bar.getBoundingClientRect().top + 1 || box.top < 0;
}"""


@dataclass
class Laptop:
    """A served laptop and the records on it."""

    served: serving.Serving
    looker: Looker
    person: str
    case: str

    def opened(self, size: str = "desk", *, script: bool = True) -> BrowserContext:
        """A window that has opened the printed address."""
        window = self.looker.at(size, script=script)
        page = window.new_page()
        page.goto(self.served.address)
        page.close()
        return window

    def unlocked(self, window: BrowserContext) -> Page:
        """A page behind the door."""
        page = self.looker.open(window, "/unlock")
        page.locator("#f-officer").fill("awa")
        page.locator("#f-passphrase").fill(PASSPHRASE)
        page.keyboard.press("Enter")
        expect(page).to_have_url(f"{self.looker.address}/")
        return page


@pytest.fixture
def laptop(tmp_path: Path, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> Iterator[Laptop]:
    """Awa's laptop with a person of long names, served as in the field."""
    monkeypatch.setattr(keys, "MEMORY_KIB", 64)
    made = laptops.make(tmp_path / "awa")
    keys.write_key_file(made.folder / home.KEY_FILE, made.key, PASSPHRASE)
    with made.opened() as db:
        who = person(name=LONG, alias=ARABIC, mother_name="Halimé")
        passage = case(who, category="combatant")
        visits = [
            acts.create("follow_up", {"case_id": passage.record, "due_date": day})
            for day in ("2026-11-01", "2199-01-01")
        ]
        saving.save(db, [who, passage, *visits, weapon(passage, serial="56-1 22417")])
        said = {"case_id": passage.record, "kind": "photo", "title": LONG, **PICTURE.content}
        saving.save(db, [acts.create("attachment", said, PHOTO)], pictures=[PICTURE])
        disputed(db)
    # Nobody is at the other end: what a sync does to the pages is tried elsewhere.
    served = serving.start(Config(tmp_path, autosync=False)).beside()
    address = served.address.partition("/start/")[0]
    yield Laptop(served, Looker(browser, address), who.record, passage.record)
    served.close()


def test_a_person_is_registered_by_keyboard_alone(laptop: Laptop) -> None:
    with laptop.opened() as window:
        page = laptop.unlocked(window)
        to_the_weapon(page)
        expect(page.locator("#f-serial")).to_be_hidden()
        typed(page, "<ArrowRight>", "<Tab>", "<Space>", "<Tab>", "Rifle")
        typed(page, "<Tab>", "<Tab>", "<Enter>")
        photographed(page, PICTURE)
        typed(page, "7", "<Tab>", "Child", "<Tab>", "Female", "<Tab>")
        typed(page, "4", "<Tab>", "Child", "<Tab>", "Male", "<Tab>")
        typed(page, "70", "<Tab>", "Parent", "<Tab>", "Female", "<Shift+Tab>", "<Shift+Tab>")
        typed(page, "<Enter>")
        at_step(page, "check")
        expect(page.get_by_text("Rifle or carbine")).to_be_visible()
        expect(page.get_by_text("A photo was taken.")).to_be_visible()
        assert page.evaluate(FOCUS).startswith("Register")
        assert page.evaluate("window.scrollY") == 0
        typed(page, "<Enter>")
        expect(page).to_have_url(re.compile("/done$"))
        assert page.evaluate(FOCUS).startswith("Next person")
        typed(page, "<Enter>")
        at_step(page, "search")
        assert page.evaluate(FOCUS) == "name"
        assert "Ibrahim" not in page.title() + page.url
    assert laptop.looker.said == []


def test_a_field_is_saved_when_it_is_left_and_is_there_after_a_kill(laptop: Laptop) -> None:
    with laptop.opened() as window:
        page = laptop.unlocked(window)
        page.goto(f"{laptop.looker.address}/register")
        typed(page, "Fatou", "<Tab>")
        expect(page.locator("#saved")).to_contain_text("Draft saved")
        typed(page, "Mariam")
        step = page.url
    with laptop.opened() as window:
        page = laptop.unlocked(window)
        expect(page.get_by_text("1 registration was interrupted.")).to_be_visible()
        page.get_by_role("link", name="Fatou", exact=True).click()
        assert page.url == step
        assert page.locator("#f-name").input_value() == "Fatou"
        assert page.locator("#f-mother_name").input_value() == ""


def test_f8_locks_and_nothing_is_left_in_the_browser(laptop: Laptop) -> None:
    with laptop.opened() as window:
        page = laptop.unlocked(window)
        page.goto(f"{laptop.looker.address}/people/{laptop.person}")
        page.keyboard.press("F8")
        expect(page).to_have_url(f"{laptop.looker.address}/unlock")
        assert laptop.served.desk.unlocked is None
        page.go_back()
        expect(page.get_by_text("Passphrase")).to_be_visible()
        # htmx keeps the path of the page it is on, which carries ids only.
        stored = page.evaluate(
            "[{...localStorage}, Object.values(sessionStorage), document.cookie]"
        )
        assert stored == [{}, [f"/unlock?next=/people/{laptop.person}"], ""]


def test_the_idle_lock_is_told_and_any_key_stays(laptop: Laptop) -> None:
    with laptop.opened() as window:
        page = laptop.unlocked(window)
        laptop.served.desk.idle = 61
        page.goto(laptop.looker.address)
        warning = page.locator("#idle")
        expect(warning).to_be_visible(timeout=10_000)
        expect(warning).to_contain_text("Press any key to stay.")
        with page.expect_response("**/stay") as stayed:
            page.keyboard.press("Shift")
        assert stayed.value.status == 204
        expect(warning).to_be_hidden()
        laptop.served.desk.idle = 2
        page.goto(laptop.looker.address)
        expect(page).to_have_url(f"{laptop.looker.address}/unlock", timeout=10_000)


def pages(laptop: Laptop, page: Page) -> list[str]:
    """Every kind of page, with something on it."""
    page.goto(f"{laptop.looker.address}/register")
    draft = page.url.split("/")[-2]
    page.locator("#f-name").fill(LONG)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Not here: register").click()
    at_step(page, "information")
    page.goto(f"{laptop.looker.address}/find")
    page.locator("#f-words").fill("mariatou")
    page.keyboard.press("Enter")
    expect(page.locator("tbody")).to_be_visible()
    found = page.url.removeprefix(laptop.looker.address)
    steps = [f"/register/{draft}/{s}" for s in ("search", "information", "who", "screening")]
    steps += [f"/register/{draft}/{s}" for s in ("weapon", "photo", "household", "check")]
    record = [f"/people/{laptop.person}", f"/records/person/{laptop.person}"]
    record += [f"/records/case/{laptop.case}/add/{n}" for n in ("weapon", "follow_up")]
    others = [
        "/",
        found,
        "/work",
        "/disputes",
        f"/disputes/{DISPUTE}",
        "/sync",
        "/sync/stick",
        f"/photos/{PHOTO}",
        f"/cases/{laptop.case}/photo",
        "/help",
    ]
    return [*others, *steps, *record, f"/drafts/{draft}/discard", "/display", "/join"]


@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("ar", "sunlight")])
def test_axe_the_console_and_the_policy_find_nothing(
    laptop: Laptop, language: str, theme: str
) -> None:
    with laptop.opened() as window:
        page = laptop.unlocked(window)
        every = pages(laptop, page)
        page.goto(f"{laptop.looker.address}/display")
        page.locator(f"input[name=language][value={language}]").check()
        page.locator(f"input[name=theme][value={theme}]").check()
        page.locator("main form button").click()
        expect(page.locator("html")).to_have_attribute("lang", language)
        for path in every:
            page.goto(laptop.looker.address + path)
            page.evaluate(AXE)
            assert page.evaluate(FOUND) == [], path
            assert LONG not in page.title()
            for size in SIZES:
                laptop.looker.resize(page, size)
                assert page.evaluate(SIDEWAYS) <= 0, f"{path} on a {size} scrolls sideways"
            laptop.looker.resize(page, "desk")
        page.goto(f"{laptop.looker.address}/unlock")
    assert laptop.looker.said == []


def test_tab_never_stops_behind_the_bar(laptop: Laptop) -> None:
    with laptop.opened() as window:
        page = laptop.unlocked(window)
        page.goto(f"{laptop.looker.address}/records/person/{laptop.person}")
        for _ in range(60):
            page.keyboard.press("Tab")
            assert not page.evaluate(COVERED), page.evaluate("document.activeElement.outerHTML")


def test_a_form_opened_at_a_field_comes_back_with_what_is_wrong_first(laptop: Laptop) -> None:
    with laptop.opened() as window:
        page = laptop.unlocked(window)
        page.goto(f"{laptop.looker.address}/records/person/{laptop.person}#f-name")
        page.locator("#f-name").fill("")
        page.get_by_role("button", name="Save").click()
        expect(page.locator("#problems")).to_be_focused()


def test_the_flow_works_without_script(laptop: Laptop) -> None:
    with laptop.opened("phone", script=False) as window:
        page = laptop.unlocked(window)
        page.goto(f"{laptop.looker.address}/register")
        page.locator("#f-name").fill("Fatou Diop")
        page.get_by_role("button", name="Search").click()
        page.get_by_role("button", name="Not here: register").click()
        page.locator("#f-language-0").check()
        page.locator("#f-how-0").check()
        page.get_by_role("button", name="Save and go on").click()
        page.locator("#f-sex-0").check()
        page.locator("#f-birth_date-year").fill("2012")
        page.get_by_role("button", name="Save and go on").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("child-protection")
        page.get_by_label("Who accompanies them").fill("An aunt")
        page.get_by_role("button", name="Hand over").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Handed over")
