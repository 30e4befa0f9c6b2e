"""A sheet of paper: where words go, in the reader's script and direction, and how large they are.

Places and sizes are millimetres from the edge at which reading starts: the left one, or the right one
in Arabic. Sizes of letters are points.
"""

import io
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import segno
from fpdf import FPDF
from PIL import Image

from schema.said import Gettext, Said
from schema.wording import RIGHT_TO_LEFT, Ngettext, Words

FONTS = Path(__file__).parent.parent / "fonts"
A4 = (210.0, 297.0)
POINT = 25.4 / 72
INK, MUTED, HAIR, BRAND, TINT, WHITE = (
    "#14202b",
    "#4a5866",
    "#c3ccd4",
    "#0b4f6c",
    "#eef4f7",
    "#ffffff",
)
# Said of numbers and codes: they are read from the left in any script.
LTR, AUTO = "ltr", None
# What is printed: a declared word, what somebody wrote, or some of both in a row.
Told = Said | str | tuple[Said | str | None, ...] | None


@dataclass(frozen=True)
class Type:
    """How letters look. leading: height of a line, in sizes. code: read from the left in any script."""

    size: float
    bold: bool = False
    colour: str = INK
    leading: float = 1.35
    code: bool = False
    align: str = "start"


TITLE = Type(20, bold=True, colour=BRAND, leading=1.15)
HEADING = Type(11, bold=True, colour=BRAND)
BODY = Type(10)
VALUE = Type(11)
LABEL = Type(8, colour=MUTED)
SMALL = Type(7.5, colour=MUTED)


@dataclass(frozen=True)
class Speech:
    """The language of a paper: how declared words are said in it, and which way it is read."""

    language: str
    gettext: Gettext
    ngettext: Ngettext

    @property
    def words(self) -> Words:
        """Days and numbers in this language."""
        return Words(self.gettext, self.ngettext)

    @property
    def rtl(self) -> bool:
        """Whether it is read from the right."""
        return self.language in RIGHT_TO_LEFT

    def say(self, text: Told) -> str:
        """A declared word in this language; what people wrote, as they wrote it; several in a row."""
        if isinstance(text, tuple):
            return ", ".join(said for said in map(self.say, text) if said)
        return self.words.shown(text) if text is not None else ""


class Paper:
    """Sheets of one size in one language. day: the date the file bears, so that it can be made again."""

    def __init__(self, speech: Speech, title: str, day: str, size: tuple[float, float] = A4):
        self.speech, (self.width, self.height) = speech, size
        self.pdf = FPDF(unit="mm", format=size)
        self.pdf.set_creation_date(datetime.fromisoformat(day[:10]).replace(hour=12, tzinfo=UTC))
        self.pdf.set_title(title)
        self.pdf.set_lang(speech.language)
        self.pdf.set_auto_page_break(auto=False)
        self.pdf.set_margins(0, 0, 0)
        self.pdf.c_margin = 0
        self._load_fonts()

    def _load_fonts(self) -> None:
        """The language's own first; every other font stands in for letters that it lacks."""
        families = sorted(
            {path.stem.partition("-")[0] for path in FONTS.glob("*.ttf")},
            key=lambda name: (("Arabic" in name) != self.speech.rtl, len(name), name),
        )
        for family in families:
            self.pdf.add_font(family, "", FONTS / f"{family}-Regular.ttf")
            self.pdf.add_font(family, "B", FONTS / f"{family}-Bold.ttf")
        self.family = families[0]
        self.pdf.set_fallback_fonts(families[1:], exact_match=False)

    def finished(self) -> bytes:
        """The finished file."""
        return bytes(self.pdf.output())

    def sheet(self) -> None:
        """Begin another sheet."""
        self.pdf.add_page()

    # -- words

    def put(self, x: float, y: float, w: float, text: Told, type_: Type) -> float:
        """Write a paragraph that may take several lines; how high it became."""
        return self._cell(x, y, w, self.speech.say(text), type_, measure=False)

    def height_of(self, w: float, text: Told, type_: Type) -> float:
        """How high a paragraph would become."""
        return self._cell(0, 0, w, self.speech.say(text), type_, measure=True)

    def fit(self, x: float, y: float, box: tuple[float, float], text: str, type_: Type) -> float:
        """Write into a box (width, height): smaller where it is long, and cut only where nothing helps."""
        w, h = box
        smallest = min(5.5, type_.size)
        while type_.size > smallest and self.height_of(w, text, type_) > h:
            type_ = replace(type_, size=max(type_.size - 0.5, smallest))
        while text and self.height_of(w, text, type_) > h:
            text = text.rstrip("…")[:-1].rstrip() + "…"
        return self.put(x, y, w, text, type_)

    def _cell(
        self, x: float, y: float, w: float, text: str, type_: Type, *, measure: bool
    ) -> float:
        if not text:
            return 0.0
        rtl = self.speech.rtl
        self.pdf.set_font(self.family, "B" if type_.bold else "", type_.size)
        self.pdf.set_text_color(type_.colour)
        self.pdf.set_text_shaping(
            use_shaping_engine=True,
            direction=LTR if type_.code else AUTO,
            language=self.speech.language,
        )
        self.pdf.set_xy(self.left(x, w), y)
        align = {"start": "R" if rtl else "L", "end": "L" if rtl else "R", "centre": "C"}
        height = self.pdf.multi_cell(
            w,
            type_.size * POINT * type_.leading,
            text,
            align=align[type_.align],
            dry_run=measure,
            output="HEIGHT",
        )
        return float(height)  # type: ignore[arg-type]

    def left(self, x: float, w: float) -> float:
        """How far from the left edge something this wide begins."""
        return self.width - x - w if self.speech.rtl else x

    # -- shapes

    def line(self, x: float, y: float, w: float, thick: float = 0.2, colour: str = HAIR) -> None:
        """A level line."""
        self.pdf.set_draw_color(colour)
        self.pdf.set_line_width(thick)
        left = self.left(x, w)
        self.pdf.line(left, y, left + w, y)

    def box(self, x: float, y: float, box: tuple[float, float], fill: str = "") -> None:
        """A rectangle: filled, or with a hair line around."""
        self.pdf.set_draw_color(HAIR)
        self.pdf.set_line_width(0.25)
        if fill:
            self.pdf.set_fill_color(fill)
        w, h = box
        self.pdf.rect(self.left(x, w), y, w, h, style="F" if fill else "D")

    def mark(self, x: float, y: float, side: float) -> None:
        """The mark of the programme's system, as on its pages."""
        step, left = side / 24, self.left(x, side)
        self.pdf.set_fill_color(BRAND)
        self.pdf.rect(left, y, side, side, style="F", round_corners=True, corner_radius=4 * step)
        self.pdf.set_fill_color(WHITE)
        blade = ((3, 6), (11, 6), (15.5, 7.6), (18.6, 11), (21, 17), (15, 15.2), (9, 14.5), (3, 12))
        share = ((3, 15), (10, 15), (7, 19), (3, 19))
        for shape in (blade, share):
            self.pdf.polygon([(left + a * step, y + b * step) for a, b in shape], style="F")

    def picture(self, x: float, y: float, box: tuple[float, float], body: bytes) -> None:
        """A photo that fills a box; what stands over is cut."""
        w, h = box
        with Image.open(io.BytesIO(body)) as image:
            scale = max(w / image.width, h / image.height)
            wide, high = image.width * scale, image.height * scale
        left = self.left(x, w)
        with self.pdf.rect_clip(x=left, y=y, w=w, h=h):
            self.pdf.image(io.BytesIO(body), left - (wide - w) / 2, y - (high - h) / 3, wide, high)

    def code(self, x: float, y: float, side: float, text: str) -> None:
        """A QR code of this text, with the quiet zone inside the side."""
        symbol = segno.make(text, error="m", micro=False, boost_error=False)
        rows = [bytes(row) for row in symbol.matrix_iter(border=4)]
        step, left = side / len(rows), self.left(x, side)
        self.pdf.set_fill_color(INK)
        for down, row in enumerate(rows):
            for across, length in _runs(row):
                self.pdf.rect(
                    left + across * step, y + down * step, length * step, step * 1.01, style="F"
                )


def _runs(row: bytes) -> list[tuple[int, int]]:
    """(where, how long) of the dark stretches of a row."""
    found, start = [], None
    for at, dark in enumerate([*row, 0]):
        if dark and start is None:
            start = at
        elif not dark and start is not None:
            found.append((start, at - start))
            start = None
    return found
