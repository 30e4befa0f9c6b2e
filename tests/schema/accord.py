"""An accord with two ways in, and somebody who is screened by it, on the cast's rows in memory."""

from typing import Any

from schema.change import Change
from schema.record import Record, Working
from schema.rules.standing import Standing, standing
from tests.schema.programme import STORE_A, Programme, case, create, ident, person, weapon

ACCORD = {"code": "PA", "edition": 1, "name": "Accord", "appeal_days": 30, "answer_days": 20}
ACCORD |= {"appeal_body": "Appeals panel", "valid_from": "2026-01-01", "state": "adopted"}
WAYS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("gun", {"path": "armed", "kind": "weapon", "quantity": 1}),
    ("support", {"path": "unarmed", "kind": "category", "category": "associated"}),
    ("interview", {"path": "unarmed", "kind": "verified"}),
)


def accord(*more: tuple[str, dict[str, Any]]) -> list[Change]:
    """The accord, adopted, with these criteria besides its own."""
    within = {"criteria_set_id": ident("PA"), "wording": "As the accord says"}
    criteria = [create("criterion", n, **within, **said) for n, said in (*WAYS, *more)]
    return [create("criteria_set", "PA", **ACCORD), *criteria]


def screened(
    who: str = "Ali", act: str = "proposed-eligible", day: str = "2026-03-01", **said: Any
) -> Change:
    """Somebody is screened."""
    return step(act, who, f"screening of {who}", day, **said)


def step(act: str, who: str, name: str, day: str = "2026-03-02", **said: Any) -> Change:
    """An act about somebody's eligibility."""
    values = {"case_id": ident(f"case of {who}"), "act": act, "date": day}
    return create("eligibility_event", name, **{"criteria_set_id": ident("PA"), **values, **said})


def decided(
    act: str = "eligible", who: str = "Ali", day: str = "2026-03-02", **said: Any
) -> Change:
    """A decision on that screening."""
    refusing = {"reason": "no-weapon", "said": "No weapon was handed in."}
    more = {"path": "armed"} if act == "eligible" else refusing
    values = {"about_id": ident(f"screening of {who}"), **more, **said}
    return step(act, who, f"decision on {who}", day, **values)


def told(who: str = "Ali", day: str = "2026-03-03") -> Change:
    """The refusal is read out."""
    about = ident(f"decision on {who}")
    return step("told", who, f"telling {who}", day, about_id=about, how="aloud")


def check(criterion: str, result: str = "met", who: str = "Ali", name: str = "") -> Change:
    """A finding on a criterion."""
    values = {"case_id": ident(f"case of {who}"), "criterion_id": ident(criterion)}
    said = {"result": result, "evidence": "interview", "date": "2026-03-01"}
    return create("criterion_check", name or f"{criterion} of {who}", **values, **said)


def gate(
    name: str, day: str, who: str = "Ali", label: str = "", reason: str | None = None
) -> Change:
    """A gate passed."""
    why = {"reason": reason} if reason else {}
    values = {"case_id": ident(f"case of {who}"), "gate": name, "date": day, **why}
    return create("gate_event", label or f"{name} of {who}", **values)


def appealed(who: str = "Ali", day: str = "2026-03-10", **said: Any) -> Change:
    """An appeal against the refusal."""
    values = {"case_id": ident(f"case of {who}"), "about_id": ident(f"decision on {who}")}
    return create("appeal", f"appeal of {who}", **values, filed_on=day, **said)


def heard(act: str, name: str, day: str = "2026-03-20", who: str = "Ali", **said: Any) -> Change:
    """A step of that appeal."""
    values = {"case_id": ident(f"case of {who}"), "appeal_id": ident(f"appeal of {who}")}
    words = {"said": "Two neighbours were heard."} if act in ("upheld", "dismissed") else {}
    return create("appeal_event", name, **values, act=act, date=day, **{**words, **said})


def armed(who: str = "Ali") -> Change:
    """A weapon that counts for somebody."""
    case_id = ident(f"case of {who}")
    return weapon(f"gun of {who}", case_id=case_id, store_id=STORE_A, serial_state="none")


def begun(*more: tuple[str, dict[str, Any]]) -> Programme:
    """The programme with the accord in force, and Ali registered by Awa."""
    made = Programme()
    made.arrive("celine", *accord(*more))
    made.arrive(
        "awa", person("Ali"), case("Ali", category="combatant"), gate("presented", "2026-02-20")
    )
    return made


def stands(programme: Programme, who: str = "Ali", on: str = "9999") -> Standing:
    """Where somebody stands."""
    found: Record = programme.rows["case", ident(f"case of {who}")]
    return standing(found, Working(programme), on)
