"""Numbers, days, ages and states in words, in the reader's language. Pure: it is given gettext.

An app makes one ``Words`` and lays ``Words.filters()`` over its Jinja filters; see docs/look.md.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from typing import Any

from schema.dates import youngest_age
from schema.said import Gettext, Said, Sentence
from schema.states import LAPTOP, STATES

NARROW_SPACE = "\u202f"
LANGUAGES = {"en": "English", "fr": "Français", "ar": "العربية", "es": "Español"}
RIGHT_TO_LEFT = frozenset({"ar"})
MONTHS = tuple(
    Said(month)
    for month in (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    )
)  # fmt: skip
# A percentage of fewer cases than this says more than is known.
FEWEST_FOR_PERCENT = 20
_AGO = (
    (86_400, Sentence("%(count)s day ago", "%(count)s days ago")),
    (3_600, Sentence("%(count)s hour ago", "%(count)s hours ago")),
    (60, Sentence("%(count)s minute ago", "%(count)s minutes ago")),
)
_JUST_NOW, _NEVER = Said("just now"), Said("never")
_AGE = Sentence("%(count)s year", "%(count)s years")
_AGE_ABOUT = Sentence("about %(count)s year", "about %(count)s years")
_AGE_BETWEEN = Sentence("%(low)s or %(count)s year", "%(low)s or %(count)s years")
_NO_AGE = Said("Age not known")
_ABOUT_YEAR = Said("about %(year)s")
_MONTH_YEAR, _FULL_DAY = Said("%(month)s %(year)s"), Said("%(day)s %(month)s %(year)s")
_MOMENT, _WHEN = Said("%(day)s, %(time)s"), Said("%(moment)s (%(ago)s)")
_PART = Said("%(part)s of %(whole)s")
_SHARE = Said("%(percent)s %% (%(part)s of %(whole)s)")

# As in Flask-Babel: (one, many, number, **values), and fills the values in itself.
Ngettext = Callable[..., str]
Decorator = Callable[[Callable[..., str]], Callable[..., str]]


def direction(language: str) -> str:
    """``rtl`` or ``ltr``."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def format_number(number: float) -> str:
    """A number with narrow no-break spaces between thousands: no comma or point to misread."""
    return f"{number:,}".replace(",", NARROW_SPACE).replace("-", "\u2212")


@dataclass(frozen=True)
class Words:
    """Puts values into words. ``zone`` and ``now`` are asked at each use: a request has its own."""

    gettext: Gettext
    ngettext: Ngettext
    zone: Callable[[], tzinfo] = lambda: UTC
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    def filters(self, pass_context: Decorator) -> dict[str, Callable[..., str]]:
        """What Jinja calls these: ``{{ case.opened_on|day }}``. Give it ``jinja2.pass_context``.

        Without it Jinja works out ``"2026-11-17"|day`` once, when it compiles the template, and every
        later reader gets the words of the first one's language.
        """
        return {name: pass_context(_late(filtered)) for name, filtered in self._filters().items()}

    def _filters(self) -> dict[str, Callable[..., str]]:
        names = (
            "word", "shown", "day", "moment", "clock", "ago", "when", "age", "share",
            "laptop", "state_tag", "state_line",
        )  # fmt: skip
        return {"number": format_number, **{name: getattr(self, name) for name in names}}

    def word(self, text: Said | str) -> str:
        """A declared word (label, hint, code, state) in the reader's language; never for names."""
        known = text if isinstance(text, Said) else Said(text)
        return known.into(self.gettext)

    def shown(self, text: object) -> str:
        """What is declared is translated; what people wrote stays as it is."""
        return text.into(self.gettext) if isinstance(text, Said) else str(text)

    def day(self, iso: str | None, precision: str | None = "day") -> str:
        """Such as "17 November 2026", "November 2026", "about 2026"; empty for none."""
        if not iso:
            return ""
        known = date.fromisoformat(iso[:10])
        year = str(known.year)
        if precision == "estimated":
            return self._say(_ABOUT_YEAR, year=year)
        if precision == "year":
            return year
        form = _MONTH_YEAR if precision == "month" else _FULL_DAY
        return self._say(form, day=known.day, month=MONTHS[known.month - 1], year=year)

    def moment(self, iso: str | None) -> str:
        """Such as "17 November 2026, 14:05" in the reader's zone."""
        if not iso:
            return ""
        local = self._local(iso)
        return self._say(_MOMENT, day=self.day(local.date().isoformat()), time=f"{local:%H:%M}")

    def clock(self, iso: str) -> str:
        """Such as "14:02:07" in the reader's zone."""
        return f"{self._local(iso):%H:%M:%S}"

    def ago(self, iso: str) -> str:
        """Such as "5 days ago", in whole days, hours or minutes; "just now" for a wrong clock."""
        seconds = int((self.now() - self._local(iso)).total_seconds())
        for step, sentence in _AGO:
            if seconds >= step:
                return self.count(seconds // step, sentence)
        return self._say(_JUST_NOW)

    def when(self, iso: str | None) -> str:
        """Such as "17 November 2026, 14:05 (5 days ago)"; "never" for none."""
        if not iso:
            return self._say(_NEVER)
        return self._say(_WHEN, moment=self.moment(iso), ago=self.ago(iso))

    def age(self, birth_date: str | None, precision: str | None = "day") -> str:
        """Such as "26 years", "25 or 26 years", "about 26 years"; says so when it is not known."""
        today = self.now().astimezone(self.zone()).date()
        if not birth_date:
            return self._say(_NO_AGE)
        oldest = max(youngest_age(birth_date, "day", today) or 0, 0)
        if precision == "estimated":
            return self.count(oldest, _AGE_ABOUT)
        youngest = max(youngest_age(birth_date, precision, today) or 0, 0)
        if youngest == oldest:
            return self.count(oldest, _AGE)
        return self.count(oldest, _AGE_BETWEEN, low=youngest)

    def share(self, part: int, whole: int) -> str:
        """Such as "62 % (124 of 200)"; without the percentage where the cases are few."""
        words = {"part": format_number(part), "whole": format_number(whole)}
        if whole < FEWEST_FOR_PERCENT:
            return self._say(_PART, **words)
        return self._say(_SHARE, percent=round(100 * part / whole), **words)

    def state_tag(self, state: str) -> str:
        """The tag of a record's state."""
        return self.gettext(STATES[state].tag)

    def state_line(self, state: str, **values: str) -> str:
        """The line under the tag: ``when``, already in words, or ``reason``."""
        return self._say(Said(STATES[state].line), **values)

    def laptop(self, state: str, count: int = 0, **values: Any) -> str:
        """One of the sentences of schema/states.py on what this laptop holds."""
        sentence = LAPTOP[state]
        if sentence.many:
            return self.count(count, sentence, **values)
        return self._say(Said(sentence.one), **values)

    def count(self, number: int, sentence: Sentence, **values: Any) -> str:
        """A sentence in the plural form that the number asks for."""
        shown = format_number(number)
        return self.ngettext(sentence.one, sentence.many, number, count=shown, **values)

    def _say(self, sentence: Said, **values: object) -> str:
        return sentence.of(**values).into(self.gettext)

    def _local(self, iso: str) -> datetime:
        known = datetime.fromisoformat(iso)
        return (known if known.tzinfo else known.replace(tzinfo=UTC)).astimezone(self.zone())


def _late(filtered: Callable[..., str]) -> Callable[..., str]:
    def with_context(_context: object, *values: Any, **named: Any) -> str:
        return filtered(*values, **named)

    return with_context
