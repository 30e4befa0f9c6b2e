"""Disputes while a Unit is judged: opened, replaced by their author, settled by a person."""

from typing import TYPE_CHECKING, Any

from schema import allowed
from schema.change import DISPUTED, MERGED, Change
from schema.entities import BY_NOUN
from schema.entity import clean
from schema.held import Held, Stop, invalid, key_of, not_allowed, unknown
from schema.ids import derived_id
from schema.merge import protects
from schema.parts import Values, different, names_in, part_of
from schema.record import NOW, Record

if TYPE_CHECKING:
    from schema.trial import Trial


def open_one(
    trial: "Trial", record: Record, name: str, before: Values, side: Values, by: str = ""
) -> None:
    """Keep a value beside the one in force. Its id follows from noun, record, field and Unit (R4)."""
    source = trial.by.source
    whose, when, _ = trial.by.said(max(record.version_of(n) for n in names_in(side))[0])
    values = {
        "entity": record.entity,
        "record_id": record.id,
        "field": name,
        "before": dict(before) or None,
        "inforce": part_of(record.values, side),
        "inforce_by": whose,
        "inforce_at": when,
        "side": dict(side),
        "side_by": by or source.by,
        "side_at": trial.unit.said_at,
        "source": "registry" if by else source.chain,
        "state": "open",
    }
    dispute_id = derived_id("dispute", *record.key, *names_in(side), trial.unit.id)
    dispute = Record("dispute", dispute_id, values)
    stamped = dispute.but(
        scope=record.scope,
        compartment=record.compartment,
        first=NOW,
        ver=NOW,
        origin=source.chain,
        origin_n=source.n or 0,
    )
    trial.put(stamped)
    trial.noted.add(DISPUTED)


def own_open(trial: "Trial", record: Record, part: Values) -> Record | None:
    """The author's own open side of these values: of the same laptop's log, or on the author's screen (R20)."""
    source = trial.by.source
    for dispute in trial.work.marks("dispute", record):
        alike = names_in(dispute.get("side") or {}) == names_in(part)
        if not alike or dispute.get("state") != "open":
            continue
        if dispute.get("source") == source.chain and source.n is not None:
            return dispute
        on_screen = dispute.ver <= trial.unit.base and trial.by.known(trial.unit.base)
        if on_screen and _is_by(trial, dispute):
            return dispute
    return None


def _is_by(trial: "Trial", dispute: Record) -> bool:
    """Whether the side is of the Unit's author. Two may have one name, which only the registry can tell."""
    source = trial.by.source
    if not source.author or dispute.get("side_by") != source.by:
        return False
    return trial.by.said(dispute.first)[2] in ("", source.author)


def settle(trial: "Trial", change: Change) -> None:
    """Close a dispute if both values are still those that were shown; else keep the choice as a side (R4)."""
    dispute = trial.work.find("dispute", change.record)
    if dispute is None:
        raise Stop(unknown(change.record, key_of(change)))
    record = trial.work.find(str(dispute.get("entity")), str(dispute.get("record_id")))
    if record is None:
        raise Stop(unknown(str(dispute.get("record_id")), key_of(change)))
    bucket = trial.work.rows.bucket_at(record, trial.unit.base)
    if not trial.by.may("change", *bucket):
        raise Stop(not_allowed(dispute.key, "You may not settle this dispute."))
    chosen = _chosen(change, dispute)
    allowed.admit(trial, record, chosen)
    inforce = part_of(record.values, chosen)
    if dispute.get("state") != "open":
        if chosen not in (dispute.get("value"), inforce):
            _one_more_side(trial, record, dispute, chosen)
    elif _shown(change, "inforce", chosen) != inforce or _shown(change, "side", chosen) != (
        part_of(dispute.get("side"), chosen)
    ):
        trial.noted.add(MERGED)
        if chosen != inforce:
            _one_more_side(trial, record, dispute, chosen)
    else:
        _close(trial, record, dispute, change, chosen)


def _chosen(change: Change, dispute: Record) -> dict[str, Any]:
    chosen = change.values.get("value")
    names = set(dispute.get("side") or {})
    if not isinstance(chosen, dict) or set(chosen) != names:
        sentence = "A settlement names a value for each disputed field."
        raise Stop(Held("invalid", sentence, record=key_of(change)))
    part = part_of(chosen, dispute.get("side") or {})
    values, errors, _ = clean(BY_NOUN[str(dispute.get("entity"))], part)
    _, unsaid, _ = clean(BY_NOUN["dispute"], {"reason": change.values.get("reason")})
    if errors | unsaid:
        raise Stop(invalid(key_of(change), errors | unsaid))
    return values


def _shown(change: Change, name: str, like: Values) -> Values | None:
    """What was shown, as far as it is disputed: of a map only some keys are."""
    shown = change.values.get(name)
    return part_of(shown, like) if isinstance(shown, dict) and set(shown) == set(like) else None


def give_up(trial: "Trial", dispute: Record, inforce: Values) -> None:
    """Close a dispute whose author has come to say what is in force: nothing is left to choose."""
    _settled(trial, dispute, inforce, None)


def _close(trial: "Trial", record: Record, dispute: Record, change: Change, chosen: Values) -> None:
    _settled(trial, dispute, chosen, change.values.get("reason"))
    if different(record.values, chosen):
        trial.write(record, chosen)


def _settled(trial: "Trial", dispute: Record, value: Values, reason: Any) -> None:
    said = {
        "state": "settled",
        "value": dict(value),
        "reason": reason,
        "settled_by": trial.by.source.by,
        "settled_at": trial.by.at,
    }
    trial.put(dispute.but(values={**dispute.values, **said}, ver=NOW))


def _one_more_side(trial: "Trial", record: Record, dispute: Record, chosen: Values) -> None:
    name = str(dispute.get("field"))
    inforce = part_of(record.values, chosen)
    if protects(record.entity, chosen, inforce):
        open_one(trial, record, name, inforce, inforce, by="registry")
        trial.write(record, chosen)
    else:
        open_one(trial, record, name, inforce, chosen)
