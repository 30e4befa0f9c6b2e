"""What the tests of arrivals do again and again."""

from collections.abc import Callable

from schema.change import Change
from schema.judge import Judged
from schema.policy import Grant, Sight
from server import apply
from server.actor import Actor
from tests.schema.programme import A, ident


def held_by(laptop, *changes: Change):
    unit = laptop.save(*changes)
    laptop.sync()
    assert laptop.outcome(unit) == "held"
    return unit


def supervisor(scope: str = A, role: str = "site-supervisor") -> Actor:
    return Actor(ident("sup"), "Sup", Sight.of([Grant(role, scope)]))


def raising_for(name: str) -> Callable[..., Judged]:
    original = apply.judge

    def judge(unit, work, by) -> Judged:
        if any(change.values.get("name") == name for change in unit.changes):
            raise ZeroDivisionError
        return original(unit, work, by)

    return judge
