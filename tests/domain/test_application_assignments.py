"""Sharing out who reads what: even, the same each time, and never to somebody who is too near."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.domain import application_assignments as assignments
from placements.models.application_reviews import ApplicationReview
from tests.factories import MOMENT, Factory


@given(st.integers(0, 30), st.integers(2, 6), st.integers(2, 3))
@settings(max_examples=40, deadline=None)
def test_fair_gives_everybody_as_many_give_or_take_one(applications: int, people: int, needed: int) -> None:
    pairs = assignments.fair(range(applications), range(people), needed)
    assert len(set(pairs)) == len(pairs) == applications * min(needed, people)
    load = Counter(reviewer for _application, reviewer in pairs)
    counts = [load[one] for one in range(people)]
    assert max(counts) - min(counts) <= 1
    assert assignments.fair(range(applications), range(people), needed, given=pairs) == []


@given(st.sets(st.tuples(st.integers(0, 9), st.integers(0, 3)), max_size=15))
@settings(max_examples=40, deadline=None)
def test_fair_gives_nothing_to_those_who_are_too_near(barred: set[tuple[int, int]]) -> None:
    pairs = assignments.fair(range(10), range(4), 2, barred=barred)
    assert not barred & set(pairs)
    for application in range(10):
        free = 4 - sum(1 for one, _reviewer in barred if one == application)
        assert sum(1 for one, _reviewer in pairs if one == application) == min(2, free)


def test_fair_mixes_who_reads_together() -> None:
    pairs = assignments.fair(range(6), range(4), 2)
    together = [frozenset(r for a, r in pairs if a == number) for number in range(6)]
    assert len(set(together)) == 6


def test_assign_is_repeatable_and_leaves_shared_mailboxes_out(session: Session, make: Factory) -> None:
    programme = make.programme(selection_reviewers=3)
    cohort = make.cohort(programme)
    for name in ("A", "B", "C"):
        make.grant(make.user(name), "teacher", programme=programme)
    make.grant(make.user("Postkassen", shared=True), "coordinator", programme=programme)
    make.grant(make.user("Andre"), "teacher", programme=make.programme("other"))
    for name in ("X", "Y"):
        make.application(cohort, name)
    assert [assignments.assign(session, cohort, now=MOMENT) for _time in range(2)] == [6, 0]
    names = Counter(review.reviewer.name for review in session.scalars(select(ApplicationReview)))
    assert names == {"A": 2, "B": 2, "C": 2}
