"""Reports: which there are, what leaves with each and to whom, and who has taken which."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO

from flask import Blueprint, Response, jsonify, render_template, request

from schema.entity import Entity
from schema.fields import Text
from schema.form import inputs, unknown_names
from schema.problems import UnknownField
from server import access, answers
from server.db import reading
from server.exports import log, taking
from server.exports.report import Report

pages = Blueprint("exports", __name__)
EXPORTED = ("reference", "case")
BLOCK = 1 << 16


class AsOfForm(Entity):
    """As of when a report is made."""

    noun = "as_of"

    as_of = Text(
        "As of",
        longest=20,
        hint="A day, as 2026-10-31 (its end), or the change number of an earlier file; leave empty for now",
    )


@pages.get("/exports")
@access.rule(EXPORTED, "export")
def index() -> str:
    """The reports that this reader may take, and what has been taken."""
    actor = access.actor()
    with reading() as conn:
        takings = log.latest(conn, actor)
    titles = {report.name: report.title for report in taking.REPORTS}
    reports = taking.allowed(actor.sight)
    return render_template("exports/index.html", reports=reports, takings=takings, titles=titles)


@pages.get("/exports/<name>")
@access.rule(EXPORTED, "export")
def ask(name: str) -> str:
    """Say what leaves, before it does."""
    return _drawn(taking.named(name, access.actor().sight), "", {})


@pages.post("/exports/<name>")
@access.rule(EXPORTED, "export")
def make(name: str) -> Response:
    """Make the file, keep that it was taken, and send it."""
    actor, typed = access.actor(), request.form.get("as_of", "")
    report = taking.named(name, actor.sight)
    answers.form_again(lambda errors: _drawn(report, typed, errors))
    if unasked := unknown_names(AsOfForm, request.form, ("as_of",)):
        raise UnknownField(field=unasked[0])
    # It has no name on the disk: nobody else opens it, and it is gone when it has been sent.
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    try:
        taken = taking.take(report, actor, typed, file)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    sent = Response(_read(file), mimetype="text/csv")
    sent.call_on_close(file.close)
    sent.content_length = taken.manifest["size"]
    sent.headers.set("Content-Disposition", "attachment", filename=taken.file_name)
    return sent


@pages.get("/exports/taken/<uuid:taking_id>")
@access.rule(EXPORTED, "export")
def taken(taking_id: Any) -> str:
    """One taking: as of when, over what, and the hash that the file must have."""
    manifest = _manifest(str(taking_id))
    return render_template("exports/taken.html", manifest=manifest, taking_id=taking_id)


@pages.get("/exports/taken/<uuid:taking_id>/manifest.json")
@access.rule(EXPORTED, "export")
def manifest(taking_id: Any) -> Response:
    """What goes beside the file."""
    answer = jsonify(_manifest(str(taking_id)))
    answer.headers.set("Content-Disposition", "attachment", filename="manifest.json")
    return answer


def _read(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while block := file.read(BLOCK):
            yield block


def _manifest(taking_id: str) -> dict[str, Any]:
    with reading() as conn:
        return taking.manifest(log.one(conn, access.actor(), taking_id))


def _drawn(report: Report, typed: str, errors: Mapping[str, Sequence[str]]) -> str:
    asked = inputs(AsOfForm, {"as_of": typed}, errors, ("as_of",)) if report.of_the_past else []
    others = [text for name, texts in errors.items() if name != "as_of" for text in texts]
    return render_template("exports/one.html", report=report, asked=asked, others=others)
