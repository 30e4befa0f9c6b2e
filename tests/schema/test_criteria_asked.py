"""What criteria look at: the facts they name and no consent, with one weapon for one person."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.codes_eligibility import CRITERION_KIND
from schema.codes_information import SHARED_WITH, SHARING
from schema.entities import BY_NOUN
from schema.record import Record, Working
from schema.rules.criteria import NEEDS
from schema.rules.eligibility import Assessment, all_of, any_of, assess
from tests.schema.accord import accord, armed, begun, check, decided, screened
from tests.schema.programme import STORE_A, TODAY, Programme, case, create, ident, person, weapon

FIGURES = {"day": "1995-01-01", "quantity": 1, "per": 2, "category": "combatant"}
EVERY_KIND = tuple(
    (f"every {kind}", {"path": kind, "kind": kind, **{n: FIGURES[n] for n in NEEDS.get(kind, ())}})
    for kind in CRITERION_KIND.values
)
WORDS = ("consent", "photo", "finger", "biometric", "shar", "privacy", "picture")
# All that may be read of somebody to tell whether criteria hold.
FACTS = {
    "person": {"birth_date", "birth_date_precision", "age_decision", "may_be_under_18"},
    "case": {"person_id", "category", "process"},
}


@pytest.fixture(scope="module")
def programme() -> Programme:
    """Ali, screened, under an accord with a way in for each kind of criterion."""
    made = begun(*EVERY_KIND)
    made.arrive("awa", armed(), screened(), check("interview"))
    return made


def asked(programme: Programme, who: str = "Ali") -> Assessment:
    work = Working(programme)
    found, by = work.find("case", ident(f"case of {who}")), work.find("criteria_set", ident("PA"))
    assert found is not None
    assert by is not None
    return assess(found, by, work, TODAY)


def verdicts(found: Assessment) -> dict[str, str]:
    return {one.criterion.id: one.verdict for way in found.ways for one in way.findings}


ANSWERS = st.one_of(
    st.booleans(), st.sampled_from(("yes", "no", "refused", "withdrawn")), st.none()
)
CONSENTS = st.dictionaries(
    st.sampled_from(
        (
            "consent_photo",
            "consent_fingerprint",
            "consent_sharing",
            "sharing_donor",
            "photo_refused",
        )
    ),
    ANSWERS,
)


def declared_consents(noun: str) -> list[str]:
    """Fields of a noun that are about consent, by whatever name they came to be declared."""
    return [n for n in BY_NOUN[noun].describe() if any(word in n for word in WORDS)]


SHARED = st.dictionaries(
    st.sampled_from(SHARED_WITH.values), st.sampled_from(SHARING.values), max_size=3
)


@given(CONSENTS, CONSENTS, ANSWERS, SHARED)
def test_consents_flipped_at_random_change_no_result(programme, on_person, on_case, answer, shared):
    """Red line 4: by records, by custom fields, by what no version knows, by whatever is declared."""
    flipped = Programme()
    flipped.rows = dict(programme.rows)
    for noun, name, consents in (("person", "Ali", on_person), ("case", "case of Ali", on_case)):
        record = flipped.rows[noun, ident(name)]
        said = dict.fromkeys(declared_consents(noun), answer)
        values = {**record.values, **said, "custom": consents}
        flipped.rows[record.key] = record.but(values=values, extra=consents)
    for code, said in shared.items():
        about = {"case_id": ident("case of Ali"), "date": "2026-11-01"}
        flipped.arrive("awa", create("consent", code, **about, shared_with=code, answer=said))
    assert len([1 for noun, _ in flipped.rows if noun == "consent"]) == len(shared)
    assert verdicts(asked(flipped)) == verdicts(asked(programme))
    before, after = (one.judge("hawa", decided()) for one in (programme, flipped))
    assert (before.held, [f.verdict for f in before.findings]) == (
        after.held,
        [f.verdict for f in after.findings],
    )


class Watched(Mapping[str, Any]):
    """The values of a record, which remember what was read."""

    def __init__(self, values: Mapping[str, Any], read: set[str]) -> None:
        self.values_, self.read = values, read

    def __getitem__(self, name: str) -> Any:
        self.read.add(name)
        return self.values_[name]

    def get(self, name: str, default: Any = None) -> Any:
        self.read.add(name)
        return self.values_.get(name, default)

    def __iter__(self) -> Iterator[str]:
        raise AssertionError("criteria read fields by name, and not whatever is there")

    def __len__(self) -> int:
        return len(self.values_)


def test_of_a_person_only_the_facts_that_criteria_name_are_read(programme):
    read: dict[str, set[str]] = {"person": set(), "case": set()}
    watched = Programme()
    watched.rows = dict(programme.rows)
    for noun, name in (("person", "Ali"), ("case", "case of Ali")):
        record: Record = watched.rows[noun, ident(name)]
        watched.rows[record.key] = record.but(values=Watched(record.values, read[noun]))
    asked(watched)
    assert read["person"] <= FACTS["person"]
    assert read["case"] <= FACTS["case"]
    assert "birth_date" in read["person"]


@pytest.mark.parametrize(
    ("together", "one_enough", "said"),
    [
        ("cannot tell", "cannot tell", ()),
        ("holds", "holds", ("holds", "holds")),
        ("broken", "holds", ("holds", "broken")),
        ("cannot tell", "holds", ("holds", "cannot tell")),
        ("broken", "cannot tell", ("broken", "cannot tell")),
        ("broken", "broken", ("broken", "broken")),
    ],
)
def test_criteria_of_a_way_hold_together_and_one_way_is_enough(together, one_enough, said):
    assert (all_of(said), any_of(said)) == (together, one_enough)


@pytest.mark.parametrize(
    ("born", "precision", "verdict"),
    [
        ("1994-12-31", "day", "holds"),
        ("1995-01-02", "day", "broken"),
        ("1994-01-01", "year", "holds"),
        ("1995-01-01", "year", "cannot tell"),
        ("1996-01-01", "estimated", "cannot tell"),
        ("1998-01-01", "estimated", "broken"),
        (None, None, "cannot tell"),
    ],
)
def test_a_cut_off_date_is_told_as_exactly_as_the_birth_is_known(born, precision, verdict):
    made = begun(("born", {"path": "born", "kind": "born-by", "day": "1995-01-01"}))
    ali = made.rows["person", ident("Ali")]
    values = {**ali.values, "birth_date": born, "birth_date_precision": precision}
    made.rows[ali.key] = ali.but(values=values)
    assert verdicts(asked(made))[ident("born")] == verdict


def test_the_last_place_under_a_ceiling_is_given_once():
    made = begun(("places", {"path": "armed", "kind": "ceiling", "quantity": 1}))
    made.arrive("awa", armed(), screened())
    made.arrive("awa", person("Omar"), case("Omar"), armed("Omar"), screened("Omar"))
    assert made.arrive("hawa", decided()).held is None
    second = made.arrive("hawa", decided(who="Omar"))
    assert second.held.reason == "eligible-by-the-criteria"
    assert verdicts(asked(made))[ident("places")] == "holds"
    assert verdicts(asked(made, "Omar"))[ident("places")] == "broken"


def test_two_in_one_act_do_not_take_one_place():
    made = begun(("places", {"path": "armed", "kind": "ceiling", "quantity": 1}))
    made.arrive("awa", armed(), screened())
    made.arrive("awa", person("Omar"), case("Omar"), armed("Omar"), screened("Omar"))
    both = made.arrive("hawa", decided(), decided(who="Omar"))
    assert both.held.reason == "eligible-by-the-criteria"


# -- Liberia: one weapon for several people, one person with several forms


def handed_in(name: str, who: str, weapon: str):
    said = {"store_id": STORE_A, "giver": "participant", "case_id": ident(f"case of {who}")}
    given = create("hand_in", name, **said, date="2026-02-25", cleared_by="EOD")
    line = {"hand_in_id": ident(name), "weapon_id": ident(weapon), "criterion": "weapon"}
    return given, create("hand_in_line", f"line of {name}", **line)


def test_one_weapon_is_the_way_in_of_one_person():
    made = begun()
    made.arrive("awa", person("Omar"), case("Omar"))
    made.arrive("faraj", weapon("gun"))
    assert made.arrive("faraj", *handed_in("first", "Ali", "gun")).held is None
    assert made.arrive("faraj", *handed_in("second", "Omar", "gun")).held is not None
    assert verdicts(asked(made))[ident("gun")] == "holds"
    assert verdicts(asked(made, "Omar"))[ident("gun")] == "broken"


def test_a_weapon_whose_receipt_names_another_counts_for_nobody_else():
    made = begun()
    made.arrive("awa", person("Omar"), case("Omar"))
    made.arrive("faraj", weapon("gun"))
    made.arrive("faraj", *handed_in("first", "Ali", "gun"))
    gun = made.rows["weapon", ident("gun")]
    made.rows[gun.key] = gun.but(values={**gun.values, "case_id": ident("case of Omar")})
    assert verdicts(asked(made, "Omar"))[ident("gun")] == "broken"


def test_one_person_has_one_open_case_however_many_forms_there_are(programme):
    second = create("case", "second case", **case("Ali").values)
    assert programme.judge("awa", second).held.reason == "one-open-case"


def test_without_criteria_nothing_is_told_and_none_are_adopted():
    made = Programme()
    assert made.arrive("celine", *accord()[:1]).held.reason == "criteria-adopted-whole"
    assert Assessment().verdict == "cannot tell"
