"""A document of A4 sheets: what it is, what it says, its list, its words, and where people sign."""

from collections.abc import Sequence
from dataclasses import dataclass

from schema.printing.paper import (
    BODY,
    BRAND,
    HEADING,
    LABEL,
    SMALL,
    TITLE,
    VALUE,
    Paper,
    Told,
    Type,
)
from schema.said import Said

EDGE, TOP, BOTTOM = 18.0, 16.0, 22.0
GAP = 6.0
_CELL = Type(9, leading=1.3)
_HEAD = Type(8, bold=True, colour=BRAND, leading=1.25)
_NUMBER = Type(13, bold=True, code=True, align="end")
_PAGE = Said("Page %(page)s of %(pages)s")
_EMPTY = Said("Nothing is listed.")


@dataclass(frozen=True)
class Fact:
    """A line of what the document is about. code: it is read from the left in any script."""

    label: Said
    text: Told
    code: bool = False


@dataclass(frozen=True)
class Column:
    """A column of a list. share: how much of the width it takes beside the others."""

    label: Said
    share: float = 1.0
    code: bool = False
    end: bool = False


@dataclass(frozen=True)
class Listing:
    """A list with its columns. blank: lines that are left empty for a pen."""

    title: Said
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Told]]
    total: Told = None


@dataclass(frozen=True)
class Signature:
    """A place to sign: as what, and who, where it is known."""

    role: Said
    name: str = ""


@dataclass(frozen=True)
class Document:
    """What a paper says. day: the date it bears. boxes: sentences beside which a box is ticked by hand."""

    title: Said
    number: str
    number_label: Said
    day: str
    facts: tuple[Fact, ...]
    listings: tuple[Listing, ...] = ()
    statement: tuple[Told, ...] = ()
    boxes: tuple[Said, ...] = ()
    signatures: tuple[Signature, ...] = ()


def drawn(paper: Paper, document: Document) -> bytes:
    """The document on its sheets."""
    page = _Page(paper, document)
    page.header()
    page.facts()
    for listing in document.listings:
        page.listing(listing)
    page.statement()
    page.boxes()
    page.signatures()
    page.footers()
    return paper.finished()


class _Page:
    """Where the next thing goes; another sheet begins where it would not fit."""

    def __init__(self, paper: Paper, document: Document):
        self.paper, self.document = paper, document
        self.width = paper.width - 2 * EDGE
        self.y = TOP
        paper.sheet()

    def room(self, height: float) -> bool:
        """Make room for something this high; whether another sheet was begun for it."""
        if self.y + height <= self.paper.height - BOTTOM:
            return False
        self.paper.sheet()
        self.y = TOP
        return True

    def header(self) -> None:
        """The mark, the title and the number."""
        paper, document = self.paper, self.document
        paper.mark(EDGE, self.y, 13)
        aside = 52.0 if document.number else 0.0
        high = paper.put(EDGE + 18, self.y + 1.5, self.width - 18 - aside, document.title, TITLE)
        if document.number:
            label = Type(LABEL.size, colour=LABEL.colour, align="end")
            x = EDGE + self.width - aside
            paper.put(x, self.y, aside, document.number_label, label)
            paper.fit(x, self.y + 4, (aside, 10), document.number, _NUMBER)
        self.y += max(high + 1.5, 13) + 4
        paper.line(EDGE, self.y, self.width, 0.6, BRAND)
        self.y += GAP

    def facts(self) -> None:
        """What it is about, in two columns."""
        given = [fact for fact in self.document.facts if fact.text]
        w = (self.width - GAP) / 2
        for at in range(0, len(given), 2):
            pair = given[at : at + 2]
            high = max(self._fact_height(fact, w) for fact in pair)
            self.room(high)
            for place, fact in enumerate(pair):
                x = EDGE + place * (w + GAP)
                down = self.paper.put(x, self.y, w, fact.label, LABEL)
                self.paper.put(x, self.y + down, w, fact.text, _value(fact))
            self.y += high
        self.y += 2

    def _fact_height(self, fact: Fact, w: float) -> float:
        paper = self.paper
        high = paper.height_of(w, fact.label, LABEL) + paper.height_of(w, fact.text, _value(fact))
        return high + 3.5

    def listing(self, listing: Listing) -> None:
        """A list; its head stands again on each sheet."""
        self.room(30)
        self.y += self.paper.put(EDGE, self.y, self.width, listing.title, HEADING) + 1.5
        self._head(listing)
        for row in listing.rows:
            high = self._row_height(listing, row, _CELL)
            if self.room(high):
                self._head(listing)
            self._row(listing, row, _CELL)
            self.y += high
            self.paper.line(EDGE, self.y, self.width)
        if not listing.rows:
            self.y += self.paper.put(EDGE, self.y + 1.5, self.width, _EMPTY, BODY) + 3
        if listing.total:
            self.y += self.paper.put(EDGE, self.y + 1.5, self.width, listing.total, _HEAD) + 1.5
        self.y += GAP

    def _head(self, listing: Listing) -> None:
        words = [column.label for column in listing.columns]
        high = self._row_height(listing, words, _HEAD)
        self._row(listing, words, _HEAD)
        self.y += high
        self.paper.line(EDGE, self.y, self.width, 0.4, BRAND)

    def _row(self, listing: Listing, row: Sequence[Told], type_: Type) -> None:
        x = EDGE
        for column, text in zip(listing.columns, row, strict=True):
            w = self._wide(listing, column)
            self.paper.put(x, self.y + 1.3, w - _between(column), text, _cell(column, type_))
            x += w

    def _row_height(self, listing: Listing, row: Sequence[Told], type_: Type) -> float:
        pairs = zip(listing.columns, row, strict=True)
        return (
            max(
                self.paper.height_of(
                    self._wide(listing, column) - _between(column),
                    text or "–",
                    _cell(column, type_),
                )
                for column, text in pairs
            )
            + 2.6
        )

    def _wide(self, listing: Listing, column: Column) -> float:
        return self.width * column.share / sum(one.share for one in listing.columns)

    def statement(self) -> None:
        """What it says, in sentences."""
        for text in self.document.statement:
            high = self.paper.height_of(self.width, text, BODY)
            self.room(high)
            self.paper.put(EDGE, self.y, self.width, text, BODY)
            self.y += high + 2
        self.y += 2

    def boxes(self) -> None:
        """Sentences with a box for a pen."""
        for text in self.document.boxes:
            high = max(self.paper.height_of(self.width - 9, text, BODY), 5)
            self.room(high)
            self.paper.box(EDGE, self.y + 0.3, (4.2, 4.2))
            self.paper.put(EDGE + 8, self.y, self.width - 9, text, BODY)
            self.y += high + 2

    def signatures(self) -> None:
        """Two places to sign beside each other; they stay on one sheet."""
        signed = self.document.signatures
        w = (self.width - 12) / 2
        for at in range(0, len(signed), 2):
            self.room(27)
            for place, one in enumerate(signed[at : at + 2]):
                x = EDGE + place * (w + 12)
                self.paper.fit(x, self.y + 1, (w, 6), one.name, VALUE)
                self.paper.line(EDGE + place * (w + 12), self.y + 18, w, 0.3, LABEL.colour)
                self.paper.put(x, self.y + 19, w, one.role, LABEL)
            self.y += 27

    def footers(self) -> None:
        """Which document it is, and which of its pages, at the foot of every sheet."""
        paper, document = self.paper, self.document
        pages = paper.pdf.pages_count
        y = paper.height - 14
        for page in range(1, pages + 1):
            paper.pdf.page = page
            said = _PAGE.of(page=page, pages=pages)
            paper.line(EDGE, y - 2, self.width)
            end = Type(SMALL.size, colour=SMALL.colour, align="end")
            paper.put(EDGE, y, self.width / 3, document.title, SMALL)
            paper.put(EDGE + self.width / 3, y, self.width / 3, document.number, _MIDDLE)
            paper.put(EDGE + 2 * self.width / 3, y, self.width / 3, said, end)


_MIDDLE = Type(SMALL.size, colour=SMALL.colour, code=True, align="centre")


def _value(fact: Fact) -> Type:
    return Type(VALUE.size, code=fact.code)


def _between(column: Column) -> float:
    return 0.0 if column.end else 2.0


def _cell(column: Column, type_: Type) -> Type:
    align = "end" if column.end else "start"
    return Type(
        type_.size,
        type_.bold,
        type_.colour,
        type_.leading,
        code=column.code and type_ is _CELL,
        align=align,
    )
