"""Saves names into an encrypted laptop, says so, and waits with the store open to be killed."""

import sys
from pathlib import Path

from field_client.store import drafts, reading
from tests.field_client import laptops
from tests.field_client.acting import registered


def main(folder: Path, names: list[str]) -> None:
    """Type each name into a person, a draft and a search."""
    with laptops.opened(folder) as db:
        for name in names:
            registered(db, name=name, phone=name[::-1])
            drafts.keep(db, "register", {"name": name})
            reading.people(db, name)
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
