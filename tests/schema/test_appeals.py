"""Appeals: by whom, against what, in time or late: each row is an attempt."""

from tests.schema.accord import (
    appealed,
    heard,
    stands,
)
from tests.schema.programme import case, create, ident, person
from tests.schema.test_decisions import may_have, programme, reason, refused

__all__ = ["programme", "refused"]


def test_an_appeal_is_decided_by_nobody_who_had_a_part(refused):
    assert reason(refused.arrive("awa", appealed())) is None
    assert stands(refused).state == "appealed"
    assert reason(refused.arrive("hawa", heard("upheld", "a"))) == "appeal-decided-by-another"
    assert reason(refused.arrive("awa", heard("dismissed", "b"))) == "not-allowed"
    assert reason(refused.arrive("ines", heard("upheld", "c"))) is None
    assert (stands(refused).state, may_have(refused).verdict) == ("eligible", "holds")


def test_who_filed_an_appeal_does_not_decide_on_it(refused):
    refused.arrive("ines", appealed())
    assert reason(refused.arrive("ines", heard("upheld", "a"))) == "appeal-decided-by-another"


def test_a_decision_on_an_appeal_says_why(refused):
    refused.arrive("awa", appealed())
    assert reason(refused.arrive("ines", heard("dismissed", "a", said=None))) == "appeal-says-why"


def test_a_late_appeal_is_marked_and_heard(refused):
    late = refused.arrive("awa", appealed(day="2026-04-03"))
    assert [finding.rule.name for finding in late.findings] == ["appeal-in-time"]
    assert reason(refused.arrive("ines", heard("upheld", "a", "2026-04-20"))) is None
    assert stands(refused).state == "eligible"


def test_an_appeal_on_its_last_day_is_in_time(refused):
    assert refused.arrive("awa", appealed(day="2026-04-02")).findings == ()


def test_an_appeal_is_against_a_refusal_of_the_same_case(refused):
    refused.arrive("awa", person("Omar"), case("Omar"))
    wrong = create(
        "appeal", "wrong", case_id=ident("case of Omar"), about_id=ident("decision on Ali"),
        filed_on="2026-03-10",
    )  # fmt: skip
    assert reason(refused.arrive("awa", wrong)) == "appeal-within-its-case"
