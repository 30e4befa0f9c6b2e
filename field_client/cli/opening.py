"""Opens the device that a command works on."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
from sqlite_utils import Database

from field_client import home
from field_client.config import Config
from schema.problems import WrongUse

DEVICE = "ddr.device"


def unlocked() -> home.Unlocked:
    """The device named by ``--device``, or the only one, unlocked. Raises NotFound, WrongPassphrase."""
    config = Config.read()
    folder = home.folder_of(config.home, click.get_current_context().meta.get(DEVICE, ""))
    return home.unlock(folder, passphrase(config))


@contextmanager
def opened() -> Iterator[Database]:
    """The store of that device."""
    with unlocked().opened() as db:
        yield db


def passphrase(config: Config, *, confirm: bool = False) -> str:
    """The passphrase: from the environment, or asked for at a terminal."""
    if config.passphrase is not None:
        return config.passphrase
    if not sys.stdin.isatty():
        raise WrongUse("Set DDR_PASSPHRASE or DDR_PASSPHRASE_FILE: there is no terminal to ask at.")
    asked: str = click.prompt("Passphrase", hide_input=True, confirmation_prompt=confirm, err=True)
    return asked
