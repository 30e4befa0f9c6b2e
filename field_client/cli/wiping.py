"""The command that wipes a device by its officer's own hand: wipe."""

import click

from field_client import wiping
from field_client.cli import opening, speech
from schema.problems import WrongUse


@speech.command("wipe")
@click.option("--device", "name", default="", metavar="NAME", help="Which device; it must be said.")
@click.option(
    "--keep-unsent",
    is_flag=True,
    help="Seal what was not sent to the registry's key, and leave that file here.",
)
def wipe(name: str, keep_unsent: bool) -> None:
    """Destroy the key and the store of a device. Drafts go with it. This cannot be undone.

    Refused while something is only here, unless --keep-unsent keeps it sealed.
    """
    told = click.get_current_context().meta
    told[opening.DEVICE] = name or told.get(opening.DEVICE, "")
    if not told[opening.DEVICE]:
        raise WrongUse("Say which device is to be wiped: --device NAME.")
    unlocked = opening.unlocked()
    by_hand = wiping.wipe_sealing if keep_unsent else wiping.wipe_all_sent
    kept = by_hand(unlocked)
    text = f"{unlocked.folder.name} is wiped. {wiping.what_is_kept(kept)}"
    speech.note("The registry still lists it: ask an administrator to revoke it.")
    speech.say(text, device=unlocked.folder.name, kept=str(kept) if kept else None)


commands: list[click.Command] = [wipe]
