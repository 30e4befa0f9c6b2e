"""The file of a backup: a tar with the database, the key that opens what laptops sealed, and a manifest.

Whoever has to can unpack it with stock tools: ``tar xf``, then ``sqlite3`` or ``pg_restore``.
"""

import hashlib
import os
import shutil
import tarfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import orjson

from schema.problems import Problem, Refused
from server.highwater import Mark
from server.whole_files import opened, whole_file

MANIFEST, KEY, FORMAT = "manifest.json", "seal.key", 1
PIECE = 1 << 20


class NotABackup(Problem):
    """A file is no backup of a registry, or was cut or changed."""

    code, status = "not-a-backup", 422
    sentence = "This is no backup of a registry, or it was cut or changed. Nothing was restored."


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself. reached: where its registry stood; hashes: of its other members."""

    engine: str
    app: str
    made_at: str
    reached: Mark
    recipient: str
    hashes: Mapping[str, str]

    def as_json(self) -> bytes:
        """As it stands in the file."""
        return orjson.dumps({"format": FORMAT, **asdict(self)}, option=orjson.OPT_INDENT_2)

    @classmethod
    def read(cls, text: bytes) -> "Manifest":
        """The manifest of a file. Raises NotABackup."""
        try:
            said = orjson.loads(text)
            if said.pop("format") != FORMAT:
                raise NotABackup("This backup was made by a newer version. Nothing was restored.")
            return cls(**{**said, "reached": Mark(**said["reached"])})
        except (orjson.JSONDecodeError, AttributeError, KeyError, TypeError):
            raise NotABackup from None


def write(path: Path, members: Mapping[str, Path], **said: Any) -> Manifest:
    """Write these files and what is said of them; read back before this returns. Raises NotABackup."""
    hashes = {name: sha256_of(member) for name, member in members.items()}
    manifest = Manifest(hashes=hashes, **said)
    told = path.with_name(MANIFEST)
    told.write_bytes(manifest.as_json())
    with path.open("wb") as out:
        with tarfile.open(fileobj=out, mode="w") as tar:
            for name, member in {MANIFEST: told, **members}.items():
                tar.add(member, name)
        out.flush()
        os.fsync(out.fileno())
    with tarfile.open(path) as tar:
        for name in members:
            _require_same(manifest, name, _sha256(_member(tar, name)))
    return manifest


def unpack(path: Path, folder: Path) -> Manifest:
    """Take a backup's members out into a folder. Raises NotABackup, CannotRead, CannotWrite."""
    with opened(path) as file:
        try:
            with tarfile.open(fileobj=file, mode="r:") as tar:
                manifest = Manifest.read(_member(tar, MANIFEST).read())
                for name in manifest.hashes:
                    taken = folder / Path(name).name
                    with whole_file(taken) as out:
                        shutil.copyfileobj(_member(tar, name), out, PIECE)
                    _require_same(manifest, name, sha256_of(taken))
        except tarfile.TarError:
            raise NotABackup from None
    return manifest


def require_free(path: Path) -> None:
    """A backup takes the place of an older one, and of nothing else. Raises Refused."""
    if path.exists() and not (path.is_file() and (path.stat().st_size == 0 or _is_one(path))):
        raise Refused(f"{path} is there and is no backup. Choose another name.", rule="taken")


def _is_one(path: Path) -> bool:
    with opened(path) as file:
        try:
            with tarfile.open(fileobj=file, mode="r:") as tar:
                return MANIFEST in (one.name for one in tar)
        except tarfile.TarError:
            return False


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return _sha256(file)


def _sha256(file: Any) -> str:
    digest = hashlib.sha256()
    while piece := file.read(PIECE):
        digest.update(piece)
    return digest.hexdigest()


def _member(tar: tarfile.TarFile, name: str) -> Any:
    try:
        found = tar.extractfile(name)
    except KeyError:
        found = None
    if found is None:
        raise NotABackup
    return found


def _require_same(manifest: Manifest, name: str, found: str) -> None:
    if manifest.hashes[name] != found:
        raise NotABackup
