"""The web UI: one module a subject, its blueprint ``pages``, its templates in a folder of its name.

A view parses, makes one call and renders. A new module gets a line in BLUEPRINTS and, where people
reach it from the bar, one in DOORS: the bar leaves out what is not for the reader.
"""

from flask import Blueprint

from server.pages import (
    accounts,
    age,
    appeals,
    attachments,
    cards,
    cases,
    criteria,
    custody,
    destructions,
    disputes,
    eligibility,
    exports,
    files,
    hand_ins,
    handover,
    held,
    home,
    lists,
    papers,
    people,
    records,
    restored,
    rosters,
    sticks,
    stores,
    weapons,
)

BLUEPRINTS: tuple[Blueprint, ...] = (
    home.pages,
    people.pages,
    cases.pages,
    age.pages,
    eligibility.pages,
    appeals.pages,
    rosters.pages,
    criteria.pages,
    disputes.pages,
    held.pages,
    handover.pages,
    weapons.pages,
    stores.pages,
    custody.pages,
    hand_ins.pages,
    destructions.pages,
    records.pages,
    lists.pages,
    files.pages,
    papers.pages,
    cards.pages,
    attachments.pages,
    exports.pages,
    accounts.pages,
    sticks.pages,
    restored.pages,
)
# (words, endpoint) in the order of the bar; an endpoint that is not there yet is not shown.
DOORS = (
    ("Board", "home.index"),
    ("Cases", "cases.index"),
    ("Eligibility", "eligibility.index"),
    ("Disputes", "disputes.index"),
    ("Held", "held.index"),
    ("Hand-over", "handover.index"),
    ("Weapons", "weapons.index"),
    ("Reports", "exports.index"),
    ("Laptops", "accounts.laptops"),
    ("People", "accounts.index"),
)
