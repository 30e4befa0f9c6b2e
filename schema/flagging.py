"""Flags: what the rules found on records that were kept all the same."""

from schema.ids import derived_id
from schema.judge import Judged
from schema.record import NOW, Record, Working
from schema.rules import REPEATS, Finding


def flags(judged: Judged, work: Working) -> list[Record]:
    """The flags that a Unit's findings open, and those that no longer hold.

    On a record beside the changed ones only what they have in common is looked at again.
    """
    wanted = {_flag_id(finding): finding for finding in judged.findings}
    written: list[Record] = []
    for record in (*judged.changed, *judged.beside):
        if record.first == NOW:
            continue  # nothing could have marked it yet
        open_ones = [old for old in work.marks("flag", record) if old.get("state") == "open"]
        written.extend(
            old.but(values={**old.values, "state": "closed"}, ver=NOW)
            for old in open_ones
            if old.id not in wanted and (record not in judged.beside or old.get("rule") in REPEATS)
        )
    for flag_id, finding in wanted.items():
        marked = work.find(*finding.record)
        before = _before(flag_id, marked, work) if marked else None
        fresh = _flag(flag_id, finding, marked, before) if marked else None
        if fresh is not None:
            written.append(fresh)
    return written


def _before(flag_id: str, marked: Record, work: Working) -> Record | None:
    """The flag as it stands, among those of the record that it marks."""
    return next((old for old in work.marks("flag", marked) if old.id == flag_id), None)


def _flag_id(finding: Finding) -> str:
    return derived_id("flag", *finding.record, finding.rule.name)


def _flag(flag_id: str, finding: Finding, marked: Record, before: Record | None) -> Record | None:
    values = {
        "entity": marked.entity,
        "record_id": marked.id,
        "rule": finding.rule.name,
        "verdict": finding.verdict,
        "missing": list(finding.missing) or None,
        "state": "open",
    }
    if before and dict(before.values) == values and before.bucket == marked.bucket:
        return None
    fresh = before or Record("flag", flag_id, {}, first=NOW, origin="registry", moved=NOW)
    return fresh.but(values=values, scope=marked.scope, compartment=marked.compartment, ver=NOW)
