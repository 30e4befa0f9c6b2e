"""A deployment's own fields and codes: drawn, read, checked, and refused where they are forbidden."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema import codes
from schema.deployment import Deployment, gathered, spread
from schema.detail import details
from schema.dictionary import rows
from schema.entities import BY_NOUN
from schema.fields import Choice
from schema.form import inputs, missing, parse

PERSON, SERVICE = BY_NOUN["person"], BY_NOUN["service"]
SHOE = {
    "entity": "person",
    "name": "shoe",
    "kind": "whole",
    "label_en": "Shoe",
    "required": True,
    "position": 1,
}
BOAT = {"code_list": "transport", "value": "boat", "label_en": "Boat", "label_ar": "قارب"}
FOOT = {"code_list": "transport", "value": "foot", "label_en": "Foot", "retired": True}
CAME = {
    "entity": "person",
    "name": "came",
    "kind": "choice",
    "code_list": "transport",
    "label_en": "How they came",
    "label_fr": "Moyen de transport",
    "labels_further": "so: Sida ay u yimaadeen\nsw:Walivyokuja",
}
OLD = {"entity": "person", "name": "old", "kind": "text", "label_en": "Old", "retired": True}


def deployed(language: str = "en") -> Deployment:
    return Deployment([SHOE, CAME, OLD], [BOAT, FOOT], language)


@pytest.mark.parametrize(
    ("language", "label"),
    [
        ("en", "How they came"),
        ("fr", "Moyen de transport"),
        ("ar", "How they came"),
        ("so", "Sida ay u yimaadeen"),
        ("sw", "Walivyokuja"),
    ],
)
def test_a_field_is_called_what_its_declaration_says_in_the_readers_language(language, label):
    described = deployed(language).of(PERSON).describe()
    assert described["custom.came"].about.label == label


def test_what_was_answered_comes_back_and_is_folded_into_the_map():
    noun, only = deployed().of(PERSON), ("custom.shoe", "custom.came")
    parsed = parse(noun, {"custom.shoe": "42", "custom.came": "boat"}, only)
    assert parsed.errors == {}
    assert gathered(parsed.values, {}) == {"custom": {"shoe": 42, "came": "boat"}}
    again = {one.name: one.value for one in inputs(noun, gathered(parsed.values, {}), only=only)}
    assert again == {"custom.shoe": "42", "custom.came": "boat"}


def test_what_cannot_be_is_told_beside_its_question_and_kept_as_typed():
    noun, only = deployed().of(PERSON), ("custom.shoe", "custom.came")
    parsed = parse(noun, {"custom.shoe": "large", "custom.came": "camel"}, only)
    assert set(parsed.errors) == {"custom.shoe", "custom.came"}
    assert parsed.typed == {"custom.shoe": "large", "custom.came": "camel"}
    assert set(missing(noun, {}, only)) == {"custom.shoe"}


def test_a_retired_code_is_offered_no_more_and_keeps_its_label():
    field = deployed().of(PERSON).describe()["custom.came"]
    assert isinstance(field, Choice)
    assert [code for code, _ in field.codes.items] == ["boat"]
    assert field.codes.label("foot") == "Foot"


def test_a_retired_field_is_asked_no_more_and_shown_where_it_was_answered():
    deployment = deployed()
    assert deployment.asked_of(PERSON) == ("custom.shoe", "custom.came")
    told = {
        line.name: line.text for line in details(deployment.of(PERSON), {"custom": {"old": "x"}})
    }
    assert told["custom.old"] == "x"
    assert "custom.old" not in {line.name for line in details(deployment.of(PERSON), {})}


def test_an_open_list_has_the_deployments_codes_behind_its_own():
    added = {"code_list": "service_type", "value": "BEE", "label_en": "Beekeeping"}
    field = Deployment([], [added]).of(SERVICE).describe()["type"]
    assert isinstance(field, Choice)
    assert [code for code, _ in field.codes.items] == [*codes.SERVICE_TYPE.values, "BEE"]
    assert Deployment([], [added]).of(PERSON) is PERSON


def test_the_dictionary_of_a_deployment_has_its_fields():
    [row] = [row for row in rows(deployed().of(PERSON)) if row["field"] == "custom.came"]
    assert (row["type"], row["codes"], row["label"]) == ("one code", ["boat"], "How they came")


VALUES = st.dictionaries(st.sampled_from(["a", "b.c", "_"]), st.integers() | st.text(max_size=3))


@given(VALUES, VALUES)
def test_spread_and_gathered_lose_nothing(seen, said):
    answered = {f"custom.{name}": value for name, value in said.items()}
    folded = gathered(answered, {"custom": seen})
    assert (folded.get("custom") or {}) == ({**seen, **said} if said else {})
    assert {n: v for n, v in spread(folded).items() if n != "custom"} == {
        f"custom.{name}": value for name, value in (folded.get("custom") or {}).items()
    }
