"""What the API gives: each declared noun with its id and number, and pages of them."""

import marshmallow as ma

from schema import codes
from schema.entities.area import Area
from schema.entities.armed_group import ArmedGroup
from schema.entities.background import Background
from schema.entities.case import Case
from schema.entities.caseload import Caseload
from schema.entities.criteria_set import CriteriaSet
from schema.entities.criterion import Criterion
from schema.entities.custody_event import CustodyEvent
from schema.entities.dispute import Dispute
from schema.entities.follow_up import FollowUp
from schema.entities.gate_event import GateEvent
from schema.entities.household_member import HouseholdMember
from schema.entities.organisation import Organisation
from schema.entities.person import Person
from schema.entities.service import Service
from schema.entities.store import Store
from schema.entities.weapon import Weapon
from schema.fields import Choice
from server.registry.paging import COUNTED


class ProblemShape(ma.Schema):
    """Why something is refused."""

    code = ma.fields.String(metadata={"description": "For programs; it never changes"})
    sentence = ma.fields.String(metadata={"description": "For people"})
    # A schema has an attribute of this name of its own.
    about = ma.fields.Dict(
        data_key="fields", metadata={"description": "Sentences by the parameter they are about"}
    )


class Stamped(ma.Schema):
    """What every record has besides its fields."""

    id = ma.fields.UUID(required=True, metadata={"description": "Given where it was made"})
    version = ma.fields.Integer(metadata={"description": "The number of its last change"})


class PersonShape(Stamped, Person):
    """A person."""


class CaseShape(Stamped, Case):
    """A case; its gate is derived from the gates passed."""

    gate = Choice("Gate", codes.GATE, purpose="How far the case has come")


class GateEventShape(Stamped, GateEvent):
    """A gate passed."""


class HouseholdMemberShape(Stamped, HouseholdMember):
    """A household member."""


class BackgroundShape(Stamped, Background):
    """A time with an armed group."""


class ServiceShape(Stamped, Service):
    """A reintegration service."""


class FollowUpShape(Stamped, FollowUp):
    """A visit."""


class WeaponShape(Stamped, Weapon):
    """A weapon."""


class CustodyEventShape(Stamped, CustodyEvent):
    """A step of custody."""


class DisputeShape(Stamped, Dispute):
    """Two values for one field."""


class AreaShape(Stamped, Area):
    """An area."""


class CaseloadShape(Stamped, Caseload):
    """A caseload."""


class StoreShape(Stamped, Store):
    """A store."""


class OrganisationShape(Stamped, Organisation):
    """An organisation."""


class ArmedGroupShape(Stamped, ArmedGroup):
    """An armed group."""


class CriteriaSetShape(Stamped, CriteriaSet):
    """The criteria of an agreement, in one version."""


class CriterionShape(Stamped, Criterion):
    """One criterion."""


class Some(ma.Schema):
    """What every list says besides its records."""

    next = ma.fields.UUID(allow_none=True, metadata={"description": "Ask for what comes `after`"})
    count = ma.fields.Integer(metadata={"description": f"Exact up to {COUNTED}"})
    more = ma.fields.Boolean(metadata={"description": f"Whether there are more than {COUNTED}"})


class PersonList(Some):
    """People."""

    items = ma.fields.List(ma.fields.Nested(PersonShape))


class CaseList(Some):
    """Cases."""

    items = ma.fields.List(ma.fields.Nested(CaseShape))


class GateEventList(Some):
    """Gates passed."""

    items = ma.fields.List(ma.fields.Nested(GateEventShape))


class HouseholdMemberList(Some):
    """Household members."""

    items = ma.fields.List(ma.fields.Nested(HouseholdMemberShape))


class BackgroundList(Some):
    """Times with armed groups."""

    items = ma.fields.List(ma.fields.Nested(BackgroundShape))


class ServiceList(Some):
    """Services."""

    items = ma.fields.List(ma.fields.Nested(ServiceShape))


class FollowUpList(Some):
    """Visits."""

    items = ma.fields.List(ma.fields.Nested(FollowUpShape))


class WeaponList(Some):
    """Weapons."""

    items = ma.fields.List(ma.fields.Nested(WeaponShape))


class CustodyEventList(Some):
    """Steps of custody."""

    items = ma.fields.List(ma.fields.Nested(CustodyEventShape))


class DisputeList(Some):
    """Disputes."""

    items = ma.fields.List(ma.fields.Nested(DisputeShape))


class AreaList(Some):
    """Areas."""

    items = ma.fields.List(ma.fields.Nested(AreaShape))


class CaseloadList(Some):
    """Caseloads."""

    items = ma.fields.List(ma.fields.Nested(CaseloadShape))


class StoreList(Some):
    """Stores."""

    items = ma.fields.List(ma.fields.Nested(StoreShape))


class OrganisationList(Some):
    """Organisations."""

    items = ma.fields.List(ma.fields.Nested(OrganisationShape))


class ArmedGroupList(Some):
    """Armed groups."""

    items = ma.fields.List(ma.fields.Nested(ArmedGroupShape))


class CriteriaSetList(Some):
    """Criteria of agreements."""

    items = ma.fields.List(ma.fields.Nested(CriteriaSetShape))


class CriterionList(Some):
    """Criteria one by one."""

    items = ma.fields.List(ma.fields.Nested(CriterionShape))
