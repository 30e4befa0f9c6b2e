"""Numbers, days, ages and states in words, in the reader's language. Pure: it is given gettext.

An app makes one ``Words`` and lays ``Words.filters()`` over its Jinja filters; see docs/look.md.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from typing import Any

from schema.dates import youngest_age
from schema.said import Gettext, Said
from schema.states import LAPTOP, STATES

NARROW_SPACE = "\u202f"
LANGUAGES = {"en": "English", "fr": "Français", "ar": "العربية", "es": "Español"}
RIGHT_TO_LEFT = frozenset({"ar"})
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
# A percentage of fewer cases than this says more than is known.
FEWEST_FOR_PERCENT = 20
_DAY = 86_400
_STEPS = (
    (_DAY, "%(count)s day ago", "%(count)s days ago"),
    (3_600, "%(count)s hour ago", "%(count)s hours ago"),
    (60, "%(count)s minute ago", "%(count)s minutes ago"),
)

# As in Flask-Babel: (one, many, number, **values), and fills the values in itself.
Ngettext = Callable[..., str]


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

    def filters(self) -> dict[str, Callable[..., str]]:
        """What Jinja calls these: ``{{ case.opened_on|day }}``, ``{{ total|number }}``."""
        return {
            "word": self.word,
            "shown": self.shown,
            "number": format_number,
            "day": self.day,
            "moment": self.moment,
            "clock": self.clock,
            "ago": self.ago,
            "when": self.when,
            "age": self.age,
            "share": self.share,
            "laptop": self.laptop,
            "state_tag": self.state_tag,
            "state_line": self.state_line,
        }

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
            return self.gettext("about %(year)s") % {"year": year}
        if precision == "year":
            return year
        words = {
            "day": str(known.day),
            "month": self.gettext(MONTHS[known.month - 1]),
            "year": year,
        }
        form = "%(month)s %(year)s" if precision == "month" else "%(day)s %(month)s %(year)s"
        return self.gettext(form) % words

    def moment(self, iso: str | None) -> str:
        """Such as "17 November 2026, 14:05" in the reader's zone."""
        if not iso:
            return ""
        local = self._local(iso)
        words = {"day": self.day(local.date().isoformat()), "time": f"{local:%H:%M}"}
        return self.gettext("%(day)s, %(time)s") % words

    def clock(self, iso: str) -> str:
        """Such as "14:02:07" in the reader's zone."""
        return f"{self._local(iso):%H:%M:%S}"

    def ago(self, iso: str) -> str:
        """Such as "5 days ago", in whole days, hours or minutes; "just now" for a wrong clock."""
        seconds = int((self.now() - self._local(iso)).total_seconds())
        for step, one, many in _STEPS:
            if seconds >= step:
                return self.count(seconds // step, one, many)
        return self.gettext("just now")

    def when(self, iso: str | None) -> str:
        """Such as "17 November 2026, 14:05 (5 days ago)"; "never" for none."""
        if not iso:
            return self.gettext("never")
        words = {"moment": self.moment(iso), "ago": self.ago(iso)}
        return self.gettext("%(moment)s (%(ago)s)") % words

    def age(self, birth_date: str | None, precision: str | None = "day") -> str:
        """Such as "26 years", "25 or 26 years", "about 26 years"; says so when it is not known."""
        today = self.now().astimezone(self.zone()).date()
        if not birth_date:
            return self.gettext("Age not known")
        oldest = youngest_age(birth_date, "day", today) or 0
        if precision == "estimated":
            return self.count(max(oldest, 0), "about %(count)s year", "about %(count)s years")
        youngest = max(youngest_age(birth_date, precision, today) or 0, 0)
        if youngest == oldest:
            return self.count(youngest, "%(count)s year", "%(count)s years")
        one, many = "%(low)s or %(count)s year", "%(low)s or %(count)s years"
        return self.count(oldest, one, many, low=youngest)

    def share(self, part: int, whole: int) -> str:
        """Such as "62 % (124 of 200)"; without the percentage where the cases are few."""
        words = {"part": format_number(part), "whole": format_number(whole)}
        if whole < FEWEST_FOR_PERCENT:
            return self.gettext("%(part)s of %(whole)s") % words
        words["percent"] = str(round(100 * part / whole))
        return self.gettext("%(percent)s %% (%(part)s of %(whole)s)") % words

    def state_tag(self, state: str) -> str:
        """The tag of a record's state."""
        return self.gettext(STATES[state].tag)

    def state_line(self, state: str, **values: str) -> str:
        """The line under the tag: ``when``, already in words, or ``reason``."""
        return self.gettext(STATES[state].line) % values

    def laptop(self, state: str, count: int = 0, **values: Any) -> str:
        """One of the sentences of schema/states.py on what this laptop holds."""
        sentence = LAPTOP[state]
        if sentence.many:
            return self.count(count, sentence.one, sentence.many, **values)
        return Said(sentence.one, tuple(values.items())).into(self.gettext)

    def count(self, number: int, one: str, many: str, **values: Any) -> str:
        """A sentence in the plural form that the number asks for."""
        return self.ngettext(one, many, number, count=format_number(number), **values)

    def _local(self, iso: str) -> datetime:
        known = datetime.fromisoformat(iso)
        return (known if known.tzinfo else known.replace(tzinfo=UTC)).astimezone(self.zone())
