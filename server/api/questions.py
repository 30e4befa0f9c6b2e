"""What a list may be asked: by the codes and references of its noun, never by a name: addresses are logged."""

import marshmallow as ma

from schema import codes
from schema.entities.area import Area
from schema.entities.background import Background
from schema.entities.case import Case
from schema.entities.criteria_set import CriteriaSet
from schema.entities.criterion import Criterion
from schema.entities.custody_event import CustodyEvent
from schema.entities.dispute import Dispute
from schema.entities.follow_up import FollowUp
from schema.entities.gate_event import GateEvent
from schema.entities.household_member import HouseholdMember
from schema.entities.person import Person
from schema.entities.service import Service
from schema.entities.weapon import Weapon
from schema.fields import Choice, Ref


class After(ma.Schema):
    """Every list goes on after the id with which the last page ended."""

    after = Ref("The `next` of the page before", "")


class AboutPerson(After):
    """Which people."""

    caseload_id = Person.describe()["caseload_id"]
    sex = Person.describe()["sex"]


class AboutCase(After):
    """Which cases."""

    person_id = Case.describe()["person_id"]
    caseload_id = Case.describe()["caseload_id"]
    area_id = Case.describe()["area_id"]
    process = Case.describe()["process"]
    category = Case.describe()["category"]
    gate = Choice("Gate", codes.GATE)


class AboutGateEvent(After):
    """Which gates passed."""

    case_id = GateEvent.describe()["case_id"]
    gate = GateEvent.describe()["gate"]
    reason = GateEvent.describe()["reason"]


class AboutHouseholdMember(After):
    """Whose household."""

    case_id = HouseholdMember.describe()["case_id"]
    relation = HouseholdMember.describe()["relation"]


class AboutBackground(After):
    """Whose background."""

    case_id = Background.describe()["case_id"]
    armed_group_id = Background.describe()["armed_group_id"]


class AboutService(After):
    """Which services."""

    case_id = Service.describe()["case_id"]
    type = Service.describe()["type"]
    provider_id = Service.describe()["provider_id"]
    result = Service.describe()["result"]


class AboutFollowUp(After):
    """Which visits."""

    case_id = FollowUp.describe()["case_id"]
    due_date = FollowUp.describe()["due_date"]
    done_date = FollowUp.describe()["done_date"]


class AboutWeapon(After):
    """Which weapons."""

    case_id = Weapon.describe()["case_id"]
    store_id = Weapon.describe()["store_id"]
    type = Weapon.describe()["type"]
    condition = Weapon.describe()["condition"]


class AboutCustodyEvent(After):
    """Whose custody."""

    weapon_id = CustodyEvent.describe()["weapon_id"]
    event = CustodyEvent.describe()["event"]


class AboutDispute(After):
    """Which disputes."""

    record_id = Dispute.describe()["record_id"]
    state = Dispute.describe()["state"]


class AboutArea(After):
    """Which areas."""

    pcode = Area.describe()["pcode"]
    parent_id = Area.describe()["parent_id"]


class AboutCriteriaSet(After):
    """Which criteria."""

    state = CriteriaSet.describe()["state"]


class AboutCriterion(After):
    """Of which criteria."""

    criteria_set_id = Criterion.describe()["criteria_set_id"]
    kind = Criterion.describe()["kind"]
