"""Known bugs of what is fetched ahead: served after it has left its bucket."""

from unittest import mock

from server.sync import pages
from tests.sync.known_bugs.flaw import Patches, flaw


@flaw
def files_outlive_what_left() -> Patches:
    """A snapshot of a bucket goes on being served when a record that it holds has left that bucket."""
    yield mock.patch.object(pages, "has_lost", return_value=False)
