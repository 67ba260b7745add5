"""The window in which students say what they wish: to the second, and over both clock changes of a year."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from placements.domain import preference_window
from placements.domain.rules import RuleBroken
from placements.formatting import COPENHAGEN, local
from placements.models.cohorts import Cohort

SECOND = timedelta(seconds=1)
SPRING, AUTUMN = date(2025, 3, 30), date(2025, 10, 26)


def window(opens: tuple[date, time], closes: tuple[date, time]) -> Cohort:
    cohort = Cohort()
    preference_window.set_window(cohort, opens, closes)
    return cohort


@pytest.mark.parametrize(
    ("opens", "closes", "first", "last"),
    [
        # An ordinary day, and the days on which the clock changes: before, at and after the change.
        ((date(2025, 2, 3), time(8)), (date(2025, 2, 3), time(12)), "02-03T07:00", "02-03T11:00"),
        ((SPRING, time(1, 59)), (SPRING, time(3)), "03-30T00:59", "03-30T01:00"),
        ((date(2025, 3, 29), time(12)), (SPRING, time(12)), "03-29T11:00", "03-30T10:00"),
        ((date(2025, 10, 25), time(12)), (AUTUMN, time(12)), "10-25T10:00", "10-26T11:00"),
        # 2.30 comes twice: it opens at the first and closes at the second.
        ((AUTUMN, time(2, 30)), (AUTUMN, time(2, 45)), "10-26T00:30", "10-26T01:45"),
        ((AUTUMN, time(1)), (AUTUMN, time(2, 30)), "10-25T23:00", "10-26T01:30"),
    ],
)
def test_window_opens_and_closes_at_the_second(
    opens: tuple[date, time], closes: tuple[date, time], first: str, last: str
) -> None:
    cohort = window(opens, closes)
    start, end = (datetime.fromisoformat(f"2025-{moment}:00+00:00") for moment in (first, last))
    asked = [start - SECOND, start, end, end + SECOND * 0.999, end + SECOND]
    assert [preference_window.is_open(cohort, now=now) for now in asked] == [False, True, True, True, False]
    shown = [local(start), local(end)]
    assert [(moment.date(), moment.time()) for moment in shown] == [opens, closes]


@pytest.mark.parametrize("at", [time(2), time(2, 30), time(2, 59)])
def test_hour_that_spring_leaves_out_is_refused(at: time) -> None:
    with pytest.raises(RuleBroken, match="findes ikke den dag") as refused:
        window((SPRING, at), (AUTUMN, time(12)))
    assert refused.value.field == "opens_at"


@settings(deadline=None)
@given(
    st.dates(date(2025, 1, 1), date(2025, 12, 31)),
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    st.integers(1, 60 * 24 * 40),
)
def test_window_reads_back_as_it_was_typed(day: date, at: time, minutes: int) -> None:
    """Whatever the minute of the year, and the end comes after the beginning on both clocks."""
    start = datetime.combine(day, at, tzinfo=COPENHAGEN)
    end = local(start.astimezone(UTC) + timedelta(minutes=minutes))
    typed = (day, at), (end.date(), end.time())
    cohort = Cohort()
    try:
        preference_window.set_window(cohort, *typed)
    except RuleBroken:
        assert local(start.astimezone(UTC)).time() != at
        return
    opens, closes = cohort.preferences_open_at, cohort.preferences_close_at
    assert opens is not None
    assert closes is not None
    assert ((local(opens).date(), local(opens).time()), (local(closes).date(), local(closes).time())) == typed
    assert opens < closes


@pytest.mark.parametrize(
    ("opens", "closes", "field"),
    [
        ((date(2025, 2, 3), time(8)), None, "closes_on"),
        (None, (date(2025, 2, 3), time(8)), "opens_on"),
        ((date(2025, 2, 3), time(8)), (date(2025, 2, 3), time(8)), "closes_on"),
    ],
)
def test_window_of_half_a_kind_is_refused(
    opens: tuple[date, time] | None, closes: tuple[date, time] | None, field: str
) -> None:
    cohort = Cohort()
    with pytest.raises(RuleBroken) as refused:
        preference_window.set_window(cohort, opens, closes)
    assert refused.value.field == field
    assert cohort.preferences_open_at is None


def test_window_is_taken_away() -> None:
    cohort = window((date(2025, 2, 3), time(8)), (date(2025, 2, 4), time(8)))
    preference_window.set_window(cohort, None, None)
    assert not preference_window.has_window(cohort)


def test_window_is_told_in_a_sentence() -> None:
    cohort = window((date(2025, 2, 3), time(8)), (date(2025, 2, 10), time(12)))
    days = [datetime(2025, 2, day, tzinfo=UTC) for day in (1, 5, 20)]
    assert [preference_window.told(cohort, now=now) for now in days] == [
        "Der åbnes for ønsker den 3. februar 2025 kl. 8.00.",
        "Du kan skrive og rette frem til den 10. februar 2025 kl. 12.00.",
        "Der blev lukket for ønsker den 10. februar 2025 kl. 12.00.",
    ]
