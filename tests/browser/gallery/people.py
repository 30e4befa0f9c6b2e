"""What the gallery's pages show: plainly made-up people with awkward names."""

from typing import Any

from flask import request
from flask_babel import gettext as _

from schema.detail import details
from schema.difference import pieces
from schema.entities import Person, Weapon
from schema.form import inputs, parse, prefixed
from schema.look import Door, Site
from schema.said import Said

LONG = "Marie-Ange Ndeye Fatimata Bint Abderahman Idriss Moussa Oumarou"
ARABIC = "عبد الرحمن إدريس موسى"
FIELD_PAGES = ("register", "dispute")


def site(language: str = "en", theme: str = "light", page: str = "") -> Site:
    """The frame: the laptop's for some pages, the manager's for the others, none for signing in."""
    field = page in FIELD_PAGES
    shared: dict[str, Any] = {
        "home_href": "#",
        "here": request.path,
        "language": language,
        "theme": theme,
        "large": request.args.get("large") == "1",
        "display_href": "#",
    }
    if page in ("signin", "problem"):
        return Site("Ploughshare", **shared)
    if field:
        return Site(
            _("Ploughshare field"), doors=_field_doors(page), lock_href="/pressed/lock", help_href="#",
            only_here=14 if page == "register" else 0, sync_href="#", account="Awa", **shared,
        )  # fmt: skip
    return Site(
        "Ploughshare", doors=_manager_doors(page), help_href="#", account="Celine",
        signout_href="#", **shared,
    )  # fmt: skip


def of_page(page: str) -> dict[str, Any]:
    """The variables of one page."""
    makers = {"register": _register, "person": _person, "cases": _cases, "dispute": _dispute}
    return makers[page]() if page in makers else {}


def _field_doors(page: str) -> tuple[Door, ...]:
    return (
        Door(_("Home"), "#"),
        Door(_("Register"), "#", current=page == "register"),
        Door(_("Find"), "#"),
        Door(_("My work"), "#"),
        Door(_("Disputes"), "#", current=page == "dispute", count=2),
        Door(_("Sync"), "#"),
    )


def _manager_doors(page: str) -> tuple[Door, ...]:
    return (
        Door(_("Board"), "#", current=page == "board"),
        Door(_("Cases"), "#", current=page in ("cases", "person")),
        Door(_("Decisions"), "#", count=17),
        Door(_("Weapons"), "#"),
        Door(_("Services"), "#"),
        Door(_("Reports"), "#"),
        Door(_("Laptops"), "#"),
        Door(_("Admin"), "#"),
    )


def _register() -> dict[str, Any]:
    typed = {
        "name": LONG, "mother_name": "", "birth_date-month": "7", "birth_date-year": "2206x",
        "birth_date-estimate": "1", "may_be_under_18": "0", "nationality": "SUDAN", "sex": "male",
        "alias": ARABIC, "safe_contact": "", "marital_status": "single", "caseload_id": "KN-01",
    }  # fmt: skip
    parsed = parse(Person, typed)
    area = {"origin_area_id": [("a1", "Kano"), ("a2", "كسلا")]}
    weapon = parse(Weapon, {"year": "old", "type": "", "serial": "56-1 2247"})
    asked = inputs(
        Weapon, weapon.typed, weapon.errors, only=["type", "serial", "year", "condition"]
    )
    return {
        "asked": inputs(Person, parsed.typed, parsed.errors, choices=area),
        "weapon": prefixed(asked, "weapon."),
        "failed": True,
    }


def _person() -> dict[str, Any]:
    values = {
        "number": "7K3M-Q9XD-2P", "name": ARABIC, "sex": "male", "birth_date": "2000-01-01",
        "birth_date_precision": "year", "caseload_id": "c1", "marital_status": "widowed",
        "may_be_under_18": False, "safe_contact": "After sunset\nnot on market days",
        "intended_area_id": "gone",
    }  # fmt: skip
    return {
        "person": {
            "name": ARABIC, "number": "7K3M-Q9XD-2P", "sex": Said("Male"), "area": "Kano",
            "birth": ("2000-01-01", "year"), "tags": ["disputed", "here"],
        },
        "details": details(Person, values, {"c1": "Kano 01"}, only=[*values, "phone"]),
    }  # fmt: skip


def _cases() -> dict[str, Any]:
    names = (LONG, ARABIC, "Awa", "O’Brien <b>")
    rows = [
        {"name": name, "number": f"7K3M-Q9XD-{n}P", "age": ("1990-07-05", "day"),
         "area": ("Kano", "كسلا")[n % 2], "visits": 1250 * n, "state": state}
        for n, (name, state) in enumerate(zip(names, ("registry", "backup", "disputed", "held"),
                                              strict=True))
    ]  # fmt: skip
    asked = inputs(Person, {"sex": "female"}, only=["sex", "name"])
    return {"rows": rows, "asked": asked}


def _dispute() -> dict[str, Any]:
    ours, theirs = "56-1 22147", "56-1 22417"
    neither = prefixed(inputs(Weapon, {}, only=["serial"]), "neither-")[0]
    serial = {
        "label": Said("Serial number"), "before": "56-1 2247", "sides": _sides(ours, theirs),
        "neither": neither, "chosen": "", "reason_errors": [_("Say why you choose this value")],
    }  # fmt: skip
    names = {
        "label": Said("Name"), "before": None, "sides": _sides(ARABIC, "عبد الرحمن موسى"),
    }  # fmt: skip
    return {"serial": serial, "name": names}


def _sides(ours: str, theirs: str) -> list[dict[str, Any]]:
    said, arrived = "2026-11-18T09:14:00+00:00", "2026-11-18T10:00:00+00:00"
    registry = {
        "state": "registry", "tag": _("In force at the registry"), "who": "Bakary S., Site B",
        "pieces": pieces(theirs, ours), "said_at": said, "arrived_at": arrived,
        "choice": _("Keep this value"), "value": "keep",
    }  # fmt: skip
    here = {
        "state": "here", "tag": _("Yours, kept"), "who": _("You, this laptop"),
        "pieces": pieces(ours, theirs), "said_at": said,
        "choice": _("Use this value"), "value": "take",
    }  # fmt: skip
    return [registry, here]
