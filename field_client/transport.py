"""The laptop's one door to the network: enrolment and the exchange of a sync.

Redirects are never followed, plain http is for loopback only, a pinned authority replaces all others,
and whatever does not speak as the registry speaks is not the registry.
"""

import errno
import gzip
import ipaddress
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import orjson
import requests
import urllib3
from requests.structures import CaseInsensitiveDict
from urllib3.util import SKIP_HEADER

from schema import problems
from schema.frames import compressor
from schema.problems import NotSignedIn, Problem, Refused, Revoked, Unreachable

CONNECT_SECONDS, READ_SECONDS, KNOCK_SECONDS = 15, 120, 5
READ_SIZE = 64 * 1024
# Of bytes that are gone on with where they were cut, little is lost with a piece.
SMALL_READ = 16 * 1024
LONGEST_LINE = 32 * 1024 * 1024
LONGEST_PROBLEM = 64 * 1024
NO_NETWORK = (errno.ENETUNREACH, errno.ENETDOWN, errno.EHOSTUNREACH)
NOT_THE_REGISTRY = (
    "Something answered that is not the registry. Is there a sign-in page of the network?"
)
CUT = "The answer was cut off. What had come is kept, and the next sync goes on from there."


@dataclass(frozen=True)
class Link:
    """Where the registry is, and how this device is known there."""

    url: str
    token: str = field(default="", repr=False)
    ca: Path | None = None


@dataclass
class Traffic:
    """What went over the line."""

    up: int = 0
    down: int = 0
    round_trips: int = 0


def enrol(link: Link, body: dict[str, str]) -> dict[str, Any]:
    """Show a one-time code; who the registry says this laptop is."""
    with _session(link) as session:
        answer = _post(session, link, "/sync/1/enrol", orjson.dumps(body), "application/json")
        with answer:
            said = _json(b"".join(_read(answer, LONGEST_PROBLEM)))
    if not isinstance(said, dict) or not all(
        isinstance(said.get(name), str) for name in ("device", "token", "recipient", "epoch_id")
    ):
        raise Unreachable(NOT_THE_REGISTRY)
    return said


def knock(link: Link) -> None:
    """Ask whether the registry answers, showing nothing of this laptop. Raises Unreachable."""
    url = check_address(link.url) + "/health/live"
    with _session(link) as session:
        headers = {"Accept-Encoding": "identity"}
        with _asked(session, "GET", url, headers=headers, timeout=KNOCK_SECONDS) as answer:
            said = _json(b"".join(_read(answer, LONGEST_PROBLEM)))
    # Whatever else it says, without a token it says nothing of this laptop.
    if not isinstance(said, dict) or said.get("status") != "live":
        raise Unreachable(NOT_THE_REGISTRY)


def tell_wiped(link: Link) -> bool:
    """Say that this laptop has wiped itself; whether the registry heard it."""
    with _session(link) as session:
        try:
            _post(session, link, "/sync/1/wiped", gzip.compress(b""), "application/json").close()
        except Problem:
            return False
    return True


class WipeAsked(Revoked):
    """The registry refuses this laptop and asks it to wipe itself."""


class Line:
    """An open line to the registry for one sync. Counts what goes over it."""

    def __init__(self, link: Link) -> None:
        self.link = link
        self.traffic = Traffic()
        self.session = _session(link)

    def __enter__(self) -> "Line":
        return self

    def __exit__(self, *_: object) -> None:
        self.session.close()

    def exchange(self, frames: bytes, path: str = "/sync/1") -> Iterator[list[bytes]]:
        """Send frames and read the lines of the answer, as they come together. Raises Unreachable, Revoked."""
        engine = compressor()
        body = engine.compress(frames) + engine.flush()
        self.traffic.round_trips += 1
        self.traffic.up += len(body)
        answer = _post(self.session, self.link, path, body, "application/x-ndjson")
        with answer:
            packed = answer.headers.get("Content-Encoding") == "gzip"
            parts = self._counted(answer)
            yield from _lines(_unpacked(parts) if packed else parts)

    def ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Iterator[bytes]:
        """Send bytes as they are and read the answer as it comes. Raises Unreachable, Revoked, a Problem."""
        said = {
            "Authorization": f"Bearer {self.link.token}",
            "Content-Type": "application/octet-stream",
            "Accept-Encoding": "identity",
            **headers,
        }
        self.traffic.round_trips += 1
        self.traffic.up += len(body)
        url, timeout = check_address(self.link.url) + path, (CONNECT_SECONDS, READ_SECONDS)
        answer = _asked(self.session, method, url, data=body, headers=said, timeout=timeout)
        with answer:
            if answer.status_code not in (200, 206):
                raise _refusal(answer)
            yield from self._counted(answer, SMALL_READ)

    def _counted(self, answer: requests.Response, piece: int = READ_SIZE) -> Iterator[bytes]:
        for part in _read(answer, None, piece):
            self.traffic.down += len(part)
            yield part


def check_address(url: str) -> str:
    """The registry's address without a slash at its end. Raises Refused for plain http elsewhere."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        raise Refused("The registry's address must be as https://registry.example.", rule="address")
    if parts.scheme == "http" and not _is_loopback(parts.hostname):
        sentence = (
            "Plain http would show everything on the way. Use https://, or http:// on this machine."
        )
        raise Refused(sentence, rule="plain-http")
    return url.rstrip("/")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _session(link: Link) -> requests.Session:
    session = requests.Session()
    # The environment could otherwise put another password, proxy or authority in our place.
    session.trust_env = False
    # Bytes that say nothing here; a small sync is hardly longer than its headers.
    session.headers = CaseInsensitiveDict({"User-Agent": SKIP_HEADER})
    if not _is_loopback(urlsplit(link.url).hostname or ""):
        session.proxies.update(requests.utils.get_environ_proxies(link.url))
    session.verify = str(link.ca) if link.ca else True
    return session


def _post(
    session: requests.Session, link: Link, path: str, body: bytes, kind: str
) -> requests.Response:
    headers = {"Content-Type": kind, "Accept-Encoding": "gzip"}
    if link.token:
        headers |= {"Authorization": f"Bearer {link.token}", "Content-Encoding": "gzip"}
    url, timeout = check_address(link.url) + path, (CONNECT_SECONDS, READ_SECONDS)
    answer = _asked(session, "POST", url, data=body, headers=headers, timeout=timeout)
    if answer.status_code not in (200, 201):
        with answer:
            raise _refusal(answer)
    return answer


def _asked(session: requests.Session, method: str, url: str, **asked: Any) -> requests.Response:
    """The answer to a request, whatever it says, its body not yet read. Raises Unreachable."""
    try:
        return session.request(method, url, allow_redirects=False, stream=True, **asked)
    except requests.exceptions.SSLError:
        sentence = "The registry's certificate is not the one this laptop trusts. Nothing was sent."
        raise Unreachable(sentence) from None
    except requests.exceptions.RequestException as error:
        raise _no_answer(error) from None


def _no_answer(error: requests.exceptions.RequestException) -> Unreachable:
    """Whether there is no network at all, or one in which the registry does not answer."""
    reason = getattr(error.args[0], "reason", None) if error.args else None
    lost = isinstance(reason, urllib3.exceptions.NameResolutionError)
    if lost or getattr(getattr(reason, "__cause__", None), "errno", None) in NO_NETWORK:
        return Unreachable(network=False)
    return Unreachable()


def _refusal(answer: requests.Response) -> Problem:
    """The problem that an answer other than yes says."""
    try:
        said = _json(b"".join(_read(answer, LONGEST_PROBLEM)))
    except Unreachable:
        said = None
    code = said.get("code") if isinstance(said, dict) else None
    if answer.status_code == 401 and isinstance(said, dict) and code == Revoked.code:
        return WipeAsked() if said.get("wipe") is True else Revoked()
    if answer.status_code == 401:
        return NotSignedIn("The registry does not know this laptop.")
    if answer.status_code >= 500:
        return Unreachable("The registry cannot answer now. Everything is kept here.")
    kind = _BY_CODE.get(str(code))
    if kind is None or not isinstance(said, dict):
        return Unreachable(NOT_THE_REGISTRY)
    details = {n: v for n, v in said.items() if n not in ("code", "sentence", "kept")}
    return kind(str(said.get("sentence", "")), **details)


_BY_CODE: dict[str, type[Problem]] = {
    kind.code: kind
    for kind in vars(problems).values()
    if isinstance(kind, type) and issubclass(kind, Problem)
}


def _read(answer: requests.Response, most: int | None, piece: int = READ_SIZE) -> Iterator[bytes]:
    """The body as it came over the line, still compressed where it was. Raises Unreachable."""
    total = 0
    try:
        while part := answer.raw.read(piece, decode_content=False):
            total += len(part)
            if most is not None and total > most:
                raise Unreachable(NOT_THE_REGISTRY)
            yield part
    except (urllib3.exceptions.HTTPError, OSError):
        raise Unreachable(CUT) from None


def _lines(parts: Iterator[bytes]) -> Iterator[list[bytes]]:
    """The lines that each part of a text completes. Raises Unreachable."""
    begun: list[bytes] = []
    size = 0
    for part in parts:
        first, *rest = part.split(b"\n")
        begun.append(first)
        size += len(first)
        if rest:
            yield [b"".join(begun), *rest[:-1]]
            begun, size = [rest[-1]], len(rest[-1])
        if size > LONGEST_LINE:
            raise Unreachable(NOT_THE_REGISTRY)


def _unpacked(parts: Iterator[bytes]) -> Iterator[bytes]:
    """The text of a gzip stream, unpacked no faster than it is read. Raises Unreachable."""
    unpacker = zlib.decompressobj(31)
    try:
        for part in parts:
            waiting = part
            while waiting:
                yield unpacker.decompress(waiting, READ_SIZE * 4)
                waiting = unpacker.unconsumed_tail
    except zlib.error:
        raise Unreachable(NOT_THE_REGISTRY) from None


def _json(body: bytes) -> Any:
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        raise Unreachable(NOT_THE_REGISTRY) from None
