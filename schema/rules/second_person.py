"""What takes another person: destruction before an observer, checks by who keeps nothing, second signatures."""

from datetime import date

from schema.fields import who
from schema.names import fold
from schema.record import Record, Working
from schema.rules.rule import CANNOT_TELL, FORBIDS, NO, YES, Answer, Rule, answer

EMERGENCY = "emergency"
# Bodies of the state and of the programme do not watch themselves.
NOT_INDEPENDENT = ("commission", "government")
SIGNED = {
    "custody_event_id": "custody_event",
    "lot_event_id": "lot_event",
    "hand_in_id": "hand_in",
    "destruction_batch_id": "destruction_batch",
}
# These have no account of their own: they are named.
NAMED = ("witness", "observer")
ENDING = ("explained", "closed")


def _observed(batch: Record, work: Working, on: date) -> Answer:
    if batch.get("kind") == EMERGENCY:
        return answer(_said(batch, "reason"))
    if not _said(batch, "observer") or not batch.get("observer_organisation_id"):
        return NO
    body = work.find("organisation", batch.get("observer_organisation_id"))
    if body is None:
        return Answer(CANNOT_TELL, (str(batch.get("observer_organisation_id")),))
    others = {fold(str(batch.get(name) or "")) for name in ("authority", "adviser")}
    alone = fold(str(batch.get("observer"))) not in others
    return answer(alone and body.get("kind") not in (None, *NOT_INDEPENDENT))


def _destroyed_so(event: Record, work: Working, on: date) -> Answer:
    if event.get("event") != "destroyed" or event.get("withdrawn_at"):
        return YES
    batch_id = event.get("destruction_batch_id")
    if not batch_id:
        return NO
    batch = work.find("destruction_batch", batch_id)
    if batch is None:
        return Answer(CANNOT_TELL, (batch_id,))
    return NO if batch.get("withdrawn_at") else _observed(batch, work, on)


def _signed_by_another(signature: Record, work: Working, on: date) -> Answer:
    about = [(noun, signature.get(name)) for name, noun in SIGNED.items() if signature.get(name)]
    if len(about) != 1:
        return NO
    signed = work.find(*about[0])
    if signed is None:
        return Answer(CANNOT_TELL, (about[0][1],))
    if signature.get("signs_as") in NAMED:
        return answer(_said(signature, "name"))
    return answer(_others(signature, signed))


def _kept_by_another(count: Record, work: Working, on: date) -> Answer:
    """Who received, tagged, stored or moved a weapon does not say that it is there."""
    events = work.below("custody_event", count.get("weapon_id")) if count.get("weapon_id") else []
    return answer(all(_others(count, event) for event in events))


def _closed_by_another(step: Record, work: Working, on: date) -> Answer:
    if step.get("step") not in ENDING:
        return YES
    found_id = step.get("discrepancy_id")
    found = work.find("discrepancy", found_id) if found_id else None
    if found is None:
        return Answer(CANNOT_TELL, (str(step.get("discrepancy_id")),))
    return answer(_others(step, found))


def _said(record: Record, name: str) -> bool:
    return bool((record.get(name) or "").strip())


def _others(act: Record, earlier: Record) -> bool:
    """Whether these are of two people; what no account made is nobody's own."""
    mine = who(act.get("recorded_by"))
    return not mine or mine != who(earlier.get("recorded_by"))


RULES = (
    Rule(
        "destruction-is-observed",
        "destruction_batch",
        FORBIDS,
        "A planned destruction needs an observer who belongs neither to the state nor to the programme. "
        "An emergency says why it could not wait.",
        "Red line 10; IDDRS 4.10; MOSAIC 05.50",
        _observed,
    ),
    *(
        Rule(
            "destroyed-before-an-observer",
            noun,
            FORBIDS,
            "Nothing counts as destroyed without a destruction that was observed.",
            "Red line 10; IDDRS 4.10; MOSAIC 05.50",
            _destroyed_so,
        )
        for noun in ("custody_event", "lot_event")
    ),
    Rule(
        "second-signature-is-anothers",
        "countersign",
        FORBIDS,
        "A second signature is another person's, under one act.",
        "Red line 9; domain 2.3",
        _signed_by_another,
    ),
    Rule(
        "checker-is-no-keeper",
        "stock_count",
        FORBIDS,
        "Who has recorded the custody of a weapon does not check that it is there.",
        "Red line 9; IDDRS 4.10: storekeeper and stock checker are two people",
        _kept_by_another,
    ),
    Rule(
        "discrepancy-is-closed-by-another",
        "discrepancy_step",
        FORBIDS,
        "Who found a discrepancy does not explain or close it.",
        "Red line 9; IDDRS 4.10",
        _closed_by_another,
    ),
)
