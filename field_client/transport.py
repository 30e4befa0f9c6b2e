"""The laptop's one door to the network: enrolment and the exchange of a sync.

Redirects are never followed, plain http is for loopback only, a pinned authority replaces all others,
and whatever does not speak as the registry speaks is not the registry.
"""

import errno
import ipaddress
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

from field_client import moments
from field_client.budget import Took
from field_client.refusals import NOT_THE_REGISTRY, refusal
from schema.encodings import GZIP, IDENTITY, NotPacked, known, packed, unpacked
from schema.frames import NDJSON
from schema.problems import NotFound, Problem, Refused, Unreachable

CONNECT_SECONDS, READ_SECONDS, KNOCK_SECONDS = 15, 120, 5
READ_SIZE = 64 * 1024
# Of a file, at once: whether it may still be had is asked anew for each part.
MOST_FETCHED = 4_000_000
LONGEST_LINE = 32 * 1024 * 1024
LONGEST_PROBLEM = 64 * 1024
NO_NETWORK = (errno.ENETUNREACH, errno.ENETDOWN, errno.EHOSTUNREACH)
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
            _post(session, link, "/sync/1/wiped", b"", "application/json").close()
        except Problem:
            return False
    return True


class Line:
    """An open line to the registry for one sync. Counts what goes over it.

    took: how quickly what was asked for last came, as far as it did.
    """

    def __init__(self, link: Link) -> None:
        self.link = link
        self.traffic = Traffic()
        self.took = Took()
        self.session = _session(link)

    def __enter__(self) -> "Line":
        return self

    def __exit__(self, *_: object) -> None:
        self.session.close()

    def let_go(self) -> None:
        """Close what is open: the registry would, while nothing is asked."""
        self.session.close()

    def exchange(
        self, frames: bytes, path: str = "/sync/1", encoding: str = GZIP
    ) -> Iterator[list[bytes]]:
        """Send frames and read the lines of the answer, as they come together. Raises Unreachable, Revoked."""
        body = packed(frames, encoding)
        self.traffic.round_trips += 1
        self.traffic.up += len(body)
        answer = _post(self.session, self.link, path, body, NDJSON, encoding)
        with answer:
            said = answer.headers.get("Content-Encoding", IDENTITY)
            yield from _lines(_unpacked(self._counted(answer), said))

    def fetch(self, path: str, start: int, tag: str, encoding: str) -> Iterator[bytes]:
        """A part of a file that never changes, from a byte on, as it comes over the line.

        Raises NotFound when this file cannot be had so, Unreachable, Revoked.
        """
        headers = {
            "Authorization": f"Bearer {self.link.token}",
            "Accept-Encoding": encoding,
            "Range": f"bytes={start}-{start + MOST_FETCHED - 1}",
            "If-Range": f'"{tag}"',
        }
        url, timeout = check_address(self.link.url) + path, (CONNECT_SECONDS, READ_SECONDS)
        self.traffic.round_trips += 1
        with _asked(self.session, "GET", url, headers=headers, timeout=timeout) as answer:
            if answer.status_code not in (200, 206):
                raise _refusal(answer)
            begins = answer.headers.get("Content-Range", "bytes 0-").startswith(f"bytes {start}-")
            if not begins or answer.headers.get("Content-Encoding") != encoding:
                raise NotFound
            yield from self._counted(answer)

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
            yield from self._counted(answer)

    def _counted(self, answer: requests.Response) -> Iterator[bytes]:
        self.took, began, size = Took(), 0.0, 0
        for part in _read(answer, None):
            self.traffic.down += len(part)
            if began:
                size += len(part)
                self.took = Took(size, moments.seconds() - began)
            began = began or moments.seconds()
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
    session: requests.Session,
    link: Link,
    path: str,
    body: bytes,
    kind: str,
    encoding: str = IDENTITY,
) -> requests.Response:
    headers = {"Content-Type": kind, "Accept-Encoding": ", ".join(known())}
    if encoding != IDENTITY:
        headers["Content-Encoding"] = encoding
    if link.token:
        headers["Authorization"] = f"Bearer {link.token}"
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
    return refusal(answer.status_code, said)


def _read(answer: requests.Response, most: int | None) -> Iterator[bytes]:
    """The body as it came over the line, still compressed where it was. Raises Unreachable."""
    total = 0
    try:
        # Not ``read``: it would wait for so many, and a cut would lose what had come of them.
        while part := answer.raw.read1(READ_SIZE, decode_content=False):
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


def _unpacked(parts: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    """The text of a body, unpacked no faster than it is read. Raises Unreachable."""
    try:
        yield from unpacked(parts, encoding)
    except (NotPacked, LookupError):
        raise Unreachable(NOT_THE_REGISTRY) from None


def _json(body: bytes) -> Any:
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        raise Unreachable(NOT_THE_REGISTRY) from None
