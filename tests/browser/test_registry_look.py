"""Every page of the registry, in English and Arabic: nothing for axe, console or policy, nothing cut."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.conftest import SIZES, Looker
from tests.browser.served_registry import LONG, Registry, served
from tests.browser.test_look import FOUND, SIDEWAYS
from tests.databases import Databases

AXE = Axe().axe_script
LOOKS = [("en", "light"), ("ar", "sunlight")]
# Words that people did not write and nobody translated: names and codes stand in elements of their own.
# A P-code is called so everywhere.
LATIN = """() => {
    const apart = 'bdi, kbd, option, script, [dir=ltr], [lang]:not(html), .name, .foot';
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
    while (walk.nextNode()) {
        const text = walk.currentNode;
        if (!text.parentElement.closest(apart)) found.push(...(text.data.match(/[A-Za-z]{4,}/g) || []));
    }
    return found.filter(word => word !== 'code');
}"""
BEYOND = """() => [...document.querySelectorAll('main *')].filter(one => {
    const box = one.getBoundingClientRect(), seen = getComputedStyle(one).clipPath === 'none';
    return seen && box.width > 2 && !one.closest('.visually-hidden, .scroller')
        && (box.left < -1 || box.right > innerWidth + 1);
}).map(one => one.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def registry(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Registry]:
    """One registry for all."""
    with served(databases, tmp_path_factory.mktemp("registry")) as made:
        yield made


@pytest.fixture
def looker(browser: Browser, registry: Registry) -> Looker:
    """Looks at the registry."""
    return Looker(browser, registry.address)


def of_celine(registry: Registry) -> list[str]:
    """What a programme manager sees."""
    person, case = f"/records/person/{registry.person}", f"/records/case/{registry.case}"
    lists = [
        "/board",
        "/cases",
        "/cases?sex=other",
        "/weapons",
        "/disputes",
        "/held",
        "/handover",
        "/restored",
    ]
    files = [f"/cases/{registry.case}", f"/weapons/{registry.weapon}", f"/held/{registry.held[0]}"]
    forms = [f"{person}/edit", f"{case}/withdraw", "/cases/new"]
    more = [f"/records/service/new?case_id={registry.case}", "/records/area", "/change"]
    taken = ["/exports", "/exports/gates", "/exports/case-list", registry.taken]
    disputes = [f"/disputes/{one}" for one in (registry.disputes[0], registry.disputes[-1])]
    return [*lists, *files, *forms, *more, *taken, *disputes]


def of_esther(registry: Registry) -> list[str]:
    """What a child-protection officer sees."""
    child = f"/cases/person/{registry.child}"
    return ["/board", "/cases", child, f"{child}/age"]


def of_grace(page: Page, address: str) -> list[str]:
    """What an administrator sees."""
    page.goto(f"{address}/laptops")
    revoke = str(page.locator("a[href$=revoke]").first.get_attribute("href"))
    page.goto(f"{address}/people")
    person = str(page.locator("tbody a").first.get_attribute("href"))
    acts = [revoke, revoke.replace("revoke", "wipe"), f"{person}/grant", "/people/new"]
    return ["/people", person, "/laptops", "/laptops/stick", "/restored", *acts]


def paths(registry: Registry, page: Page, who: str) -> list[str]:
    """What somebody of the cast sees."""
    if who == "Grace":
        return of_grace(page, registry.address)
    return of_celine(registry) if who == "Celine" else of_esther(registry)


def wrong(looker: Looker, page: Page, path: str, language: str) -> list[str]:
    """What is wrong with a page at any size."""
    page.goto(looker.address + path)
    page.evaluate(AXE)
    found: list[str] = page.evaluate(FOUND)
    found += page.evaluate(LATIN) if language == "ar" else []
    found += [page.title()] if LONG in page.title() else []
    for size in SIZES:
        looker.resize(page, size)
        if page.evaluate(SIDEWAYS) > 0:
            found.append(f"scrolls sideways on a {size}")
        found += page.evaluate(BEYOND)
    looker.resize(page, "desk")
    return [f"{path}: {what}" for what in found]


@pytest.mark.parametrize(("language", "theme"), LOOKS)
@pytest.mark.parametrize("who", ["Celine", "Esther", "Grace"])
def test_axe_the_console_the_policy_and_the_edges_find_nothing(
    looker: Looker, registry: Registry, who: str, language: str, theme: str
) -> None:
    with looker.at("desk") as window:
        for name, value in (("language", language), ("theme", theme)):
            window.add_cookies([{"name": name, "value": value, "url": registry.address}])
        door = looker.open(window, "/login")
        found = wrong(looker, door, "/login", language)
        page = registry.sign_in(looker, window, who)
        for path in paths(registry, page, who):
            found += wrong(looker, page, path, language)
        assert page.locator("html").get_attribute("data-theme") == theme
    assert found == []
    assert looker.said == []


def test_a_page_that_is_not_there_says_so_in_the_readers_language(
    looker: Looker, registry: Registry
) -> None:
    with looker.at("phone") as window:
        window.add_cookies([{"name": "language", "value": "ar", "url": registry.address}])
        page = registry.sign_in(looker, window, "Celine")
        assert wrong(looker, page, "/no-such-page", "ar") == []
        assert page.locator("html").get_attribute("dir") == "rtl"


def test_the_door_of_a_page_is_seen_on_a_phone(looker: Looker, registry: Registry) -> None:
    with looker.at("phone") as window:
        page = registry.sign_in(looker, window, "Celine")
        for path, door in (("/weapons", "Weapons"), ("/people", "People")):
            page.goto(registry.address + path)
            current = page.locator(".doors [aria-current]")
            assert current.all_inner_texts() == [door]
            box = current.bounding_box()
            assert box is not None
            assert 0 <= box["x"] <= box["x"] + box["width"] <= 361
