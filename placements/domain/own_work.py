"""A host's and a student's own work: what waits for them, their placements, offers and courses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from placements.domain import (
    agreement_states,
    amendment_tasks,
    completion_warnings,
    diploma_states,
    hours_work,
    offers,
    own_enrolments,
    placements,
    preference_list,
    student_answers,
    study_groups,
    talk_work,
    unit_reviews,
)
from placements.domain.actors import Actor
from placements.domain.hosts import holds_on
from placements.domain.network_states import is_elsewhere
from placements.domain.placement_states import UNANSWERED
from placements.domain.tasks import Task, at_unit
from placements.i18n import Text, _
from placements.models.cohorts import Cohort
from placements.models.diplomas import Diploma
from placements.models.enrolments import Enrolment
from placements.models.follow_up_days import FollowUpDay
from placements.models.hosts import UnitPeriod
from placements.models.network_groups import NetworkPlace
from placements.models.offers import Offer
from placements.models.placements import Placement

Source = Callable[[Session, Actor, date], list[Task]]
SOURCES: tuple[Source, ...] = (
    student_answers.waiting,
    hours_work.of_student,
    hours_work.of_host,
    talk_work.of_host,
    talk_work.of_student,
    unit_reviews.waiting,
    amendment_tasks.waiting,
    preference_list.waiting,
    completion_warnings.of_student,
)
"""Each feature's answer to: what waits for this host or student today?"""


def tasks_of(session: Session, actor: Actor, *, today: date) -> list[Task]:
    return [task for source in SOURCES for task in source(session, actor, today)]


@dataclass(frozen=True, slots=True)
class OwnPlacement:
    """A placement as its host or student sees it, with what they can do next (empty: nothing just now)."""

    placement: Placement
    unit: str
    todo: Text | None
    href: str


def _own_todo(placement: Placement, actor: Actor, waits_for_me: bool) -> tuple[Text | None, str]:
    page = f"/placements/{placement.id}"
    if placement.status in UNANSWERED and placement.unit_id in actor.unit_ids:
        return _("Svar på, om I kan tage imod"), page
    if waits_for_me:
        return _("Læs og underskriv praktikaftalen"), f"{page}/agreement"
    if placements.lacks_supervisor(placement) and placement.unit_id in actor.unit_ids:
        return _("Vælg en praktikvejleder"), page
    return None, page


def at_own_units(actor: Actor) -> Select[Placement]:
    """What a host has been asked to take, and has taken."""
    return placements.visible_to(actor).where(Placement.unit_id.in_(actor.unit_ids))


def of_own(actor: Actor) -> Select[Placement]:
    """A student's own."""
    enrolled = own_enrolments.ids_of(actor)
    return placements.visible_to(actor).where(Placement.enrolment_id.in_(enrolled))


def own_placements(
    session: Session, chosen: Select[Placement], actor: Actor, *, today: date
) -> list[OwnPlacement]:
    """What waits for this person first."""
    chosen = chosen.options(joinedload(Placement.supervisor)).order_by(
        Placement.starts_on.desc(), Placement.id
    )
    rows = at_unit(session, chosen, today=today)
    waiting = agreement_states.waiting_for(session, actor, [placement.id for placement, _unit in rows])
    found = []
    for placement, unit in rows:
        todo, href = _own_todo(placement, actor, placement.id in waiting)
        found.append(OwnPlacement(placement, unit, todo, href))
    return sorted(found, key=lambda own: own.todo is None)


@dataclass(frozen=True, slots=True)
class OwnOffer:
    offer: Offer
    unit: str
    open_seats: int


def own_offers(session: Session, actor: Actor, *, today: date) -> list[OwnOffer]:
    """What a host's units offer cohorts whose practicum is not over."""
    rows = session.execute(
        offers.visible_to(actor)
        .where(Offer.unit_id.in_(actor.unit_ids), Offer.ends_on >= today)
        .join(UnitPeriod, (UnitPeriod.unit_id == Offer.unit_id) & holds_on(UnitPeriod, today))
        .options(joinedload(Offer.cohort))
        .add_columns(UnitPeriod.name)
        .order_by(Offer.starts_on, Offer.id)
    ).all()
    left = offers.open_seats(session, [offer.id for offer, _unit in rows])
    return [OwnOffer(offer, unit, left[offer.id]) for offer, unit in rows]


@dataclass(frozen=True, slots=True)
class OwnCourse:
    """A person's own course: the cohort, its follow-up days, groups and the valid diplomas."""

    enrolment: Enrolment
    days: list[FollowUpDay]
    places: list[NetworkPlace]
    diplomas: list[Diploma]
    study_group: str | None


def own_courses(session: Session, actor: Actor) -> list[OwnCourse]:
    """A student's own courses, the newest first."""
    own = list(
        session.scalars(
            select(Enrolment)
            .where(Enrolment.user_id == actor.id)
            .options(joinedload(Enrolment.cohort).joinedload(Cohort.programme))
            .order_by(Enrolment.starts_on.desc())
        )
    )
    ids = [enrolment.id for enrolment in own]
    days = session.scalars(
        select(FollowUpDay)
        .where(FollowUpDay.cohort_id.in_([enrolment.cohort_id for enrolment in own]))
        .order_by(FollowUpDay.number)
    ).all()
    places = session.scalars(
        select(NetworkPlace)
        .where(NetworkPlace.enrolment_id.in_(ids))
        .options(joinedload(NetworkPlace.group))
        .order_by(NetworkPlace.id)
    ).all()
    given = session.scalars(select(Diploma).where(Diploma.enrolment_id.in_(ids)).order_by(Diploma.id)).all()
    studying = study_groups.names_of(session, ids)
    return [
        OwnCourse(
            enrolment,
            [day for day in days if day.cohort_id == enrolment.cohort_id],
            [place for place in places if place.enrolment_id == enrolment.id and not is_elsewhere(place)],
            [one for one in given if one.enrolment_id == enrolment.id and diploma_states.is_valid(one)],
            studying.get(enrolment.id),
        )
        for enrolment in own
    ]
