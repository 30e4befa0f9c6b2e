"""The laptop's settings, read strictly from DDR_* environment variables.

A name that neither program knows stops the start with a sentence; the server's names are ignored.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from schema.problems import BadSetting
from schema.settings import FIELD_NAMES, SERVER_NAMES


@dataclass(frozen=True)
class Config:
    """Where the laptop keeps its devices, and the passphrase when the environment gives one.

    autosync: whether served pages sync by themselves, unless the officer has chosen otherwise.
    """

    home: Path
    passphrase: str | None = field(default=None, repr=False)
    autosync: bool = True

    @classmethod
    def read(cls, environment: Mapping[str, str] | None = None) -> "Config":
        """The settings that the environment gives. Raises BadSetting."""
        given = os.environ if environment is None else environment
        for name in sorted(given):
            if name.startswith("DDR_") and name not in FIELD_NAMES + SERVER_NAMES:
                raise BadSetting(f"{name} is not a setting. See docs/laptop.md.", setting=name)
        home = given.get("DDR_FIELD_HOME", "~/.ploughshare")
        if not home:
            raise BadSetting("DDR_FIELD_HOME must name a folder.", setting="DDR_FIELD_HOME")
        return cls(Path(home).expanduser().absolute(), _passphrase(given), _autosync(given))


def _autosync(given: Mapping[str, str]) -> bool:
    said = given.get("DDR_FIELD_AUTOSYNC", "yes")
    if said not in ("yes", "no"):
        raise BadSetting("DDR_FIELD_AUTOSYNC must be yes or no.", setting="DDR_FIELD_AUTOSYNC")
    return said == "yes"


def _passphrase(given: Mapping[str, str]) -> str | None:
    named = given.get("DDR_PASSPHRASE_FILE")
    if named is None:
        return given.get("DDR_PASSPHRASE")
    if "DDR_PASSPHRASE" in given:
        sentence = "DDR_PASSPHRASE and DDR_PASSPHRASE_FILE are both set. Keep one."
        raise BadSetting(sentence, setting="DDR_PASSPHRASE")
    try:
        return Path(named).read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError):
        sentence = "DDR_PASSPHRASE_FILE cannot be read."
        raise BadSetting(sentence, setting="DDR_PASSPHRASE_FILE") from None
