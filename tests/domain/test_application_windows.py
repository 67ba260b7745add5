"""Opening and closing by themselves: at the second, and over both changes of the clock (V-03)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from placements.domain import application_windows
from placements.domain.application_windows import Phase, Window
from placements.formatting import COPENHAGEN
from placements.models.cohorts import Cohort, KeyDate, KeyDateKind

SECOND = timedelta(seconds=1)


def cohort(opens: datetime | None, closes: datetime | None) -> Cohort:
    kinds = {KeyDateKind.APPLICATIONS_OPEN: opens, KeyDateKind.APPLICATION_DEADLINE: closes}
    return Cohort(key_dates=[KeyDate(kind=kind, starts_at=at) for kind, at in kinds.items() if at])


def copenhagen(*parts: int, fold: int = 0) -> datetime:
    return datetime(*parts, tzinfo=COPENHAGEN, fold=fold)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("opens", "closes"),
    [
        (copenhagen(2024, 6, 17, 12, 0), copenhagen(2024, 8, 19, 8, 0)),
        (copenhagen(2025, 3, 30, 1, 59), copenhagen(2025, 3, 30, 3, 0)),
        (copenhagen(2025, 10, 26, 2, 30), copenhagen(2025, 10, 26, 2, 30, fold=1)),
        (copenhagen(2025, 10, 26, 2, 30, fold=1), copenhagen(2025, 10, 26, 3, 0)),
    ],
    ids=["2024", "an hour skipped", "an hour repeated", "from the second half past two"],
)
def test_window_opens_and_closes_at_the_second(opens: datetime, closes: datetime) -> None:
    """What comes in the deadline's own minute counts; the next second does not."""
    window = application_windows.of(cohort(opens, closes))
    start, end = opens.astimezone(UTC), closes.astimezone(UTC) + timedelta(minutes=1)
    around = [start - SECOND, start, end - SECOND, end]
    assert [window.phase(at) for at in around] == [Phase.BEFORE, Phase.OPEN, Phase.OPEN, Phase.CLOSED]


def test_window_is_as_long_as_the_clock_says_where_an_hour_is_skipped_or_repeated() -> None:
    spring = application_windows.of(cohort(copenhagen(2025, 3, 30, 1, 0), copenhagen(2025, 3, 30, 4, 0)))
    autumn = application_windows.of(cohort(copenhagen(2025, 10, 26, 1, 0), copenhagen(2025, 10, 26, 4, 0)))
    lengths = [
        window.closes_at.astimezone(UTC) - window.opens_at.astimezone(UTC)
        for window in (spring, autumn)
        if window.opens_at and window.closes_at
    ]
    assert lengths == [timedelta(hours=2), timedelta(hours=4)]


def test_cohort_without_both_dates_never_opens() -> None:
    now = copenhagen(2024, 6, 17, 12, 0)
    assert [application_windows.of(cohort(*dates)).phase(now) for dates in ((now, None), (None, now))] == [
        Phase.UNPLANNED
    ] * 2
    assert not Window(None, None).is_open(now)


def test_window_is_to_come_until_it_opens_and_not_after_it_closed() -> None:
    opens, closes = copenhagen(2024, 6, 17, 12, 0), copenhagen(2024, 8, 19, 8, 0)
    window = application_windows.of(cohort(opens, closes))
    times = (opens - SECOND, opens, closes + timedelta(days=1))
    assert [window.is_to_come(at) for at in times] == [True, False, False]
