"""The registry's own age key: laptops seal to it what they may hand in but not keep.

The key lies beside the data, made at the first start, or comes from DDR_SEAL_KEY[_FILE]. It is part
of what a backup must keep: without it nobody opens what was sealed.
"""

import base64
import binascii
import os
from functools import cache
from pathlib import Path
from typing import IO

import pyrage

from schema.frames import SEALED
from schema.problems import BadValue, NotABundle, Problem
from server.config import settings
from server.whole_files import CannotWrite

KEY_FILE = "seal.key"


class KeyMissing(Problem):
    """Laptops have sealed to a key that is not here: a new one would open nothing of theirs."""

    code, status = "seal-key-missing", 500
    sentence = (
        "seal.key is missing beside the data, and laptops seal to it: a new one would not open what they "
        "hand in. Take it out of a backup (`tar xf FILE seal.key`) into the folder of DDR_DATA, or name it in "
        "DDR_SEAL_KEY_FILE. If no backup has it, revoke every laptop first, and enrol each again."
    )


def is_kept() -> bool:
    """Whether the key is here, and need not be made."""
    config = settings()
    return bool(config.seal_key) or (config.data / KEY_FILE).exists()


def recipient() -> str:
    """What a laptop seals to, as it is told at enrolment."""
    return str(_identity().to_public())


def identity_text() -> str:
    """The key itself, for a backup: without it nobody opens what was sealed."""
    return str(_identity())


def unseal(payload: str) -> str:
    """The text that a laptop sealed. Raises BadValue when it was not sealed to this registry."""
    try:
        body = base64.b64decode(payload.removeprefix(SEALED), validate=True)
        return pyrage.decrypt(body, [_identity()]).decode()
    except (binascii.Error, pyrage.DecryptError, UnicodeDecodeError):
        raise BadValue("This was not sealed to this registry, or was damaged.") from None


def unseal_bytes(body: bytes) -> bytes:
    """The bytes that a laptop sealed. Raises BadValue when they were not sealed to this registry."""
    try:
        return pyrage.decrypt(body, [_identity()])
    except pyrage.DecryptError:
        raise BadValue("This was not sealed to this registry, or was damaged.") from None


def unseal_file(sealed: IO[bytes], opened: IO[bytes]) -> None:
    """Unseal what a laptop sealed as one file. Raises NotABundle, CannotWrite when the disk is full."""
    try:
        pyrage.decrypt_io(sealed, opened, [_identity()])
    except pyrage.DecryptError:
        raise NotABundle from None
    except OSError as error:
        if error.errno is None:
            raise NotABundle from None
        raise CannotWrite from error


def _identity() -> pyrage.x25519.Identity:
    config = settings()
    return _read(config.seal_key) if config.seal_key else _kept(config.data / KEY_FILE)


@cache
def _read(text: str) -> pyrage.x25519.Identity:
    return pyrage.x25519.Identity.from_str(text)


@cache
def _kept(path: Path) -> pyrage.x25519.Identity:
    """The key in this file, made when there is none. Two that start at once keep the same one."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    if not path.exists():
        handle = os.open(fresh, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(str(pyrage.x25519.Identity.generate()))
            file.flush()
            os.fsync(file.fileno())
        try:
            path.hardlink_to(fresh)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return pyrage.x25519.Identity.from_str(path.read_text(encoding="ascii").strip())
