"""Days of the Hijri and the Ethiopian calendar as days of the Gregorian one. Pure arithmetic.

Hijri is the tabular calendar of thirty years with eleven leap years; where the moon is sighted a day may lie a
day or two beside it, so what is told is kept beside what is worked out. A month or a year of these calendars
lies in two of ours: its last day is taken, so that nobody is made older than they may be.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from schema.codes import CodeList
from schema.names import fold
from schema.typed_dates import NO_MONTH, NO_YEAR, NOT_REAL, ReadDay, western

GREGORIAN, HIJRI, ETHIOPIAN = "gregorian", "hijri", "ethiopian"
CALENDAR = CodeList(
    "calendar", (GREGORIAN, "Gregorian"), (HIJRI, "Hijri"), (ETHIOPIAN, "Ethiopian")
)
_BEFORE_ORDINALS = 1_721_425
_DIVIDER = " · "


@dataclass(frozen=True)
class Calendar:
    """One calendar: its months by name, how long they are, and where a day lies as a Julian day number."""

    months: tuple[tuple[str, ...], ...]
    length: Callable[[int, int], int]
    julian: Callable[[int, int, int], int]

    def month(self, text: str) -> int | None:
        """The number of a month that is typed as a number or by name."""
        word = western(text).strip()
        if word.isdecimal():
            return int(word) if 1 <= int(word[:4]) <= len(self.months) else None
        wanted = fold(word).replace(" ", "")
        found = [n for n, names in enumerate(self.months, 1) if wanted in names]
        return found[0] if wanted and found else None

    def day(self, year: int, month: int, day: int) -> date | None:
        """The Gregorian day; None where the calendar has no such day."""
        if not 1 <= day <= self.length(year, month):
            return None
        return date.fromordinal(self.julian(year, month, day) - _BEFORE_ORDINALS)


def read(calendar: str, day: str, month: str, year: str) -> ReadDay:
    """What three boxes say in a calendar other than ours, with the precision that is left."""
    known = _CALENDARS[calendar]
    texts = [western(box).strip() for box in (day, month, year)]
    if not any(texts):
        return ReadDay()
    if not (texts[2].isdecimal() and len(texts[2]) == 4):
        return ReadDay(wrong=NO_YEAR)
    number = known.month(texts[1]) if texts[1] else None
    if number is None and (texts[0] or texts[1]):
        return ReadDay(wrong=NO_MONTH)
    return _found(known, texts[0], number, int(texts[2]))


def _found(known: Calendar, day: str, month: int | None, year: int) -> ReadDay:
    if day and not (day.isdecimal() and len(day) <= 2):
        return ReadDay(wrong=NOT_REAL)
    at = month or len(known.months)
    found = known.day(year, at, int(day) if day else known.length(year, at))
    if found is None:
        return ReadDay(wrong=NOT_REAL)
    if day:
        return ReadDay(found.isoformat(), "day")
    first = found.replace(day=1) if month else found.replace(month=1, day=1)
    return ReadDay(first.isoformat(), "month" if month else "year")


def told(calendar: str, day: str, month: str, year: str) -> str:
    """What was typed, with its calendar, to be kept beside the day."""
    return _DIVIDER.join((calendar, *(box.strip() for box in (day, month, year))))


def as_told(text: str) -> tuple[str, tuple[str, str, str]] | None:
    """(calendar, what stood in the three boxes) of what ``told`` kept; None of anything else."""
    calendar, *boxes = text.split(_DIVIDER)
    if calendar not in _CALENDARS or len(boxes) != 3:
        return None
    return calendar, (boxes[0], boxes[1], boxes[2])


def _hijri_length(year: int, month: int) -> int:
    leap = (14 + 11 * year) % 30 < 11
    return 30 if month % 2 or (month == 12 and leap) else 29


def _hijri_day(year: int, month: int, day: int) -> int:
    before = 29 * (month - 1) + month // 2
    return day + before + (year - 1) * 354 + (3 + 11 * year) // 30 + 1_948_439


def _ethiopian_length(year: int, month: int) -> int:
    return 30 if month < 13 else 6 if year % 4 == 3 else 5


def _ethiopian_day(year: int, month: int, day: int) -> int:
    return 1_724_221 + 365 * (year - 1) + year // 4 + 30 * (month - 1) + day - 1


def _named(lines: str) -> tuple[tuple[str, ...], ...]:
    words = (line.split(";") for line in lines.strip().splitlines())
    return tuple(tuple(fold(word).replace(" ", "") for word in line) for line in words)


_HIJRI_MONTHS = _named("""
Muharram; محرم; المحرم; Mouharram
Safar; صفر
Rabi I; Rabi al-awwal; Rabi 1; ربيع الأول; Rabia al awal
Rabi II; Rabi al-thani; Rabi al-akhir; Rabi 2; ربيع الثاني; ربيع الآخر
Jumada I; Jumada al-ula; Jumada 1; جمادى الأولى; Joumada I
Jumada II; Jumada al-thani; Jumada al-akhira; Jumada 2; جمادى الثانية; جمادى الآخرة; Joumada II
Rajab; رجب
Shaban; Sha'ban; Chaabane; شعبان
Ramadan; رمضان; Ramadhan
Shawwal; شوال; Chawwal
Dhu al-Qada; Dhul Qadah; Dhu al-Qi'dah; ذو القعدة; ذي القعدة
Dhu al-Hijja; Dhul Hijjah; ذو الحجة; ذي الحجة
""")
_ETHIOPIAN_MONTHS = _named("""
Meskerem; መስከረም
Tikimt; Tikemt; ጥቅምት
Hidar; ኅዳር; ህዳር
Tahsas; Tahesas; ታኅሣሥ; ታህሳስ
Tir; Ter; ጥር
Yekatit; Yakatit; የካቲት
Megabit; Maggabit; መጋቢት
Miyazya; Miazia; ሚያዝያ
Ginbot; Genbot; ግንቦት
Sene; ሰኔ
Hamle; ሐምሌ; ሀምሌ
Nehase; Nahase; ነሐሴ; ነሀሴ
Pagume; Pagumen; Puagme; ጳጉሜን; ጳጉሜ
""")
_CALENDARS = {
    HIJRI: Calendar(_HIJRI_MONTHS, _hijri_length, _hijri_day),
    ETHIOPIAN: Calendar(_ETHIOPIAN_MONTHS, _ethiopian_length, _ethiopian_day),
}
