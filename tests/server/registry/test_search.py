"""Finding people: by words, in any script, by number, by year; and nobody one may not see."""

from server.registry import search
from server.registry.paging import FIRST, Turn
from server.registry.sought import read
from tests.schema.programme import A, B, Grant, Sight, ident, person, write
from tests.server.town import Town, sight


def found(town: Town, who: str, text: str, turn: Turn = FIRST) -> list[str]:
    with town.reading() as conn:
        return list(search.people(conn, sight(who), read(text), turn).rows)


def test_every_word_must_begin_some_name(town: Town) -> None:
    town.arrive("awa", person("Mohamed Ali"), person("Mohamed Sow"))
    assert found(town, "awa", "ali moh") == [ident("Mohamed Ali")]
    assert found(town, "awa", "moh ali sow") == []


def test_letters_of_another_script_and_marks_are_folded(town: Town) -> None:
    town.arrive("awa", person("Éloïse"), person("أحمد"))
    assert found(town, "awa", "eloise") == [ident("Éloïse")]
    assert found(town, "awa", "احمد") == [ident("أحمد")]


def test_somebody_with_two_fitting_names_is_found_once(town: Town) -> None:
    town.arrive("awa", person("Mona Moussa", alias="Mo"))
    assert found(town, "awa", "mo") == [ident("Mona Moussa")]


def test_people_stand_in_the_order_of_the_name_that_fits(town: Town) -> None:
    town.arrive("awa", person("Zara Abel"), person("Abu"), person("Aaron"))
    assert found(town, "awa", "a") == [ident(n) for n in ("Aaron", "Zara Abel", "Abu")]


def test_a_long_list_of_names_goes_on_by_the_id_of_its_last(town: Town) -> None:
    for start in range(0, 120, 40):
        town.arrive("awa", *(person(f"Mo {n:03}") for n in range(start, start + 40)))
    with town.reading() as conn:
        first = search.people(conn, sight("awa"), read("mo"), FIRST)
        second = search.people(conn, sight("awa"), read("mo"), Turn(after=first.after))
        back = search.people(conn, sight("awa"), read("mo"), Turn(before=second.before))
    assert (len(first.rows), len({*first.rows, *second.rows}), first.count) == (50, 100, 120)
    assert back.rows == first.rows


def test_the_printed_number_finds_one_person_however_it_is_typed(town: Town) -> None:
    town.arrive("awa", person("Ali"), person("Omar"))
    number = str(town.record("person", ident("Ali")).get("number"))
    assert found(town, "awa", number.lower().replace("-", " ")) == [ident("Ali")]


def test_a_year_narrows_and_stands_alone(town: Town) -> None:
    old = {"birth_date": "1971-06-01"}
    town.arrive("awa", person("Ali"), person("Ali Old", **old), person("Omar", **old))
    assert found(town, "awa", "ali 1971") == [ident("Ali Old")]
    assert set(found(town, "awa", "1971")) == {ident("Ali Old"), ident("Omar")}
    assert found(town, "awa", "١٩٧١ omar") == [ident("Omar")]


def test_nobody_is_found_outside_ones_scope(town: Town) -> None:
    town.arrive("bakary", person("Binta", caseload_id=B))
    number = str(town.record("person", ident("Binta")).get("number"))
    for text in ("binta", "1990", number):
        assert found(town, "awa", text) == []
        assert found(town, "bakary", text) == [ident("Binta")]


def test_a_child_is_found_by_child_protection_alone(town: Town) -> None:
    town.arrive("awa", person("Chidi", birth_date="2014-02-03"))
    assert found(town, "awa", "chidi") == found(town, "celine", "chidi") == []
    assert found(town, "esther", "chidi") == [ident("Chidi")]


def test_two_caseloads_are_searched_as_one(town: Town) -> None:
    town.arrive("awa", person("Mo A"))
    town.arrive("bakary", person("Mo B", caseload_id=B))
    both = Sight.of([Grant("field-officer", A), Grant("field-officer", B)])
    with town.reading() as conn:
        assert set(search.people(conn, both, read("mo"), FIRST).rows) == {
            ident("Mo A"),
            ident("Mo B"),
        }


def test_a_renamed_person_is_found_by_the_new_name(town: Town) -> None:
    town.arrive("awa", person("Ali"))
    town.arrive("awa", write("person", "Ali", {"name": "Ali"}, name="Karim"))
    assert found(town, "awa", "karim") == [ident("Ali")]
    assert found(town, "awa", "ali") == []


def test_what_holds_no_word_finds_nobody(town: Town) -> None:
    town.arrive("awa", person("Ali"))
    assert found(town, "awa", "%") == found(town, "awa", "' OR 1=1 --") == []
