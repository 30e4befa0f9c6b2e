"""What a page's frame needs to know, and the addresses of the look's own files."""

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files

from schema.wording import LANGUAGES, direction


@dataclass(frozen=True)
class Door:
    """One item of the bar, in the reader's language. A door without right is left out."""

    label: str
    href: str
    current: bool = False
    count: int = 0


@dataclass(frozen=True)
class Site:
    """The frame of one page, made by each app's context processor as ``site``.

    here: the address to come back to after the display was changed. only_here: the chip's count,
    None on the manager's side; on_its_way: how many of these are being sent. lock_href: the laptop's
    lock; signout_href: the manager's way out.
    """

    name: str
    home_href: str
    here: str
    language: str = "en"
    theme: str = "light"
    large: bool = False
    doors: tuple[Door, ...] = ()
    display_href: str = ""
    help_href: str = ""
    account: str = ""
    signout_href: str = ""
    lock_href: str = ""
    only_here: int | None = None
    on_its_way: int = 0
    sync_href: str = ""

    @property
    def direction(self) -> str:
        """The page's direction."""
        return direction(self.language)

    @property
    def languages(self) -> dict[str, str]:
        """Each language by its own name."""
        return LANGUAGES


@cache
def version(name: str) -> str:
    """A short digest of a file of the look, so that it can be cached for a year."""
    content = files("schema").joinpath("static", *name.split("/")).read_bytes()
    return sha256(content).hexdigest()[:12]
