"""The registry's own people: pages opened now and sent later, roles given and taken, held Units retried."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from schema.change import Unit
from schema.ids import new_id
from schema.problems import Problem
from server import arrivals, moments
from server.actor import Actor
from server.enter import enter
from tests.sync.acts import Desk, Draft, Typed
from tests.sync.oracle import Oracle
from tests.sync.registry import TOGGLES, Registry
from tests.sync.views import DeskView

PEOPLE = ("celine", "esther", "faraj")
NOW = "2026-11-22T10:00:00Z"


@dataclass
class Form:
    """A page that somebody has before them: drafted then, submitted later."""

    actor: Actor
    unit: Unit
    key: str
    draft: Draft


@dataclass
class Office:
    """Who sits at the registry, what they have before them, and what they remember of their typing."""

    registry: Registry
    oracle: Oracle
    forms: list[Form] = field(default_factory=list)
    typed: dict[str, Typed] = field(default_factory=dict)

    def web(self, act: str, who: int, *numbers: int) -> str:
        """Somebody does something at the registry, at once."""
        form = self._form(act, who, numbers)
        return self._submit(form) if form else ""

    def open_form(self, act: str, who: int, *numbers: int) -> str:
        """Somebody opens a page and types; the page is not sent yet."""
        form = self._form(act, who, numbers)
        if form:
            self.forms.append(form)
        return f"a form of {form.actor.name}" if form else ""

    def submit(self, which: int) -> str:
        """One of the open pages is sent."""
        if not self.forms:
            return ""
        return self._submit(self.forms.pop(which % len(self.forms)))

    def toggle(self, which: int) -> str:
        """An administrator gives or takes a role."""
        who, grant = TOGGLES[which % len(TOGGLES)]
        self.registry.toggle(who, grant)
        has = grant in self.registry.given[who]
        return f"{who} {'gains' if has else 'loses'} {grant.role} over {grant.scope[-4:]}"

    def retry(self, which: int) -> str:
        """Somebody who answers for it lets a held Unit be judged again."""
        for who in ("celine", "esther"):
            actor = self.registry.actor(who)
            with self.registry.reading() as conn:
                found = [one.id for one in arrivals.held(conn, actor.sight) if one.changes]
            if found:
                unit = found[which % len(found)]
                return str(self._tried(lambda a=actor, u=unit: arrivals.retry(a, u).outcome))
        return ""

    def _form(self, act: str, who: int, numbers: Sequence[int]) -> Form | None:
        name = PEOPLE[who % len(PEOPLE)]
        actor = self.registry.actor(name)
        typed = self.typed.setdefault(name, {})
        desk = Desk(DeskView(name, self.registry, actor.sight), self.oracle, typed)
        draft = desk.draft(act, *numbers)
        if draft is None:
            return None
        unit = Unit(new_id(moments.milliseconds()), self.registry.head(), NOW, tuple(draft.changes))
        return Form(actor, unit, unit.id, draft)

    def _submit(self, form: Form) -> str:
        actor = self.registry.actor(form.actor.name.lower())
        came = self._tried(lambda: enter(form.unit, actor, form.key).outcome)
        if isinstance(came, str):
            name = form.actor.name.lower()
            typed = self.typed.setdefault(name, {})
            form.draft.saved_as(form.unit.id, "web", self.oracle, typed)
        return f"{actor.name} at the web: {[(c.verb, c.entity) for c in form.draft.changes]} {came}"

    def _tried(self, act: Callable[[], str]) -> str | Problem:
        try:
            return str(self.registry.within(act))
        except Problem as problem:
            return problem
