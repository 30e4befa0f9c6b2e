"""The server's settings, read strictly from DDR_* environment variables.

A name that neither program knows, or a value that cannot be read, stops the start with a sentence:
a mistyped setting that is silently ignored is found after the damage. docs/settings.md has a line
for each name in SETTINGS, and a test holds it to that.
"""

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pyrage
import sqlalchemy as sa
from flask import current_app

from schema.problems import BadSetting
from schema.settings import FIELD_NAMES

LANGUAGES = ("en", "ar", "fr", "es")
FROM_FILES = ("secret_key", "seal_key", "metrics_token", "database_url", "scratch_url")
SHORTEST_SECRET = 32


@dataclass(frozen=True)
class Config:
    """All settings of one server. A test makes one directly; a program reads it with ``read``."""

    data: Path
    database_url: str
    secret_key: str = field(repr=False)
    scratch_url: str = field(default="", repr=False)
    seal_key: str = field(default="", repr=False)
    metrics_token: str = field(default="", repr=False)
    timezone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    languages: tuple[str, ...] = LANGUAGES
    https: bool = False
    proxies: int = 0
    hosts: tuple[str, ...] = ()
    session_idle: timedelta = timedelta(minutes=30)
    session_life: timedelta = timedelta(hours=12)
    password_memory: int = 65_536

    @classmethod
    def read(cls, environment: Mapping[str, str] | None = None) -> "Config":
        """The settings that the environment gives; the rest as documented. Raises BadSetting."""
        given = {k: v for k, v in (environment or os.environ).items() if k.startswith("DDR_")}
        _refuse_unknown(given)
        values: dict[str, Any] = {
            name: parse(text)
            for name, parse in SETTINGS.items()
            if (text := _text(given, f"DDR_{name.upper()}")) is not None
        }
        data = values.setdefault("data", _folder("ploughshare-data"))
        values.setdefault("database_url", f"sqlite:///{data / 'registry.sqlite'}")
        if "secret_key" not in values:
            values["secret_key"] = _made_secret(data / "secret.key")
        return cls(**values)


def settings() -> Config:
    """The settings of the app in whose context this runs."""
    config: Config = current_app.extensions["ddr_config"]
    return config


def _refuse_unknown(given: Mapping[str, str]) -> None:
    known = {f"DDR_{name.upper()}" for name in SETTINGS}
    known |= {f"DDR_{name.upper()}_FILE" for name in FROM_FILES}
    for name in sorted(given):
        if name not in known and name not in FIELD_NAMES:
            raise BadSetting(f"{name} is not a setting. See docs/settings.md.", setting=name)


def _text(given: Mapping[str, str], name: str) -> str | None:
    """The setting's text, from itself or from the file that NAME_FILE names."""
    named = given.get(f"{name}_FILE")
    if named is None:
        return given.get(name)
    if name in given:
        raise BadSetting(f"{name} and {name}_FILE are both set. Keep one.", setting=name)
    try:
        return Path(named).read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise BadSetting(f"{name}_FILE cannot be read.", setting=f"{name}_FILE") from error


def _made_secret(path: Path) -> str:
    """The secret kept beside the data, made at the first start and readable by this user only."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return _secret(path.name)(path.read_text(encoding="ascii").strip())
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(made := secrets.token_urlsafe(48))
    return made


def _folder(text: str) -> Path:
    if not text:
        raise BadSetting("DDR_DATA must name a folder.", setting="DDR_DATA")
    return Path(text).expanduser().absolute()


def _url(text: str) -> str:
    """A database address, with the driver this server uses."""
    try:
        url = sa.make_url(text)
    except sa.exc.ArgumentError:
        raise BadSetting("DDR_DATABASE_URL cannot be read.", setting="DDR_DATABASE_URL") from None
    if url.drivername in ("postgres", "postgresql", "postgresql+psycopg"):
        return url.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
    if url.drivername != "sqlite" or url.database in (None, "", ":memory:"):
        sentence = "DDR_DATABASE_URL must be postgresql://… or sqlite:////path/to/file."
        raise BadSetting(sentence, setting="DDR_DATABASE_URL")
    return text


def _scratch(text: str) -> str:
    url = _url(text)
    if sa.make_url(url).drivername == "sqlite":
        sentence = "DDR_SCRATCH_URL must be postgresql://…: SQLite is checked in a file of its own."
        raise BadSetting(sentence, setting="DDR_SCRATCH_URL")
    return url


def _secret(name: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if len(text) < SHORTEST_SECRET or len(set(text)) < 8:
            sentence = f"{name} must have {SHORTEST_SECRET} or more random characters."
            raise BadSetting(sentence, setting=name)
        return text

    return parse


def _identity(text: str) -> str:
    try:
        return str(pyrage.x25519.Identity.from_str(text.strip()))
    except pyrage.IdentityError:
        sentence = "DDR_SEAL_KEY must be an age identity, as AGE-SECRET-KEY-1…"
        raise BadSetting(sentence, setting="DDR_SEAL_KEY") from None


def _zone(text: str) -> ZoneInfo:
    try:
        return ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        sentence = "DDR_TIMEZONE must name a zone, as Africa/Bangui."
        raise BadSetting(sentence, setting="DDR_TIMEZONE") from None


def _languages(text: str) -> tuple[str, ...]:
    chosen = tuple(part.strip() for part in text.split(","))
    if len(set(chosen)) != len(chosen) or not set(chosen) <= set(LANGUAGES):
        sentence = f"DDR_LANGUAGES must list some of: {', '.join(LANGUAGES)}."
        raise BadSetting(sentence, setting="DDR_LANGUAGES")
    return chosen


def _words(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _yes(name: str) -> Callable[[str], bool]:
    def parse(text: str) -> bool:
        if text not in ("yes", "no"):
            raise BadSetting(f"{name} must be yes or no.", setting=name)
        return text == "yes"

    return parse


def _whole(name: str, least: int, most: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not (text.isascii() and text.isdigit() and least <= int(text[:9]) <= most):
            raise BadSetting(f"{name} must be a number from {least} to {most}.", setting=name)
        return int(text)

    return parse


def _minutes(name: str, least: int, most: int) -> Callable[[str], timedelta]:
    whole = _whole(name, least, most)
    return lambda text: timedelta(minutes=whole(text))


SETTINGS: dict[str, Callable[[str], Any]] = {
    "data": _folder,
    "database_url": _url,
    "scratch_url": _scratch,
    "secret_key": _secret("DDR_SECRET_KEY"),
    "seal_key": _identity,
    "metrics_token": _secret("DDR_METRICS_TOKEN"),
    "timezone": _zone,
    "languages": _languages,
    "https": _yes("DDR_HTTPS"),
    "proxies": _whole("DDR_PROXIES", 0, 8),
    "hosts": _words,
    "session_idle": _minutes("DDR_SESSION_IDLE", 1, 24 * 60),
    "session_life": _minutes("DDR_SESSION_LIFE", 5, 7 * 24 * 60),
    "password_memory": _whole("DDR_PASSWORD_MEMORY", 19_456, 4_194_304),
}
