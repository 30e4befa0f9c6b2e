"""Pay sheets and slips: numbered, by token, and nothing on them that leads to somebody."""

import pytest

from schema.ids import new_number
from schema.printing.pay_sheet import Payment, amount, pay_sheet
from schema.printing.slips import slips
from schema.printing.speech import speech
from schema.wording import LANGUAGES
from tests.pictures import made
from tests.printed import codes_on, pages_of, picture_of, says, words_of

EACH = pytest.mark.parametrize("language", LANGUAGES)


@EACH
def test_a_pay_sheet_has_number_token_photo_and_amount_of_each_payment(language: str) -> None:
    photo = made(1, (48, 64)).body
    listed = [Payment(new_number(), 1_250_050 + at, "XOF", photo) for at in range(23)]
    body = pay_sheet(speech(language), "L-7", "2026-11-17", listed, 2)
    words = words_of(body)
    assert pages_of(body) == 3
    assert all(says(words, one.token) for one in listed)
    assert all(amount(one.amount, 2)[-4:] in words for one in listed)
    assert says(words, "L-7")
    assert body == pay_sheet(speech(language), "L-7", "2026-11-17", listed, 2)


def test_amounts_have_the_digits_of_their_currency() -> None:
    assert [amount(1_234_567, digits) for digits in (0, 2, 3)] == [
        "1\u202f234\u202f567",
        "12\u202f345.67",
        "1\u202f234.567",
    ]


def test_an_empty_list_is_one_sheet() -> None:
    assert pages_of(pay_sheet(speech("en"), "L-8", "2026-11-17", [], 0)) == 1


def test_a_sheet_of_slips_says_tokens_and_nothing_else() -> None:
    tokens = [new_number() for _ in range(22)]
    body = slips(speech("en"), "2026-11-17", tokens)
    assert pages_of(body) == 2
    assert sorted(codes_on(body)) == sorted(token.replace("-", "") for token in tokens)
    assert picture_of(body).width > 2000
