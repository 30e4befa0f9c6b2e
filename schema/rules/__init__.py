"""Rules that span fields and records: each answers holds, broken or cannot tell.

A rule ``forbids`` (red line, safeguard, custody) or ``marks``. ``judge`` asks them on the merged
result and decides nothing: at a form only a broken ``forbids`` refuses; on arrival a ``forbids`` that
is broken or cannot be told is held; everything else is kept and flagged.
"""

from schema.rules.asked import REPEATS, RULES, Finding, findings, repeats

__all__ = ["REPEATS", "RULES", "Finding", "findings", "repeats"]
