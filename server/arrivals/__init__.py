"""Every Unit as it came, with what became of it: what nobody throws away.

A laptop's Units are stored before they are judged (``receiving``, ``ready``); those of pages, shell and
imports in the transaction that applies them (``store``). What is held waits for what it lacks (``rerun``)
or for a person (``held``, ``retry``, ``close``).
"""

from server.arrivals.again import rerun
from server.arrivals.held import HeldUnit, close, held, held_one, retry
from server.arrivals.kept import known, known_many, store, store_many, units

__all__ = [
    "HeldUnit",
    "close",
    "held",
    "held_one",
    "known",
    "known_many",
    "rerun",
    "retry",
    "store",
    "store_many",
    "units",
]
