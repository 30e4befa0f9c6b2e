"""``python -m demo [--once] [--people N]``: the main job step by step, then the pages stay up."""

import argparse
import signal
import sys
import threading
from collections.abc import Iterable, Sequence
from contextlib import ExitStack

from demo import programme
from demo.commands import Failed
from demo.laptop import PASSPHRASE, Laptop, enrolled
from demo.programme import CAST, SEED, Registry, address
from demo.screen import fail, show, step, tell
from demo.walk import Stage


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the demo; 0, or 1 with the step that failed."""
    words = argparse.ArgumentParser(prog="make demo", description=__doc__)
    words.add_argument("--once", action="store_true", help="end after the walk")
    words.add_argument("--people", type=int, default=2000, help="how many invented people")
    asked = words.parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        _run(asked.people, once=asked.once)
    except Failed as failed:
        fail(str(failed))
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _run(people: int, *, once: bool) -> None:
    with ExitStack() as stack:
        registry = _registry(people)
        stack.callback(registry.stop)
        registry.serve()
        _accounts(registry)
        awa, idriss = _laptops(registry)
        stack.callback(awa.stop)
        stack.callback(idriss.stop)
        Stage(registry, awa, idriss).run()
        if not once:
            _stay(registry, (awa, idriss))


def _registry(people: int) -> Registry:
    step("A registry is made and filled with an invented programme.")
    registry = programme.made()
    registry.ask("deployment", "example")
    registry.ask("seed", "--people", str(people), "--seed", SEED)
    tell(f"{people} invented people. Data of the demo: {registry.program.folder}")
    return registry


def _accounts(registry: Registry) -> None:
    step("An account for each role.")
    programme.cast(registry)
    _show_accounts(registry)


def _laptops(registry: Registry) -> list[Laptop]:
    step("Two laptops join, each with a one-time code, and fetch their caseload and nothing else.")
    laptops = [enrolled(registry, who) for who in ("awa", "idriss")]
    for laptop in laptops:
        cases = len(laptop.ask("list", "case"))
        tell(f"{laptop.who}'s laptop holds {cases} cases, in an encrypted file.")
    return laptops


def _stay(registry: Registry, laptops: Iterable[Laptop]) -> None:
    """Keep the pages up until Ctrl-C."""
    step("The pages are up. Ctrl-C ends the demo.")
    tell(f"Registry: {registry.url}")
    _show_accounts(registry)
    for laptop in laptops:
        tell(f"{laptop.who}'s laptop: {laptop.serve()}")
    tell(f"The laptops' passphrase: {PASSPHRASE}")
    threading.Event().wait()


def _show_accounts(registry: Registry) -> None:
    show((CAST[who], address(who), word) for who, word in registry.passwords.items())


if __name__ == "__main__":
    sys.exit(main())
