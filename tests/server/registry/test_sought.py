"""What typed words ask for."""

from schema.ids import new_number
from server.registry.sought import MOST_WORDS, Sought, read


def test_a_number_is_understood_in_any_shape() -> None:
    number = new_number()
    assert read(f"  {number.replace('-', '').lower()} ") == Sought(number=number)


def test_a_year_is_told_from_a_name() -> None:
    assert read("Ali 1985") == Sought(words=("ali",), year=1985)
    assert read("1066") == Sought(words=("1066",))


def test_words_are_folded_once_each() -> None:
    assert read("Ñandú ñANDU Nandu").words == ("nandu",)


def test_a_flood_of_words_is_cut() -> None:
    assert len(read(" ".join(f"w{n}" for n in range(40))).words) == MOST_WORDS
    assert len(read("x" * 5000).words[0]) == 40


def test_signs_alone_ask_for_nothing() -> None:
    assert not read("?! —").anything
