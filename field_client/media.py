"""Where sticks appear on this laptop: what is plugged in and may be written to."""

import getpass
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

# Where desktops put what is plugged in: one folder for each, some under the user's name.
PLACES = ("/media/{user}", "/run/media/{user}", "/media", "/Volumes")
LETTERS = "DEFGHIJKLMNOPQRSTUVWXYZ"


def folders(places: Iterable[str] = PLACES) -> list[Path]:
    """The folders of the sticks and disks that are plugged in now."""
    if sys.platform == "win32":
        return [Path(f"{letter}:/") for letter in LETTERS if Path(f"{letter}:/").exists()]
    user = getpass.getuser()
    found = [path for place in places for path in _within(Path(place.format(user=user)))]
    return sorted(dict.fromkeys(found))


def files(folder: Path, ending: str) -> list[Path]:
    """The files in a folder whose name ends so; none when it was pulled out meanwhile."""
    try:
        return sorted(path for path in folder.iterdir() if path.name.endswith(ending))
    except OSError:
        return []


def is_folder(path: Path) -> bool:
    """Whether a folder is here."""
    return _tells(path.is_dir)


def stands(path: Path) -> bool:
    """Whether anything is here under this name."""
    return _tells(path.exists)


def _within(place: Path) -> list[Path]:
    return [p for p in files(place, "") if _tells(p.is_mount) and os.access(p, os.W_OK)]


def _tells(ask: Callable[[], bool]) -> bool:
    """What a disk says of a path; a disk that was pulled out, or shows us nothing, says no."""
    try:
        return ask()
    except OSError:
        return False
