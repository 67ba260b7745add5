"""What stands in a person's calendar: their sessions, follow-up days and group meetings.

Titles are neutral. A calendar is read over somebody's shoulder.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from placements.domain.attendance_ledger import is_for, takes_part
from placements.domain.enrolments import stays
from placements.domain.network_states import MEMBERS
from placements.formatting import COPENHAGEN
from placements.i18n import Text, _
from placements.models.calendars import CalendarLink
from placements.models.enrolments import Enrolment
from placements.models.follow_up_days import FollowUpDay
from placements.models.network_groups import NetworkFacilitator, NetworkMeeting, NetworkPlace
from placements.models.teaching import ModuleRun, SessionTeacher, TeachingSession
from placements.models.users import User

BACK = timedelta(days=60)
TEACHING, FOLLOW_UP, MEETING = _("Undervisning"), _("Opfølgningsdag"), _("Møde")


@dataclass(frozen=True, slots=True)
class Entry:
    """`starts` and `ends` are moments, or a day and none. `key` is the same for as long as it is the same."""

    key: str
    title: Text
    starts: date | datetime
    ends: datetime | None
    where: str | None


# Questions


def link_of(session: Session, user_id: int | None) -> CalendarLink | None:
    return session.scalar(select(CalendarLink).where(CalendarLink.user_id == user_id))


def holder(session: Session, token: str) -> User | None:
    """Whose calendar it is; nobody's once another token was made, or the account is closed."""
    query = select(User).join(CalendarLink, CalendarLink.user_id == User.id)
    return session.scalar(query.where(CalendarLink.token == token, User.active))


def entries(session: Session, user: User, *, today: date) -> list[Entry]:
    """From two months back on, in four statements."""
    since = today - BACK
    found = [
        *_sessions(session, user, since),
        *_follow_up_days(session, user, since),
        *_meetings(session, user, since),
    ]
    return sorted(found, key=lambda entry: (str(entry.starts), entry.key))


def _sessions(session: Session, user: User, since: date) -> list[Entry]:
    attended = (
        select(TeachingSession, Enrolment)
        .select_from(Enrolment)
        .join(ModuleRun, takes_part())
        .join(TeachingSession, TeachingSession.run_id == ModuleRun.id)
        .where(Enrolment.user_id == user.id, TeachingSession.held_on >= since)
    )
    own = [
        (taught, int(taught.extra_minutes.get(person.audience.value, 0)))
        for taught, person in session.execute(attended)
        if stays(person) and is_for(taught, person.audience)
    ]
    led = select(SessionTeacher.session_id).where(SessionTeacher.user_id == user.id)
    teaching = select(TeachingSession).where(TeachingSession.id.in_(led), TeachingSession.held_on >= since)
    own += [(taught, 0) for taught in session.scalars(teaching)]
    found = {taught.id: _session(taught, extra) for taught, extra in own}
    return list(found.values())


def _session(taught: TeachingSession, extra: int) -> Entry:
    starts = datetime.combine(taught.held_on, taught.starts_at, COPENHAGEN)
    ends = datetime.combine(taught.held_on, taught.ends_at, COPENHAGEN) + timedelta(minutes=extra)
    return Entry(f"session-{taught.id}", TEACHING, starts, ends, taught.place or taught.link)


def _follow_up_days(session: Session, user: User, since: date) -> list[Entry]:
    query = (
        select(FollowUpDay, Enrolment)
        .join(Enrolment, Enrolment.cohort_id == FollowUpDay.cohort_id)
        .where(Enrolment.user_id == user.id, FollowUpDay.held_on >= since)
    )
    return [_day(day) for day, person in session.execute(query) if stays(person)]


def _day(day: FollowUpDay) -> Entry:
    assert day.held_on  # noqa: S101
    key = f"follow-up-day-{day.id}"
    if day.starts_at is None or day.ends_at is None:
        return Entry(key, FOLLOW_UP, day.held_on, None, day.place)
    starts, ends = (datetime.combine(day.held_on, at, COPENHAGEN) for at in (day.starts_at, day.ends_at))
    return Entry(key, FOLLOW_UP, starts, ends, day.place)


def _meetings(session: Session, user: User, since: date) -> list[Entry]:
    """Of groups that one is a member of, or holds together."""
    mine = select(NetworkPlace.group_id).join(Enrolment, Enrolment.id == NetworkPlace.enrolment_id)
    mine = mine.where(Enrolment.user_id == user.id, NetworkPlace.status.in_(MEMBERS))
    led = select(NetworkFacilitator.group_id).where(NetworkFacilitator.user_id == user.id)
    query = select(NetworkMeeting).where(
        or_(NetworkMeeting.group_id.in_(mine), NetworkMeeting.group_id.in_(led)),
        NetworkMeeting.starts_at >= datetime.combine(since, datetime.min.time(), COPENHAGEN),
        NetworkMeeting.cancelled_at.is_(None),
    )
    return [
        Entry(f"meeting-{one.id}", MEETING, one.starts_at, one.ends_at, one.place)
        for one in session.scalars(query)
    ]


# Actions


def make_link(session: Session, user_id: int, *, now: datetime) -> CalendarLink:
    """A new address; the one before it is nobody's from now on."""
    link = link_of(session, user_id) or CalendarLink(user_id=user_id)
    link.token, link.made_at = secrets.token_urlsafe(32), now
    session.add(link)
    return link
