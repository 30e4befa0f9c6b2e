"""Understands dates as people type them: split or whole, digits of two scripts, months by name."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from schema.said import Said

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_FILLERS = {"de", "del", "of"}
# As heard in the four languages; Arabic with the names of the Nile, the Levant and the Maghreb.
_MONTHS = (
    "january janvier enero يناير كانون_الثاني جانفي",
    "february fevrier febrero فبراير شباط فيفري",
    "march mars marzo مارس اذار",
    "april avril abril ابريل نيسان افريل",
    "may mai mayo مايو ايار ماي",
    "june juin junio يونيو حزيران جوان",
    "july juillet julio يوليو تموز جويلية",
    "august aout agosto اغسطس اب اوت",
    "september septembre septiembre setiembre سبتمبر ايلول",
    "october octobre octubre اكتوبر تشرين_الاول",
    "november novembre noviembre نوفمبر تشرين_الثاني",
    "december decembre diciembre ديسمبر كانون_الاول",
)
_SHORTEST = 3

NO_YEAR = Said("%(field)s must have a year of four digits")
NO_MONTH = Said("%(field)s must have a month: a number from 1 to 12, or its name")
NO_DAY = Said("%(field)s must have a day, a month and a year")
NOT_REAL = Said("%(field)s must be a real date")


@dataclass(frozen=True)
class ReadDay:
    """What was understood: an ISO date with its precision, or what is wrong."""

    iso: str | None = None
    precision: str | None = None
    wrong: Said | None = None


def western(text: str) -> str:
    """The text with Arabic-Indic digits as 0 to 9."""
    return text.translate(_DIGITS)


def month_number(text: str) -> int | None:
    """1 to 12 for a number or a month's name (three letters are enough if only one month fits)."""
    word = _plain(western(text))
    if word.isdecimal():
        return int(word) if 1 <= int(word[:4]) <= 12 else None
    fits = {n for n, names in enumerate(_MONTHS, 1) for name in names.split() if _fits(word, name)}
    return fits.pop() if len(fits) == 1 else None


def read_day(day: str, month: str, year: str) -> ReadDay:
    """What three boxes say; a whole date in one of them is understood too."""
    boxes = [western(box).strip() for box in (day, month, year)]
    filled = [box for box in boxes if box]
    if not filled:
        return ReadDay()
    if len(filled) == 1 and filled[0] != boxes[1] and not filled[0].isdecimal():
        return read_whole(filled[0])
    return _read_boxes(*boxes)


def read_whole(text: str) -> ReadDay:
    """What one box says: 2000-01-31, 31/1/2000, 31 January 2000, 1/2000 or 2000."""
    pieces = re.findall(r"\d+|[^\W\d_]+", western(_unmarked(text)))
    numbers = [piece for piece in pieces if piece.isdecimal()]
    words = [word for word in pieces if not word.isdecimal() and word.casefold() not in _FILLERS]
    if numbers and len(numbers[0]) == 4:
        numbers.reverse()
    if words:
        numbers.insert(len(numbers) - 1, " ".join(words))
    if not 1 <= len(numbers) <= 3:
        return ReadDay(wrong=NOT_REAL)
    return _read_boxes(*([""] * (3 - len(numbers)) + numbers))


def _read_boxes(day: str, month: str, year: str) -> ReadDay:
    if not (year.isdecimal() and len(year) == 4):
        return ReadDay(wrong=NO_YEAR)
    number = month_number(month)
    if number is None and (month or day):
        return ReadDay(wrong=NO_MONTH)
    if day and not (day.isdecimal() and len(day) <= 2):
        return ReadDay(wrong=NOT_REAL)
    precision = "day" if day else "month" if number else "year"
    iso = _iso(int(year), number or 1, int(day or 1))
    return ReadDay(iso, precision) if iso else ReadDay(wrong=NOT_REAL)


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _fits(word: str, name: str) -> bool:
    return word == name or (len(word) >= _SHORTEST and name.startswith(word))


def _plain(text: str) -> str:
    return "_".join(_unmarked(text).casefold().replace(".", " ").split())


def _unmarked(text: str) -> str:
    split = unicodedata.normalize("NFKD", text)
    return "".join(mark for mark in split if not unicodedata.combining(mark)).replace("ـ", "")
