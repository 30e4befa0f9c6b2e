"""Flags: what the rules found on records that were kept all the same."""

from schema.ids import derived_id
from schema.record import NOW, Record, Working
from schema.rules import Finding


def flags(changed: tuple[Record, ...], found: tuple[Finding, ...], work: Working) -> list[Record]:
    """The flags that these findings open, and those of the changed records that no longer hold."""
    wanted = {_flag_id(finding): finding for finding in found}
    written: list[Record] = []
    for record in changed:
        if record.first == NOW:
            continue  # nothing could have marked it yet
        open_ones = [old for old in work.marks("flag", record) if old.get("state") == "open"]
        written.extend(
            old.but(values={**old.values, "state": "closed"}, ver=NOW)
            for old in open_ones
            if old.id not in wanted
        )
    for flag_id, finding in wanted.items():
        marked = work.find(*finding.record)
        fresh = _flag(flag_id, finding, marked, work.find("flag", flag_id)) if marked else None
        if fresh is not None:
            written.append(fresh)
    return written


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
