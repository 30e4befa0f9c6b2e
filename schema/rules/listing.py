"""Lists of armed groups: who a name is, said by another person, one person a name, and no child matched."""

from datetime import date

from schema.fields import who
from schema.record import NOW, Record, Working
from schema.rules.rule import CANNOT_TELL, FORBIDS, MARKS, YES, Answer, Rule, answer

NONE, POSSIBLE, CONFIRMED, REJECTED = "none", "possible", "confirmed", "rejected"
CONTESTED = "contested"
VERIFIED = (CONFIRMED, REJECTED)


def latest(matches: list[Record]) -> dict[str, Record]:
    """The finding that counts about each person, by the person's id ("" where nobody is named)."""
    found = [one for one in matches if not one.get("withdrawn_at")]
    found.sort(key=lambda one: (str(one.get("date")), one.first, one.id))
    return {str(one.get("person_id") or ""): one for one in found}


def match_state(matches: list[Record]) -> str:
    """What all findings about one name come to."""
    said = {str(one.get("result")) for one in latest(matches).values()}
    for state in (CONTESTED, CONFIRMED, POSSIBLE, REJECTED):
        if state in said:
            return state
    return NONE


def confirmed_on(person_id: str, work: Working) -> list[Record]:
    """The findings by which a person stands on lists."""
    acts = (
        work.find("roster_match", one) for one in work.alike("roster_match", "person_id", person_id)
    )
    entries = {str(one.get("entry_id")) for one in acts if one}
    found = []
    for entry_id in sorted(entries):
        mine = latest(work.below("roster_match", entry_id)).get(person_id)
        if mine is not None and mine.get("result") == CONFIRMED:
            found.append(mine)
    return found


def _names_somebody(match: Record, work: Working, on: date) -> Answer:
    return answer(match.get("result") == NONE or bool(match.get("person_id")))


def _by_another(match: Record, work: Working, on: date) -> Answer:
    """Who recorded a list, or proposed a match, does not confirm it."""
    if match.first != NOW or match.get("result") not in VERIFIED:
        return YES
    entry = work.find("roster_entry", str(match.get("entry_id")))
    if entry is None:
        return Answer(CANNOT_TELL, (str(match.get("entry_id")),))
    proposals = [
        one
        for one in work.below("roster_match", entry.id)
        if one.get("result") == POSSIBLE and one.get("person_id") == match.get("person_id")
    ]
    others = {who(one.get("recorded_by")) for one in (entry, *proposals)}
    return answer(not who(match.get("recorded_by")) or who(match.get("recorded_by")) not in others)


def _one_person(match: Record, work: Working, on: date) -> Answer:
    if match.first != NOW or match.get("result") != CONFIRMED:
        return YES
    found = latest(work.below("roster_match", str(match.get("entry_id"))))
    others = [one for person, one in found.items() if person != match.get("person_id")]
    return answer(not any(one.get("result") == CONFIRMED for one in others))


def _no_child(match: Record, work: Working, on: date) -> Answer:
    if match.first != NOW or not match.get("person_id"):
        return YES
    person = work.find("person", match.get("person_id"))
    if person is None:
        return Answer(CANNOT_TELL, (match.get("person_id"),))
    return answer(person.compartment != "child")


def _listed_once(match: Record, work: Working, on: date) -> Answer:
    if match.get("result") != CONFIRMED or not match.get("person_id"):
        return YES
    return answer(len(confirmed_on(str(match.get("person_id")), work)) < 2)


_LISTS = "IDDRS 4.20; domain 1.1 and section 4: listed is not registered"

RULES = (
    Rule(
        "match-names-somebody",
        "roster_match",
        FORBIDS,
        "A match names a person, or says that nobody was found.",
        _LISTS,
        _names_somebody,
    ),
    Rule(
        "match-by-another",
        "roster_match",
        FORBIDS,
        "Who recorded the list, or proposed the match, does not verify it.",
        "IDDRS 4.20; red line 9: nobody verifies his own act",
        _by_another,
    ),
    Rule(
        "entry-is-one-person",
        "roster_match",
        FORBIDS,
        "This name is confirmed as somebody else already: reject that match first.",
        _LISTS,
        _one_person,
    ),
    Rule(
        "no-child-in-a-list",
        "roster_match",
        FORBIDS,
        "No child is matched with a list of an armed group.",
        "IDDRS 5.20; domain rules C1 and C5",
        _no_child,
    ),
    Rule(
        "listed-once",
        "roster_match",
        MARKS,
        "This person is confirmed on more than one line: somebody should look at it.",
        _LISTS,
        _listed_once,
    ),
)
