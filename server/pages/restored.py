"""After a restore: what was lost, what came back, and what is still open, in figures."""

from collections.abc import Sequence

import sqlalchemy as sa
from flask import Blueprint, render_template

from schema.entities import BY_NOUN
from schema.policy import Sight
from schema.said import Said
from server import access, backups
from server.actor import Actor
from server.arrivals import witness
from server.arrivals.witness import Witnessed
from server.backups import Report
from server.db import reading
from server.epochs import BY_HAND, LAPTOP, RESTORED

MOST = 200
WHY = {
    RESTORED: Said("A backup was put back."),
    BY_HAND: Said("The database was put back by other means."),
    LAPTOP: Said("A laptop had seen more than this registry knew: it had been put back."),
}
pages = Blueprint("restored", __name__)


@pages.get("/restored")
@access.rule("admin", "read")
def index() -> str:
    """What became of the last restore; which records are open, for whom the policy lets look."""
    sight = access.actor().sight
    with reading() as conn:
        report = backups.of_last(conn)
        found = witness.listed(conn, sight, MOST + 1) if report and names_records(sight) else []
    return render_template(
        "restored/index.html",
        report=report,
        why=WHY[report.why] if report else "",
        rows=[_row(one) for one in found[:MOST]],
        most=MOST if len(found) > MOST else 0,
    )


def names_records(sight: Sight) -> bool:
    """Whether the page names records to this reader: who runs the registry is given figures only."""
    return not sight.anywhere("change", "admin")


def open_now(conn: sa.Connection, asking: Actor) -> Report | None:
    """The report while something is open that this reader is told of."""
    if not access.admits(asking, "restored.index"):
        return None
    report = backups.of_last(conn)
    return report if report and (report.to_look_at or report.silent) else None


def _row(one: Witnessed) -> dict[str, object]:
    known = BY_NOUN.get(one.entity)
    fields = known.describe() if known else {}
    differs: Sequence[str] = one.differs or ()
    return {
        "what": known.label if known else one.entity,
        "id": one.record_id,
        "is_here": one.differs is not None,
        "fields": [fields[name].about.label for name in differs if name in fields],
        "by": one.by,
        "at": one.received_at,
    }
