"""``ddr-server verify``: whether the registry agrees with itself."""

import click

from schema.problems import Problem
from server.cli.speech import note, registry_command, say
from server.db import reading
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
        report = check(conn)
    if report.faults:
        for sentence in report.wrong:
            note(f"  {sentence}")
        raise Disagrees(
            f"{Disagrees.sentence} Faults: {report.faults}.",
            counted=report.counted,
            faults=report.faults,
            wrong=report.wrong,
        )
    say(_summary(report), agrees=True, counted=report.counted)


commands: list[click.Command] = [verify]


def _summary(report: Report) -> str:
    told = ("commits", "numbers", "person", "case", "weapon", "service")
    figures = ", ".join(f"{name} {report.counted.get(name, 0)}" for name in told)
    return f"The registry agrees with itself: {figures}."
