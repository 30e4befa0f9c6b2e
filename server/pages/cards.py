"""Checking a card by its code: good, no longer good, or unknown, and nothing more (red line 2)."""

from flask import Blueprint, render_template, request

from schema import cards
from server import access, devices, moments, signing
from server.config import settings
from server.db import reading
from server.registry import cards as held

pages = Blueprint("cards", __name__)
FILES = ("case", "child")


@pages.get("/cards/check")
@access.rule(FILES, "read")
def ask() -> str:
    """Ask for the code on a card."""
    return render_template("cards/check.html", verdict="")


@pages.post("/cards/check")
@access.rule(FILES, "read")
def tell() -> str:
    """Say whether the card is good. The code came by POST: it stands in no address and no log."""
    return render_template("cards/check.html", verdict=_verdict(request.form.get("code", "")))


def _verdict(said: str) -> str:
    """A token that stands twice is good where one of them is: somebody holds the good one."""
    with reading() as conn:
        token = cards.token_of(said, [signing.signer(), *devices.public_keys(conn)])
        found = held.with_token(conn, token) if token else []
    today = moments.today(settings().timezone)
    told = {cards.standing(card, events, today) for card, events in found}
    return cards.VALID if cards.VALID in told else cards.VOID if told else cards.UNKNOWN
