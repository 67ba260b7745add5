"""A whole selection by the rules: fifty apply, three read, eight are offered a seat and enrolled."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.domain import (
    application_assignments,
    application_decisions,
    application_moderation,
    application_queue,
    application_replies,
    application_reviews,
    application_work,
)
from placements.domain.actors import Actor
from placements.domain.application_decisions import Choice
from placements.models.application_decisions import DecisionKind as Kind
from placements.models.application_reviews import ApplicationReview
from placements.models.applications import ApplicationStatus as Status
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.programmes import Programme
from placements.models.users import User
from tests.domain.saving import save
from tests.factories import Factory

NOW = datetime(2025, 2, 3, 9, 0, tzinfo=UTC)
DEADLINE = datetime(2025, 2, 10, 11, 0, tzinfo=UTC)
APPLIED, SEATS = 50, 8


def read_all(session: Session, place: dict[int, int]) -> None:
    """Whoever applied first gets the most points, ten of each, so that there are ties."""
    for review in session.scalars(select(ApplicationReview).order_by(ApplicationReview.id)):
        points = max(1, 5 - place[review.application_id] // 10)
        keys = [key for key, _text in application_reviews.criteria(review.application.cohort.programme)]
        application_reviews.submit(
            review,
            version=review.version,
            points=dict.fromkeys(keys, points),
            reasons=dict.fromkeys(keys, "Det skriver hun klart."),
            now=NOW,
        )


def prepare(session: Session, cohort: Cohort, actor: Actor, order: list[int]) -> None:
    kinds = [Kind.OFFER] * SEATS + [Kind.WAITING_LIST] * 5 + [Kind.NEXT_YEAR] * (APPLIED - SEATS - 5)
    chosen = [Choice(one, kind, "") for one, kind in zip(order, kinds, strict=True)]
    application_decisions.prepare(session, cohort, actor, chosen, answer_by=DEADLINE, by="Karen", now=NOW)


def send(session: Session, cohort: Cohort, actor: Actor) -> int:
    found = application_decisions.lines(session, cohort, actor)
    seen = application_decisions.seal(application_decisions.letters(session, cohort, found))
    return application_decisions.send(session, cohort, actor, seen=seen, now=NOW)


def to_settle(session: Session, actor: Actor) -> list[tuple[str, str]]:
    """What the coordinator's day says, and the one action that clears it."""
    groups = application_work.to_settle(session, actor)
    return [(str(task.text), str(task.action)) for one in groups for task in one.tasks]


def test_fifty_apply_three_read_eight_are_offered_one_declines_and_eight_are_enrolled(
    make: Factory, session: Session, programme: Programme, coordinator: Actor
) -> None:
    """D-01, V-07, V-08: shared out, read, ranked, answered in one step; the waiting list moves up."""
    make.criterion(programme, "wish")
    cohort = make.cohort(programme, slug="hold-2026", starts_on=date(2026, 9, 7), seats=SEATS)
    for name in ("Rie", "Rolf"):
        make.grant(make.user(name), "teacher", programme=programme)
    applied = [make.application(cohort, f"Søger {number:02}") for number in range(APPLIED)]
    place = {one.id: number for number, one in enumerate(applied)}

    assert to_settle(session, coordinator) == [("Hold 2024: 50 er ikke fordelt", "Fordel")]
    assert save(session, lambda: application_assignments.assign(session, cohort, now=NOW)) == 2 * APPLIED
    assert to_settle(session, coordinator) == []
    readers = {review.reviewer_id for review in session.scalars(select(ApplicationReview))}
    assert len(readers) == 3
    save(session, lambda: read_all(session, place))
    assert to_settle(session, coordinator) == [("Hold 2024: 50 er bedømt og mangler svar", "Vælg svar")]
    ranking = application_moderation.ordered(session, cohort)
    order = [line.application.id for line in ranking]
    assert (len(order), all(line.complete for line in ranking)) == (APPLIED, True)
    assert {place[one] for one in order[:10]} == set(range(10))

    save(session, lambda: prepare(session, cohort, coordinator, order))
    assert to_settle(session, coordinator) == []
    assert save(session, lambda: send(session, cohort, coordinator)) == APPLIED
    by_id = {one.id: one for one in applied}
    first, *others = [by_id[one] for one in order[: SEATS + 1]]
    save(session, partial(application_replies.decline, session, first, now=NOW))
    session.expire_all()
    assert [others[-1].status, by_id[order[SEATS + 1]].status] == [Status.OFFERED, Status.WAITING]
    for one in others:
        save(session, partial(application_replies.accept, session, one, now=NOW))
    names = session.scalars(select(User.name).join(Enrolment).order_by(User.name)).all()
    assert names == sorted(f"Søger {place[one]:02}" for one in order[1 : SEATS + 1])
    assert application_queue.seats(session, cohort).free == 0
