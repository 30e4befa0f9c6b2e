"""What each kind of field stores and refuses; marshmallow and ``clean`` say the same."""

import marshmallow as ma
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.entities import ENTITIES, entity_of
from schema.entities.person import Person
from schema.entities.weapon import Weapon
from schema.entity import clean
from schema.fields import SENSITIVITIES
from schema.problems import UnknownEntity

BAD = [
    ("name", "a\x00b"),
    ("name", "\ud800"),
    ("name", "x" * 201),
    ("name", 7),
    ("sex", "F"),
    ("birth_date", "2026-02-30"),
    ("birth_date", "22/11/2026"),
    ("birth_date", "0001-01-01"),
    ("may_be_under_18", "yes"),
    ("caseload_id", "A"),
    ("number", "12345-678902"),
]


@pytest.mark.parametrize(("name", "value"), BAD)
def test_what_cannot_be_stored_is_refused_by_both_ways_in(name, value):
    assert clean(Person, {name: value})[1].keys() == {name}
    with pytest.raises(ma.ValidationError) as refused:
        Person().load({name: value})
    assert refused.value.messages == clean(Person, {name: value})[1]


@given(
    st.dictionaries(st.sampled_from(list(Weapon.describe())), st.text() | st.integers() | st.none())
)
def test_clean_says_what_marshmallow_says(values):
    kept, errors, extra = clean(Weapon, values)
    assert (Weapon().validate(values), extra) == (errors, {})
    if not errors:
        assert Weapon().load(values) == kept


def test_an_unknown_field_is_an_error_for_marshmallow_and_extra_for_clean():
    assert clean(Person, {"shoe_size": 43})[2] == {"shoe_size": 43}
    with pytest.raises(ma.ValidationError):
        Person().load({"shoe_size": 43})


@pytest.mark.parametrize("entity", ENTITIES, ids=lambda entity: entity.noun)
def test_every_field_says_what_it_is_for(entity):
    for name, field in entity.describe().items():
        about = field.about
        assert about.label, name
        assert about.sensitivity in SENSITIVITIES, name
        assert not (
            about.donor and about.sensitivity in ("high", "severe") and field.kind == "text"
        ), name


@pytest.mark.parametrize("entity", ENTITIES, ids=lambda entity: entity.noun)
def test_every_reference_names_a_declared_noun(entity):
    for name, ref in entity.refs().items():
        assert not ref.to or entity_of(ref.to), name


def test_there_is_no_other_noun():
    with pytest.raises(UnknownEntity):
        entity_of("informant")
