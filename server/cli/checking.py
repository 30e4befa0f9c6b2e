"""``ddr-server verify``: whether the registry agrees with itself."""

from typing import Any

import click

from schema.problems import Problem
from server.blobs.standing import figures
from server.cli.speech import note, registry_command, say
from server.db import reading
from server.sync import known
from server.verify import Report
from server.verify import verify as check


class Disagrees(Problem):
    """The registry contradicts itself. details: counted, faults, wrong [sentence]."""

    code, status = "registry-disagrees", 500
    sentence = "The registry does not agree with itself. Change nothing; restore or ask for help."


@registry_command("verify")
def verify() -> None:
    """Check chain, numbers, rows, entries and name tokens. Exit 1 with what does not agree."""
    with reading() as conn:
        report, laptops = check(conn), known.agreement(conn)
        pictures = figures(conn)
    if report.faults:
        for sentence in report.wrong:
            note(f"  {sentence}")
        raise Disagrees(
            f"{Disagrees.sentence} Faults: {report.faults}.",
            counted=report.counted,
            faults=report.faults,
            wrong=report.wrong,
        )
    said = f"{_summary(report)}\n{pictures.in_words()}\n{_told(laptops)}"
    say(said, agrees=True, counted=report.counted, laptops=laptops, pictures=vars(pictures))


commands: list[click.Command] = [verify]


def _summary(report: Report) -> str:
    told = ("commits", "numbers", "person", "case", "weapon", "service", "buckets", "entries")
    figures = ", ".join(f"{name} {report.counted.get(name, 0)}" for name in told)
    return f"The registry agrees with itself: {figures}."


def _told(laptops: dict[str, Any]) -> str:
    """Whether laptops had the same, as far as they said."""
    if not laptops["laptops"]:
        return "No laptop has synced yet."
    agreed = f"{laptops['agreed']} of {laptops['laptops']} laptops have said that theirs agree"
    last = f", last at {laptops['last_agreed_at']}" if laptops["last_agreed_at"] else ""
    differed = f"Rows differed {laptops['differed']} times"
    when = f", last at {laptops['last_differed_at']}" if laptops["last_differed_at"] else ""
    return f"{agreed}{last}. {differed}{when}."
