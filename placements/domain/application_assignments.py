"""Who reads which application: shared out evenly in one step, alike each time, and set right by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from placements import addresses
from placements.db import one_at_a_time
from placements.domain import application_reviews
from placements.domain.actors import Actor
from placements.domain.rules import RuleBroken
from placements.i18n import _
from placements.models.application_reviews import ApplicationConflict, ApplicationReview
from placements.models.applications import Application, ApplicationStatus
from placements.models.cohorts import Cohort
from placements.models.users import Role, RoleGrant, User

Pair = tuple[int, int]
"""An application and a reviewer, by their ids."""


def fair(
    application_ids: Iterable[int],
    reviewer_ids: Sequence[int],
    needed: int,
    *,
    given: Collection[Pair] = (),
    barred: Collection[Pair] = (),
) -> list[Pair]:
    """What is to be added to `given`: each time the one with the fewest, then whom the others meet least."""
    load = Counter(reviewer for _application, reviewer in given)
    readers: dict[int, list[int]] = {}
    for application, reviewer in given:
        readers.setdefault(application, []).append(reviewer)
    met = Counter(frozenset((a, b)) for group in readers.values() for a in group for b in group if a < b)
    added: list[Pair] = []
    for application in sorted(application_ids):
        group = readers.setdefault(application, [])
        free = [one for one in reviewer_ids if one not in group and (application, one) not in barred]
        while len(group) < needed and free:
            chosen = min(
                free, key=lambda one: (load[one], sum(met[frozenset((one, other))] for other in group), one)
            )
            met.update(frozenset((chosen, other)) for other in group)
            load[chosen] += 1
            free.remove(chosen)
            group.append(chosen)
            added.append((application, chosen))
    return added


# Questions


def possible(session: Session, cohort: Cohort) -> list[User]:
    """The programme's coordinators and teachers, by name. A shared mailbox is nobody: it has no conflicts."""
    granted = select(RoleGrant.user_id).where(
        RoleGrant.programme_id == cohort.programme_id,
        RoleGrant.role.in_((Role.COORDINATOR, Role.TEACHER)),
    )
    return list(
        session.scalars(
            select(User)
            .where(User.id.in_(granted), User.active, User.shared.is_(False))
            .order_by(User.name, User.id)
        )
    )


def reviewers(session: Session, cohort: Cohort) -> list[User]:
    """Those of them who take part this time."""
    chosen = application_reviews.plan_of(session, cohort).reviewer_ids
    return [one for one in possible(session, cohort) if not chosen or one.id in chosen]


def load(session: Session, cohort: Cohort) -> list[tuple[str, int, int]]:
    """Each who takes part or has something to read: name, how many, and how many of them are submitted."""
    counted = {
        reviewer: (given, submitted)
        for reviewer, given, submitted in session.execute(
            select(
                ApplicationReview.reviewer_id,
                func.count(ApplicationReview.id),
                func.count(ApplicationReview.submitted_at),
            )
            .join(ApplicationReview.application)
            .where(Application.cohort_id == cohort.id)
            .group_by(ApplicationReview.reviewer_id)
        )
    }
    taking_part = {one.id for one in reviewers(session, cohort)}
    return [
        (one.name, *counted.get(one.id, (0, 0)))
        for one in possible(session, cohort)
        if one.id in taking_part or one.id in counted
    ]


def addable(session: Session, application: Application) -> list[User]:
    """Whoever does not read it yet, and is not too near to it."""
    people = possible(session, application.cohort)
    barred = _barred(session, [application.id], people)
    reading = {review.reviewer_id for review in application_reviews.of_application(session, application)}
    return [one for one in people if one.id not in reading and (application.id, one.id) not in barred]


def removable(application: Application) -> Select[ApplicationReview]:
    return select(ApplicationReview).where(ApplicationReview.application_id == application.id)


def _barred(session: Session, application_ids: Collection[int], people: Iterable[User]) -> set[Pair]:
    """Those with a declared conflict, and whoever wrote it."""
    keys = {addresses.key_of(one.email): one.id for one in people}
    declared = select(ApplicationConflict.application_id, ApplicationConflict.reviewer_id).where(
        ApplicationConflict.application_id.in_(application_ids)
    )
    own = select(Application.id, Application.email_key).where(
        Application.id.in_(application_ids), Application.email_key.in_(keys)
    )
    barred = {(application, reviewer) for application, reviewer in session.execute(declared)}
    return barred | {(application, keys[key]) for application, key in session.execute(own)}


def _may_have_read(session: Session, cohort: Cohort) -> set[Pair]:
    """Who coordinates, where somebody has withdrawn and the reviews that are left are all in.

    They could read them while none was missing, so a person decides whether they are to be the next.
    """
    withdrawn = select(ApplicationConflict.application_id)
    found = session.scalars(
        select(ApplicationReview)
        .join(ApplicationReview.application)
        .where(Application.cohort_id == cohort.id, Application.id.in_(withdrawn))
    )
    enough = application_reviews.wanted(cohort) - 1
    coordinators = session.scalars(
        select(RoleGrant.user_id).where(
            RoleGrant.programme_id == cohort.programme_id, RoleGrant.role == Role.COORDINATOR
        )
    ).all()
    return {
        (application, reviewer)
        for application, left in application_reviews.by_application(found).items()
        if application_reviews.all_in(left, enough)
        for reviewer in coordinators
    }


# Actions


def assign(session: Session, cohort: Cohort, *, now: datetime) -> int:
    """As many to each application as are wanted; how many were added. What is given stays."""
    found = select(Application.id).where(
        Application.cohort_id == cohort.id, Application.status == ApplicationStatus.SUBMITTED
    )
    return _assign(session, cohort, list(session.scalars(found)), now=now)


def _assign(session: Session, cohort: Cohort, application_ids: Collection[int], *, now: datetime) -> int:
    one_at_a_time(session, f"reviews {cohort.id}")
    given = session.execute(
        select(ApplicationReview.application_id, ApplicationReview.reviewer_id)
        .join(ApplicationReview.application)
        .where(Application.cohort_id == cohort.id)
        .order_by(ApplicationReview.id)
    )
    people = reviewers(session, cohort)
    pairs = fair(
        application_ids,
        [one.id for one in people],
        application_reviews.wanted(cohort),
        given=[(application, reviewer) for application, reviewer in given],
        barred=_barred(session, application_ids, people) | _may_have_read(session, cohort),
    )
    session.add_all(_given(application, reviewer, now) for application, reviewer in pairs)
    session.flush()
    return len(pairs)


def _given(application_id: int, reviewer_id: int, now: datetime) -> ApplicationReview:
    return ApplicationReview(
        application_id=application_id,
        reviewer_id=reviewer_id,
        assigned_at=now,
        saved_at=None,
        submitted_at=None,
    )


def declare_conflict(session: Session, application: Application, actor: Actor, *, now: datetime) -> None:
    """Somebody else reads it instead, where it was theirs and there is somebody."""
    cohort, before = application.cohort, application_reviews.of_application(session, application)
    application_reviews.declare_conflict(session, application, actor)
    if application_reviews.own_review(before, actor) and application_reviews.is_open(application):
        _assign(session, cohort, [application.id], now=now)


def add(session: Session, application: Application, reviewer_id: int, *, now: datetime) -> None:
    """One more, by hand. Not when all are in: whoever reads then would not be blind."""
    if not application_reviews.is_open(application):
        raise RuleBroken(_("Der er truffet en afgørelse, så ansøgningen kan ikke bedømmes mere."))
    reviews = application_reviews.of_application(session, application)
    if application_reviews.all_in(reviews, application_reviews.wanted(application.cohort)):
        raise RuleBroken(_("Alle bedømmelser er inde, så der kan ikke komme flere til."))
    if reviewer_id not in {one.id for one in addable(session, application)}:
        raise RuleBroken(_("Vælg en, der kan læse ansøgningen."), field="reviewer_id")
    session.add(_given(application.id, reviewer_id, now))
    session.flush()


def remove(session: Session, review: ApplicationReview) -> None:
    """One that is not in yet. What is submitted stays, so that nobody can be left out afterwards."""
    if review.submitted_at is not None:
        raise RuleBroken(_("Bedømmelsen er sendt, så den bliver stående."))
    session.delete(review)
    session.flush()
