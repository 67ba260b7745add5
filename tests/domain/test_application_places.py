"""The order of the reviews in the decisions, and who may read a name or a letter before all are in."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from placements.domain import application_decisions, application_lists, application_moderation
from placements.domain.actors import Actor
from placements.domain.rules import RuleBroken
from placements.models.applications import Application
from placements.models.cohorts import Cohort
from placements.models.programmes import Programme
from tests.domain.saving import refusal, save
from tests.domain.test_application_decisions import NOW, K, S, choice, prepare
from tests.factories import Factory, actor_for


@pytest.fixture
def cohort(make: Factory, programme: Programme) -> Cohort:
    return make.cohort(programme, slug="hold-2026", starts_on=date(2026, 9, 7), seats=2)


def ranked(make: Factory, cohort: Cohort, *points: int) -> list[Application]:
    """As many, with two reviews of so many points each."""
    cohort.programme.selection_reviewers = 2
    make.keep(cohort)
    people = [make.grant(make.user(name), "teacher", programme=cohort.programme) for name in ("A", "B")]
    applied = [make.application(cohort, f"Søger {number}") for number in range(len(points))]
    for application, number in zip(applied, points, strict=True):
        for person in people:
            make.review(application, person, number)
    return applied


def test_offer_passes_nobody_without_a_move_that_says_why(
    make: Factory, session: Session, cohort: Cohort, coordinator: Actor
) -> None:
    """Those with as many points may be chosen between."""
    worst, best, same = ranked(make, cohort, 2, 5, 5)
    lines = application_decisions.lines(session, cohort, coordinator)
    assert [line.standing.place for line in lines] == [1, 2, 3]
    assert lines[-1].application.id == worst.id
    said = refusal(session, lambda: prepare(session, cohort, coordinator, choice(worst, K.OFFER)))
    assert said.field == f"kind_{worst.id}"
    assert "flyt en af dem på ranglisten" in said.sentence
    save(session, lambda: prepare(session, cohort, coordinator, choice(same, K.OFFER)))
    save(
        session,
        lambda: application_moderation.move(session, worst, coordinator, place=1, reason="Derfor.", now=NOW),
    )
    save(session, lambda: prepare(session, cohort, coordinator, choice(worst, K.OFFER)))
    assert best.status == S.SUBMITTED


def test_offer_waits_for_the_reviews(
    make: Factory, session: Session, cohort: Cohort, coordinator: Actor
) -> None:
    ranked(make, cohort, 4)
    bo = make.application(cohort, "Bo Bang")
    said = refusal(session, lambda: prepare(session, cohort, coordinator, choice(bo, K.OFFER)))
    assert said.sentence == "Bo Bang mangler en bedømmelse. Vent med tilbuddet, til den er inde."
    save(session, lambda: prepare(session, cohort, coordinator, choice(bo, K.NEXT_YEAR)))


def test_reviewer_who_coordinates_sees_no_name_and_no_letter_before_all_are_in(
    make: Factory, session: Session, cohort: Cohort
) -> None:
    make.review_plan(cohort, anonymous=True)
    asta, person = make.application(cohort), make.coordinator(cohort.programme)
    own, other = make.review(asta, person), make.user("B")
    make.decision(asta, "next_year")
    [line] = found = application_decisions.lines(session, cohort, actor_for(person))
    assert (line.name, line.title) == ("", asta.reference)
    with pytest.raises(RuleBroken):
        application_decisions.letters(session, cohort, found)
    assert application_decisions.letter_to(session, asta, actor_for(person)) is None
    own.submitted_at = NOW
    make.review(asta, other, 3)
    [line] = found = application_decisions.lines(session, cohort, actor_for(person))
    assert (line.name, len(application_decisions.letters(session, cohort, found))) == ("Asta Ager", 1)


def test_one_that_cannot_be_read_takes_no_list_down(
    make: Factory, session: Session, cohort: Cohort, coordinator: Actor
) -> None:
    asta = make.application(cohort)
    make.application(cohort, "Bo Bang")
    asta.answers = "v1.gone.AAAA"
    make.keep(asta)
    lines = application_decisions.lines(session, cohort, coordinator)
    assert {line.title: line.name for line in lines} == {asta.reference: None, "Bo Bang": "Bo Bang"}
    page = application_lists.page(session, coordinator, cohort)
    assert [line.name for line in page.lines] == [None, "Bo Bang"]
    make.decision(asta, "next_year")
    lines = application_decisions.lines(session, cohort, coordinator)
    with pytest.raises(RuleBroken):
        application_decisions.letters(session, cohort, lines)
