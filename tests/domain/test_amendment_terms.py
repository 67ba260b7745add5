"""The arithmetic of an interruption: weeks lost, and the last day when they are held afterwards."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from placements.domain.amendment_terms import end_after, weeks_lost

FIRST, LAST = date(2025, 1, 6), date(2025, 4, 6)
days = st.dates(date(2024, 12, 1), date(2025, 6, 30))


@pytest.mark.parametrize(
    ("paused_from", "paused_to", "lost", "end"),
    [
        (date(2025, 2, 10), date(2025, 2, 10), 1, date(2025, 4, 13)),
        (date(2025, 2, 10), date(2025, 2, 16), 1, date(2025, 4, 13)),
        (date(2025, 2, 10), date(2025, 2, 17), 2, date(2025, 4, 20)),
        (date(2025, 3, 31), date(2025, 4, 20), 1, date(2025, 4, 27)),
        (date(2025, 4, 7), date(2025, 4, 20), 0, LAST),
    ],
)
def test_weeks_that_are_begun_are_lost_and_held_afterwards(
    paused_from: date, paused_to: date, lost: int, end: date
) -> None:
    assert weeks_lost(FIRST, LAST, paused_from, paused_to) == lost
    assert end_after(FIRST, LAST, paused_from, paused_to) == end


@settings(max_examples=200, deadline=None)
@given(first=days, length=st.integers(0, 200), start=days, pause=st.integers(0, 200))
def test_new_end_is_whole_weeks_later_and_never_before_the_old(
    first: date, length: int, start: date, pause: int
) -> None:
    last, back = first + timedelta(days=length), start + timedelta(days=pause)
    lost, end = weeks_lost(first, last, start, back), end_after(first, last, start, back)
    assert end >= last
    assert (end == last) is (lost == 0)
    assert 7 * lost >= (min(last, back) - max(first, start)).days + 1
    assert end == last + timedelta(weeks=lost) or back > last
    assert lost == 0 or end > back
