"""The card a person is known by: CR80, two sides. It never says armed group, rank, arms, health or address.

The same words stand on every kind but the temporary one, so that nothing tells a child's from an adult's.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from schema.cards import Sign, code
from schema.printing.paper import BRAND, HAIR, LABEL, TINT, WHITE, Paper, Speech, Type
from schema.record import Record
from schema.said import Said

CR80 = (85.6, 54.0)
TITLE, TEMPORARY = Said("Identity card"), Said("Temporary identity card")
SLIP = "slip"
_NUMBER, _CARD = Said("ID number"), Said("Card number")
_ISSUED, _UNTIL, _CODE = Said("Issued on"), Said("Good until"), Said("Code")
_PERSONAL = Said("This card belongs to the person on it and cannot be passed on.")
_FOUND = Said("If you find it, please hand it in at any office of the programme.")
_CHECK = Said("Whether it is good is checked with the code. The code says nothing else.")
_EDGE, _BAND = 4.0, 9.5
_NAME = Type(11, bold=True, leading=1.2)
_SCRIPT = Type(9, leading=1.25)
_VALUE, _VALUE_CODE = Type(8.5, bold=True, leading=1.2), Type(8.5, True, leading=1.2, code=True)
_WHAT = Type(6, colour=LABEL.colour, leading=1.2)
_HEAD = Type(10.5, bold=True, colour=WHITE, leading=1.2)
_SAID = Type(7, leading=1.3)
_PHOTO = (24.0, 30.0)


@dataclass(frozen=True)
class Face:
    """What a card shows. number: the person's. code: what its QR code says. photo: a JPEG, or none."""

    kind: str
    name: str
    name_script: str
    number: str
    card_number: str
    token: str
    code: str
    issued_on: str
    expires_on: str | None = None
    photo: bytes | None = None


def face(card: Record, person: Record, photo: bytes | None, sign: Sign) -> Face:
    """What the card of this person shows. sign: the signature of who prints it."""
    token = str(card.get("token"))
    return Face(
        str(card.get("kind")),
        str(person.get("name") or ""),
        str(person.get("name_script") or ""),
        str(person.get("number") or ""),
        str(card.get("number") or ""),
        token,
        code(token, sign),
        str(card.get("issued_on")),
        card.get("expires_on"),
        photo,
    )


def newest_photo(pictures: Iterable[Record]) -> Record | None:
    """The last photo of the person among the pictures of a case."""
    found = [one for one in pictures if one.get("kind") == "photo" and not one.get("withdrawn_at")]
    return max(found, key=lambda one: (str(one.get("taken_on") or ""), one.id), default=None)


def card(speech: Speech, face: Face) -> bytes:
    """The two sides of a card."""
    title = speech.say(TEMPORARY if face.kind == SLIP else TITLE)
    paper = Paper(speech, title, face.issued_on, CR80)
    _front(paper, title, face)
    _back(paper, face)
    return paper.finished()


def _front(paper: Paper, title: str, face: Face) -> None:
    paper.sheet()
    paper.box(0, 0, (paper.width, _BAND), BRAND)
    paper.mark(_EDGE, 1.5, 6.5)
    paper.fit(_EDGE + 9, 2.6, (paper.width - 17, 5), title, _HEAD)
    _photo(paper, face.photo)
    x, w = _EDGE + _PHOTO[0] + 4, paper.width - 2 * _EDGE - _PHOTO[0] - 4
    y = 12.5
    y += paper.fit(x, y, (w, 10), face.name, _NAME) + 0.5
    if face.name_script not in ("", face.name):
        paper.fit(x, y, (w, 22.5 + 6 - y), face.name_script, _SCRIPT)
    half = (w - 2) / 2
    _field(paper, (x, 29.5, w), _NUMBER, face.number, _VALUE_CODE)
    _field(paper, (x, 36.5, half), _ISSUED, paper.speech.words.day(face.issued_on), _VALUE)
    until = paper.speech.words.day(face.expires_on)
    if until:
        _field(paper, (x + half + 2, 36.5, half), _UNTIL, until, _VALUE)
    paper.line(_EDGE, 45.5, paper.width - 2 * _EDGE, 0.2, HAIR)
    _field(paper, (_EDGE, 46.3, paper.width - 2 * _EDGE), _CARD, face.card_number, _VALUE_CODE)


def _photo(paper: Paper, photo: bytes | None) -> None:
    """The photo; nobody has to be photographed, so a card without one is a card."""
    if photo:
        paper.picture(_EDGE, 12.5, _PHOTO, photo)
    else:
        paper.box(_EDGE, 12.5, _PHOTO, TINT)
        paper.mark(_EDGE + 8, 23.5, 8)


def _field(
    paper: Paper, place: tuple[float, float, float], label: Said, text: str, type_: Type
) -> None:
    x, y, w = place
    down = paper.put(x, y, w, label, _WHAT)
    paper.fit(x, y + down, (w, 6.4), text, type_)


def _back(paper: Paper, face: Face) -> None:
    paper.sheet()
    side = 42.0
    paper.code(2, 2, side, face.code)
    paper.put(2, side + 2.2, side, face.token, Type(9, True, code=True, align="centre"))
    x, w = side + 5, paper.width - side - 5 - _EDGE
    y = 6.0
    for text in (_PERSONAL, _FOUND, _CHECK):
        y += paper.put(x, y, w, text, _SAID) + 2.2
