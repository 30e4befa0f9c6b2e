"""Checking a card on the laptop, by what is here: good, no longer good, or unknown, and nothing more."""

from flask import Blueprint, render_template, request

from field_client import papers, signing
from field_client.pages.desk import db
from field_client.store import facts, rows
from schema import cards

bp = Blueprint("cards", __name__)


@bp.get("/cards/check")
def ask() -> str:
    """Ask for the code on a card."""
    return render_template("check_card.html", verdict="")


@bp.post("/cards/check")
def tell() -> str:
    """Say whether the card is good."""
    return render_template("check_card.html", verdict=_verdict(request.form.get("code", "")))


def _verdict(said: str) -> str:
    """What another laptop signed is not known here when it is scanned; typed, it is looked up all the same."""
    known = (facts.get(db(), "registry_key", ""), _own_key())
    token = cards.token_of(said, known)
    found = rows.fetch_where(db(), "card", "token = ?", (token,)) if token else []
    told = {papers.card_standing(db(), rows.as_record("card", row)) for row in found}
    return cards.VALID if cards.VALID in told else cards.VOID if told else cards.UNKNOWN


def _own_key() -> str:
    return signing.key(db()).public_key().public_bytes_raw().hex()
