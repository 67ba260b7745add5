"""Whether a follow-up day fits: its date in the practicum, its hours, the dates that agreements say."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time

from sqlalchemy import ColumnElement, and_, func, not_, select
from sqlalchemy.orm import Session

from placements.domain import public_holidays
from placements.domain.actors import Actor
from placements.domain.placement_states import OCCUPYING
from placements.domain.public_holidays import SATURDAY
from placements.domain.rules import RuleBroken
from placements.i18n import Text, _
from placements.models.agreements import Agreement, AgreementVersion
from placements.models.cohorts import Cohort
from placements.models.events import Action, Event
from placements.models.follow_up_days import FollowUpAttendance, FollowUpDay
from placements.models.placements import Placement


def _laid(cohort: Cohort) -> ColumnElement[bool]:
    """Placements of the cohort that have not come to nothing."""
    return and_(Placement.cohort_id == cohort.id, Placement.status.in_(OCCUPYING))


def _covering(held_on: date) -> ColumnElement[bool]:
    return and_(Placement.starts_on <= held_on, Placement.ends_on >= held_on)


# Questions


def warnings(session: Session, day: FollowUpDay, actor: Actor, *, held_on: date | None) -> list[Text]:
    """What somebody should know before the day is held then; only coordinators are told about periods."""
    if held_on is None:
        return []
    found = _calendar_warnings(held_on)
    if day.cohort.programme_id in actor.programme_ids:
        found += _period_warnings(session, day.cohort, held_on)
    return found


def _calendar_warnings(held_on: date) -> list[Text]:
    holiday = public_holidays.name_of(held_on)
    if holiday is not None:
        return [_("%(day)s er en helligdag: %(holiday)s.", day=held_on, holiday=holiday.lower())]
    if held_on.weekday() >= SATURDAY:
        return [_("%(day)s ligger i en weekend.", day=held_on)]
    return []


def _period_warnings(session: Session, cohort: Cohort, held_on: date) -> list[Text]:
    names = session.scalars(
        select(Placement.student_name)
        .where(_laid(cohort), not_(_covering(held_on)))
        .order_by(Placement.student_name, Placement.id)
    ).all()
    if not names:
        return []
    return [_("Dagen ligger uden for praktikperioden for %(names)s.", names=", ".join(names))]


def foreseen(session: Session, day: FollowUpDay, actor: Actor, *, held_on: date | None) -> list[str]:
    """Before a date is saved: why it would be refused, or else what is warned about."""
    try:
        if held_on != day.held_on:
            check_date(session, day, held_on)
    except RuleBroken as broken:
        return [broken.sentence]
    return [*warnings(session, day, actor, held_on=held_on)]


def sent_with_other_dates(session: Session, day: FollowUpDay) -> dict[date, int]:
    """How many agreements say another date than the day has now, by the date they say, the earliest first."""
    dates = _dates_of(session, day)
    said = Counter(_date_at(dates, sent_at) for sent_at in _sent(session, day.cohort)) if dates else Counter()
    return {held_on: said[held_on] for held_on in sorted(filter(None, said)) if held_on != day.held_on}


def _sent(session: Session, cohort: Cohort) -> list[datetime]:
    """When the newest version that was sent of each agreement was sent."""
    query = (
        select(func.max(AgreementVersion.sent_at))
        .join(Agreement, Agreement.id == AgreementVersion.agreement_id)
        .join(Placement, Placement.id == Agreement.placement_id)
        .where(_laid(cohort), AgreementVersion.sent_at.is_not(None))
        .group_by(Agreement.id)
    )
    return list(session.scalars(query))


def _dates_of(session: Session, day: FollowUpDay) -> list[tuple[datetime | None, date | None]]:
    """Which date the day has had, and since when; the first one holds from ever."""
    events = session.scalars(
        select(Event)
        .where(Event.table_name == FollowUpDay.__tablename__, Event.row_id == day.id)
        .order_by(Event.id)
    )
    dates: list[tuple[datetime | None, date | None]] = []
    for event in events:
        if "held_on" not in event.changes:
            continue
        old, new = (date.fromisoformat(text) if text else None for text in event.changes["held_on"])
        if not dates:
            dates.append((None, new if event.action is Action.CREATED else old))
        dates.append((event.at, new))
    return dates


def _date_at(dates: list[tuple[datetime | None, date | None]], moment: datetime) -> date | None:
    return next(held_on for since, held_on in reversed(dates) if since is None or since <= moment)


# Refusals


def check_times(starts_at: time | None, ends_at: time | None) -> None:
    """Both or neither, and in order."""
    if starts_at is None and ends_at is not None:
        raise RuleBroken(_("Skriv også, hvornår dagen begynder."), field="starts_at")
    if ends_at is None and starts_at is not None:
        raise RuleBroken(_("Skriv også, hvornår dagen slutter."), field="ends_at")
    if starts_at is not None and ends_at is not None and ends_at <= starts_at:
        raise RuleBroken(
            _("Dagen skal slutte senere, end den begynder. Ret et af klokkeslættene."), field="ends_at"
        )


def check_date(session: Session, day: FollowUpDay, held_on: date | None) -> None:
    """A new date: not once attendance is registered, inside the practicum, not another day's."""
    _refuse_moving_a_held_day(session, day)
    if held_on is None:
        return
    _refuse_outside_practicum(day.cohort, held_on)
    _refuse_outside_placements(session, day.cohort, held_on)
    _refuse_same_date(session, day, held_on)


def _refuse_moving_a_held_day(session: Session, day: FollowUpDay) -> None:
    held = select(FollowUpAttendance.id).where(FollowUpAttendance.day_id == day.id).limit(1)
    if session.scalar(held) is not None:
        raise RuleBroken(
            _("Fremmødet er registreret på dagen, så datoen ligger fast. Tid og sted kan stadig rettes."),
            field="held_on",
        )


def _refuse_outside_practicum(cohort: Cohort, held_on: date) -> None:
    first, last = cohort.practicum_starts_on, cohort.practicum_ends_on
    if first is None or last is None:
        raise RuleBroken(
            _("Holdets praktikperiode er ikke lagt endnu. Sæt den på holdets side først."), field="held_on"
        )
    if not first <= held_on <= last:
        raise RuleBroken(
            _(
                "Holdets praktik går fra %(first)s til %(last)s. Vælg en dag i den periode.",
                first=first,
                last=last,
            ),
            field="held_on",
        )


def _refuse_outside_placements(session: Session, cohort: Cohort, held_on: date) -> None:
    """Where nothing is laid yet, the practicum's own period is all there is to keep to."""
    first, last, covering = session.execute(
        select(
            func.min(Placement.starts_on),
            func.max(Placement.ends_on),
            func.count(Placement.id).filter(_covering(held_on)),
        ).where(_laid(cohort))
    ).one()
    if first is not None and not covering:
        raise RuleBroken(
            _(
                "Ingen er i praktik den dag. Holdets praktikforløb ligger mellem %(first)s og %(last)s.",
                first=first,
                last=last,
            ),
            field="held_on",
        )


def _refuse_same_date(session: Session, day: FollowUpDay, held_on: date) -> None:
    same = select(FollowUpDay.number).where(
        FollowUpDay.cohort_id == day.cohort_id, FollowUpDay.held_on == held_on, FollowUpDay.id != day.id
    )
    number = session.scalar(same.limit(1))
    if number is not None:
        raise RuleBroken(
            _(
                "%(number)s. opfølgningsdag ligger allerede den dag. Vælg en anden dato.",
                number=number,
            ),
            field="held_on",
        )
