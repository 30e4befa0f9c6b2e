"""The ``case-list`` report: row by row, for those who may export the cases of their scopes.

It shows what a working list needs and no more: no phone, no place of origin, no armed group, an age
and not a date of birth. Nobody of the child process is on it.
"""

from collections.abc import Iterator
from functools import lru_cache, partial

import sqlalchemy as sa

from schema.dates import youngest_age
from schema.policy import Sight
from schema.said import Said
from server.exports.report import Column, Report, Row
from server.registry.reports import AsOf, case_list

_DATES_KEPT = 10_000
COLUMNS = (
    Column("Number", "#x_ddr+person+number"),
    Column("Name", "#x_ddr+person+name"),
    Column("Sex", "#x_ddr+sex"),
    Column("Age", "#x_ddr+age+num"),
    Column("Process", "#x_ddr+process"),
    Column("Category", "#x_ddr+category"),
    Column("Gate", "#x_ddr+gate"),
    Column("Opened on", "#date+start"),
    Column("Caseload", "#x_ddr+caseload"),
    Column("Area, P-code", "#loc+code"),
)


def rows(conn: sa.Connection, sight: Sight, as_of: AsOf) -> Iterator[Row]:
    """One row a case."""
    day = as_of.day
    # The same dates come again and again: "1990, by the year" is a third of some registers.
    age = lru_cache(_DATES_KEPT)(partial(youngest_age, on=day))
    for number, name, sex, born, precision, *rest in case_list(conn, sight):
        yield (number, name, sex, age(born, precision), *rest)


REPORT = Report(
    name="case-list",
    title=Said("List of cases"),
    compartment="case",
    leaves=(
        Said("Every case of the caseloads you answer for: number, name, sex, age and gate."),
        Said("It names people: give it to nobody outside the programme; destroy it after use."),
    ),
    coverage=Said(
        "Cases of the caseloads that the person named here may export, as they stand. Not listed: "
        "who is in the child process, and what has been withdrawn."
    ),
    columns=COLUMNS,
    rows=rows,
    of_the_past=False,
)
