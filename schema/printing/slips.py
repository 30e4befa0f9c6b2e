"""Sheets of slips to be cut: each a QR code of a random token, and the token in letters. They say nothing."""

from collections.abc import Sequence

from schema.printing.paper import HAIR, LABEL, Paper, Speech, Type
from schema.said import Said

_TITLE = Said("Slips")
_KEEP = Said("Keep this slip.")
_ACROSS, _DOWN = 3, 7
_EDGE = 12.0
_TOKEN = Type(9, bold=True, code=True, align="centre")


def slips(speech: Speech, day: str, tokens: Sequence[str]) -> bytes:
    """As many sheets of 21 as these tokens need."""
    paper = Paper(speech, speech.say(_TITLE), day)
    w = (paper.width - 2 * _EDGE) / _ACROSS
    h = (paper.height - 2 * _EDGE) / _DOWN
    for at, token in enumerate(tokens):
        place = at % (_ACROSS * _DOWN)
        if not place:
            paper.sheet()
        down, across = divmod(place, _ACROSS)
        _slip(paper, (_EDGE + across * w, _EDGE + down * h), (w, h), token)
    return paper.finished()


def _slip(paper: Paper, corner: tuple[float, float], size: tuple[float, float], token: str) -> None:
    (x, y), (w, h) = corner, size
    paper.box(x, y, size)
    side = h - 9
    paper.code(x + (w - side) / 2, y + 0.5, side, token.replace("-", ""))
    paper.put(x, y + h - 8.5, w, token, _TOKEN)
    paper.put(x, y + h - 4.2, w, _KEEP, Type(6.5, colour=LABEL.colour, align="centre"))
    paper.line(x, y + h, w, 0.2, HAIR)
