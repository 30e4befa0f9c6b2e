"""What stands on each side of the border: one of everything, and where the policy puts it."""

from collections.abc import Iterator
from functools import cache

from schema.change import Change
from schema.entities import BY_NOUN, ENTITIES
from schema.picture import Picture
from schema.policy import CASELOAD_COMPARTMENTS, Grant
from schema.record import Bucket
from tests.pictures import made
from tests.schema.programme import (
    STORE_A,
    STORE_B,
    A,
    B,
    case,
    create,
    ident,
    person,
)
from tests.server.in_store import IN_STORE

OWN, OTHER, CHILD, FAR_CHILD, ABSENT = "own", "other", "child", "far child", "absent"
SCOPES = {OWN: (A, STORE_A), OTHER: (B, STORE_B), CHILD: (A, STORE_A), FAR_CHILD: (B, STORE_B)}
ADULTS, CHILDREN, SIDES = (OWN, OTHER), (CHILD, FAR_CHILD), tuple(SCOPES)
NOWHERE, DISABLED, SPARE = "nowhere", "disabled", "spare"
YOUNG = {"birth_date": "2012-05-01"}
# A child has none of these.
ARMS = (
    "weapon",
    "custody_event",
    "lot",
    "lot_event",
    "hand_in",
    "hand_in_line",
    "destruction_batch",
    "stock_check",
    "stock_count",
    "discrepancy",
    "discrepancy_step",
    "countersign",
    "load",
    "load_check",
)
ADULT_NOUNS = (
    *ARMS,
    "form_stock",
    "form_event",
    "background",
    "background_check",
    "roster",
    "roster_entry",
    "roster_match",
    "criterion_check",
    "eligibility_event",
    "appeal",
    "appeal_event",
    "entitlement",
    "instalment",
    "payment_event",
    "complaint",
    "complaint_event",
)
# An adult has none of these.
CHILD_NOUNS = (
    "child_event",
    "tracing_act",
    "best_interest",
    "best_interest_opinion",
    "age_assessment",
)
CODE = {"code_list": "transport", "value": "foot", "label_en": "code of all"}
FIELD = {
    "entity": "case",
    "name": "transport",
    "kind": "choice",
    "code_list": "transport",
    "label_en": "custom_field of all",
    "purpose": "To plan buses",
    "sensitivity": "none",
}
REFERENCE = {
    ("area", ident("area")): "reference",
    ("caseload", A): "reference",
    ("caseload", B): "reference",
    ("store", STORE_A): "reference",
    ("store", STORE_B): "reference",
    ("organisation", ident("organisation")): "reference",
    ("armed_group", ident("armed_group")): "background",
    ("criteria_set", ident("criteria_set")): "reference",
    ("criterion", ident("criterion")): "reference",
    ("package", ident("package")): "reference",
    ("package_instalment", ident("package_instalment")): "reference",
    ("custom_field", ident("custom_field")): "reference",
    ("code", ident("code")): "reference",
}


CRITERIA = (
    create("criteria_set", "criteria_set", code="PA", edition=1, name="…"),
    create(
        "criterion",
        "criterion",
        criteria_set_id=ident("criteria_set"),
        path="weapon",
        kind="weapon",
        quantity=1,
        wording="…",
    ),
)


PACKAGES = (
    create("package", "package", code="P", name="…", state="draft", modality="cash"),
    create("package_instalment", "package_instalment", package_id=ident("package"), number=1),
)
HANGING: dict[str, dict[str, object]] = {
    "gate_event": {"gate": "screened", "reason": "eligible", "date": "2026-11-01", "note": "…"},
    "notice": {"date": "2026-11-01", "version": "…", "language": "fra", "how": "read"},
    "consent": {"date": "2026-11-01", "shared_with": "health", "answer": "no", "note": "…"},
    "card_event": {"event": "lost", "date": "2026-11-01", "reason": "…"},
    "household_member": {"relation": "child", "sex": "female", "name": "…"},
    "background": {"armed_group_id": ident("armed_group"), "role": "medic"},
    "medical_screening": {"outcome": "fit", "date": "2026-11-01", "arrange": "…"},
    "clinical": {"date": "2026-11-01", "note": "…"},
    "profile": {
        "notice_read": True,
        "date": "2026-11-01",
        "education": "1",
        "occupation_now": "none",
        "fears": "…",
    },
    "form_event": {"event": "issued", "date": "2026-11-01", "first_number": 1, "note": "…"},
    "functioning": {"date": "2026-11-01", "seeing": "1", "accommodation": "…"},
    "service": {"type": "EDU", "start_date": "2026-11-01"},
    "follow_up": {"due_date": "2026-11-01", "note": "…"},
    "plan": {"drafted_on": "2026-11-01", "track": "education", "goals": "…"},
    "need": {"kind": "education", "priority": "first", "note": "…"},
    "referral": {
        "to_id": ident("organisation"),
        "path": "child-protection",
        "urgency": "normal",
        "date": "2026-11-01",
        "reason": "…",
    },
    "complaint_event": {"act": "looked-into", "date": "2026-11-01", "said": "…"},
    "referral_event": {"act": "feedback", "date": "2026-11-01", "said": "…"},
    "plan_event": {"act": "signed", "date": "2026-11-01", "reason": "…"},
    "custody_event": {"event": "received", "date": "2026-11-01", "received_by": "…"},
    "entitlement": {"package_id": ident("package"), "note": "…"},
    "instalment": {"number": 1, "amount": 50_000, "kit": "…"},
    "payment_event": {"event": "authorised", "date": "2026-11-01", "reason": "…"},
    "roster_entry": {"name": "…", "line": 1},
    "roster_match": {"result": "none", "note": "…", "date": "2026-11-01"},
    "background_check": {"status": "running", "authority": "…", "date": "2026-11-01"},
    "child_event": {"act": "arrived", "date": "2026-11-01", "note": "…"},
    "tracing_act": {"act": "opened", "date": "2026-11-01", "note": "…"},
    "best_interest": {
        "about": "care",
        "date": "2026-11-01",
        "child_said": "Here",
        "proposal": "…",
    },
    "age_assessment": {"date": "2026-11-01", "tried": "…", "assent": "child"},
    "criterion_check": {
        "criterion_id": ident("criterion"),
        "result": "met",
        "date": "2026-11-01",
        "evidence_note": "…",
    },
}
# What hangs on another record of its side, and on which.
ABOVE = {
    "roster_entry": "roster",
    "roster_match": "roster_entry",
    "form_event": "form_stock",
    "custody_event": "weapon",
    "card_event": "card",
    "need": "plan",
    "plan_event": "plan",
    "referral_event": "referral",
    "complaint_event": "complaint",
    "instalment": "entitlement",
    "payment_event": "instalment",
    "lot_event": "lot",
    "hand_in_line": "hand_in",
    "stock_count": "stock_check",
    "discrepancy_step": "discrepancy",
}


def nouns_at(side: str) -> list[str]:
    """What stands on this side of the border: everything that people write and that is somebody's."""
    own = [e.noun for e in ENTITIES if e.written_by == "people" and e.hangs_on]
    others = CHILD_NOUNS if side in ADULTS else ADULT_NOUNS
    return [noun for noun in own if noun not in others]


def bucket(noun: str, side: str) -> Bucket:
    """Where the policy puts a record of this noun on this side."""
    caseload, store = SCOPES[side]
    compartment = BY_NOUN[noun].compartment
    if compartment not in CASELOAD_COMPARTMENTS:
        return compartment, store
    return ("child" if side in CHILDREN else compartment), caseload


def text_of(noun: str, side: str) -> str:
    """A word of this record that a page would show."""
    return f"{noun} of {side}"


@cache
def pictured(side: str) -> Picture:
    """The picture of the case on this side."""
    return made(SIDES.index(side), (64, 48))


def grants_of(role: str) -> tuple[Grant, Grant]:
    """A role over the caseload and the store of one's own side."""
    return tuple(Grant(role, scope) for scope in SCOPES[OWN])


def file_of(side: str) -> Iterator[Change]:
    """A person with a case and all that hangs on it, and what stands in the store."""
    yield from _people_of(side)
    said = {**HANGING, **IN_STORE, **_hanging_at(side)}
    for noun in (noun for noun in nouns_at(side) if noun in said):
        kept = {n: text_of(noun, side) if v == "…" else v for n, v in said[noun].items()}
        yield Change("create", noun, ident(noun, side), {**kept, **_above(noun, side)})


def _people_of(side: str) -> Iterator[Change]:
    caseload, child = SCOPES[side][0], side in CHILDREN
    who, what = ident("person", side), ident("case", side)
    said = {"name": text_of("person", side), "caseload_id": caseload, **(YOUNG if child else {})}
    yield Change("create", "person", who, dict(person("", **said).values))
    kin = {"name": text_of("kin", side), "caseload_id": caseload}
    yield Change("create", "person", ident("kin", side), dict(person("", **kin).values))
    said = {"caseload_id": caseload, "person_id": who, "process": "child" if child else "adult"}
    yield Change("create", "case", what, dict(case("", **said).values))


def _above(noun: str, side: str) -> dict[str, object]:
    """What a record hangs on: another of this side, its store, or else the case."""
    if noun in ABOVE:
        return {f"{ABOVE[noun].removeprefix('roster_')}_id": ident(ABOVE[noun], side)}
    if noun in IN_STORE:
        return {"store_id": SCOPES[side][1]}
    alone = noun in ("roster", "form_stock", "complaint")
    return {} if alone else {"case_id": ident("case", side)}


def _hanging_at(side: str) -> dict[str, dict[str, object]]:
    """What names something of its own side beside what it hangs on."""
    caseload, store = SCOPES[side]
    kind = "release" if side in CHILDREN else "card"
    return {
        "card": {"kind": kind, "issued_on": "2026-11-01"},
        "relative": {"person_id": ident("kin", side), "kind": "sibling", "note": "…"},
        "attachment": {"kind": "photo", "title": "…", **pictured(side).content},
        "weapon": {"store_id": store, "class": "small-arm", "type": "rifle", "serial": "…"},
        "form_stock": {
            "caseload_id": caseload,
            "kind": "card",
            "series": "…",
            "first_number": 1,
            "last_number": 9,
            "received_on": "2026-11-01",
        },
        "complaint": {
            "caseload_id": caseload,
            "received_on": "2026-11-01",
            "about": "staff",
            "said": "…",
        },
        "roster": {"caseload_id": caseload, "code": "…", "received_on": "2026-11-01"},
        "countersign": {**IN_STORE["countersign"], "hand_in_id": ident("hand_in", side)},
        "load": {
            "to_store_id": STORE_B if store == STORE_A else STORE_A,
            "manifest": "…",
            "carries": "arms",
            "date": "2026-11-01",
        },
    }
