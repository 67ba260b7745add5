"""A week's hours: who sees them, and the verbs that carry them from the student's phone to confirmed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session, selectinload

from placements.db import one_at_a_time
from placements.domain import hours_states, hours_weeks, outbox, own_enrolments, placements, users
from placements.domain.actors import Actor
from placements.domain.hours_weeks import Line
from placements.domain.placement_fit import FULL_TIME
from placements.domain.placement_states import BEGUN
from placements.domain.rules import RuleBroken, Stale
from placements.i18n import _
from placements.models.hours import Activity, HoursLine, HoursWeek
from placements.models.mails import OutgoingMail
from placements.models.placements import Placement

LONGEST_DAY = 12 * 60
PAUSE = timedelta(hours=24)
"""Between two mails about the same practicum's hours."""


# Visibility


def _own(actor: Actor) -> ColumnElement[bool]:
    return Placement.enrolment_id.in_(own_enrolments.ids_of(actor))


def visible_to(actor: Actor) -> Select[HoursWeek]:
    """What is not sent yet is the student's own."""
    own = placements.visible_to(actor).where(_own(actor)).with_only_columns(Placement.id)
    return select(HoursWeek).where(
        HoursWeek.placement_id.in_(placements.visible_ids(actor)),
        or_(HoursWeek.status.not_in(hours_states.UNSENT), HoursWeek.placement_id.in_(own)),
    )


def written_by(actor: Actor) -> Select[Placement]:
    """Placements whose hours this student writes."""
    return placements.visible_to(actor).where(_own(actor))


def is_own(placement: Placement, actor: Actor) -> bool:
    return placement.enrolment.user_id == actor.id


# Questions


def is_begun(placement: Placement) -> bool:
    return placement.status in BEGUN


def of_placement(session: Session, placement: Placement, actor: Actor) -> list[HoursWeek]:
    """What this person sees of it, by week."""
    chosen = visible_to(actor).where(HoursWeek.placement_id == placement.id)
    return list(session.scalars(chosen.order_by(HoursWeek.starts_on)))


def in_week(visible: Select[HoursWeek], placement: Placement, monday: date | None) -> Select[HoursWeek]:
    """The one of that week, with its lines."""
    return visible.where(
        HoursWeek.placement_id == placement.id, HoursWeek.starts_on == (monday or date.min)
    ).options(selectinload(HoursWeek.lines))


def days_to_write(placement: Placement, monday: date, *, today: date) -> list[date]:
    """Days of the week that are in the practicum and have come."""
    days = hours_weeks.days_in(monday, placement.starts_on, placement.ends_on)
    return [day for day in days if day <= today]


def lines_to_write(
    placement: Placement, monday: date, week: HoursWeek | None, away: Sequence[date], *, today: date
) -> list[Line]:
    """What was written, or else what the weekly plan says."""
    if week is not None:
        return [Line(line.day, line.activity, line.minutes) for line in week.lines]
    offer = placement.offer
    plan = offer.weekly_plan if offer else {}
    usual = Activity(offer.ways[0]) if offer and offer.ways else Activity.INDIVIDUAL
    days = days_to_write(placement, monday, today=today)
    return hours_weeks.suggested(plan, days, away, usual)


def most_minutes(placement: Placement) -> int:
    """In a week: full time, or what was agreed when that is more."""
    return max(FULL_TIME, placement.weekly_minutes)


# Actions


def write(
    session: Session,
    placement: Placement,
    monday: date,
    *,
    lines: Sequence[Line],
    note: str | None,
    version: int,
    today: date,
) -> HoursWeek:
    """Keep what the student did that week. `version` is 0 for a week that nobody has written yet."""
    if not is_begun(placement):
        raise RuleBroken(_("Timerne kan skrives, når praktikken er i gang."))
    one_at_a_time(session, f"hours {placement.id}")
    week = session.scalar(in_week(select(HoursWeek), placement, monday))
    if not hours_states.is_writable(week):
        raise RuleBroken(hours_states.REFUSALS["submit"])
    if (week.version if week else 0) != version:
        raise Stale
    kept = hours_weeks.merged(lines)
    _refuse_wrong_time(placement, monday, kept, today=today)
    if week is None:
        week = HoursWeek(placement_id=placement.id, starts_on=monday)
        session.add(week)
    _keep(week, kept, note)
    return week


def _keep(week: HoursWeek, lines: list[Line], note: str | None) -> None:
    """A change of the lines is a change of the week: two people cannot both be first."""
    week.note = note
    if [Line(line.day, line.activity, line.minutes) for line in week.lines] == lines:
        return
    week.lines = [HoursLine(day=line.day, activity=line.activity, minutes=line.minutes) for line in lines]
    week.minutes, week.peer_minutes = hours_weeks.sums(lines)
    if week.version is not None:
        week.version += 1


def _refuse_wrong_time(placement: Placement, monday: date, lines: Sequence[Line], *, today: date) -> None:
    if monday > today:
        raise RuleBroken(_("Ugen er ikke begyndt endnu."))
    _refuse_days(placement, monday, lines, today=today)
    by_day: dict[date, int] = {}
    for line in lines:
        by_day[line.day] = by_day.get(line.day, 0) + line.minutes
    for day, minutes in by_day.items():
        if minutes > LONGEST_DAY:
            raise RuleBroken(_("Der står mere end 12 timer den %(day)s. Ret timerne.", day=day))
    if sum(by_day.values()) > most_minutes(placement):
        most = f"{most_minutes(placement) / 60:g}".replace(".", ",")
        raise RuleBroken(_("Der står mere end %(hours)s timer i ugen. Ret timerne.", hours=most))


def _refuse_days(placement: Placement, monday: date, lines: Sequence[Line], *, today: date) -> None:
    allowed = set(hours_weeks.days_in(monday, placement.starts_on, placement.ends_on))
    for line in lines:
        if line.day not in allowed:
            raise RuleBroken(_("%(day)s er ikke en dag i praktikken i den uge.", day=line.day))
        if line.day > today:
            raise RuleBroken(_("%(day)s er ikke kommet endnu.", day=line.day))


def submit(session: Session, week: HoursWeek, *, now: datetime) -> None:
    """Sent to the host, who is told at most once a day however many weeks come."""
    hours_states.move(week, "submit")
    week.submitted_at, week.comment = now, None
    path = f"/placements/{week.placement_id}/hours"
    placement = session.get_one(Placement, week.placement_id)
    for host in users.hosts_of(session, placement.unit_id):
        if not _told_lately(session, host.id, path, now=now):
            outbox.notify(session, host, "task_hours", path=path, now=now)


def _told_lately(session: Session, user_id: int, path: str, *, now: datetime) -> bool:
    sent = select(OutgoingMail.id).where(
        OutgoingMail.user_id == user_id,
        OutgoingMail.message == "task_hours",
        OutgoingMail.path == path,
        OutgoingMail.created_at > now - PAUSE,
    )
    return session.scalar(sent.limit(1)) is not None


def confirm(week: HoursWeek, actor: Actor, *, now: datetime) -> None:
    """By whoever speaks for the unit or the programme; never by the student."""
    if is_own(week.placement, actor):
        raise RuleBroken(_("Dine egne timer skal en anden bekræfte."))
    hours_states.move(week, "confirm")
    week.confirmed_at, week.confirmed_by_id, week.confirmed_by_name = now, actor.id, actor.signed_name


def confirm_several(
    session: Session, placement: Placement, versions: Mapping[int, int], actor: Actor, *, now: datetime
) -> int:
    """Those weeks (id to the version that was read), all or none; how many they were."""
    if not versions:
        raise RuleBroken(_("Vælg mindst én uge."))
    chosen = visible_to(actor).where(HoursWeek.placement_id == placement.id, HoursWeek.id.in_(versions))
    weeks = session.scalars(chosen).all()
    if {week.id: week.version for week in weeks} != dict(versions):
        raise Stale
    for week in weeks:
        confirm(week, actor, now=now)
    return len(weeks)


def send_back(session: Session, week: HoursWeek, *, comment: str, now: datetime) -> None:
    """The student is told, and may write the week again."""
    _take_back(session, week, "send_back", comment, now=now)


def reopen(session: Session, week: HoursWeek, *, comment: str, now: datetime) -> None:
    """A confirmed week is to be put right: the coordinator says why."""
    _take_back(session, week, "reopen", comment, now=now)
    week.confirmed_at = week.confirmed_by_id = week.confirmed_by_name = None


def _take_back(session: Session, week: HoursWeek, verb: str, comment: str, *, now: datetime) -> None:
    hours_states.move(week, verb)
    if not comment.strip():
        raise RuleBroken(_("Skriv kort, hvad der skal rettes."), field="comment")
    week.comment = comment.strip()
    student = week.placement.enrolment.user
    path = f"/placements/{week.placement_id}/hours/{hours_weeks.key_of(week.starts_on)}"
    outbox.notify(session, student, "practicum_news", path=path, now=now)
