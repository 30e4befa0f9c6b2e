"""Who may do what: roles x compartments x verbs, one table, read at both ends.

Pages, API, sync, search, exports and the shell all ask ``Sight``; there is no second rule to forget.
A grant gives a role over one scope (a caseload or a store), or over all of them. Data of the
programme itself (scope ``programme``: areas, caseloads, stores, lists) come with any grant of a role
that has their compartment. A service provider and a liaison see no case; an administrator neither.
"""

import sys
from collections.abc import Iterable
from dataclasses import dataclass

VERBS = ("read", "create", "change", "approve", "export")
PROGRAMME = "programme"
EVERYWHERE = "*"
SEALED = "sealed"

COMPARTMENTS = {
    "case": "Person, case, household, services, follow-up",
    "background": "Armed group, rank, role",
    "health": "Clinical records",
    "child": "Everything of a person in the child process",
    SEALED: "What somebody told of an armed group who was found to be a child: nobody reads it",
    "weapons": "Weapons and custody",
    "payments": "Entitlements and payments",
    "complaints": "What is complained of: for the complaints unit alone, outside the chain of command",
    "coordination": "Providers, meetings, community work",
    "reference": "Areas, caseloads, stores, organisations, code lists",
    "admin": "Accounts, grants, laptops",
}
CASELOAD_COMPARTMENTS = ("case", "background", "health", "child", "payments", "complaints")
STORE_COMPARTMENTS = ("weapons",)
PROGRAMME_COMPARTMENTS = ("reference", "background", "coordination", "admin")

_R, _RC, _RCC = {"read"}, {"read", "create"}, {"read", "create", "change"}
# Whoever meets people writes a complaint down, hands it over and keeps nothing.
_C = {"create"}

POLICY: dict[str, dict[str, set[str]]] = {
    "field-officer": {
        "case": _RCC,
        "child": {"create"},
        "weapons": {"create"},
        "complaints": _C,
        "reference": _R,
    },
    "case-worker": {
        "case": _RCC,
        "background": _RCC,
        "child": {"create"},
        "complaints": _C,
        "reference": _R,
    },
    # Who verifies is neither who registers nor who pays, and reads no weapon store and no health.
    "verification-officer": {
        "case": {"read", "create", "approve"},
        "background": _RCC | {"approve"},
        "child": {"create"},
        "complaints": _C,
        "reference": _R,
    },
    # What came of a screening is written where the case worker reads it; what was found is not.
    "clinician": {"case": _RC, "health": _RCC, "complaints": _C, "reference": _R},
    "child-protection": {
        "child": _RCC | {"approve"},
        "case": {"create"},
        "complaints": _C,
        "reference": _R,
    },
    "weapons-officer": {"weapons": _RCC | {"approve"}, "reference": _R},
    "storekeeper": {"weapons": _RCC, "reference": _R},
    "payment-officer": {"case": _R, "payments": _RCC, "complaints": _C, "reference": _R},
    "site-supervisor": {
        "case": _RCC | {"approve"},
        "child": {"create"},
        "weapons": _R,
        "payments": _RC | {"approve"},
        "complaints": _C,
        "reference": _R,
    },
    "programme-manager": {
        "case": _RCC | {"approve", "export"},
        "background": _R,
        "child": {"create"},
        "weapons": _R | {"approve", "export"},
        "payments": _RC | {"approve", "export"},
        "coordination": _RCC,
        "complaints": _C,
        "reference": _RCC | {"approve", "export"},
        "admin": _R,
    },
    "me-officer": {
        "case": _R | {"export"},
        "weapons": _R | {"export"},
        "complaints": _C,
        "reference": _R | {"export"},
    },
    "service-provider": {"coordination": _R, "reference": _R},
    "liaison": {"coordination": _R, "reference": _R},
    "donor": {"reference": _R | {"export"}},
    "data-protection": {"admin": _R, "reference": _R},
    "auditor": {"admin": _R, "weapons": _R, "payments": _R, "reference": _R},
    # Reads no case: whom a complaint is about is asked for in person.
    "complaints-officer": {"complaints": _RC | {"change", "approve"}, "reference": _R},
    "administrator": {"admin": _RCC | {"approve"}, "reference": _RCC},
}
ROLES = tuple(POLICY)


@dataclass(frozen=True)
class Grant:
    """One role over one scope id, over ``programme`` alone, or EVERYWHERE."""

    role: str
    scope: str


@dataclass(frozen=True)
class Sight:
    """What one person may do, made from their grants."""

    grants: frozenset[Grant]

    @classmethod
    def of(cls, grants: Iterable[Grant]) -> "Sight":
        """The sight that these grants give together."""
        return cls(frozenset(grants))

    def may(self, verb: str, compartment: str, scope: str) -> bool:
        """Whether this verb is allowed in the bucket (compartment, scope)."""
        for grant in self.grants:
            if verb in POLICY[grant.role].get(compartment, ()) and (
                scope in (grant.scope, PROGRAMME) or grant.scope == EVERYWHERE
            ):
                return True
        return False

    def anywhere(self, verb: str, compartment: str) -> bool:
        """Whether this verb is allowed in any scope of the compartment."""
        return any(verb in POLICY[grant.role].get(compartment, ()) for grant in self.grants)

    def scopes(self, verb: str, compartment: str) -> frozenset[str]:
        """The scopes in which this verb is allowed: {EVERYWHERE}, or scope ids and PROGRAMME."""
        found = {g.scope for g in self.grants if verb in POLICY[g.role].get(compartment, ())}
        if EVERYWHERE in found:
            return frozenset({EVERYWHERE})
        return frozenset(found | {PROGRAMME}) if found else frozenset()

    def roles(self) -> frozenset[str]:
        """The roles held, over whatever scope."""
        return frozenset(grant.role for grant in self.grants)


def may_grant(granter: Sight, granter_id: str, to_id: str, grant: Grant) -> bool:
    """An administrator grants any role but never to himself; anyone else only what he holds."""
    if granter_id == to_id or not granter.anywhere("change", "admin"):
        return False
    if "administrator" in granter.roles():
        return True
    return grant in granter.grants or Grant(grant.role, EVERYWHERE) in granter.grants


def page() -> str:
    """The whole table as a page of docs/: a row for each role, a column for each compartment."""
    names = list(COMPARTMENTS)
    lines = [
        "# Who may do what",
        "",
        "Made from `schema/policy.py` by `python -m schema.policy`; a test compares the two. Each right",
        "holds in the scopes (caseloads, stores) or areas of the grant, and between its dates.",
        "",
        *(f"- **{name}**: {what}" for name, what in COMPARTMENTS.items()),
        "",
        f"| role | {' | '.join(names)} |",
        f"|---{'|---' * len(names)}|",
    ]
    for role, rights in POLICY.items():
        cells = (", ".join(v for v in VERBS if v in rights.get(name, ())) or "–" for name in names)
        lines.append(f"| {role} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(page())
