"""Known bugs of carrying pictures: bytes that go too early, or are thought to have come."""

from collections.abc import Mapping
from unittest import mock

from field_client.store import blobs
from server.blobs import uploads
from server.blobs.uploads import Standing
from tests.sync.known_bugs.flaw import Patches, flaw


@flaw
def bytes_go_before_they_are_safe() -> Patches:
    """A laptop lets go of bytes that the registry has not got."""
    yield mock.patch.object(blobs, "_MUST_SEND", "0")


@flaw
def whole_before_all_has_come() -> Patches:
    """The registry says that it has what it was only offered."""

    def standing(_device: str, offered: Mapping[str, int], *_: object) -> dict[str, Standing]:
        return {sha256: Standing(size, here=True) for sha256, size in offered.items()}

    yield mock.patch.object(uploads, "standing", standing)
