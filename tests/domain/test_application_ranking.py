"""The ranked list: the weighted mean, whatever the order; ties are shown; nothing before all are in."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from placements.domain import application_moderation as moderation
from placements.domain import application_ranking as ranking
from placements.domain import application_reviews
from placements.domain.rules import RuleBroken
from placements.models.applications import ApplicationStatus
from tests.factories import MOMENT, Factory, actor_for

SCORES = st.fixed_dictionaries({"a": st.integers(1, 5), "b": st.integers(1, 5)})
REVIEWS = st.lists(SCORES, min_size=2, max_size=3)
WEIGHTS = st.fixed_dictionaries({"a": st.integers(1, 5), "b": st.integers(0, 5)})


@pytest.mark.parametrize(
    ("scores", "weights", "points"),
    [
        ({"a": 4, "b": 2}, {}, Fraction(3)),
        ({"a": 4, "b": 2}, {"a": 2}, Fraction(10, 3)),
        ({"a": 4, "b": 2}, {"b": 0}, Fraction(4)),
    ],
)
def test_mean_counts_each_criterion_by_its_weight(
    scores: dict[str, int], weights: dict[str, int], points: Fraction
) -> None:
    assert ranking.mean(scores, weights) == points


@given(st.lists(REVIEWS, min_size=1, max_size=6), WEIGHTS, st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_ranking_does_not_depend_on_any_order(
    people: list[list[dict[str, int]]], weights: dict[str, int], chance: object
) -> None:
    points = {number: ranking.points_of(reviews, weights) for number, reviews in enumerate(people)}
    items = list(points.items())
    chance.shuffle(items)  # type: ignore[attr-defined]
    turned = {number: ranking.points_of(people[number][::-1], weights) for number, _points in items}
    assert ranking.ranks(turned) == ranking.ranks(points)


@given(st.lists(REVIEWS, min_size=2, max_size=6), WEIGHTS, st.sampled_from("ab"))
@settings(max_examples=40, deadline=None)
def test_higher_score_never_ranks_lower(
    people: list[list[dict[str, int]]], weights: dict[str, int], key: str
) -> None:
    before = ranking.ranks({n: ranking.points_of(one, weights) for n, one in enumerate(people)})
    first, *others = people[0]
    raised = [[{**first, key: min(5, first[key] + 1)}, *others], *people[1:]]
    after = ranking.ranks({n: ranking.points_of(one, weights) for n, one in enumerate(raised)})
    assert after[0][0] <= before[0][0]


def test_those_with_the_same_points_share_a_place() -> None:
    points = {1: Fraction(4), 2: Fraction(3), 3: Fraction(3), 4: Fraction(1)}
    assert ranking.ranks(points) == {1: (1, False), 2: (2, True), 3: (2, True), 4: (4, False)}


def test_ranked_lists_the_incomplete_apart(session: Session, make: Factory) -> None:
    """One review of two is no figure, nor are two of three; drafts are the applicant's own."""
    programme = make.programme()
    make.criterion(programme, "wish")
    cohort = make.cohort(programme)
    people = [make.grant(make.user(name), "teacher", programme=programme) for name in ("A", "B", "C")]
    found = {name: make.application(cohort, name, reference=name) for name in ("W", "X", "Y", "Z")}
    make.application(cohort, status=ApplicationStatus.DRAFT, reference=None)
    for name, points in (("X", (4, 2)), ("Z", (3, 3)), ("Y", (5, 4))):
        for person, number in zip(people, points, strict=False):
            make.review(found[name], person, number)
    make.review(found["Y"], people[2])
    make.review(found["W"], people[0], 5)
    lines = ranking.ranked(session, cohort)
    told = [(line.application.reference, line.points, line.rank, line.tied, line.complete) for line in lines]
    assert told == [
        ("X", 3, 1, True, True),
        ("Z", 3, 1, True, True),
        ("W", None, None, False, False),
        ("Y", None, None, False, False),
    ]
    assert ranking.ties(lines) == ["X, Z har lige mange point og deler plads 1. I vælger selv mellem dem."]


def test_who_is_not_seen_leaves_no_gap(session: Session, make: Factory) -> None:
    """Neither in the places nor in a move, which is among those that are seen."""
    programme = make.programme()
    cohort = make.cohort(programme)
    near, other = make.coordinator(programme), make.grant(make.user("B"), "teacher", programme=programme)
    found = [make.application(cohort, name, reference=name) for name in ("X", "Y", "Z")]
    for application, points in zip(found, (5, 4, 3), strict=True):
        for person in (make.grant(make.user(application.reference), "teacher", programme=programme), other):
            make.review(application, person, points)
    application_reviews.declare_conflict(session, found[1], actor_for(near))
    seen = {found[0].id, found[2].id}
    lines = ranking.among(ranking.ranked(session, cohort), seen)
    assert [(line.application.reference, line.rank) for line in lines] == [("X", 1), ("Z", 2)]
    for last in (3, 2):
        with pytest.raises(RuleBroken):
            moderation.move(session, found[2], actor_for(near), place=last, reason="Nej.", now=MOMENT)
    moderation.move(session, found[0], actor_for(near), place=2, reason="Derfor.", now=MOMENT)
    session.flush()
    order = ranking.among(moderation.ordered(session, cohort), seen)
    assert [line.application.reference for line in order] == ["Z", "X"]
