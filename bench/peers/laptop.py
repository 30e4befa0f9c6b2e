"""A laptop in a process of its own: ``python -m bench.peers.laptop FOLDER PASSPHRASE``.

It says a line when it is ready. For each line that comes in it syncs once and says what the sync did, as a
line of JSON.
"""

import json
import sys
from pathlib import Path

from field_client import home, sync


def main() -> None:
    """Unlock the device in this folder, and sync when told, until there is nobody to tell it."""
    folder, passphrase = sys.argv[1:]
    unlocked = home.unlock(Path(folder), passphrase)
    print(flush=True)
    for _ in sys.stdin:
        print(json.dumps(sync.run(unlocked).as_dict()), flush=True)


if __name__ == "__main__":
    main()
