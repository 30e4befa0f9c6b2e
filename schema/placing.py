"""Where weapons and lots are follows from their events: store, state, type and quantity are derived.

Who sends something hands it to the receiving store at once: that store's keepers see it on its way and
take it in by their own check. What the events do not move stays where it was recorded.
"""

from typing import TYPE_CHECKING, Any

from schema.inventory import EVENTS, ITEM_OF, LOT, item_of, state_of, trail_of
from schema.record import NOW, Key, Record
from schema.trails import trail

if TYPE_CHECKING:
    from schema.trial import Trial


def place(trial: "Trial") -> None:
    """Put every weapon and lot that this Unit's events are about where they say."""
    for key in _touched(trial):
        record = trial.work.find(*key)
        if record is not None:
            _derive(trial, record)


def _touched(trial: "Trial") -> dict[Key, None]:
    found: dict[Key, None] = {}
    for noun, record_id in trial.restamp:
        if noun in EVENTS:
            found[noun, record_id] = None
        elif noun in ITEM_OF:
            item, name = ITEM_OF[noun]
            event = trial.work.find(noun, record_id)
            if event is not None:
                found[item, str(event.get(name))] = None
    return found


def _derive(trial: "Trial", record: Record) -> None:
    now = trail_of(record, trial.work)
    before = trail(item_of(record, trial.before.below(EVENTS[record.entity], record.id)))
    wanted: dict[str, Any] = {"state": state_of(now)}
    if now.store and now.store != before.store:
        wanted["store_id"] = now.store
    if record.entity == LOT:
        wanted["quantity"] = now.quantity
    elif now.kind != before.kind:
        wanted["type"] = now.kind
    written = {name: value for name, value in wanted.items() if record.get(name) != value}
    if not written:
        return
    version = [NOW, trial.by.source.chain, trial.by.source.n or 0]
    fver = (
        record.fver if record.first == NOW else {**record.fver, **dict.fromkeys(written, version)}
    )
    trial.put(record.but(values={**record.values, **written}, fver=fver, ver=NOW))
    if "store_id" in written:
        trial.restamp[record.key] = None
