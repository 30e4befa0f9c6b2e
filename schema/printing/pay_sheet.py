"""The numbered pay sheet: token, photo, amount. No name and no place, so a lost sheet leads to nobody."""

from collections.abc import Sequence
from dataclasses import dataclass

from schema.printing.paper import BRAND, LABEL, SMALL, TINT, TITLE, Paper, Speech, Type
from schema.said import Said
from schema.wording import format_number

_TITLE, _SHEET = Said("Pay sheet"), Said("List")
_NUMBER, _CODE, _AMOUNT = Said("No."), Said("Code"), Said("Amount")
_SIGNED = Said("Signature or thumbprint")
_TOTAL = Said("%(count)s payments, together %(amount)s")
_PAGE = Said("Page %(page)s of %(pages)s")
_PAYER, _WITNESS = Said("Paid by"), Said("Witness")
_EDGE, _TOP, _ROW, _PHOTO = 16.0, 16.0, 22.0, 18.0
_ROWS = 9
_HEAD = Type(8, bold=True, colour=BRAND)
_TOKEN = Type(12, bold=True, code=True)
_SUM = Type(12, bold=True, code=True, align="end")


@dataclass(frozen=True)
class Payment:
    """One line. token: what is on the person's card or slip. amount: in the smallest unit, with its digits."""

    token: str
    amount: int
    currency: str
    photo: bytes | None = None


def pay_sheet(
    speech: Speech, number: str, day: str, payments: Sequence[Payment], digits: int
) -> bytes:
    """The sheets of one list, in the order in which it was frozen. digits: of the currency after the point."""
    paper = Paper(speech, speech.say(_TITLE), day)
    sheets = [payments[at : at + _ROWS] for at in range(0, len(payments), _ROWS)] or [[]]
    for at, part in enumerate(sheets):
        _head(paper, number, day, (at + 1, len(sheets)))
        for place, one in enumerate(part):
            _line(paper, at * _ROWS + place + 1, _TOP + 30 + place * _ROW, one, digits)
    _foot(paper, payments, digits)
    return paper.finished()


def _head(paper: Paper, number: str, day: str, page: tuple[int, int]) -> None:
    paper.sheet()
    wide, end = paper.width - 2 * _EDGE, Type(8, colour=LABEL.colour, align="end")
    paper.mark(_EDGE, _TOP, 12)
    paper.put(_EDGE + 16, _TOP + 1, wide / 2, _TITLE, TITLE)
    paper.put(_EDGE + wide / 2, _TOP, wide / 2, _SHEET, end)
    paper.put(_EDGE + wide / 2, _TOP + 4, wide / 2, number, _SUM)
    paper.put(_EDGE + wide / 2, _TOP + 11, wide / 2, paper.speech.words.day(day), end)
    for x, w, label in _columns(wide):
        paper.put(x, _TOP + 21, w, label, _HEAD)
    paper.line(_EDGE, _TOP + 27, wide, 0.5, BRAND)
    said = _PAGE.of(page=page[0], pages=page[1])
    paper.put(_EDGE, paper.height - 12, wide, said, Type(SMALL.size, align="end"))


def _columns(wide: float) -> tuple[tuple[float, float, Said], ...]:
    return (
        (_EDGE, 10, _NUMBER),
        (_EDGE + 34, 50, _CODE),
        (_EDGE + 84, 34, _AMOUNT),
        (_EDGE + 124, wide - 124, _SIGNED),
    )


def _line(paper: Paper, number: int, y: float, one: Payment, digits: int) -> None:
    paper.put(_EDGE, y + 6, 10, str(number), Type(10, code=True))
    if one.photo:
        paper.picture(_EDGE + 11, y, (_PHOTO, _PHOTO), one.photo)
    else:
        paper.box(_EDGE + 11, y, (_PHOTO, _PHOTO), TINT)
    paper.fit(_EDGE + 34, y + 5, (48, 8), one.token, _TOKEN)
    said = f"{amount(one.amount, digits)} {one.currency}"
    paper.fit(_EDGE + 84, y + 5, (34, 8), said, _SUM)
    paper.box(_EDGE + 124, y, (paper.width - 2 * _EDGE - 124, _PHOTO))
    paper.line(_EDGE, y + _ROW - 2, paper.width - 2 * _EDGE)


def _foot(paper: Paper, payments: Sequence[Payment], digits: int) -> None:
    """What the whole list comes to, by currency, and who signs for it, under the last sheet's lines."""
    sums = {one.currency: 0 for one in payments}
    for one in payments:
        sums[one.currency] += one.amount
    said = ", ".join(f"{amount(much, digits)} {name}" for name, much in sums.items())
    y, half = paper.height - 30, (paper.width - 2 * _EDGE - 10) / 2
    total = _TOTAL.of(count=format_number(len(payments)), amount=said or "0")
    paper.put(_EDGE, y - 4, paper.width - 2 * _EDGE, total, _HEAD)
    for place, label in enumerate((_PAYER, _WITNESS)):
        x = _EDGE + place * (half + 10)
        paper.line(x, y + 10, half, 0.3, LABEL.colour)
        paper.put(x, y + 11, half, label, LABEL)


def amount(minor: int, digits: int) -> str:
    """An amount as it is printed: with the digits of its currency, and spaces between thousands."""
    if not digits:
        return format_number(minor)
    whole, rest = divmod(minor, 10**digits)
    return f"{format_number(whole)}.{rest:0{digits}}"
