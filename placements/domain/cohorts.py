"""Cohorts: who sees them, their key dates, and the weeks of the practicum."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby

from sqlalchemy import ColumnElement, Select, false, func, or_, select, true
from sqlalchemy.orm import Session, joinedload, selectinload

from placements.domain.actors import Actor
from placements.domain.placement_states import CALLED_OFF
from placements.domain.rules import RuleBroken
from placements.i18n import _
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.follow_up_days import FollowUpDay
from placements.models.offers import Offer
from placements.models.placements import Placement
from placements.models.programmes import Audience, Programme
from placements.models.users import Role

WEEK = timedelta(days=7)
LONGEST_PRACTICUM = timedelta(days=366)


def _scope(actor: Actor) -> ColumnElement[bool]:
    """Staff: their programmes; administrators: all; others: cohorts they take part in or offer seats to."""
    if Role.ADMIN in actor.roles:
        return true()
    if actor.id is None:
        return false()
    programmes = actor.programme_ids | actor.teaching_ids
    own = select(Enrolment.cohort_id).where(Enrolment.user_id == actor.id)
    offered = select(Offer.cohort_id).where(Offer.unit_id.in_(actor.unit_ids))
    return or_(Cohort.programme_id.in_(programmes), Cohort.id.in_(own), Cohort.id.in_(offered))


def visible_to(actor: Actor) -> Select[Cohort]:
    return select(Cohort).where(_scope(actor))


def coordinated_by(actor: Actor) -> Select[Cohort]:
    """Those that the coordinator may change."""
    return select(Cohort).where(Cohort.programme_id.in_(actor.programme_ids))


# Questions


def by_start(session: Session, visible: Select[Cohort]) -> list[Cohort]:
    """The newest first, with their programme."""
    return list(
        session.scalars(
            visible.options(joinedload(Cohort.programme)).order_by(Cohort.starts_on.desc(), Cohort.id)
        )
    )


def announced(session: Session, *, today: date) -> list[Cohort]:
    """What the public front page shows: cohorts that have not begun and have dates to announce (V-03)."""
    return list(
        session.scalars(
            select(Cohort)
            .options(
                joinedload(Cohort.programme).selectinload(Programme.organisers),
                selectinload(Cohort.key_dates),
            )
            .where(Cohort.starts_on >= today, Cohort.key_dates.any())
            .order_by(Cohort.starts_on)
        )
    )


def theory_weeks(cohort: Cohort) -> list[date]:
    """The Mondays of the weeks with theory: as many as the programme has, without those skipped (V-05)."""
    monday = cohort.starts_on - timedelta(days=cohort.starts_on.weekday())
    mondays: list[date] = []
    while len(mondays) < (cohort.programme.theory_weeks or 0):
        if monday.isocalendar().week not in cohort.theory_skip_weeks:
            mondays.append(monday)
        monday += WEEK
    return mondays


def practicum_weeks(cohort: Cohort) -> list[date]:
    """The Mondays of the practicum's weeks (V-06: thirteen); none when the cohort has no practicum."""
    if cohort.practicum_starts_on is None or cohort.practicum_ends_on is None:
        return []
    first = cohort.practicum_starts_on - timedelta(days=cohort.practicum_starts_on.weekday())
    return list(_mondays(first, cohort.practicum_ends_on))


def _mondays(first: date, last_day: date) -> Iterator[date]:
    while first <= last_day:
        yield first
        first += WEEK


def audiences(cohort: Cohort) -> list[Audience]:
    """Whom the programme is for: the audiences its modules have a rule for; without rules, everybody."""
    ruled = {rule.audience for module in cohort.programme.modules for rule in module.rules}
    return [audience for audience in Audience if audience in ruled or not ruled]


def months(weeks: list[date]) -> list[tuple[date, int]]:
    """For the head of a timeline: the first day of each month and how many weeks begin in it."""
    return [
        (first, len(list(group))) for first, group in groupby(weeks, key=lambda week: week.replace(day=1))
    ]


def practicum_end(starts_on: date, weeks: int) -> date:
    """The last day of so many whole weeks: Sunday when it starts on a Monday."""
    return starts_on + weeks * WEEK - timedelta(days=1)


# Actions


def set_practicum(session: Session, cohort: Cohort, *, starts_on: date, ends_on: date) -> None:
    """Move the practicum. It begins after the theory's first day, is not empty, and holds what is laid."""
    if ends_on < starts_on:
        raise RuleBroken(
            _("Praktikken slutter, før den begynder. Ret en af datoerne."), field="practicum_ends_on"
        )
    if starts_on <= cohort.starts_on:
        raise RuleBroken(
            _("Praktikken ligger efter teorien. Vælg en dag efter %(start)s.", start=cohort.starts_on),
            field="practicum_starts_on",
        )
    if ends_on - starts_on > LONGEST_PRACTICUM:
        raise RuleBroken(
            _("Praktikken varer mere end et år. Se efter, om årstallet er rigtigt."),
            field="practicum_ends_on",
        )
    _refuse_leaving_out(session, cohort, starts_on, ends_on)
    cohort.practicum_starts_on, cohort.practicum_ends_on = starts_on, ends_on


def _refuse_leaving_out(session: Session, cohort: Cohort, starts_on: date, ends_on: date) -> None:
    """Placements that came to something, and follow-up days with a date, lie within the practicum."""
    laid = Placement.cohort_id == cohort.id, Placement.status.not_in(CALLED_OFF)
    held = FollowUpDay.cohort_id == cohort.id, FollowUpDay.held_on.is_not(None)
    spans = [
        session.execute(
            select(func.min(Placement.starts_on), func.max(Placement.ends_on)).where(*laid)
        ).one(),
        session.execute(
            select(func.min(FollowUpDay.held_on), func.max(FollowUpDay.held_on)).where(*held)
        ).one(),
    ]
    days = [day for span in spans for day in span if day]
    if days and not (starts_on <= min(days) and max(days) <= ends_on):
        raise RuleBroken(
            _(
                "Der er praktikforløb eller opfølgningsdage fra %(first)s til %(last)s. Flyt dem først.",
                first=min(days),
                last=max(days),
            ),
            field="practicum_starts_on" if starts_on > min(days) else "practicum_ends_on",
        )
