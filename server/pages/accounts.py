"""People and their laptops: who may do what, enrolment codes, and what has been revoked."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from schema.codes import PLACE_KIND, ROLE
from schema.entity import Entity
from schema.form import inputs, missing, parse, unknown_names
from schema.problems import Invalid, UnknownField
from server import access, accounts, answers, devices
from server.accounts import Days, Place
from server.db import reading, writing
from server.pages.account_forms import (
    ACCOUNT_QUESTIONS,
    GRANT_QUESTIONS,
    AccountForm,
    GrantForm,
    ReasonForm,
)
from server.passwords import made_password
from server.registry import places

pages = Blueprint("accounts", __name__)


@pages.get("/people")
@access.rule("admin", "read")
def index() -> str:
    """Everybody who has an account."""
    with reading() as conn:
        people = accounts.listed(conn)
    may_add = access.actor().sight.anywhere("create", "admin")
    return render_template("accounts/index.html", people=people, may_add=may_add)


@pages.get("/people/new")
@access.rule("admin", "create")
def new() -> str:
    """Ask who it is."""
    return _drawn("accounts/new.html", AccountForm, ACCOUNT_QUESTIONS, {}, {})


@pages.post("/people/new")
@access.rule("admin", "create")
def add() -> str:
    """Add somebody; their first password is on this answer and nowhere else."""
    said = _said("accounts/new.html", AccountForm, ACCOUNT_QUESTIONS)
    password = made_password()
    with writing() as conn:
        actor = access.actor()
        place = _place(conn, said)
        account_id = accounts.add_account(conn, actor, said["email"], said["name"], password)
        accounts.grant(conn, actor, account_id, said["role"], place)
    return _secret(_("First password"), password, account_id)


@pages.get("/people/<uuid:account_id>")
@access.rule("admin", "read")
def one(account_id: Any) -> str:
    """One person: what they may do, and their laptops."""
    with reading() as conn:
        return render_template("accounts/one.html", **_about(conn, str(account_id)))


@pages.get("/people/<uuid:account_id>/grant")
@access.rule("admin", "change")
def ask_grant(account_id: Any) -> str:
    """Ask for a role and a place."""
    with reading() as conn:
        accounts.find(conn, str(account_id))
    return _drawn("accounts/grant.html", GrantForm, GRANT_QUESTIONS, {}, {}, account_id=account_id)


@pages.post("/people/<uuid:account_id>/grant")
@access.rule("admin", "change")
def grant(account_id: Any) -> Response:
    """Give a role over a place."""
    with reading() as conn:
        accounts.find(conn, str(account_id))
    said = _said("accounts/grant.html", GrantForm, GRANT_QUESTIONS, account_id=account_id)
    with writing() as conn:
        known = accounts.find(conn, str(account_id))["id"]
        place, days = _place(conn, said), Days(_day(said, "first"), _day(said, "last"))
        accounts.grant(conn, access.actor(), known, said["role"], place, days)
    return _done(_("The role is given."), "accounts.one", account_id=account_id)


@pages.post("/people/<uuid:account_id>/grant/<uuid:grant_id>/end")
@access.rule("admin", "change")
def end_grant(account_id: Any, grant_id: Any) -> Response:
    """End a role; it can be given again."""
    with writing() as conn:
        accounts.end_grant(conn, access.actor(), str(grant_id))
    return _done(_("The role has ended."), "accounts.one", account_id=account_id)


@pages.post("/people/<uuid:account_id>/disable")
@access.rule("admin", "change")
def disable(account_id: Any) -> Response:
    """End all that an account may do."""
    with writing() as conn:
        accounts.disable(conn, access.actor(), str(account_id))
    return _done(_("The account is disabled."), "accounts.one", account_id=account_id)


@pages.post("/people/<uuid:account_id>/enable")
@access.rule("admin", "change")
def enable(account_id: Any) -> Response:
    """Let somebody sign in again."""
    with writing() as conn:
        accounts.enable(conn, access.actor(), str(account_id))
    return _done(_("The account is enabled."), "accounts.one", account_id=account_id)


@pages.post("/people/<uuid:account_id>/password")
@access.rule("admin", "change")
def password(account_id: Any) -> str:
    """Give a new first password; it is on this answer and nowhere else."""
    new_password = made_password()
    with writing() as conn:
        accounts.set_password(conn, access.actor(), str(account_id), new_password)
    return _secret(_("New password"), new_password, str(account_id))


@pages.post("/people/<uuid:account_id>/code")
@access.rule("admin", "create")
def code(account_id: Any) -> str:
    """Make a one-time code for a laptop; it is on this answer and nowhere else."""
    with writing() as conn:
        made = devices.make_code(conn, access.actor(), str(account_id))
    return _secret(_("Enrolment code, for one day and one laptop"), made, str(account_id))


@pages.get("/laptops")
@access.rule("admin", "read")
def laptops() -> str:
    """All laptops, those silent for longest first."""
    with reading() as conn:
        found = devices.listed(conn)
    may = access.actor().sight.anywhere("change", "admin")
    return render_template("accounts/laptops.html", laptops=found, may=may)


@pages.get("/laptops/<uuid:device_id>/revoke")
@access.rule("admin", "change")
def ask_revoke(device_id: Any) -> str:
    """Say what revoking does, and ask why."""
    with reading() as conn:
        devices.find(conn, str(device_id))
    return _drawn("accounts/revoke.html", ReasonForm, ("reason",), {}, {}, device_id=device_id)


@pages.post("/laptops/<uuid:device_id>/revoke")
@access.rule("admin", "change")
def revoke(device_id: Any) -> Response:
    """Refuse a laptop from its next request on."""
    with reading() as conn:
        devices.find(conn, str(device_id))
    said = _said("accounts/revoke.html", ReasonForm, ("reason",), device_id=device_id)
    with writing() as conn:
        devices.revoke(conn, access.actor(), str(device_id), said["reason"])
    return _done(_("The laptop is revoked."), "accounts.laptops")


@pages.get("/laptops/<uuid:device_id>/wipe")
@access.rule("admin", "change")
def ask_wipe(device_id: Any) -> str:
    """Say what wiping does, and ask why."""
    with reading() as conn:
        devices.find(conn, str(device_id))
    return _drawn("accounts/wipe.html", ReasonForm, ("reason",), {}, {}, device_id=device_id)


@pages.post("/laptops/<uuid:device_id>/wipe")
@access.rule("admin", "change")
def wipe(device_id: Any) -> Response:
    """Refuse a laptop from its next request on, and ask it to wipe itself then."""
    with reading() as conn:
        devices.find(conn, str(device_id))
    said = _said("accounts/wipe.html", ReasonForm, ("reason",), device_id=device_id)
    with writing() as conn:
        devices.wipe(conn, access.actor(), str(device_id), said["reason"])
    return _done(_("The laptop is asked to wipe itself."), "accounts.laptops")


def _said(
    template: str, form: type[Entity], questions: Sequence[str], **shown: Any
) -> dict[str, Any]:
    """What was typed, understood; the form comes back where it cannot be. Raises Invalid."""
    parsed = parse(form, request.form, questions)
    answers.form_again(
        lambda errors: _drawn(template, form, questions, parsed.typed, errors, **shown)
    )
    if unasked := unknown_names(form, request.form, questions):
        raise UnknownField(field=unasked[0])
    wrong = {**missing(form, parsed.values, questions), **parsed.errors}
    if wrong:
        raise Invalid(fields=wrong)
    return parsed.values


def _drawn(
    template: str,
    form: type[Entity],
    questions: Sequence[str],
    typed: Mapping[str, Any],
    errors: Mapping[str, Any],
    **shown: Any,
) -> str:
    asked = inputs(form, typed, errors, questions)
    others = [text for name, texts in errors.items() if name not in questions for text in texts]
    return render_template(template, asked=asked, others=others, failed=bool(errors), **shown)


def _place(conn: sa.Connection, said: Mapping[str, Any]) -> Place:
    """The place that a form names. Raises UnknownReference, Ambiguous, Invalid."""
    if said["place"] == "everywhere":
        return accounts.ALL_PLACES
    if not said.get("code"):
        raise Invalid(fields={"code": [_("Type the code of the place.")]})
    if said["place"] == "area":
        return Place("area", places.area_named(conn, said["code"]))
    return Place("scope", places.scope_named(conn, said["code"]))


def _day(said: Mapping[str, Any], name: str) -> date | None:
    return date.fromisoformat(said[name]) if said.get(name) else None


def _about(conn: sa.Connection, account_id: str) -> dict[str, Any]:
    person = accounts.find(conn, account_id)
    held = accounts.grants_given(conn, account_id)
    ids = [g["scope_id"] or g["area_id"] for g in held if g["kind"] != "everywhere"]
    return {
        "person": person,
        "grants": held,
        "named": places.named(conn, ids),
        "role": ROLE,
        "place_kind": PLACE_KIND,
        "laptops": [row for row in devices.listed(conn) if row["account_id"] == account_id],
        "may": access.actor().sight.anywhere("change", "admin"),
    }


def _secret(what: str, text: str, account_id: str) -> str:
    return render_template("accounts/secret.html", what=what, text=text, account_id=account_id)


def _done(words: str, endpoint: str, **values: Any) -> Response:
    flash(words, "done")
    return redirect(url_for(endpoint, **values))
