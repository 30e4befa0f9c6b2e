"""What a finished draft becomes: the Changes of one Unit, parents first."""

from datetime import date
from typing import Any

from field_client.pages.register.reading import Answers
from field_client.store import acts
from schema.change import Change
from schema.notice_points import VERSION
from schema.picture import Picture

CHILD, ADULT_GATE, CHILD_GATE = "child", "registered", "presented"


def registration(said: Answers, on: date, picture: Picture | None = None) -> tuple[Change, ...]:
    """A person, their case at its first gate, household, photo, and the weapon they handed in."""
    person = acts.create("person", said.person)
    case = _case(person, said.case, on)
    gate = {"case_id": case.record, "gate": ADULT_GATE, "date": on.isoformat()}
    changes = [person, case, acts.create("gate_event", gate), *_told(said, case, on)]
    under = {"case_id": case.record}
    changes += [acts.create("household_member", {**under, **one}) for one in said.household]
    if said.weapon:
        handed_in = {**under, "handed_in_on": on.isoformat(), **said.weapon}
        changes.append(acts.create("weapon", handed_in))
    if picture:
        photo = {**under, "kind": "photo", "taken_on": on.isoformat(), **picture.content}
        changes.append(acts.create("attachment", photo))
    return tuple(changes)


def handing_over(said: Answers, on: date) -> tuple[Change, ...]:
    """A child, or who may be one: who they are and who came with them, and nothing military."""
    person = acts.create("person", {**said.person, "may_be_under_18": True})
    case = _case(person, {"process": CHILD}, on)
    gate = {"case_id": case.record, "gate": CHILD_GATE, "date": on.isoformat()}
    note = {"note": said.accompanied_by} if said.accompanied_by else {}
    return (person, case, acts.create("gate_event", {**gate, **note}), *_told(said, case, on))


def _told(said: Answers, case: Change, on: date) -> list[Change]:
    """What they were told before they were asked, and what they answered on sharing."""
    here = {"case_id": case.record, "date": on.isoformat()}
    notice = acts.create("notice", {**said.notice, **here, "version": VERSION})
    return [notice, *(acts.create("consent", {**one, **here}) for one in said.consents)]


def _case(person: Change, values: dict[str, Any], on: date) -> Change:
    fixed = {
        "person_id": person.record,
        "caseload_id": person.values["caseload_id"],
        "opened_on": on.isoformat(),
    }
    return acts.create("case", {**values, **fixed})
