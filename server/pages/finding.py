"""What was searched for stays in the session and out of addresses: a name in a log is a name given away."""

import secrets

from flask import session

_KEPT = "sought"
MOST_KEPT = 8


def keep(text: str) -> str:
    """Remember what somebody searched for; the word that the address carries instead."""
    kept: dict[str, str] = dict(session.get(_KEPT, {}))
    known = next((token for token, typed in kept.items() if typed == text), None)
    if known:
        return known
    token = secrets.token_hex(4)
    kept[token] = text
    session[_KEPT] = dict(list(kept.items())[-MOST_KEPT:])
    return token


def kept(token: str) -> str:
    """What this address searches for; empty where that has been forgotten."""
    return str(session.get(_KEPT, {}).get(token, ""))
