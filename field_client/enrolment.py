"""How this laptop joins: a one-time code for a device of its own, then a first sync."""

import shutil
from itertools import count
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from field_client import home, transport
from field_client.cipher import transaction
from field_client.store import facts
from schema.problems import Invalid

DEFAULT_NAME = "laptop"


def enrol(
    folder: Path, url: str, code: str, passphrase: str, name: str = "", ca: Path | None = None
) -> home.Unlocked:
    """Enrol a device here. Nothing is left behind when it is refused. Raises WrongCode, Invalid."""
    address = transport.check_address(url)
    prepared = home.prepare(folder, name or _free_name(folder), passphrase)
    try:
        _introduce(prepared, address, code, ca)
        return home.joined(prepared)
    except BaseException:
        home.discard(prepared.folder)
        raise


def _introduce(prepared: home.Unlocked, url: str, code: str, ca: Path | None) -> None:
    if ca:
        _pin(ca, prepared.folder / home.CA_FILE)
    key = Ed25519PrivateKey.generate()
    name = prepared.folder.name.removesuffix(home.JOINING)
    public = key.public_key().public_bytes_raw().hex()
    body = {"code": code, "name": name, "public_key": public}
    said = transport.enrol(transport.Link(url, ca=prepared.ca), body)
    private = key.private_bytes(
        serialization.Encoding.Raw, serialization.PrivateFormat.Raw, serialization.NoEncryption()
    ).hex()
    account = {"account_id": said["account"]["id"], "account_name": said["account"]["name"]}
    device = {"device": said["device"], "device_name": name, "token": said["token"]}
    registry = {"seal_key": said["recipient"], "registry_key": said.get("signer", "")}
    with prepared.opened() as db, transaction(db):
        facts.put(db, url=url, private_key=private, **registry, **device, **account)


def _pin(ca: Path, place: Path) -> None:
    try:
        shutil.copyfile(ca, place)
    except OSError:
        raise Invalid(f"{ca} cannot be read.", fields={"ca": ["This cannot be read."]}) from None
    place.chmod(0o600)


def _free_name(folder: Path) -> str:
    names = (f"{DEFAULT_NAME}-{n}" if n > 1 else DEFAULT_NAME for n in count(1))
    return next(name for name in names if not (folder / name).exists())
