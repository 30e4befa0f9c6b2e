"""What this laptop did to records, told by day for the timeline."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from flask_babel import gettext

from field_client.pages.deployed import noun_of
from field_client.pages.desk import db
from field_client.pages.spoken import in_words, labels_for
from schema.change import CREATE, SET, SETTLE
from schema.deployment import changed_names, spread
from schema.said import Said

MOST_ACTS = 50


def days(acts: Sequence[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """The newest of these acts by day. Each says its entity beside what the history says of it."""
    told = [_event(act) for act in acts[:MOST_ACTS]]
    return [(day, list(events)) for day, events in groupby(told, key=lambda one: one["day"])]


def _event(act: dict[str, Any]) -> dict[str, Any]:
    at, entity = datetime.fromisoformat(act["at"]), act["entity"]
    verbs = {CREATE: gettext("%(noun)s recorded"), SETTLE: gettext("%(noun)s settled")}
    what = verbs.get(act["verb"], gettext("%(noun)s changed"))
    changes = _changes(entity, act) if act["verb"] == SET else []
    return {
        "day": at.date().isoformat(),
        "time": f"{at:%H:%M}",
        "kind": "draft" if act["verb"] == SET else "done",
        "what": what % {"noun": gettext(entity.label)},
        "who": gettext("You, this laptop"),
        "changes": changes,
        "origin": gettext("by this laptop's clock"),
    }


def _changes(entity: Any, act: dict[str, Any]) -> list[tuple[Said, str, str]]:
    old, new = act["old"], act["values"]
    labels = labels_for(db(), entity, [old, new])
    known = noun_of(entity.noun)
    fields, before, after = known.describe(), spread(old), spread({**old, **new})
    asked = [name for name in new if not name.endswith("_precision")]
    return [
        (
            Said(fields[name].about.label),
            in_words(known, name, old, labels),
            in_words(known, name, {**old, **new}, labels),
        )
        for name in changed_names(asked, before, after, fields)
    ]
