"""One page of help, there without a network: the keys, the words for where work is, what to do when."""

from flask import Blueprint, render_template

from schema.states import STATES

bp = Blueprint("help", __name__)

SHOWN = ("draft", "here", "registry", "disputed", "held")


@bp.get("/help")
def show() -> str:
    """The whole of it."""
    return render_template("help.html", states={name: STATES[name] for name in SHOWN})
