"""Registering a person at the registry: who they are and the case they come with, in one form."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from schema.change import Change
from schema.deployment import gathered
from schema.entities import BY_NOUN
from schema.ids import new_number
from schema.problems import Invalid, NotFound
from server import access, answers
from server.db import reading
from server.pages import record_acts as acts
from server.pages import record_questions as asking
from server.registry import references
from server.registry.lanes import lanes

pages = Blueprint("people", __name__)

Errors = Mapping[str, Sequence[Any]]


def _person() -> asking.Questions:
    """Who it is. The caseload is asked once, with the case: the person follows it."""
    return asking.new("person", {}, ("caseload_id",)).under("person.")


def _case() -> asking.Questions:
    """With which case they come."""
    return asking.new("case", {}, ("person_id",)).under("case.")


@pages.get("/cases/new")
@access.rule(("case", "child"), "create")
def new() -> str:
    """Ask who it is and with which case they come."""
    return _form({}, {}, {})


@pages.post("/cases/new")
@access.rule(("case", "child"), "create")
def add() -> Response:
    """Register the person and open the case."""
    person_asked, case_asked = _person(), _case()
    who, case = person_asked.read(request.form), case_asked.read(request.form)
    answers.form_again(lambda errors: _form(who.typed, case.typed, errors))
    asking.refuse_unasked(request.form, person_asked, case_asked)
    wrong = {
        **_named(person_asked, {**person_asked.required(who.values), **who.errors}),
        **_named(case_asked, {**case_asked.required(case.values), **case.errors}),
    }
    if wrong:
        raise Invalid(fields=wrong)
    outcome = acts.write(*_registered(who.values, case.values))
    return acts.done(outcome, "case", acts.made_id(1), url_for("cases.index"))


def _registered(who: Mapping[str, Any], case: Mapping[str, Any]) -> tuple[Change, Change]:
    """The person and the case, as they are written. Raises UnknownReference, Ambiguous."""
    sight, (person_id, case_id) = access.actor().sight, (acts.made_id(), acts.made_id(1))
    with reading() as conn:
        person = gathered(references.resolved(conn, sight, BY_NOUN["person"], who), {})
        opened = gathered(references.resolved(conn, sight, BY_NOUN["case"], case), {})
    person |= {"number": new_number(), "caseload_id": opened.get("caseload_id")}
    opened |= {"person_id": person_id}
    return (
        Change("create", "person", person_id, _filled(person)),
        Change("create", "case", case_id, _filled(opened)),
    )


def _filled(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _named(questions: asking.Questions, errors: Errors) -> Errors:
    return {questions.prefix + name: said for name, said in errors.items()}


def _of(questions: asking.Questions, errors: Errors) -> Errors:
    """The errors about these questions, whether they came with the prefix or without."""
    named = {name.removeprefix(questions.prefix): said for name, said in errors.items()}
    return {name: said for name, said in named.items() if name in questions.only}


def _form(who: Mapping[str, Any], case: Mapping[str, Any], errors: Errors) -> str:
    sight = access.actor().sight
    if not lanes(sight, "case", "create"):
        raise NotFound
    of_person, of_case = _person(), _case()
    with reading() as conn:
        person_asked = of_person.drawn(conn, sight, who, _of(of_person, errors))
        case_asked = of_case.drawn(conn, sight, case, _of(of_case, errors))
        hidden = acts.hidden(conn, again=errors)
    known = {*of_person.only, *of_case.only, *_named(of_person, dict.fromkeys(of_person.only, ()))}
    known |= set(_named(of_case, dict.fromkeys(of_case.only, ())))
    return render_template(
        "people/new.html",
        person_asked=person_asked,
        case_asked=case_asked,
        others=[said for name, all_ in errors.items() if name not in known for said in all_],
        hidden=hidden,
        failed=bool(errors),
    )
