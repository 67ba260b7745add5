"""Who is close to the line of attendance, or past it: on the coordinator's day, and on one's own page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from placements.domain import completion_texts, completion_watch, enrolments
from placements.domain.actors import Actor
from placements.domain.completion_rules import Standing
from placements.domain.tasks import Mark, Task, TaskGroup, group
from placements.i18n import _
from placements.models.cohorts import Cohort
from placements.models.completion import ThresholdWarning
from placements.models.enrolments import Enrolment
from placements.words import tone, word


def close_ones(session: Session, actor: Actor) -> TaskGroup:
    """A coordinator's participants who cannot reach the line, or are close to it; the lost ones first.

    Reckoned anew for those who have been warned, and not for everybody: it is asked for on every front page.
    """
    people = session.scalars(
        enrolments.coordinated_by(actor)
        .where(enrolments.taking_part(), Enrolment.id.in_(select(ThresholdWarning.enrolment_id)))
        .options(joinedload(Enrolment.user), joinedload(Enrolment.cohort).joinedload(Cohort.programme))
        .order_by(Enrolment.id)
    ).all()
    found = _close(session, people)
    found.sort(key=lambda pair: (not pair[1].lost, pair[1].may_miss, pair[0].user.name))
    return group(
        "attendance",
        _("Tæt på eller under grænsen for fremmøde"),
        _("Ingen er tæt på grænsen for fremmøde."),
        [_task(person, standing) for person, standing in found],
    )


def of_student(session: Session, actor: Actor, _today: date) -> list[Task]:
    """The same for somebody who is close themselves: on their own page, beside the mail."""
    people = session.scalars(
        select(Enrolment)
        .where(Enrolment.user_id == actor.id, enrolments.taking_part())
        .options(joinedload(Enrolment.cohort).joinedload(Cohort.programme))
        .order_by(Enrolment.id)
    ).all()
    return [
        Task(
            completion_texts.attendance(standing, person.cohort.programme.attendance_percent, own=True),
            f"/enrolments/{person.id}/completion",
            _("Dit fremmøde på %(cohort)s", cohort=person.cohort.name),
        )
        for person, standing in _close(session, people)
    ]


def _task(person: Enrolment, standing: Standing) -> Task:
    percent = person.cohort.programme.attendance_percent
    said = completion_texts.attendance(standing, percent, own=False)
    return Task(
        person.user.name,
        f"/enrolments/{person.id}/completion",
        _("%(cohort)s. %(said)s", cohort=person.cohort.name, said=said),
        marks=(Mark(word(standing.verdict), tone(standing.verdict)),),
    )


def _close(session: Session, people: Sequence[Enrolment]) -> list[tuple[Enrolment, Standing]]:
    """Each with the attendance that is closest to the line; without those who are not close."""
    nearest = [
        (person, completion_watch.nearest(standings))
        for person, standings in completion_watch.attendance(session, people)
    ]
    return [(person, standing) for person, standing in nearest if standing is not None]
