"""The served pages of a laptop that the registry asks to wipe: by a press, by itself, from a shell."""

from collections.abc import Iterator

import pytest

from field_client import home, keys, serving, sync
from field_client.config import Config
from schema.problems import Wiped
from server import devices
from server.actor import SYSTEM
from server.db import writing
from tests.field_client.pages.browsing import PASSPHRASE
from tests.field_client.registry import Registry
from tests.field_client.test_canaries import in_clear
from tests.field_client.test_serving import Visitor
from tests.field_client.test_sync import register
from tests.field_client.test_wiping import device_of

NAME = "Kanari Wambugu"
SAID = "This laptop may no longer be used."


class Served:
    """A laptop that has joined, with one person only on it, and its pages really served."""

    def __init__(self, registry: Registry, unlocked: home.Unlocked, config: Config) -> None:
        self.registry, self.unlocked = registry, unlocked
        self.serving = serving.start(config).beside()
        self.awa = Visitor(self.serving.address)
        self.home = self.awa.post("/unlock", officer=unlocked.folder.name, passphrase=PASSPHRASE)

    def ask(self) -> None:
        """The administrator asks this laptop to wipe itself."""
        with self.registry.app.app_context(), writing() as conn:
            devices.wipe(conn, SYSTEM, device_of(self.unlocked), "stolen at the checkpoint")

    def is_wiped(self) -> bool:
        """Whether only what was not handed in is left of it, sealed."""
        return [path.name for path in self.unlocked.folder.iterdir()] == [home.UNSENT_FILE]


@pytest.fixture
def joined(registry: Registry) -> home.Unlocked:
    """Awa's laptop: one person is only on it."""
    unlocked = registry.laptop("awa")
    keys.write_key_file(unlocked.folder / home.KEY_FILE, unlocked.key, PASSPHRASE)
    register(unlocked, name=NAME)
    return unlocked


@pytest.fixture
def served(registry: Registry, joined: home.Unlocked) -> Iterator[Served]:
    """Its pages, which sync only by hand."""
    made = Served(registry, joined, Config(joined.folder.parent, autosync=False))
    try:
        yield made
    finally:
        made.serving.close()


def test_who_presses_send_now_comes_to_the_door_and_reads_why(served: Served) -> None:
    assert "1 only here" in served.home
    served.ask()
    page = served.awa.post("/sync")
    run = served.serving.desk.run
    assert run
    assert run.wait(30)
    page = served.awa.get("/sync")
    assert served.awa.page.url.partition("?")[0].endswith(("/unlock", "/join"))
    assert SAID in page
    assert "still sealed" in page or "stays sealed" in page
    assert served.is_wiped()
    assert served.serving.desk.unlocked is None
    assert in_clear(served.unlocked.folder, [NAME]) == set()


@pytest.mark.parametrize("path", ["/", "/find", "/work", "/disputes", "/register", "/sync"])
def test_no_page_shows_anything_after_a_shell_has_wiped_it(served: Served, path: str) -> None:
    served.ask()
    with pytest.raises(Wiped):
        sync.run(served.unlocked)
    page = served.awa.get(path)
    assert SAID in page
    assert NAME not in page
    assert "only here" not in page


def test_the_passphrase_opens_nothing_after_it(served: Served) -> None:
    served.ask()
    with pytest.raises(Wiped):
        sync.run(served.unlocked)
    served.awa.get("/unlock")
    name = served.unlocked.folder.name
    served.awa.post("/unlock", officer=name, passphrase=PASSPHRASE)
    assert served.serving.desk.unlocked is None
    assert served.is_wiped()


def test_what_is_being_typed_at_that_moment_is_not_kept(served: Served) -> None:
    served.awa.get("/register")
    step = served.awa.page.url.removeprefix(served.awa.base)
    served.ask()
    with pytest.raises(Wiped):
        sync.run(served.unlocked)
    page = served.awa.post(f"{step}/draft", name=NAME)
    assert NAME not in page
    assert served.serving.desk.kept is None
    assert served.is_wiped()


def test_a_laptop_left_open_wipes_itself_without_anybody(
    registry: Registry, joined: home.Unlocked
) -> None:
    asked = Served(registry, joined, Config(joined.folder.parent, autosync=False))
    try:
        asked.ask()
        asked.awa.post("/sync/automatic", on="yes")
        bell = asked.serving.automatic.bell
        with bell:
            assert bell.wait_for(
                lambda: asked.serving.desk.run and not asked.serving.desk.run.going, 30
            )
        assert SAID in asked.awa.get("/")
        assert asked.is_wiped()
    finally:
        asked.serving.close()
