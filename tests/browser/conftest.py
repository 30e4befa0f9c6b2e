"""The browser and the gallery it looks at."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Thread

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright
from werkzeug.serving import make_server

from tests.browser.gallery import create_gallery

FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-dev-shm-usage"]
SIZES = {"desk": (1366, 650), "zoomed": (683, 325), "phone": (360, 650)}


@dataclass
class Looker:
    """Opens pages and remembers what the console said: the policy's complaints come there too."""

    browser: Browser
    address: str
    said: list[str] = field(default_factory=list)

    def at(self, size: str, *, script: bool = True) -> BrowserContext:
        """A window of one of the three sizes."""
        width, height = SIZES[size]
        return self.browser.new_context(
            viewport={"width": width, "height": height}, java_script_enabled=script
        )

    def resize(self, page: Page, size: str) -> None:
        """The same page at another size."""
        width, height = SIZES[size]
        page.set_viewport_size({"width": width, "height": height})

    def open(self, window: BrowserContext, path: str) -> Page:
        """A page of the gallery, all loaded."""
        page = window.new_page()
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.goto(self.address + path)
        return page

    def _hear(self, message: ConsoleMessage) -> None:
        self.said.append(message.text)


@pytest.fixture(scope="session")
def gallery_address() -> Iterator[str]:
    """The gallery, served."""
    server = make_server("127.0.0.1", 0, create_gallery(), threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Browser]:
    """One Chromium for all browser tests of this worker."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def looker(browser: Browser, gallery_address: str) -> Looker:
    """Looks at the gallery."""
    return Looker(browser, gallery_address)
