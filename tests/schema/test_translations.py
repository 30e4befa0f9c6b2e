"""What the pages and declarations say is in the catalogues; Arabic lacks nothing."""

import gettext
import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.frontend import CommandLineInterface
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from schema.declared_words import every_word
from schema.said import Sentence
from schema.wording import LANGUAGES, Words

ROOT = Path(__file__).parents[2]
OTHERS = [language for language in LANGUAGES if language != "en"]
PLACES = re.compile(r"%\(\w+\)s|%%")


def catalogue(language: str) -> Catalog:
    path = ROOT / "schema" / "translations" / language / "LC_MESSAGES" / "messages.po"
    return read_po(BytesIO(path.read_bytes()), locale=language)


def translated(message: Message | None) -> bool:
    if message is None or message.fuzzy:
        return False
    return all(message.string) if isinstance(message.string, tuple) else bool(message.string)


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Everything that is said today, as `make words` collects it."""
    template = tmp_path_factory.mktemp("words") / "messages.pot"
    packages = [str(ROOT / name) for name in ("schema", "server", "field_client")]
    mapping = str(ROOT / "babel.cfg")
    CommandLineInterface().run(
        ["pybabel", "--quiet", "extract", "-F", mapping, "-o", str(template), *packages]
    )
    return read_po(BytesIO(template.read_bytes()))


def test_the_declarations_and_the_templates_are_both_collected(said):
    collected = {message.id for message in said if isinstance(message.id, str)}
    assert {"Mother's name", "Only here", "Self-demobilised", "Skip to the content"} <= collected
    assert {word for word, _ in every_word() if isinstance(word, str)} <= collected


def test_arabic_says_everything(said):
    known = catalogue("ar")
    wanting = [m.id for m in said if m.id and not translated(known.get(m.id))]
    assert wanting == [], f"{len(wanting)} words wait for Arabic: run `make words`, translate them"


@pytest.mark.parametrize("language", OTHERS)
def test_how_much_each_language_says_is_counted(language, said, record_property):
    known = catalogue(language)
    wanting = [m.id for m in said if m.id and not translated(known.get(m.id))]
    record_property(f"words waiting for {language}", len(wanting))
    states = [m for m in said if m.id in ("Only here", "At the registry", "Disputed", "Held")]
    assert all(translated(known.get(m.id)) for m in states)


@pytest.mark.parametrize("language", OTHERS)
def test_every_translation_keeps_the_places_of_the_values(language):
    for message in catalogue(language):
        if message.id and isinstance(message.string, str) and message.string:
            theirs = sorted(PLACES.findall(message.string))
            assert theirs == sorted(PLACES.findall(str(message.id))), message.id


@pytest.mark.parametrize("language", OTHERS)
def test_a_plural_names_no_value_that_the_sentence_does_not_have(language):
    for message in catalogue(language):
        if isinstance(message.id, tuple):
            known = {place for form in message.id for place in PLACES.findall(form)}
            assert {p for form in message.string for p in PLACES.findall(form)} <= known


@pytest.mark.parametrize(
    ("number", "shown"),
    [(0, "اليوم"), (1, "قبل يوم"), (2, "قبل يومين"), (3, "قبل 3 أيام"), (10, "قبل 10 أيام"),
     (11, "قبل 11 يومًا"), (99, "قبل 99 يومًا"), (100, "قبل 100 يوم"), (103, "قبل 103 أيام")],
)  # fmt: skip
def test_arabic_has_six_plural_forms(number, shown):
    compiled = BytesIO()
    write_mo(compiled, catalogue("ar"))
    compiled.seek(0)
    arabic = gettext.GNUTranslations(compiled)

    def ngettext(one: str, many: str, number: int, **values: object) -> str:
        return arabic.ngettext(one, many, number) % values

    days = Sentence("%(count)s day ago", "%(count)s days ago")
    assert Words(arabic.gettext, ngettext).count(number, days) == shown
