"""The laptop's one door to the network: what it refuses to believe, and what it never sends."""

import ast
import gzip
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

import orjson
import pytest

import field_client
from field_client import home, sync
from field_client.cipher import transaction
from field_client.store import facts, rows, states
from field_client.transport import Line, Link, check_address, knock
from schema import frames
from schema.problems import NotASync, NotSignedIn, Problem, Refused, Revoked, TooOften, Unreachable
from tests.field_client import laptops
from tests.field_client.acting import registered
from tests.field_client.answers import page, state
from tests.field_client.registry import running

Answer = tuple[str, dict[str, str], bytes]
KEY = "00" * 32


@contextmanager
def answering(*answer: Answer, seen: list[dict[str, str]] | None = None) -> Iterator[str]:
    """Something on loopback that gives these answers, one after the other."""
    waiting = list(answer)

    def app(environ: dict[str, str], start: Callable[..., object]) -> Iterable[bytes]:
        if seen is not None:
            seen.append(environ)
        status, headers, body = waiting.pop(0) if waiting[1:] else waiting[0]
        start(status, [("Content-Length", str(len(body))), *headers.items()])
        return [body]

    with running(app) as url:
        yield url


def ndjson(*lines: bytes) -> Answer:
    """An answer as the registry gives it."""
    return "200 OK", {"Content-Encoding": "gzip"}, gzip.compress(b"".join(lines))


def refusal(status: str, code: str) -> Answer:
    return status, {}, orjson.dumps({"code": code, "sentence": "No."})


def asked(url: str) -> list[bytes]:
    with Line(Link(url, "token")) as line:
        return list(chain.from_iterable(line.exchange(b"")))


@pytest.fixture
def laptop(tmp_path: Path) -> home.Unlocked:
    """Awa's laptop, with one Unit to hand in."""
    unlocked = laptops.make(tmp_path / "laptop")
    with unlocked.opened() as db:
        facts.put(db, private_key=KEY, token="token")
        registered(db)
    return unlocked


def pointed(laptop: home.Unlocked, url: str) -> home.Unlocked:
    with laptop.opened() as db:
        facts.put(db, url=url)
    return laptop


@pytest.mark.parametrize(
    "url",
    [
        "http://registry.example",
        "http://10.0.0.1",
        "http://127.0.0.1.example.org",
        "ftp://127.0.0.1",
        "registry.example",
        "https://awa:word@registry.example",
        "http://localhost.example.org",
    ],
)
def test_plain_http_is_for_loopback_only(url: str) -> None:
    with pytest.raises(Refused):
        check_address(url)


@pytest.mark.parametrize(
    "url",
    ["https://registry.example/", "http://127.8.9.1:5000", "http://[::1]:1", "http://localhost"],
)
def test_https_and_loopback_are_addresses(url: str) -> None:
    assert check_address(url) == url.rstrip("/")


def test_an_address_that_became_plain_is_refused_at_the_sync_too(laptop: home.Unlocked) -> None:
    with pytest.raises(Refused):
        sync.run(pointed(laptop, "http://registry.example"))


def test_a_sign_in_page_of_the_network_is_not_the_registry(laptop: home.Unlocked) -> None:
    portal = ("200 OK", {"Content-Type": "text/html"}, b"<html>Welcome to the hotel</html>")
    with answering(portal) as url, pytest.raises(Unreachable, match="not the registry"):
        sync.run(pointed(laptop, url))


def test_a_redirect_is_never_followed(laptop: home.Unlocked) -> None:
    seen: list[dict[str, str]] = []
    with answering(("200 OK", {}, b""), seen=seen) as elsewhere:
        away = ("302 Found", {"Location": elsewhere}, b"")
        with answering(away) as url, pytest.raises(Unreachable):
            sync.run(pointed(laptop, url))
    assert seen == []


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (refusal("401 Unauthorized", "revoked"), Revoked),
        (refusal("401 Unauthorized", "not-signed-in"), NotSignedIn),
        (refusal("429 Too Many Requests", "too-often"), TooOften),
        (refusal("400 Bad Request", "not-a-sync"), NotASync),
        (refusal("503 Unavailable", "whatever"), Unreachable),
        (refusal("404 Not Found", "no-code-of-ours"), Unreachable),
        (("403 Forbidden", {}, b"<html>blocked</html>"), Unreachable),
    ],
)
def test_a_refusal_says_what_it_is(answer: Answer, problem: type[Problem]) -> None:
    with answering(answer) as url, pytest.raises(problem):
        asked(url)


def test_the_token_goes_with_the_request_and_a_netrc_does_not_replace_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login x password y", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    seen: list[dict[str, str]] = []
    with answering(ndjson(b"[]\n"), seen=seen) as url:
        asked(url)
    assert seen[0]["HTTP_AUTHORIZATION"] == "Bearer token"


def test_a_bomb_is_unpacked_no_further_than_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = ("200 OK", {"Content-Encoding": "gzip"}, gzip.compress(b"a" * 80_000_000))
    with answering(bomb) as url, pytest.raises(Unreachable):
        asked(url)


def cut_everywhere(laptop: home.Unlocked, lines: list[bytes]) -> None:
    """Cut an answer after each of its lines; what had come whole is kept, and nothing is shown."""
    for count in range(len(lines)):
        with answering(ndjson(*lines[:count])) as url, pytest.raises(Unreachable):
            sync.run(pointed(laptop, url))
        with laptop.opened() as db:
            assert rows.one(db, "SELECT count(*) FROM person") == 1


def test_an_answer_that_is_cut_shows_nothing_and_is_gone_on_with(laptop: home.Unlocked) -> None:
    who = "01940000-0000-7000-8000-000000001234"
    with laptop.opened() as db:
        said = state(db, 9, last={})
        one = page("person", {"id": who, "name": "Moussa", "sex": "male"})
        lines = [frames.frame(frames.STATE, said), frames.frame(frames.PAGE, one)]
    cut_everywhere(laptop, [*lines, b""])
    body, _ = sync_request(laptop)
    assert body["cursors"]["case:" + laptops.CASELOAD_A] == 9
    end = frames.frame(frames.END, {"more": False, "counts": {}})
    with answering(ndjson(lines[0], end)) as url:
        assert sync.run(pointed(laptop, url)).fetched == 1
    with laptop.opened() as db:
        assert rows.one(db, "SELECT count(*) FROM person") == 2


def sync_request(laptop: home.Unlocked) -> tuple[dict[str, dict[str, int]], int]:
    with laptop.opened() as db:
        body, beyond = sync.request(db)
    return orjson.loads(body.partition(b"\n")[0])[1], beyond


def test_a_registry_that_answers_and_never_ends_is_left(laptop: home.Unlocked) -> None:
    with laptop.opened() as db, transaction(db):
        said = state(db, 9, last={})
    more = ndjson(frames.frame(frames.STATE, said), frames.frame(frames.END, {"more": True}))
    with answering(more) as url, pytest.raises(Unreachable, match="nothing moves"):
        sync.run(pointed(laptop, url))


def test_results_that_were_cut_are_asked_for_again(laptop: home.Unlocked) -> None:
    with laptop.opened() as db:
        said = [frames.frame(frames.STATE, state(db, 9, last={}))]
    told = frames.frame(frames.RESULTS, {"seen": 7, "results": []})
    end = frames.frame(frames.END, {"more": False, "counts": {}})
    with answering(ndjson(*said, told)) as url, pytest.raises(Unreachable):
        sync.run(pointed(laptop, url))
    assert sync_request(laptop)[0]["results_seen"] == 0
    with answering(ndjson(*said, told, end)) as url:
        sync.run(pointed(laptop, url))
    assert sync_request(laptop)[0]["results_seen"] == 7


def test_nothing_else_of_the_laptop_touches_the_network() -> None:
    """``requests`` cannot be fenced by import-linter: it is not ours."""
    networks = {
        "requests",
        "urllib3",
        "socket",
        "http.client",
        "urllib.request",
        "ssl",
        "ftplib",
        "smtplib",
    }
    found = {
        path.name
        for path in Path(field_client.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in _imported(node)
        if name in networks or name.partition(".")[0] in networks
    }
    assert found == {"transport.py"}


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module] if isinstance(node, ast.ImportFrom) and node.module else []


LIVE: Answer = ("200 OK", {}, b'{"status": "live"}')


def test_a_knock_shows_nothing_of_this_laptop() -> None:
    seen: list[dict[str, str]] = []
    with answering(LIVE, seen=seen) as url:
        knock(Link(url, "token"))
    assert (seen[0]["REQUEST_METHOD"], seen[0]["PATH_INFO"]) == ("GET", "/health/live")
    assert "HTTP_AUTHORIZATION" not in seen[0]


@pytest.mark.parametrize(
    "answer",
    [
        ("200 OK", {}, b"<html>Sign in to the network</html>"),
        ("302 Found", {"Location": "/"}, b""),
        refusal("401 Unauthorized", "revoked"),
    ],
)
def test_whatever_else_answers_a_knock_is_not_the_registry(answer: Answer) -> None:
    with answering(answer) as url, pytest.raises(Unreachable, match="not the registry"):
        knock(Link(url))


def test_why_a_sync_did_not_work_is_kept_until_one_does(laptop: home.Unlocked) -> None:
    with answering(("503 Busy", {}, b"")) as url:
        with laptop.opened() as db:
            facts.put(db, url=url)
        with pytest.raises(Unreachable):
            sync.run(laptop)
    with laptop.opened() as db:
        found = states.whereabouts(db)
    assert (found.why, found.only_here) == (
        "The registry cannot answer now. Everything is kept here.",
        1,
    )
    assert found.failed_at
