"""Sharing out who reads what: even, the same each time, and never to somebody who is too near."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.domain import application_assignments as assignments
from placements.domain import application_reviews, applications
from placements.models.application_reviews import ApplicationReview
from placements.models.applications import ApplicationStatus
from tests.factories import MOMENT, Factory, actor_for
from tests.factories_applications import OPENS


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


def test_nobody_who_could_see_the_reviews_is_assigned_by_itself(session: Session, make: Factory) -> None:
    """Once all were in, whoever coordinates could read them; a person may still choose one."""
    programme = make.programme()
    asta = make.application(make.cohort(programme))
    readers = [make.grant(make.user(name), "teacher", programme=programme) for name in ("A", "B")]
    third = make.coordinator(programme)
    for reader in readers:
        make.review(asta, reader, 4)
    assignments.declare_conflict(session, asta, actor_for(readers[0]), now=MOMENT)
    assert assignments.assign(session, asta.cohort, now=MOMENT) == 0
    assert [one.id for one in assignments.addable(session, asta)] == [third.id]


@pytest.mark.parametrize("before", [True, False])
def test_nobody_reads_their_own(session: Session, make: Factory, before: bool) -> None:
    """Neither reviewing nor coordinating, however the address is typed, whenever the account is made."""
    programme = make.programme()
    cohort = make.window(make.cohort(programme))
    for name in ("A", "B"):
        make.grant(make.user(name), "teacher", programme=programme)
    asta = make.application(
        cohort, status=ApplicationStatus.DRAFT, answers={"email": " ASTA@Blåbær.DK"}, reference=None
    )
    if before:
        own = make.coordinator(programme, email="asta@blåbær.dk")
    applications.submit(session, asta, version=asta.version, now=OPENS)
    if not before:
        own = make.coordinator(programme, email="asta@blåbær.dk")
    assert own.id not in {one.id for one in assignments.addable(session, asta)}
    assert assignments.assign(session, cohort, now=MOMENT) == 2
    assert own.id not in set(session.scalars(select(ApplicationReview.reviewer_id)))
    for seen in (applications.coordinated_by, application_reviews.visible_to):
        assert session.scalars(seen(actor_for(own))).all() == []
