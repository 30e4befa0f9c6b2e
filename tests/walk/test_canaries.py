"""What is typed on a laptop lies nowhere in clear: not while open, not after SIGKILL, not when locked."""

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.walk.browser import Browser, served
from tests.walk.commands import start
from tests.walk.laptop import PASSPHRASE, Laptop, enrolled
from tests.walk.served import Registry, expected

FIELDS = ("name", "given_name", "family_name", "father_name", "mother_name", "alias", "phone")
BY_SHELL, BY_PAGE, CANARIES = 22, 46, 200


@pytest.fixture(scope="module")
def engine() -> str:
    """What the laptop keeps does not depend on the registry's engine."""
    return "sqlite"


@dataclass
class Traces:
    """Where something typed could come to lie, and what was typed."""

    places: tuple[Path, ...]
    typed: list[str] = field(default_factory=list)

    def next(self) -> str:
        """A word that nobody else would write."""
        self.typed.append(f"Qwzy{len(self.typed):03}Kanari{len(self.typed) * 7919:07}")
        return self.typed[-1]

    def found(self) -> set[str]:
        """The typed words that lie in clear, in any of the usual encodings."""
        words = (word for one in self.typed for word in _written(one))
        pattern = re.compile(b"|".join(re.escape(word) for word in words))
        files = [path for place in self.places for path in _files(place)]
        assert files
        return {path.name for path in files if pattern.search(path.read_bytes())}


def _written(word: str) -> Iterator[bytes]:
    yield word.encode()
    yield word.upper().encode()
    yield word.casefold().encode()
    yield word.encode("utf-16-le")
    yield word.encode("utf-16-be")
    yield word.encode().hex().encode()


def _files(place: Path) -> list[Path]:
    return [place] if place.is_file() else [path for path in place.rglob("*") if path.is_file()]


@dataclass
class Desk:
    """A laptop with a temporary folder and a log of its own."""

    laptop: Laptop
    traces: Traces
    log: Path
    settings: dict[str, str]

    def run(self, *words: str) -> None:
        """Run ``ddr-field WORDS``, with what it says on standard error in the log."""
        env = self.laptop.env | self.settings
        done = expected(start("ddr-field", words, env, self.laptop.home.parent).done(), 0, words)
        with self.log.open("a") as log:
            log.write(done.err)

    def serve(self) -> Browser:
        """Start its pages, unlocked."""
        browser = served(self.laptop, self.log, self.settings)
        browser.unlock()
        return browser


@pytest.fixture(scope="module")
def desk(registry: Registry, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Awa's laptop, on which two hundred words have been typed: by command, by file and by page."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "tmp").mkdir()
    laptop = enrolled(registry, "awa", folder / "home")
    log = folder / "log"
    log.touch()
    places = (laptop.home, folder / "tmp", log, registry.log)
    desk = Desk(laptop, Traces(places), log, {"TMPDIR": str(folder / "tmp")})
    type_by_shell(desk)
    type_by_file(desk)
    return desk


def person(traces: Traces) -> dict[str, str]:
    """Somebody all of whose names are words of ours."""
    return {name: traces.next() for name in FIELDS} | {"sex": "female", "birth_date": "1990-01-01"}


def type_by_shell(desk: Desk) -> None:
    """Words on a command line, and an edit of one."""
    while len(desk.traces.typed) < BY_SHELL:
        said = [f"{name}={value}" for name, value in person(desk.traces).items()]
        desk.run("add", "person", *said)


def type_by_file(desk: Desk) -> None:
    """Words in a file of Units, which is not the laptop's and goes again."""
    count = (CANARIES - BY_PAGE - len(desk.traces.typed)) // len(FIELDS)
    lines = [person(desk.traces) for _ in range(count)]
    desk.laptop.rows_of_file("add", "person", lines)
    desk.laptop.home.with_name("home.ndjson").unlink()


def type_by_page(desk: Desk, browser: Browser) -> str:
    """Words in the box of the search and in a draft that is left there; the draft's page."""
    traces = desk.traces
    browser.get("/find")
    browser.post("/find", words=traces.next(), year="")
    draft = browser.get("/register").url.removeprefix(browser.url).removesuffix("/search")
    browser.post(f"{draft}/search", name=traces.next(), mother_name=traces.next())
    while len(traces.typed) < CANARIES:
        asked = {name: traces.next() for name in FIELDS if name != "phone"}
        browser.post(f"{draft}/who/draft", **asked)
    browser.get("/sync")
    browser.post("/sync")
    return f"{draft}/who"


def test_nothing_typed_lies_in_clear_while_open_after_a_kill_or_when_locked(desk: Desk) -> None:
    browser = desk.serve()
    draft = type_by_page(desk, browser)
    assert len(desk.traces.typed) >= CANARIES
    assert desk.traces.found() == set(), "while open"
    browser.kill()
    assert desk.traces.found() == set(), "after SIGKILL"
    browser = desk.serve()
    assert desk.traces.typed[-1] in browser.get(draft).text, "the draft is lost"
    browser.post("/lock")
    assert desk.traces.found() == set(), "when locked"
    browser.kill()
    desk.run("sync")
    assert desk.traces.found() == set(), "after a sync"


def test_everything_typed_is_there_for_whoever_has_the_passphrase(desk: Desk) -> None:
    shown = {row["name"] for row in desk.laptop.rows("list", "person")}
    typed = set(desk.traces.typed[: CANARIES - BY_PAGE])
    assert len(shown & typed) == len(typed) // len(FIELDS)


def test_nothing_typed_lies_in_clear_after_a_wipe(desk: Desk, registry: Registry) -> None:
    gone = enrolled(registry, "awa", desk.laptop.home.with_name("gone"))
    traces = Traces((gone.home,))
    said = [f"{name}={value}" for name, value in person(traces).items()]
    gone.add("person", *said)
    gone.run("wipe", "--device", gone.rows("status")[0]["name"], "--keep-unsent")
    assert [path.name for path in _files(gone.home)] == ["unsent.age"]
    assert traces.found() == set()


def test_the_passphrase_lies_nowhere_in_clear(desk: Desk) -> None:
    assert Traces(desk.traces.places, [PASSPHRASE]).found() == set()


@pytest.mark.parametrize("where", ["home", "tmp"])
def test_the_scanner_finds_a_plain_sqlite_file(desk: Desk, where: str) -> None:
    planted = desk.laptop.home.with_name(where) / "planted.db"
    with sqlite3.connect(planted) as conn:
        conn.execute("CREATE TABLE person (name TEXT)")
        conn.execute("INSERT INTO person VALUES (?)", (desk.traces.typed[17],))
    conn.close()
    try:
        assert desk.traces.found() == {"planted.db"}
    finally:
        planted.unlink()
