"""When checks are due, which serial numbers they look at, and what they write down."""

from schema.stock_checks import due, sample, written

IDS = [f"{n:03}" for n in range(95)]


def test_what_was_never_checked_has_no_day() -> None:
    assert due([]) == {"weekly": "", "full": ""}


def test_a_full_check_is_that_week_s_too() -> None:
    done = [("weekly", "2026-11-01"), ("full", "2026-11-20"), ("extra", "2026-11-25")]
    assert due(done) == {"weekly": "2026-11-27", "full": "2027-05-22"}


def test_a_week_looks_at_a_tenth_at_least_and_another_one_each_day() -> None:
    first, next_day = (sample(IDS, "weekly", day) for day in ("2026-11-02", "2026-11-03"))
    assert len(first) == len(next_day) == 10
    assert not set(first) & set(next_day)
    assert sample(["a"], "weekly", "2026-11-02") == ["a"]
    assert sample([], "weekly", "2026-11-02") == []


def test_ten_days_see_every_weapon_and_a_full_check_all_at_once() -> None:
    seen = {one for day in range(2, 12) for one in sample(IDS, "weekly", f"2026-11-{day:02}")}
    assert seen == set(IDS) == set(sample(IDS, "full", "2026-11-02"))


def test_each_difference_is_a_discrepancy() -> None:
    check = {"store_id": "s", "kind": "weekly", "date": "2026-11-02"}
    counts = [
        {"counted_type": "rifle", "expected": 3, "found": 2},
        {"counted_type": "pistol", "expected": 1, "found": 1},
        {"weapon_id": "w", "result": "not-found"},
        {"weapon_id": "v", "result": "found"},
    ]
    made = written(check, counts, [f"{n}" for n in range(9)])
    assert [change.entity for change in made] == [
        "stock_check",
        "stock_count",
        "discrepancy",
        "stock_count",
        "stock_count",
        "discrepancy",
        "stock_count",
    ]
    assert made[2].values["variance"] == -1
    assert made[5].values["kind"] == "missing"
