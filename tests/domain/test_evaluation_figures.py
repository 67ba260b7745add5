"""Figures of evaluations give nobody's answer away, in one view or between several (V-14)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from placements.domain import evaluation_figures
from placements.domain.evaluation_figures import Share
from placements.domain.evaluation_questions import NO, YES
from placements.domain.suppression import ENOUGH, Part, given_away, part_of, pooled
from placements.models.evaluations import Measure, Moment
from placements.models.programmes import Programme
from tests.factories import MOMENT, Factory

Counts = dict[int, int]


# Between views


def tables(part: Part[int]) -> Iterator[Counts]:
    """Every distribution that looks the same: what is shown, how many there are, and what is told."""
    keys = list(part.counts)
    spaces = [
        range(part.most.get(key, part.whole) + 1) if key in part.secret else [part.counts[key]]
        for key in keys
    ]
    for numbers in product(*spaces):
        if sum(numbers) == part.whole:
            yield dict(zip(keys, numbers, strict=True))


def worlds(parts: list[Part[int]], whole: Part[int]) -> Iterator[tuple[list[Counts], Counts]]:
    """Every set of distributions that looks the same in all the views together."""
    for each in product(*(list(tables(part)) for part in parts)):
        total = {key: sum(one[key] for one in each) for key in whole.counts}
        said = all(total[key] == number for key, number in whole.counts.items() if key not in whole.secret)
        if said and all(total[key] <= most for key, most in whole.most.items()):
            yield list(each), total


def columns(number: int, cohorts: int) -> st.SearchStrategy[list[list[int]]]:
    row = st.lists(st.integers(0, 9), min_size=number, max_size=number)
    return st.lists(row, min_size=2, max_size=cohorts)


@given(st.one_of(columns(2, 4), columns(3, 2)))
@settings(max_examples=120, deadline=None)
def test_no_hidden_figure_follows_from_cohorts_and_all_years_together(rows: list[list[int]]) -> None:
    """An attacker solves for it: among all worlds that look the same, each hidden figure has two values."""
    parts = [part_of(dict(enumerate(row))) for row in rows if sum(row) > 1]
    if not parts:
        return
    whole = pooled(parts)
    found = list(worlds(parts, whole))
    assert [part.counts for part in parts] in [each for each, _total in found]
    for place, part in enumerate(parts):
        for key in part.secret:
            assert len({each[place][key] for each, _total in found}) > 1
    for key in whole.secret:
        assert len({total[key] for _each, total in found}) > 1
    for part in (*parts, whole):
        assert all(number >= ENOUGH for key, number in part.counts.items() if key not in part.secret)


@pytest.mark.parametrize(
    ("cohorts", "shown"),
    [
        (((5, 5), (6, 6)), (11, 11)),
        (((8, 2), (6, 6)), (None, None)),  # 14 and 8 would tell the first by subtracting the second
        (((4, 4), (4, 4)), (8, 8)),  # neither cohort is shown, and both sides could be anything
        (((6, 3), (5, 4)), (11, 7)),  # three and four, or four and three
        (((6, 4), (5, 4)), (None, None)),  # both have at most four no: eight would be four and four
        (((2, 1), (7, 7)), (None, None)),
    ],
)
def test_sum_of_cohorts_is_shown_when_it_tells_of_no_cohort(
    cohorts: tuple[tuple[int, int], ...], shown: tuple[int | None, ...]
) -> None:
    whole = pooled([part_of(dict(enumerate(row))) for row in cohorts])
    assert tuple(whole.shown(key) for key in whole.counts) == shown


def test_sum_that_gives_a_figure_away_is_found_out() -> None:
    """The second cohort is shown in full: with the sum shown too, the first would be known."""
    parts = [part_of({YES: 8, NO: 2}), part_of({YES: 6, NO: 6})]
    assert given_away(parts, Part({YES: 14, NO: 8}, frozenset()))
    assert not given_away(parts, Part({YES: 14, NO: 8}, frozenset({YES, NO})))


@pytest.mark.parametrize(
    ("yes", "no", "share"),
    [
        (2, 2, Share(4, None)),
        (4, 4, Share(8, None)),
        (8, 0, Share(8, None)),
        (9, 0, Share(9, None, least=5)),
        (38, 2, Share(40, None, least=36)),
        (3, 20, Share(23, None, most=4)),
        (7, 5, Share(12, 7)),
    ],
)
def test_share_is_exact_bounded_or_hidden(yes: int, no: int, share: Share) -> None:
    """V-14: from nine answers on a small side is told as *at least*; of fewer it could be found."""
    assert evaluation_figures.share_of(part_of({YES: yes, NO: no})) == share


@given(st.integers(0, 40), st.integers(0, 40))
@settings(max_examples=200, deadline=None)
def test_what_is_told_of_yes_and_no_leaves_room_for_another_number(yes: int, no: int) -> None:
    """Also to somebody who knows the rule: another answer looks the same in every way."""
    share = evaluation_figures.share_of(part_of({YES: yes, NO: no}))
    whole = yes + no
    alike = [
        other
        for other in range(whole + 1)
        if evaluation_figures.share_of(part_of({YES: other, NO: whole - other})) == share
    ]
    assert share.number == yes or whole == 0 or len(alike) > 1


# Over the years


def years(session: Session, programme: Programme) -> evaluation_figures.Years:
    session.expire_all()
    return evaluation_figures.over_years(session, programme)


def test_later_cohorts_change_nothing_that_was_shown(
    make: Factory, session: Session, programme: Programme
) -> None:
    """Cohorts are laid together by the number of answers, in the order in which they were closed."""
    seen = []
    for number, (yes, no) in enumerate(((6, 2), (5, 3), (4, 4), (7, 6)), start=1):
        cohort = make.cohort(programme, name=f"Hold {number}")
        closed = MOMENT + timedelta(days=number)
        make.evaluation(cohort, Moment.AFTER, closed_at=closed, supporting=(yes, no))
        found = years(session, programme).measures[Measure.SELF_SUPPORTING]
        seen.append([(tuple(one.name for one in line.cohorts), line.after) for line in found])
    together = ("Hold 1", "Hold 2")
    assert [dict(shown).get(together) for shown in seen] == [None, *[Share(16, 11)] * 3]
    assert dict(seen[-1])[("Hold 4",)] == Share(13, 7)
    assert [key for key, _share in seen[-1] if len(key) > 1] == [together, ("Hold 3", "Hold 4")]
    assert dict(seen[-1])[("Hold 3", "Hold 4")] == Share(21, None)  # 11 less 7 would be the four


def test_open_evaluation_and_one_of_few_have_no_figures(make: Factory, programme: Programme) -> None:
    cohort = make.cohort(programme)
    still_open = make.evaluation(cohort, Moment.BEFORE, closed_at=None, supporting=(6, 6))
    few = make.evaluation(cohort, Moment.AFTER, supporting=(3, 1))
    assert evaluation_figures.of_evaluation(still_open) == evaluation_figures.of_evaluation(few) == []
