"""The nouns, parents first: the order in which they are judged, promoted and printed."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from schema.entities.age_assessment import AgeAssessment
from schema.entities.appeal import Appeal
from schema.entities.appeal_event import AppealEvent
from schema.entities.area import Area
from schema.entities.armed_group import ArmedGroup
from schema.entities.attachment import Attachment
from schema.entities.background import Background
from schema.entities.background_check import BackgroundCheck
from schema.entities.best_interest import BestInterest
from schema.entities.best_interest_opinion import BestInterestOpinion
from schema.entities.card import Card
from schema.entities.card_event import CardEvent
from schema.entities.case import Case
from schema.entities.caseload import Caseload
from schema.entities.child_event import ChildEvent
from schema.entities.clinical import Clinical
from schema.entities.code import Code
from schema.entities.complaint import Complaint
from schema.entities.complaint_event import ComplaintEvent
from schema.entities.consent import Consent
from schema.entities.countersign import Countersign
from schema.entities.criteria_set import CriteriaSet
from schema.entities.criterion import Criterion
from schema.entities.criterion_check import CriterionCheck
from schema.entities.custody_event import CustodyEvent
from schema.entities.custom_field import CustomField
from schema.entities.destruction_batch import DestructionBatch
from schema.entities.discrepancy import Discrepancy
from schema.entities.discrepancy_step import DiscrepancyStep
from schema.entities.dispute import Dispute
from schema.entities.eligibility_event import EligibilityEvent
from schema.entities.entitlement import Entitlement
from schema.entities.flag import Flag
from schema.entities.follow_up import FollowUp
from schema.entities.form_event import FormEvent
from schema.entities.form_stock import FormStock
from schema.entities.functioning import Functioning
from schema.entities.gate_event import GateEvent
from schema.entities.hand_in import HandIn
from schema.entities.hand_in_line import HandInLine
from schema.entities.household_member import HouseholdMember
from schema.entities.instalment import Instalment
from schema.entities.load import Load
from schema.entities.load_check import LoadCheck
from schema.entities.lot import Lot
from schema.entities.lot_event import LotEvent
from schema.entities.medical_screening import MedicalScreening
from schema.entities.need import Need
from schema.entities.notice import Notice
from schema.entities.organisation import Organisation
from schema.entities.package import Package
from schema.entities.package_instalment import PackageInstalment
from schema.entities.payment_event import PaymentEvent
from schema.entities.person import Person
from schema.entities.plan import Plan
from schema.entities.plan_event import PlanEvent
from schema.entities.profile import Profile
from schema.entities.referral import Referral
from schema.entities.referral_event import ReferralEvent
from schema.entities.relative import Relative
from schema.entities.roster import Roster
from schema.entities.roster_entry import RosterEntry
from schema.entities.roster_match import RosterMatch
from schema.entities.service import Service
from schema.entities.stock_check import StockCheck
from schema.entities.stock_count import StockCount
from schema.entities.store import Store
from schema.entities.tracing_act import TracingAct
from schema.entities.weapon import Weapon
from schema.entity import Entity
from schema.problems import UnknownEntity

ENTITIES: tuple[type[Entity], ...] = (
    Area,
    Caseload,
    Store,
    Organisation,
    ArmedGroup,
    CriteriaSet,
    Criterion,
    Package,
    PackageInstalment,
    CustomField,
    Code,
    Person,
    Case,
    GateEvent,
    Notice,
    Consent,
    HouseholdMember,
    Relative,
    Background,
    BackgroundCheck,
    Roster,
    RosterEntry,
    RosterMatch,
    CriterionCheck,
    EligibilityEvent,
    Appeal,
    AppealEvent,
    Plan,
    Need,
    PlanEvent,
    MedicalScreening,
    Clinical,
    Functioning,
    Profile,
    FormStock,
    FormEvent,
    Referral,
    ReferralEvent,
    Complaint,
    ComplaintEvent,
    Service,
    FollowUp,
    ChildEvent,
    TracingAct,
    BestInterest,
    BestInterestOpinion,
    AgeAssessment,
    Attachment,
    Card,
    CardEvent,
    Entitlement,
    Instalment,
    PaymentEvent,
    DestructionBatch,
    Load,
    Weapon,
    CustodyEvent,
    Lot,
    LotEvent,
    HandIn,
    HandInLine,
    StockCheck,
    StockCount,
    Discrepancy,
    DiscrepancyStep,
    Countersign,
    LoadCheck,
    Dispute,
    Flag,
)
BY_NOUN: dict[str, type[Entity]] = {entity.noun: entity for entity in ENTITIES}
ORDER: dict[str, int] = {entity.noun: place for place, entity in enumerate(ENTITIES)}
# Permanent small numbers of the nouns in bucket entries; a new noun takes the next one.
NUMBERS: dict[str, int] = {
    "area": 1,
    "caseload": 2,
    "store": 3,
    "organisation": 4,
    "armed_group": 5,
    "person": 6,
    "case": 7,
    "gate_event": 8,
    "household_member": 9,
    "background": 10,
    "service": 11,
    "follow_up": 12,
    "weapon": 13,
    "custody_event": 14,
    "dispute": 15,
    "flag": 16,
    "attachment": 17,
    "criteria_set": 30,
    "criterion": 31,
    "roster": 32,
    "roster_entry": 33,
    "roster_match": 34,
    "criterion_check": 35,
    "eligibility_event": 36,
    "appeal": 37,
    "appeal_event": 38,
    "background_check": 39,
    "medical_screening": 41,
    "clinical": 42,
    "functioning": 43,
    "profile": 44,
    "form_stock": 45,
    "form_event": 46,
    "card": 47,
    "card_event": 48,
    "package": 50,
    "package_instalment": 51,
    "entitlement": 52,
    "instalment": 53,
    "payment_event": 54,
    "plan": 60,
    "need": 61,
    "plan_event": 62,
    "referral": 64,
    "referral_event": 65,
    "complaint": 69,
    "complaint_event": 70,
    "custom_field": 18,
    "code": 19,
    "hand_in": 20,
    "hand_in_line": 21,
    "lot": 22,
    "lot_event": 23,
    "child_event": 80,
    "tracing_act": 81,
    "best_interest": 82,
    "best_interest_opinion": 83,
    "age_assessment": 84,
    "relative": 90,
    "stock_check": 24,
    "stock_count": 25,
    "discrepancy": 26,
    "destruction_batch": 27,
    "countersign": 28,
    "discrepancy_step": 29,
    "load": 92,
    "load_check": 93,
    "notice": 94,
    "consent": 95,
}
SCOPES = ("caseload", "store")
NOUN_OF: dict[int, str] = {number: noun for noun, number in NUMBERS.items()}


def entity_of(noun: str) -> type[Entity]:
    """The declared noun of this name. Raises UnknownEntity."""
    try:
        return BY_NOUN[noun]
    except KeyError:
        raise UnknownEntity(f"There is no kind of record called {noun!r}.", entity=noun) from None


@cache
def under(noun: str) -> tuple[tuple[type[Entity], str], ...]:
    """What the file of a record of this noun holds: (entity, name of the field that names the record).

    All that hangs on it, and what is part of it without taking its scope from there.
    """
    parts = [(entity, entity.part_of) for entity in ENTITIES if entity.part_of]
    mine = [(entity, name) for entity, name in parts if entity.refs()[name].to == noun]
    return tuple(sorted((*hanging_on(noun), *mine), key=lambda pair: ORDER[pair[0].noun]))


def given_by(
    entity: type[Entity], above: str, values: Mapping[str, Any], record_id: str
) -> dict[str, str]:
    """What the page of a record says of a new one that is made there: where it hangs, and what it is part of.

    above: the noun of that page. What is part of it, and hangs where it hangs, hangs there too.
    """
    names = [name for one, name in under(above) if one is entity]
    given = {names[0]: record_id} if names else {}
    home = entity.hangs_on
    if home not in given and home == BY_NOUN[above].hangs_on and values.get(home):
        given[home] = str(values[home])
    return given


@cache
def hanging_on(noun: str) -> tuple[tuple[type[Entity], str], ...]:
    """What hangs on this noun: (entity, name of the field that refers to it), parents first.

    People and cases belong to a caseload and weapons to a store; they do not hang on it.
    """
    if noun in SCOPES:
        return ()
    return tuple(
        (entity, name)
        for entity in ENTITIES
        for name, ref in entity.refs().items()
        if ref.to == noun and name == entity.hangs_on
    )
