"""First passwords, made by the server and shown once."""

import secrets

from schema.ids import ALPHABET


def made_password() -> str:
    """100 random bits in four groups, which can be read aloud and typed on any keyboard."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(5)) for _ in range(4))
    return "-".join(groups)
