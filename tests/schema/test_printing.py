"""The papers of disarmament, read back from their PDF: what they say, and in which language."""

import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from schema.printing import arms
from schema.printing.document import Document, drawn
from schema.printing.paper import Paper
from schema.printing.speech import speech
from schema.problems import NotFound
from schema.record import Record
from schema.wording import LANGUAGES
from tests.printed import folded, letters, pages_of, picture_of, says, words_of

ID = "0192aaaa-0000-7000-8000-0123456789ab"
ROOT = Path(__file__).parent.parent.parent
LABELS = {"s": "Depot North", "t": "Depot South", "a": "Testville", "o": "Observers Abroad"}
RIFLE = {"type": "assault-rifle", "make": "Test", "model": "M1", "serial": "AB-12345"}
FOUR_LINES = "محمد بن عبد الله بن عبد الرحمن الأحمدي التجريبي " * 4
EACH = pytest.mark.parametrize("language", LANGUAGES)


def rifle(**said: object) -> Record:
    return Record("weapon", ID, {**RIFLE, "condition": "serviceable", **said})


def lot() -> Record:
    said = {"nature": "mine", "unit": "pieces", "number": "L-17", "condition": "unsafe"}
    return Record("lot", ID, said)


def receipt(language: str = "en", name: str = "Awa Example", **said: object) -> Document:
    values = {
        "giver": "participant",
        "date": "2026-11-17",
        "receipt": "R-0042",
        "cleared_by": "Sgt Test",
        "store_id": "s",
        "area_id": "a",
        "recorded_by": "x Keeper Test",
    }
    hand_in = Record("hand_in", ID, {**values, **said})
    line = Record("hand_in_line", ID, {"quantity": 7})
    given = [(line, rifle()), (line, lot())]
    return arms.receipt(hand_in, given, name, LABELS, speech(language).words)


def manifest(language: str, much: int = 2) -> Document:
    said = {"carries": "arms", "date": "2026-11-17", "manifest": "M-31", "seals": "0012345"}
    load = Record("load", ID, {**said, "store_id": "s", "to_store_id": "t"})
    carried = [(rifle(serial=f"SN-{at:04}"), 1) for at in range(much)]
    return arms.manifest(load, carried, LABELS, speech(language).words)


def destruction(language: str, much: int = 2) -> Document:
    said = {
        "method": "cutting",
        "date": "2026-11-17",
        "certificate": "D-7",
        "observer": "Olga Test",
    }
    batch = Record("destruction_batch", ID, {**said, "observer_organisation_id": "o"})
    gone = [(rifle(serial=f"SN-{at:04}"), 1) for at in range(much)]
    return arms.destruction(batch, [*gone, (lot(), 12)], LABELS, speech(language).words)


def printed(document: Document, language: str = "en") -> bytes:
    said = speech(language)
    return drawn(Paper(said, said.say(document.title), document.day), document)


@EACH
@pytest.mark.parametrize("made", [receipt, manifest, destruction])
def test_every_declared_word_stands_on_the_paper_in_its_language(
    made: Callable[[str], Document], language: str
) -> None:
    document, said = made(language), speech(language)
    words = words_of(printed(document, language))
    there = set(letters(words))
    declared = [document.title, document.number_label, *(f.label for f in document.facts if f.text)]
    declared += [one.role for one in document.signatures]
    for label in map(said.say, declared):
        assert set(letters(label)) <= there
        if language != "ar":
            assert folded(label) in words
    if language != "en":
        assert str(document.title) not in words


@EACH
def test_a_receipt_says_who_when_where_what_in_which_state_and_which_serial(language: str) -> None:
    said = speech(language)
    words = words_of(printed(receipt(language), language))
    for one in ("Awa", "Depot", "Testville", "R-0042", "AB-12345", "L-17", "2026"):
        assert says(words, one)
    assert set(letters(said.gettext("Serviceable"))) <= set(letters(words))


@pytest.mark.parametrize("giver", ["anonymous", "protected", "found", "cache"])
def test_who_gave_no_name_is_not_named(giver: str) -> None:
    words = words_of(printed(receipt(name="", giver=giver)))
    assert "Awa" not in words
    assert "AB-12345" in words


def test_of_a_participant_who_is_not_known_here_there_is_a_line_for_a_pen() -> None:
    words = words_of(printed(receipt(name="")))
    assert "participant" not in words
    assert "Handed over by" in words


def test_a_paper_can_be_made_again_to_the_byte_by_another_process() -> None:
    made = "from tests.schema.test_printing import *; "
    made += "print(sha256(printed(receipt('ar'), 'ar')).hexdigest())"
    again = subprocess.run(
        [sys.executable, "-c", made], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert again.stdout.strip() == sha256(printed(receipt("ar"), "ar")).hexdigest()


@EACH
def test_a_list_of_hundreds_stands_whole_on_as_many_sheets_as_it_needs(language: str) -> None:
    body = printed(destruction(language, much=150), language)
    words = words_of(body)
    assert all(says(words, f"SN-{at:04}") for at in range(0, 150, 7))
    assert pages_of(body) > 3


@pytest.mark.parametrize("name", ["Wx" * 100, FOUR_LINES])
def test_a_name_of_any_length_stays_on_the_sheet(name: str) -> None:
    body = printed(receipt("ar", name=name), "ar")
    assert set(letters(name)) <= set(letters(words_of(body)))
    sheet = picture_of(body).convert("L")
    for edge in ((0, 0, 40, sheet.height), (sheet.width - 40, 0, sheet.width, sheet.height)):
        assert sheet.crop(edge).getextrema() == (255, 255)


def test_a_serial_that_was_sawn_off_is_said_to_be() -> None:
    line = Record("hand_in_line", ID, {})
    hand_in = Record("hand_in", ID, {"giver": "found", "date": "2026-11-17"})
    sawn = rifle(serial=None, serial_state="obliterated")
    document = arms.receipt(hand_in, [(line, sawn)], "", {}, speech("en").words)
    assert "Obliterated" in words_of(printed(document))


def test_a_language_that_is_not_here_is_refused() -> None:
    with pytest.raises(NotFound):
        speech("xx")
