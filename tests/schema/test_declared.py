"""What a deployment declares: values are of its kind, names stay, and what is forbidden is refused."""

from collections import Counter
from typing import Any

import pytest

from schema import codes, codes_weapons
from schema.codes import OpenCodeList
from schema.entities import ENTITIES
from schema.forbidden import is_forbidden, is_forbidden_anywhere
from schema.record import Record, Working
from schema.rules import findings
from tests.schema.declaring import adds, declares
from tests.schema.programme import TODAY, Programme, case, create, ident, person, service, write


@pytest.fixture
def programme() -> Programme:
    """Abel has an open case; the programme asks for a shoe size and how people came."""
    made = Programme()
    made.arrive("awa", person("Abel"), case("Abel"))
    made.arrive("celine", adds("transport", "boat"), adds("service_type", "BEE"))
    made.arrive("celine", declares("person", "shoe", "whole"))
    made.arrive("celine", declares("person", "came", "choice", code_list="transport"))
    return made


def held(programme: Programme, who: str, *changes: Any) -> str | None:
    found = programme.judge(who, *changes).held
    return found.reason if found else None


# -- checked


def test_a_value_of_its_kind_is_in_force(programme):
    said = {"shoe": 42, "came": "boat"}
    programme.arrive("awa", write("person", "Abel", custom=said))
    assert programme.rows["person", ident("Abel")].get("custom") == said
    assert programme.flags() == []


@pytest.mark.parametrize(
    "said", [{"shoe": "large"}, {"shoe": True}, {"came": "camel"}, {"came": 1}]
)
def test_a_value_of_another_kind_is_held(programme, said):
    assert held(programme, "awa", write("person", "Abel", custom=said)) == "custom-value-fits"


def test_what_nobody_declared_is_kept_and_looked_at(programme):
    programme.arrive("awa", write("person", "Abel", custom={"hat": "L"}))
    [flag] = programme.flags()
    assert (flag.get("rule"), flag.get("missing")) == ("custom-field-is-declared", ["custom.hat"])


def test_what_stood_there_before_its_field_was_declared_is_not_asked_again(programme):
    programme.arrive("awa", write("person", "Abel", custom={"hat": 5}))
    programme.arrive("celine", declares("person", "hat"))
    assert held(programme, "awa", write("person", "Abel", alias="Abu")) is None


def test_a_field_and_its_first_value_may_come_in_one_unit(programme):
    said = write("person", "Abel", custom={"hat": 5})
    assert held(programme, "celine", declares("person", "hat", "whole"), said) is None
    assert held(programme, "celine", declares("person", "hat", "flag"), said) == "custom-value-fits"


def test_a_laptop_that_knows_no_such_kind_keeps_the_value(programme):
    newer = Record("custom_field", ident("newer"), {"entity": "person", "name": "x", "kind": "map"})
    programme.rows[newer.key] = newer
    written = Record("person", ident("Abel"), {"custom": {"x": [1]}})
    found = {f.rule.name: f.verdict for f in findings(written, Working(programme), TODAY)}
    assert found["custom-value-fits"] == "cannot tell"


def test_a_code_of_an_open_list_is_one_that_there_is(programme):
    assert held(programme, "awa", service("bees", of="Abel", type="BEE")) is None
    assert held(programme, "awa", service("fish", of="Abel", type="FISH")) == "code-is-listed"


def test_a_record_without_values_of_the_deployment_asks_for_no_declaration(programme):
    asked: Counter[str] = Counter()

    class Counting(Working):
        def alike(self, entity: str, name: str, value: Any) -> set[str]:
            asked[entity] += 1
            return super().alike(entity, name, value)

    findings(programme.rows["person", ident("Abel")], Counting(programme), TODAY)
    assert asked["custom_field"] == asked["code"] == 0


# -- declared


@pytest.mark.parametrize("left_out", ["purpose", "sensitivity", "kind", "label_en", "name"])
def test_a_field_without_purpose_or_sensitivity_is_refused(programme, left_out):
    said = {**declares("person", "hat").values, left_out: None}
    assert (
        held(programme, "celine", create("custom_field", "hat", **said)) == "custom-field-says-why"
    )


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (declares("persons", "hat"), "custom-field-of-a-noun"),
        (declares("dispute", "hat"), "custom-field-of-a-noun"),
        (declares("person", "alias"), "custom-field-has-its-own-name"),
        (declares("person", "Hat size"), "invalid"),
        (create("custom_field", "again", **declares("person", "shoe").values), "custom-field-once"),
        (declares("person", "hat", "choice"), "custom-field-has-its-list"),
        (declares("person", "hat", code_list="hats"), "custom-field-has-its-list"),
        (declares("person", "hat", donor=True), "custom-field-of-harm-for-no-donor"),
        (
            declares("person", "hat", "flag", donor=True, sensitivity="severe"),
            "custom-field-of-harm-for-no-donor",
        ),
        (adds("gate", "escaped"), "code-of-an-open-list"),
        (adds("service_type", "EDU"), "code-once-in-its-list"),
        (create("code", "again", **adds("transport", "boat").values), "code-once-in-its-list"),
    ],
)
def test_what_cannot_be_declared_is_refused(programme, change, rule):
    assert held(programme, "celine", change) == rule


@pytest.mark.parametrize(
    ("noun", "name", "values"),
    [
        ("custom_field", "person.shoe", {"name": "boot"}),
        ("custom_field", "person.shoe", {"kind": "text"}),
        ("custom_field", "person.shoe", {"entity": "case"}),
        ("code", "transport/boat", {"value": "ship"}),
        ("code", "transport/boat", {"code_list": "transports"}),
    ],
)
def test_a_name_is_permanent_and_a_label_is_not(programme, noun, name, values):
    assert held(programme, "celine", write(noun, name, **values)).endswith("-stays")
    assert held(programme, "celine", write(noun, name, label_en="Other words")) is None


def test_only_who_may_change_reference_declares(programme):
    assert held(programme, "awa", declares("person", "hat")) == "not-allowed"
    assert held(programme, "faraj", adds("transport", "cart")) == "not-allowed"


FORBIDDEN = (
    "HIV status",
    "H.I.V.",
    "Informants",
    "Statut VIH",
    "Délateur",
    "violences sexuelles",
    "Soplón",
    "Violación sufrida",
    "مُخبِر",
    "فحص الإيدز",
    "الاغتصاب",
    "risk_score",
    "Huellas dactilares",
    "empreintes digitales",
)


@pytest.mark.parametrize("words", FORBIDDEN)
@pytest.mark.parametrize(
    "label", ["label_en", "label_fr", "label_ar", "label_es", "labels_further"]
)
def test_what_is_never_recorded_is_no_field_and_no_code_by_any_label(programme, words, label):
    said = {label: f"so: {words}" if label == "labels_further" else words}
    reason = held(programme, "celine", declares("person", "x", **said))
    assert reason == "no-forbidden-custom-field"
    assert held(programme, "celine", adds("transport", "x", **said)) == "no-forbidden-code"
    known = write("custom_field", "person.shoe", **said)
    assert held(programme, "celine", known) == "no-forbidden-custom-field"


def test_a_forbidden_name_is_refused_though_its_label_is_not(programme):
    assert held(programme, "celine", declares("person", "hiv_test")) == "no-forbidden-custom-field"
    assert held(programme, "celine", adds("transport", "informant")) == "no-forbidden-code"


@pytest.mark.parametrize(
    "words", ["Shoe size", "Archive", "Drapeau", "Renseignements utiles", "Vihiga", "Violet"]
)
def test_words_that_only_look_alike_are_free(words):
    assert not is_forbidden(words)


def test_a_word_of_two_languages_is_forbidden_in_the_one():
    assert is_forbidden("Sida")
    assert not is_forbidden_anywhere("so: Sida ay u yimaadeen")


def test_every_list_that_rules_rest_on_is_closed():
    closed = (
        codes.GATE,
        codes.PROCESS,
        codes.SEX,
        codes.AGE_DECISION,
        codes_weapons.CUSTODY,
        codes.ROLE,
    )
    assert not any(isinstance(listed, OpenCodeList) for listed in closed)
    assert {e.noun for e in ENTITIES if e.compartment == "reference"} >= {"custom_field", "code"}
