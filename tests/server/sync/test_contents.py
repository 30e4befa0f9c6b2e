"""What a well-formed line may hold: it is never refused; what cannot be in force is held or kept aside."""

import base64
import json

import pyrage

from schema.change import Change
from schema.ids import derived_id
from tests.schema.programme import A, case, create, ident, person, service, weapon, write


def text(*changes, **said) -> str:
    """A Unit's text as a hostile or broken laptop may write it."""
    body = {"id": ident("odd", changes, said), "base": 0, "at": "2026-11-20", "changes": []}
    body["changes"] = [change.as_wire() for change in changes]
    return json.dumps({**body, **said})


def told(laptop, unit_text: str) -> list:
    """What the registry makes of a line with this text, sent after a good one."""
    good = laptop.save(person(f"Good {len(laptop.log)}"))
    laptop.add(unit_text)
    answer = laptop.sync()
    assert answer.results.pop(good.id)[1] == "applied"
    assert laptop.acked == len(laptop.log)
    [result] = answer.results.values()
    return result


def test_what_is_no_unit_is_held_and_the_rest_of_the_batch_lands(awa):
    deep = "[" * 5_000 + "]" * 5_000
    for odd in (
        "",
        "null",
        "{}",
        '{"id":"no id"}',
        deep,
        f'{{"id":"{ident("x")}","base":0,"at":"","changes":{deep}}}',
        text(base="yesterday"),
        text(changes=[["set", "person"]]),
        text(changes=[]),
        text(changes=[[1, 2, 3, 4]]),
        text(person("Nan"))[:-1] + ',"more":NaN}',
        text(person("Twice"))[:-1] + ',"at":"2026"}',
        "a\x00b",
        "age:not sealed at all",
        "age:" + base64.b64encode(b"age-encryption.org/v1\n").decode(),
        "json:[]",
    ):
        result = told(awa, odd)
        assert (result[1], result[3]) in (("held", "unreadable"), ("held", "sealed")), odd[:80]


def test_a_value_that_could_not_be_stored_is_held_whatever_field_it_is_in(awa):
    deep = {"a": [[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]}
    for value in ("a\x00b", "half \ud800", {"\x00": 1}, deep, 10**400, 2**60):
        for field in ("name", "shoe_size"):
            result = told(awa, text(person("Odd", **{field: value})))
            assert (result[1], result[3]) == ("held", "invalid"), (field, value)


def test_a_value_over_its_own_limit_is_held_where_the_field_is_known(awa):
    for place, value in enumerate(("x" * 300, 12, ["list"])):
        known = told(awa, text(person(f"Known {place}", name=value), base=awa.base))
        unknown = told(awa, text(person(f"Unknown {place}", shoe_size=value), base=awa.base))
        assert (known[1], known[3], unknown[1]) == ("held", "invalid", "applied")


def test_an_infinite_number_in_an_unknown_field_is_held(awa):
    result = told(
        awa, text(person("Endless", shoe_size=1)).replace('"shoe_size": 1', '"shoe_size": 1e999')
    )
    assert (result[1], result[3]) == ("held", "invalid")


def test_a_field_that_this_version_does_not_know_is_kept_and_sent_on(awa, fleet):
    unit = awa.save(person("Abel", shoe_size=42, notes={"by": "Awa"}))
    awa.sync()
    assert awa.outcome(unit) == "applied"
    other = fleet.laptop("awa")
    assert other.rows["person", ident("Abel")]["extra"] == {"shoe_size": 42, "notes": {"by": "Awa"}}


def test_an_unknown_kind_or_verb_is_held(awa):
    kind = awa.save(create("spaceship", "X"))
    verb = awa.save(Change("erase", "person", ident("Abel"), {}))
    flag = awa.save(create("flag", "F", rule="x"))
    awa.sync()
    assert {awa.outcome(unit) for unit in (kind, verb, flag)} == {"held"}
    reasons = [awa.reason(unit) for unit in (kind, verb, flag)]
    assert reasons == ["unknown-kind", "unknown-verb", "unknown-kind"]


def test_a_broken_red_line_is_held(awa):
    child = awa.save(person("Kid", birth_date="2014-01-01"), case("Kid", process="child"))
    awa.sync()
    armed = awa.save(weapon("Rifle", case_id=ident("case of Kid")))
    awa.sync()
    assert awa.outcome(child) == "applied"
    assert (awa.outcome(armed), awa.reason(armed)) == ("held", "child-hands-in-no-weapon")


def test_old_values_that_nobody_could_store_are_held_too(awa):
    awa.save(person("Abel"))
    awa.sync()
    result = told(awa, text(write("person", "Abel", {"alias": "\ud800"}, alias="Bel")))
    assert (result[1], result[3]) == ("held", "invalid")


def test_a_line_that_says_no_id_is_told_under_a_derived_one(awa):
    awa.add("{}")
    answer = awa.sync()
    assert list(answer.results) == [derived_id("line", f"d:{awa.id}/1", 1)]


def test_what_was_sealed_to_the_registry_is_opened_and_judged(awa, fleet):
    unit = awa.save(
        person("Kid", birth_date="2014-01-01"), case("Kid", process="child"), base=awa.base
    )
    plain = awa.log.pop()
    key = pyrage.x25519.Recipient.from_str(awa.recipient)
    sealed = "age:" + base64.b64encode(pyrage.encrypt(plain[3].encode(), [key])).decode()
    awa.add(sealed)
    answer = awa.sync()
    assert answer.results[unit.id][1] == "applied"
    assert not awa.has("person", "Kid")
    assert fleet.laptop("esther").has("person", "Kid")
    awa.log[0][3] = sealed
    assert awa.ask(*awa.log).results[unit.id][1] == "applied"


def test_services_in_a_unit_without_their_case_are_held_with_what_they_wait_for(awa):
    unit = awa.save(
        service("Tailoring", "Nobody"), create("service", "Other", case_id=A, type="EDU")
    )
    awa.sync()
    assert awa.reason(unit) == "unknown-reference"
