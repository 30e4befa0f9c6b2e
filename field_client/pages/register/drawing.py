"""Draws a step with what is typed, what is wrong, and who is alike."""

from collections.abc import Callable
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext

from field_client import moments
from field_client.pages.alike import alike
from field_client.pages.deployed import declarations
from field_client.pages.register import asking, reading, steps
from field_client.pages.register.asking import Errors
from field_client.pages.register.draft import Begun, caseloads, stores
from schema.notice_points import POINTS

QUIETLY = 3


def at(draft_id: str, step: str, **said: Any) -> str:
    """The address of a step; said: what it carries besides."""
    if step == steps.CHECK:
        return url_for("finishing.check", draft_id=draft_id, **said)
    if step == steps.PHOTO:
        return url_for("register_photo.ask", draft_id=draft_id, **said)
    if step == steps.HAND_OVER:
        return url_for("finishing.hand_over", draft_id=draft_id, **said)
    return url_for("register.ask", draft_id=draft_id, step=step, **said)


def path_of(one: Begun) -> tuple[str, ...]:
    """The steps this draft goes through."""
    return reading.path(one.typed, moments.today(), weapons=bool(stores()))


def frame(one: Begun, step: str) -> dict[str, Any]:
    """What the step bar and the foot of a step show."""
    path = path_of(one)
    return {
        "draft_id": one.id,
        "step": step,
        "place": path.index(step) + 1,
        "labels": [gettext(steps.LABELS[name].text) for name in path],
        "heading": steps.HEADINGS[step],
        "primary": gettext("Search") if step == steps.SEARCH else gettext("Save and go on"),
        "saved_words": saved_words(one.at),
        "back_to": request.values.get("_back"),
    }


def drawn(one: Begun, step: str, errors: Errors) -> str:
    """A step that asks."""
    return DRAW[step](one, errors, {**frame(one, step), "failed": bool(errors)})


def who_so_far(one: Begun) -> dict[str, Any]:
    """What is understood of the person so far, and whether they may be a child."""
    values = reading.read_who(one.at_step(steps.WHO), moments.today()).values
    return {"said": values, "child": reading.doubt_of_age(values, moments.today())}


def saved_words(at: str) -> str:
    """When the draft was saved last."""
    return gettext("Draft saved %(time)s", time=at[11:19]) if at else ""


def _search(one: Begun, errors: Errors, draw: dict[str, Any]) -> str:
    typed = one.at_step(steps.SEARCH)
    words = [typed.get("name", ""), typed.get("mother_name", "")]
    searched = any(words) and not errors
    year = reading.read_year(typed.get(steps.YEAR, ""), moments.today())
    return render_template(
        "register/search.html",
        asked=asking.search(typed, errors),
        searched=searched,
        known=alike(words, year) if searched else [],
        **draw,
    )


def _information(one: Begun, errors: Errors, draw: dict[str, Any]) -> str:
    typed, nouns = one.at_step(steps.INFORMATION), declarations()
    asked = asking.information(typed, errors, nouns)
    return render_template(
        "register/information.html",
        points=POINTS,
        asked=asked,
        sharing=asking.sharing(typed, nouns),
        **draw,
    )


def _who(one: Begun, errors: Errors, draw: dict[str, Any]) -> str:
    asked = asking.who(one.at_step(steps.WHO), errors, caseloads())
    known = alike([one.name], most=QUIETLY)
    so_far = who_so_far(one)
    return render_template("register/who.html", asked=asked, who=so_far, known=known, **draw)


def _screening(one: Begun, errors: Errors, draw: dict[str, Any]) -> str:
    asked = asking.screening(one.at_step(steps.SCREENING), errors, declarations())
    return render_template("register/plain.html", asked=asked, **draw)


def _weapon(one: Begun, errors: Errors, draw: dict[str, Any]) -> str:
    first, about = asking.weapon(one.at_step(steps.WEAPON), errors, stores(), declarations())
    return render_template("register/weapon.html", asked=[first, *about], **draw)


def _household(one: Begun, errors: Errors, draw: dict[str, Any]) -> str:
    typed = one.at_step(steps.HOUSEHOLD)
    nouns = declarations()
    table, contact = asking.dependants(typed, errors, nouns), asking.contact(typed, errors, nouns)
    asked = [question for _, row in table for question in row] + contact
    return render_template(
        "register/household.html", rows=table, contact=contact, asked=asked, **draw
    )


DRAW: dict[str, Callable[[Begun, Errors, dict[str, Any]], str]] = {
    steps.SEARCH: _search,
    steps.INFORMATION: _information,
    steps.WHO: _who,
    steps.SCREENING: _screening,
    steps.WEAPON: _weapon,
    steps.HOUSEHOLD: _household,
}
