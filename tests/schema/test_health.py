"""Health: its outcome apart from its findings, what nobody writes, and the Washington Group unreworded."""

from itertools import product

import pytest

from schema.change import HELD
from schema.codes_health import DIFFICULTY
from schema.detail import details
from schema.entities import BY_NOUN
from schema.entities.functioning import SIX, Functioning, has_disability
from schema.policy import POLICY
from tests.schema.programme import A, Programme, case, create, ident, person, write

WITHIN = {"case_id": ident("case of Abel"), "date": "2026-11-20"}
# As the Washington Group on Disability Statistics publishes its Short Set.
PUBLISHED = (
    "Do you have difficulty seeing, even if wearing glasses?",
    "Do you have difficulty hearing, even if using a hearing aid?",
    "Do you have difficulty walking or climbing steps?",
    "Do you have difficulty remembering or concentrating?",
    "Do you have difficulty (with self-care such as) washing all over or dressing?",
    "Using your usual (customary) language, do you have difficulty communicating, for example understanding "
    "or being understood?",
)
ANSWERS = (
    "No - no difficulty",
    "Yes - some difficulty",
    "Yes - a lot of difficulty",
    "Cannot do at all",
)
HOMES = {"medical_screening": "seen", "clinical": "found", "functioning": "asked"}
HARMLESS = ("Needs hearing aids", "Violet ink", "A violin", "Un violon", "Sidama speaker")
NEVER = ("HIV positive", "H.I.V.", "séropositif VIH", "فيروس نقص المناعة", "was raped", "un viol")


@pytest.fixture
def programme() -> Programme:
    """Abel, an adult with a case."""
    made = Programme()
    made.arrive("awa", person("Abel"), case("Abel"))
    return made


def outcome(**values):
    return create("medical_screening", "seen", **{**WITHIN, "outcome": "fit", **values})


def finding(**values):
    return create("clinical", "found", **{**WITHIN, **values})


def asked(**values):
    answers = dict.fromkeys(SIX, "1")
    return create("functioning", "asked", **{**WITHIN, **answers, **values})


def broken(judged) -> set[str]:
    return {found.rule.name for found in judged.findings if found.verdict == "broken"}


def test_the_outcome_is_the_case_workers_and_the_findings_are_the_clinicians(programme):
    programme.arrive("gita", outcome(), finding(note="…"), asked())
    homes = {noun: programme.rows[noun, ident(name)].bucket for noun, name in HOMES.items()}
    assert homes == {
        "medical_screening": ("case", A),
        "clinical": ("health", A),
        "functioning": ("health", A),
    }


def test_only_a_clinician_reads_or_writes_health():
    readers = {role for role, rights in POLICY.items() if rights.get("health")}
    assert readers == {"clinician"}


@pytest.mark.parametrize("who", ["awa", "celine", "esther", "hawa", "faraj"])
def test_nobody_else_writes_a_finding_on_an_adult(programme, who):
    for change in (finding(icd11="6B40"), asked()):
        judged = programme.judge(who, change)
        assert (judged.outcome, judged.held.reason) == (HELD, "not-allowed")


def test_a_childs_screening_is_child_protections(programme):
    programme.arrive("gita", outcome(), finding(note="…"))
    programme.arrive("celine", write("person", "Abel", birth_date="2012-01-01"))
    for noun in ("medical_screening", "clinical"):
        assert programme.rows[noun, ident(HOMES[noun])].bucket == ("child", A)


@pytest.mark.parametrize("words", NEVER)
def test_what_is_written_of_nobody_is_held_in_whatever_field_it_stands(programme, words):
    for change in (outcome(arrange=words), finding(note=words), asked(accommodation=words)):
        judged = programme.judge("gita", change)
        assert judged.outcome == HELD, words
        assert judged.held.reason == f"{change.entity.replace('_', '-')}-names-nothing"


@pytest.mark.parametrize("code", ["1C62.0", "1c61", "B24", "BA00&1C60", "PJ22", "QE82.1"])
def test_no_code_says_it_either(programme, code):
    assert programme.judge("gita", finding(icd11=code)).outcome == HELD


@pytest.mark.parametrize("code", ["6B40", "NA07.0", "1B10.0", "BA00/XS25"])
def test_a_condition_has_its_code(programme, code):
    assert programme.judge("gita", finding(icd11=code)).outcome == "applied"


@pytest.mark.parametrize("words", HARMLESS)
def test_words_that_only_look_like_it_are_kept(programme, words):
    assert programme.judge("gita", outcome(arrange=words)).outcome == "applied"


def test_no_field_of_any_noun_is_about_it():
    names = {name for entity in BY_NOUN.values() for name in entity.describe()}
    assert not [name for name in names if "hiv" in name or "violence" in name]


def test_an_outcome_is_never_rewritten(programme):
    programme.arrive("gita", outcome())
    judged = programme.judge("gita", write("medical_screening", "seen", outcome="urgent"))
    assert judged.outcome == HELD


def test_half_a_questionnaire_and_an_unoffered_referral_are_marked(programme):
    assert broken(programme.judge("gita", finding(mental_tool="phq-9"))) == {
        "mental-tool-has-its-band"
    }
    assert broken(programme.judge("gita", finding(service_accepted=True))) == {
        "service-was-offered"
    }


def test_whoever_was_not_asked_what_would_help_is_marked(programme):
    helped = {"accommodation_asked": True, "assistive_device": "none"}
    assert "accommodation-is-asked" in broken(programme.judge("gita", asked()))
    assert not broken(programme.judge("gita", asked(**helped)))


def test_the_six_questions_and_four_answers_stand_in_their_published_words():
    fields = Functioning.describe()
    assert tuple(fields[name].about.label for name in SIX) == PUBLISHED
    assert tuple(label for _, label in DIFFICULTY.items) == ANSWERS
    assert DIFFICULTY.values == ("1", "2", "3", "4")


def test_nobody_is_asked_whether_they_are_disabled():
    labels = [f.about.label.casefold() for e in BY_NOUN.values() for f in e.describe().values()]
    assert not [label for label in labels if "disab" in label and "?" in label]


def test_disability_is_one_domain_with_at_least_a_lot_of_difficulty():
    for answers in product("1234", repeat=len(SIX)):
        found = has_disability(dict(zip(SIX, answers, strict=True)))
        assert found == any(answer in "34" for answer in answers)


def test_an_unanswered_question_leaves_it_open_unless_another_decides():
    assert has_disability(dict.fromkeys(SIX[1:], "1")) is None
    assert has_disability({"walking": "4"}) is True


def test_what_follows_from_the_answers_stands_with_them():
    said = dict.fromkeys(SIX, "2") | {"hearing": "3"}
    last = details(Functioning, said)[-1]
    assert (last.label.text, last.text.text) == ("Disability", "Yes, by the answers given")
    assert details(Functioning, said, only=("seeing",))[-1].name == "seeing"
