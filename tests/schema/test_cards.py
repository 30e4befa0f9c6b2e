"""Cards: what their code says, when they are good, whose they are, and what never stands on them."""

from datetime import date

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as some

from schema import cards, codes, codes_cards
from schema.ids import new_number
from schema.printing.card import CR80, Face, card
from schema.printing.discharge import discharge
from schema.printing.pdf import pdf
from schema.printing.speech import speech
from schema.record import Record
from schema.wording import LANGUAGES
from tests.printed import SCALE, codes_on, letters, pages_of, picture_of, says, words_of

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw().hex()
TODAY = date(2026, 11, 22)
TOKEN, NUMBER, OTHER = new_number(), new_number(), new_number()
EACH = pytest.mark.parametrize("language", LANGUAGES)
LONG = "محمد بن عبد الله بن عبد الرحمن الأحمدي " * 5
# Of these no word may stand on a card, in any language.
NEVER = (codes.WEAPON_TYPE, codes.WEAPON_CLASS, codes.CATEGORY, codes.ROLE)


def of(kind: str = "card", compartment: str = "case", **said: object) -> Record:
    return Record("card", "c", {"kind": kind, **said}, compartment=compartment)


def became(event: str, **said: object) -> Record:
    return Record("card_event", event, {"event": event, "date": "2026-11-20", **said})


def face(**said: object) -> Face:
    signed = cards.code(TOKEN, KEY.sign)
    names = {"name": "Awa Example", "name_script": "", "number": NUMBER, "card_number": OTHER}
    shown = {"kind": "card", **names, "token": TOKEN, "code": signed, "issued_on": "2026-11-17"}
    return Face(**{**shown, **said})


@given(some.binary(min_size=7, max_size=7))
def test_a_code_is_read_back_by_who_knows_the_key_and_by_nobody_else(drawn: bytes) -> None:
    token = new_number(lambda n: drawn)
    said = cards.code(token, KEY.sign)
    assert cards.token_of(said, [PUBLIC]) == token
    assert cards.token_of(f" {said}\n", ["00" * 32, PUBLIC]) == token
    assert cards.token_of(said, ["00" * 32, "no key"]) is None


@given(some.text(max_size=130))
def test_what_is_no_code_is_none(text: str) -> None:
    assert cards.token_of(text, [PUBLIC]) is None or len(text.strip()) < 20


@pytest.mark.parametrize("place", [0, 9, 10, 60, 105])
def test_a_code_with_one_other_character_is_none(place: int) -> None:
    said = cards.code(TOKEN, KEY.sign)
    other = "A" if said[place] != "A" else "B"
    assert cards.token_of(said[:place] + other + said[place + 1 :], [PUBLIC]) is None


@pytest.mark.parametrize("event", codes_cards.CARD_EVENT.values)
def test_a_card_ends_by_the_events_that_end_it_whatever_came_later(event: str) -> None:
    wanted = cards.VOID if event in codes_cards.ENDS else cards.VALID
    assert cards.standing(of(), [became(event), became("issued")], TODAY) == wanted
    taken = became(event, withdrawn_at="2026-11-21T00:00:00Z")
    assert cards.standing(of(), [taken], TODAY) == cards.VALID


def test_a_card_is_good_until_its_day_and_while_it_is_of_its_process() -> None:
    assert cards.standing(of(expires_on="2026-11-22"), [], TODAY) == cards.VALID
    assert cards.standing(of(expires_on="2026-11-21"), [], TODAY) == cards.VOID
    assert cards.standing(of(compartment="child"), [], TODAY) == cards.VOID
    assert cards.standing(of("release", "child"), [], TODAY) == cards.VALID


@EACH
def test_a_card_shows_name_numbers_and_days_and_its_code_says_token_and_signature(
    language: str,
) -> None:
    body = card(speech(language), face(expires_on="2028-11-16"))
    words = words_of(body)
    assert all(says(words, one) for one in ("Awa", "Example", NUMBER, OTHER, TOKEN))
    assert all(says(words, year) for year in ("2026", "2028"))
    [said] = codes_on(body)
    assert said == cards.code(TOKEN, KEY.sign)
    assert cards.token_of(said, [PUBLIC]) == TOKEN
    assert len(said) == cards.BODY + cards.SIGNATURE


@EACH
def test_no_card_says_group_rank_arms_or_what_somebody_was(language: str) -> None:
    said = speech(language)
    forbidden = {
        said.gettext(label) for listed in NEVER for code, label in listed.items if code != "other"
    }
    forbidden |= {
        "combat",
        "weapon",
        "arme",
        "arma",
        "fighter",
        "disarm",
        "militar",
        "سلاح",
        "مقاتل",
    }
    for kind in codes_cards.CARD_KIND.values:
        words = words_of(card(said, face(kind=kind)))
        assert [one for one in forbidden if one.casefold() in words.casefold()] == []
        assert "DDR" not in words


@EACH
def test_a_child_s_paper_looks_like_any_card(language: str) -> None:
    said = speech(language)
    assert card(said, face(kind="release")) == card(said, face(kind="card"))


@pytest.mark.parametrize("name", ["Wx" * 100, LONG, "Awa"])
def test_a_name_of_any_length_a_missing_photo_and_both_scripts_stay_on_the_card(name: str) -> None:
    body = card(speech("ar"), face(name=name, name_script=LONG))
    assert pages_of(body) == 2
    front = picture_of(body).convert("L")
    wide, high = (side / 25.4 * 72 * SCALE for side in CR80)
    assert (abs(front.width - wide), abs(front.height - high)) < (3, 3)
    for edge in ((0, 150, 30, front.height), (front.width - 30, 150, front.width, front.height)):
        assert front.crop(edge).getextrema() == (255, 255)
    assert says(words_of(body), NUMBER)


@EACH
def test_a_discharge_certificate_says_civilian_and_nothing_of_before(language: str) -> None:
    gate = Record("gate_event", "0192aaaa-0000-7000-8000-0123456789ab", {"date": "2026-11-17"})
    person = Record("person", "p", {"name": "Awa Example", "number": NUMBER})
    said = speech(language)
    words = words_of(pdf(said, discharge(gate, person, said.words)))
    assert all(says(words, one) for one in ("Awa", NUMBER, "2026", "0123456789AB"))
    civilian = {"en": "civilian", "fr": "civil", "es": "civil", "ar": "مدني"}[language]
    assert set(letters(civilian)) <= set(letters(words))
    assert "combatant" not in words.casefold()
