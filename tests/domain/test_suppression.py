"""No figure below five is shown, and none can be computed from those that are (V-14)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from placements.domain.suppression import ENOUGH, hidden, hidden_together

Counts = dict[str, int]


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [
        ((9, 7, 5), (9, 7, 5)),
        ((10, 1, 1), (10, None, None)),
        ((10, 8, 1), (10, None, None)),
        ((10, 2), (None, None)),
        ((12, 0, 0), (None, None, None)),
        ((4, 4, 30), (None, None, 30)),
    ],
)
def test_small_figures_and_what_gives_them_away_are_hidden(
    numbers: tuple[int, ...], shown: tuple[int | None, ...]
) -> None:
    counts = dict(enumerate(numbers))
    secret = hidden(counts)
    assert tuple(None if key in secret else number for key, number in counts.items()) == shown


def possible(counts: Counts, secret: frozenset[str]) -> Iterator[Counts]:
    """Every table that looks the same: the shown figures and the whole are known."""
    keys = sorted(secret)
    rest = sum(counts[key] for key in keys)
    for numbers in product(range(rest + 1), repeat=max(len(keys) - 1, 0)):
        if keys and sum(numbers) <= rest:
            yield counts | dict(zip(keys, (*numbers, rest - sum(numbers)), strict=True))


NUMBERS = st.integers(0, 9)


@given(st.lists(NUMBERS, min_size=2, max_size=4))
@settings(max_examples=300, deadline=None)
def test_no_hidden_figure_follows_from_the_shown_and_the_whole(numbers: list[int]) -> None:
    counts = {f"k{place}": number for place, number in enumerate(numbers)}
    secret = hidden(counts)
    assert all(number >= ENOUGH for key, number in counts.items() if key not in secret)
    if sum(numbers) < 2:
        return  # nothing at all is shown of fewer than five, see outcome_reports
    for key in secret:
        assert len({table[key] for table in possible(counts, secret)}) > 1


@given(
    st.integers(0, 9), st.lists(NUMBERS, min_size=1, max_size=2), st.lists(NUMBERS, min_size=1, max_size=2)
)
@settings(max_examples=300, deadline=None)
def test_two_distributions_of_the_same_people_do_not_give_each_other_away(
    unsaid: int, first: list[int], second: list[int]
) -> None:
    """Those who have said nothing are the same in both: a figure shown in one is known in the other."""
    longer = sum(first) - sum(second)
    tables = [
        {"unsaid": unsaid} | {f"a{place}": number for place, number in enumerate(first)},
        {"unsaid": unsaid} | {f"b{place}": number for place, number in enumerate(second)},
    ]
    tables[1 if longer > 0 else 0]["rest"] = abs(longer)
    one, other = hidden_together(tables, "unsaid")
    assert ("unsaid" in one) == ("unsaid" in other)
    if sum(tables[0].values()) < ENOUGH:
        return
    pairs = [
        (left, right)
        for left in possible(tables[0], one) or [tables[0]]
        for right in possible(tables[1], other) or [tables[1]]
        if left["unsaid"] == right["unsaid"]
    ]
    for key in one if one and other else ():
        assert len({left[key] for left, _right in pairs}) > 1
    for key in other if one and other else ():
        assert len({right[key] for _left, right in pairs}) > 1
