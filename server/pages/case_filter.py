"""What narrows the list of cases, declared so that the one set of macros draws it."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from flask import request, url_for

from schema import codes
from schema.detail import details
from schema.entity import Entity
from schema.fields import Choice, Ref
from schema.form import Input
from schema.policy import Sight
from schema.problems import Invalid
from schema.said import Said
from server.pages.record_questions import Questions, as_filter
from server.registry import references
from server.registry.cases import CaseFilter
from server.registry.labels import named


class CaseFilterForm(Entity):
    """Questions to narrow the list by."""

    noun = "case"

    caseload = Ref("Caseload", "caseload")
    area = Ref("Area", "area", hint="P-code or name; with all below it")
    gate = Choice("Gate", codes.GATE)
    process = Choice("Process", codes.PROCESS)
    category = Choice("Category", codes.CATEGORY)
    sex = Choice("Sex", codes.SEX)


FIELDS = ("caseload", "area", "gate", "process", "category", "sex")
QUESTIONS = Questions(CaseFilterForm, FIELDS)


def understood(conn: sa.Connection, sight: Sight) -> CaseFilter:
    """The filter in the address. Raises Invalid, UnknownReference, Ambiguous."""
    parsed = QUESTIONS.read(request.args)
    if parsed.errors:
        raise Invalid(fields=parsed.errors)
    values = references.resolved(conn, sight, CaseFilterForm, parsed.values)
    return CaseFilter(**{name: value for name, value in values.items() if value})


def drawn(
    conn: sa.Connection,
    sight: Sight,
    values: Mapping[str, Any],
    errors: Mapping[str, Sequence[Said | str]] | None = None,
) -> list[Input]:
    """The questions with what is asked for in them."""
    return as_filter(QUESTIONS.drawn(conn, sight, values, errors))


def chips(
    conn: sa.Connection, sight: Sight, chosen: Mapping[str, str]
) -> list[tuple[Said, Said | str | None, str]]:
    """The filters in force: what, which, and the address without it."""
    words: dict[str, str] = {}
    for name in ("caseload", "area"):
        if name in chosen:
            words |= named(conn, sight, name, [chosen[name]])
    lines = details(CaseFilterForm, chosen, words, [n for n in FIELDS if n in chosen])
    return [(line.label, line.text, _without(line.name)) for line in lines]


def _without(name: str) -> str:
    kept: dict[str, Any] = {
        n: v for n, v in request.args.items() if v and n not in (name, "after", "before", "row")
    }
    return url_for("cases.index", **kept)
