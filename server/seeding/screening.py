"""Synthetic eligibility: an accord in force since the programme's today, screenings, decisions, appeals, lists.

Who was on their way before the accord is not touched by it; those who had not left yet are screened by it.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from schema.change import CREATE, Change, Unit
from schema.ids import derived_id
from server.seeding import names, places
from server.seeding.dice import TODAY, Dice

FROM = TODAY + timedelta(days=1)
ACCORD = places.place_id("criteria_set", "PLAIN-2025")
WAYS: tuple[tuple[str, str, str, dict[str, object]], ...] = (
    ("gun", "armed", "weapon", {"quantity": 1, "wording": "You handed in a weapon."}),
    (
        "born",
        "armed",
        "born-by",
        {"day": "2007-06-30", "wording": "You were born by 30 June 2007."},
    ),
    (
        "support",
        "unarmed",
        "category",
        {"category": "associated", "wording": "You were with an armed group without fighting."},
    ),
    (
        "talk",
        "unarmed",
        "verified",
        {"wording": "In an interview you told what only somebody who was there can tell."},
    ),
    ("named", "listed", "listed", {"wording": "Your name on a list was confirmed."}),
    ("places", "listed", "ceiling", {"quantity": 5000, "wording": "There is a place left."}),
)
LEFT = ("discharged", "reinsertion", "reintegration", "exited")
SCREENED_A_HUNDRED, DECIDED, TOLD, APPEALED, HEARD = 55, 75, 80, 45, 60
EVERY, NAMED = 40, 8
OFFICER, VERIFIER, PANEL = "Screening officer", "Verification officer", "Appeals panel"


def laid() -> Iterator[tuple[str, list[Change]]]:
    """(key, changes) of the accord: adopted, with three ways in."""
    said = {
        "code": "PLAIN",
        "edition": 1,
        "name": "Invented Accord of Plainland",
        "state": "adopted",
        "valid_from": FROM.isoformat(),
        "appeal_days": 30,
        "answer_days": 21,
        "appeal_body": "Invented Appeals Panel",
        "source": "Article 4 of an accord that does not exist",
    }
    criteria = [
        Change(CREATE, "criterion", _criterion(key), {**values, **_within(path, kind)})
        for key, path, kind, values in WAYS
    ]
    yield "accord", [Change(CREATE, "criteria_set", ACCORD, said), *criteria]


def acts_of(
    seed: int, place: int, changes: Sequence[Change]
) -> Iterator[tuple[str, str, list[Change]]]:
    """(key, who, changes) of what was done about somebody's eligibility, an act of one author each."""
    dice = Dice(seed, "eligibility", place, place=place * 60_000 + 30_000)
    case = next(change for change in changes if change.entity == "case")
    if place % EVERY == 0:
        yield from _list(dice, place, changes[0], case)
    gates = {str(c.values["gate"]) for c in changes if c.entity == "gate_event"}
    if case.values["process"] != "adult" or gates.intersection(LEFT):
        return
    if dice.chance(SCREENED_A_HUNDRED):
        yield from _screening(dice, case, changes)


def _screening(
    dice: Dice, case: Change, changes: Sequence[Change]
) -> Iterator[tuple[str, str, list[Change]]]:
    armed = any(change.entity == "weapon" for change in changes)
    talked = case.values["category"] == "associated"
    good = armed or talked
    proposal, decision = dice.id(), dice.id()
    about = {"criteria_set_id": ACCORD, "path": "unarmed" if talked and not armed else "armed"}
    found = {"criterion_id": _criterion("talk"), "result": "met", "evidence": "interview"}
    first = [_made(dice, "criterion_check", case, 1, found)] if talked else []
    act = "proposed-eligible" if good else "proposed-ineligible"
    first.append(_step(proposal, case, 2, act, about))
    yield "screened", OFFICER, first
    if not dice.chance(DECIDED) or (armed and not _old_enough(changes)):
        return
    refusing = {
        "reason": "no-weapon",
        "said": "No weapon was handed in, and nothing else lets you in. You can appeal within 30 days.",
        "criteria_set_id": ACCORD,
    }
    said = about if good else refusing
    done = "eligible" if good else "ineligible"
    yield "decided", VERIFIER, [_step(decision, case, 5, done, {**said, "about_id": proposal})]
    if not good and dice.chance(TOLD):
        telling = {"about_id": decision, "how": "aloud"}
        yield "told", OFFICER, [_step(dice.id(), case, 7, "told", telling)]
        yield from _appeal(dice, case, decision)


def _appeal(dice: Dice, case: Change, decision: str) -> Iterator[tuple[str, str, list[Change]]]:
    if not dice.chance(APPEALED):
        return
    appeal = dice.id()
    said = {"case_id": case.record, "about_id": decision, "filed_on": _day(12)}
    more = {"ground": "evidence", "statement": "A neighbour kept it.", "body": PANEL}
    yield "appealed", OFFICER, [Change(CREATE, "appeal", appeal, {**said, **more})]
    if dice.chance(HEARD):
        act = "upheld" if dice.chance(35) else "dismissed"
        about = {"appeal_id": appeal, "act": act, "said": "The neighbour was heard."}
        yield "heard", PANEL, [_made(dice, "appeal_event", case, 25, about)]


def _list(
    dice: Dice, place: int, person: Change, case: Change
) -> Iterator[tuple[str, str, list[Change]]]:
    """A list that an armed group handed in for a caseload; most names on it are nobody's yet."""
    roster, entries = dice.id(), [dice.id() for _ in range(NAMED)]
    said = {
        "caseload_id": case.values["caseload_id"],
        "code": f"L{place // EVERY + 1:03}",
        "received_on": _day(0),
        "declared": NAMED + dice.whole(0, 3),
        "handed_in_by": "Invented liaison of the group",
    }
    called = [str(person.values["name"]), *(names.named(dice, "male")["name"] for _ in entries[1:])]
    rows = [
        Change(CREATE, "roster_entry", entry, {"roster_id": roster, "line": line, "name": name})
        for line, (entry, name) in enumerate(zip(entries, called, strict=True), 1)
    ]
    yield "listed", OFFICER, [Change(CREATE, "roster", roster, said), *rows]
    if case.values["process"] == "adult":
        match = {"entry_id": entries[0], "person_id": person.record, "evidence": "interview"}
        confirmed = {**match, "result": "confirmed", "date": _day(3)}
        nobody = {"entry_id": entries[1], "result": "none", "date": _day(3)}
        made = [Change(CREATE, "roster_match", dice.id(), v) for v in (confirmed, nobody)]
        yield "matched", VERIFIER, made


def account(who: str) -> str:
    """The id of somebody's account, who does not exist either."""
    return derived_id("seed", "account", who)


def unit_of(seed: int, place: int, key: str, changes: Sequence[Change]) -> Unit:
    """One act as it was said."""
    dice = Dice(seed, "act", key, place, place=place * 60_000)
    return Unit(dice.id(), 0, f"{FROM}T09:00:00+00:00", tuple(changes))


def _old_enough(changes: Sequence[Change]) -> bool:
    """Whether the cut-off date can be told and is kept; a date that nobody knows waits."""
    born = str(changes[0].values.get("birth_date") or "")
    return bool(born) and date.fromisoformat(born) <= date(2004, 1, 1)


def _criterion(key: str) -> str:
    return places.place_id("criterion", f"PLAIN-2025/{key}")


def _within(path: str, kind: str) -> dict[str, object]:
    return {"criteria_set_id": ACCORD, "path": path, "kind": kind}


def _day(later: int) -> str:
    return (FROM + timedelta(days=later)).isoformat()


def _step(
    record_id: str, case: Change, later: int, act: str, values: Mapping[str, object]
) -> Change:
    said = {"case_id": case.record, "act": act, "date": _day(later), **values}
    return Change(CREATE, "eligibility_event", record_id, said)


def _made(dice: Dice, noun: str, case: Change, later: int, values: Mapping[str, object]) -> Change:
    said = {"case_id": case.record, "date": _day(later), **values}
    return Change(CREATE, noun, dice.id(), said)
