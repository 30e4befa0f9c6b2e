"""Every macro in every state: nothing for axe, the console or the policy to complain about."""

import gzip

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import SIZES
from tests.browser.gallery import PAGES, SCHEMA

LOOKS = [(language, theme) for language in ("en", "ar") for theme in ("light", "sunlight")]
AXE = Axe().axe_script
FOUND = """() => axe.run(document, {resultTypes: ['violations']}).then(
    run => run.violations.map(one => one.id + ': ' + one.nodes[0].html))"""
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
COVERED = """() => {
    const one = document.activeElement, bar = document.querySelector('.bar');
    if (!one || one === document.body || bar.contains(one)) return false;
    const box = one.getBoundingClientRect();
    return box.bottom > bar.getBoundingClientRect().top + 1 || box.top < 0;
}"""


@pytest.mark.parametrize(("language", "theme"), LOOKS)
def test_axe_the_console_and_the_policy_find_nothing_at_any_size(looker, language, theme):
    with looker.at("desk") as window:
        for name in PAGES:
            page = looker.open(window, f"/{language}/{theme}/{name}")
            page.evaluate(AXE)
            for size in SIZES:
                looker.resize(page, size)
                assert page.evaluate(FOUND) == [], f"{name} on a {size}"
                assert page.evaluate(SIDEWAYS) <= 0, f"{name} on a {size} scrolls sideways"
            page.close()
    assert looker.said == []


def test_large_type_does_not_scroll_sideways(looker):
    with looker.at("phone") as window:
        for name in PAGES:
            page = looker.open(window, f"/ar/sunlight/{name}?large=1")
            assert page.evaluate(SIDEWAYS) <= 0, name
            page.close()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_tab_never_stops_behind_the_bar(looker, language):
    with looker.at("desk") as window:
        page = looker.open(window, f"/{language}/light/register")
        stops = page.locator("a, button, input:not([type=hidden]), select, textarea").count()
        for _ in range(stops):
            page.keyboard.press("Tab")
            assert not page.evaluate(COVERED), page.evaluate("document.activeElement.outerHTML")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_units_stand_under_units_in_both_directions(looker, language):
    with looker.at("desk") as window:
        page = looker.open(window, f"/{language}/light/cases")
        edges = page.locator("table.data .num").evaluate_all(
            """cells => cells.map(cell => {
                const range = document.createRange();
                range.selectNodeContents(cell);
                return Math.round(range.getBoundingClientRect().right);
            })"""
        )
        assert len(edges) == 5
        assert len(set(edges)) == 1


def test_the_error_summary_is_read_first_and_leads_to_the_field(looker):
    with looker.at("desk") as window:
        page = looker.open(window, "/en/light/register")
        assert page.evaluate("document.activeElement.id") == "problems"
        assert page.title().startswith("Error:")
        page.get_by_role("link", name="Date of birth must have a year").click()
        assert page.evaluate("document.activeElement.id") == "f-birth_date-day"


def test_keys_lock_and_search(looker):
    with looker.at("desk") as window:
        page = looker.open(window, "/en/light/cases")
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.id") == "search"
        page = looker.open(window, "/en/light/register")
        page.keyboard.press("F8")
        page.wait_for_url("**/pressed/lock")


def test_a_menu_closes_with_escape_and_gives_the_focus_back(looker):
    with looker.at("desk") as window:
        page = looker.open(window, "/en/light/cases")
        menu = page.locator("details.menu")
        menu.locator("summary").click()
        assert page.get_by_role("button", name="العربية").is_visible()
        page.keyboard.press("Tab")
        page.keyboard.press("Escape")
        assert menu.get_attribute("open") is None
        assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_without_script_the_menu_and_the_filter_open(looker):
    with looker.at("phone", script=False) as window:
        page = looker.open(window, "/en/light/cases")
        page.locator("details.menu summary").click()
        assert page.get_by_role("button", name="In sunlight").is_visible()
        page.locator("details.menu summary").click()
        page.locator(".filter summary").click()
        assert page.get_by_role("button", name="Show").is_visible()


def test_no_name_is_in_a_title(looker):
    with looker.at("desk") as window:
        for name in PAGES:
            title = looker.open(window, f"/en/light/{name}").title()
            assert "عبد" not in title, name
            assert "Marie" not in title, name


@pytest.mark.parametrize("name", ["look.css", "look.js"])
def test_our_own_sheet_and_script_stay_small(name):
    assert len(gzip.compress((SCHEMA / "static" / name).read_bytes())) <= 6 * 1024
