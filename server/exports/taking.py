"""Taking a report: who may, making the file, keeping that it was taken, and what goes beside it.

The log is written before the file goes out: a file that nobody knows of must not exist. The chained
history gets the same act, so the log cannot be trimmed unnoticed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from schema.policy import Sight
from schema.problems import BadValue, NotFound
from server.actor import Actor
from server.config import settings
from server.db import reading, writing
from server.exports import case_list, csv_file, gate_ledger, gates, log, three_way
from server.exports.report import Report
from server.registry import reports

REPORTS = (gates.REPORT, case_list.REPORT, gate_ledger.REPORT, three_way.REPORT)
TIMELESS = "This report shows the registry as it stands; it cannot be made as of an earlier change."


@dataclass(frozen=True)
class Taken:
    """A file that was made and logged, and the manifest that goes beside it."""

    id: str
    report: Report
    manifest: dict[str, Any]

    @property
    def file_name(self) -> str:
        """A name that says which report and which day."""
        return f"{self.report.name}-{self.manifest['day']}.csv"


def allowed(sight: Sight) -> list[Report]:
    """The reports that somebody may take."""
    return [report for report in REPORTS if sight.anywhere("export", report.compartment)]


def named(name: str, sight: Sight) -> Report:
    """The report of this name. Raises NotFound, also for one that they may not take."""
    for report in allowed(sight):
        if report.name == name:
            return report
    raise NotFound


def take(report: Report, actor: Actor, typed: str, out: BinaryIO) -> Taken:
    """Write the report into ``out`` as of what was typed, and keep that it was taken."""
    if typed.strip() and not report.of_the_past:
        raise BadValue(TIMELESS, field="as_of")
    with reading() as conn:
        as_of = reports.as_of(conn, typed, settings().timezone)
        rows = report.rows(conn, actor.sight, as_of)
        written = csv_file.write(out, report.columns, rows)
    taking = log.Taking(
        report=report.name,
        as_of=as_of.number,
        day=as_of.day.isoformat(),
        scopes=_scopes(report, actor.sight),
        **vars(written),
    )
    with writing() as conn:
        row = log.keep(conn, actor, taking)
    return Taken(row["id"], report, manifest(row))


def manifest(row: Mapping[str, Any]) -> dict[str, Any]:
    """What goes beside a file: as of when, made when and by whom, over what, and its hash."""
    report = next(report for report in REPORTS if report.name == row["report"])
    kept = (
        "report",
        "taken_at",
        "by",
        "as_of",
        "day",
        "scopes",
        "sha256",
        "size",
        "rows",
        "hidden",
    )
    return {
        **{name: row[name] for name in kept},
        "title": str(report.title),
        "coverage": str(report.coverage),
        "columns": {column.title: column.tag for column in report.columns},
    }


def _scopes(report: Report, sight: Sight) -> str:
    """Over what the figures range: the whole programme, or the scopes of a right to export."""
    if report.compartment == "reference":
        return "programme"
    return " ".join(sorted(sight.scopes("export", report.compartment)))
