"""Names and owners over time (D-05): whatever is changed, every day has exactly one name."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placements.domain import periods
from placements.domain.rules import RuleBroken
from placements.models.hosts import OrganisationName

START = date(2020, 1, 1)
days = st.integers(0, 3000).map(lambda number: START + timedelta(days=number))
names = st.sampled_from(["A", "B", "C"])
changes = st.lists(st.tuples(days, names), max_size=8)


def named(*spans: tuple[str, date, date | None]) -> list[OrganisationName]:
    return [OrganisationName(name=name, valid_from=first, valid_to=last) for name, first, last in spans]


def copy(old: OrganisationName) -> OrganisationName:
    return OrganisationName(name=old.name)


def spans(rows: list[OrganisationName]) -> list[tuple[str, date, date | None]]:
    return [(row.name, row.valid_from, row.valid_to) for row in rows]


def fresh() -> list[OrganisationName]:
    return named(("A", periods.BEGINNING, None))


def apply(rows: list[OrganisationName], day: date, name: str) -> None:
    try:
        periods.change_from(rows, day, copy, name=name)
    except RuleBroken:
        assert periods.on(rows, day).name == name


def assert_seamless(rows: list[OrganisationName]) -> None:
    assert rows[0].valid_from == periods.BEGINNING
    assert rows[-1].valid_to is None
    assert [row.valid_to for row in rows[:-1]] == [row.valid_from for row in rows[1:]]
    assert all(row.valid_to is None or row.valid_from < row.valid_to for row in rows)


@given(changes)
def test_changes_leave_no_gap_and_no_overlap(made: list[tuple[date, str]]) -> None:
    rows = fresh()
    for day, name in made:
        apply(rows, day, name)
        assert_seamless(rows)


@given(changes, days, names)
def test_change_holds_from_its_day_and_leaves_earlier_days(
    made: list[tuple[date, str]], day: date, name: str
) -> None:
    rows = fresh()
    for earlier_day, earlier_name in made:
        apply(rows, earlier_day, earlier_name)
    looked_at = [START + timedelta(days=number) for number in range(-1, 3000, 13)]
    before = {seen: periods.on(rows, seen).name for seen in looked_at}
    apply(rows, day, name)
    assert periods.on(rows, day).name == name
    assert {seen: periods.on(rows, seen).name for seen in looked_at if seen < day} == {
        seen: was for seen, was in before.items() if seen < day
    }


@given(changes)
def test_call_off_every_planned_change_leaves_the_first_name(made: list[tuple[date, str]]) -> None:
    rows = fresh()
    for day, name in made:
        apply(rows, day, name)
    while len(rows) > 1:
        periods.call_off(rows, rows[-1], today=START - timedelta(days=1))
        assert_seamless(rows)
    assert spans(rows) == [("A", periods.BEGINNING, None)]


def test_change_splits_the_period_of_its_day() -> None:
    rows = named(("A", periods.BEGINNING, date(2027, 1, 1)), ("C", date(2027, 1, 1), None))
    periods.change_from(rows, date(2025, 6, 1), copy, name="B")
    assert spans(rows) == [
        ("A", periods.BEGINNING, date(2025, 6, 1)),
        ("B", date(2025, 6, 1), date(2027, 1, 1)),
        ("C", date(2027, 1, 1), None),
    ]


def test_change_is_followed_by_later_periods_that_only_repeated_the_old_value() -> None:
    rows = named(("A", periods.BEGINNING, date(2027, 1, 1)), ("A", date(2027, 1, 1), None))
    periods.change_from(rows, date(2025, 6, 1), copy, name="B")
    assert [row.name for row in rows] == ["A", "B", "B"]


def test_change_on_the_day_a_period_begins_changes_that_period() -> None:
    rows = named(("A", periods.BEGINNING, date(2027, 1, 1)), ("B", date(2027, 1, 1), None))
    periods.change_from(rows, date(2027, 1, 1), copy, name="C")
    assert spans(rows) == [("A", periods.BEGINNING, date(2027, 1, 1)), ("C", date(2027, 1, 1), None)]


def test_change_that_changes_nothing_is_refused() -> None:
    with pytest.raises(RuleBroken):
        periods.change_from(fresh(), date(2025, 1, 1), copy, name="A")


def test_change_before_the_beginning_is_refused_at_the_date() -> None:
    with pytest.raises(RuleBroken) as refused:
        periods.change_from(fresh(), periods.BEGINNING, copy, name="B")
    assert refused.value.field == "from_day"


def test_call_off_a_change_that_has_happened_is_refused() -> None:
    rows = named(("A", periods.BEGINNING, date(2025, 2, 3)), ("B", date(2025, 2, 3), None))
    with pytest.raises(RuleBroken):
        periods.call_off(rows, rows[1], today=date(2025, 2, 3))


def test_correct_keeps_the_period() -> None:
    rows = named(("A", periods.BEGINNING, date(2025, 2, 3)), ("B", date(2025, 2, 3), None))
    periods.correct(rows[1], name="Bo")
    assert spans(rows) == [("A", periods.BEGINNING, date(2025, 2, 3)), ("Bo", date(2025, 2, 3), None)]
