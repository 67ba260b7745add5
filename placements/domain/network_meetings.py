"""Meetings of a network group (D-04): a theme, a form, a place, and who came. No stories are kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from placements.domain.actors import Actor
from placements.domain.network_states import HOLDING, MEMBERS
from placements.domain.rules import RuleBroken
from placements.formatting import COPENHAGEN, local
from placements.i18n import _
from placements.models.enrolments import Enrolment
from placements.models.network_groups import (
    MeetingForm,
    NetworkAttendance,
    NetworkGroup,
    NetworkMeeting,
    NetworkPlace,
)
from placements.models.users import User


def visible_to(actor: Actor) -> Select[NetworkMeeting]:
    """A meeting's own page holds who came, and is for those who run or teach the programme."""
    groups = select(NetworkGroup.id).where(
        NetworkGroup.programme_id.in_(actor.programme_ids | actor.teaching_ids)
    )
    return select(NetworkMeeting).where(NetworkMeeting.group_id.in_(groups))


# Questions


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting with how many were registered, how many of them came, and whether its day is reached."""

    meeting: NetworkMeeting
    registered: int
    present: int
    reached: bool


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody on a meeting's list; `present` is empty until it is registered."""

    enrolment_id: int
    name: str
    present: bool | None


def of_group(session: Session, group: NetworkGroup, *, today: date) -> list[MeetingLine]:
    """The newest first."""
    query = (
        select(
            NetworkMeeting,
            func.count(NetworkAttendance.id),
            func.count(NetworkAttendance.id).filter(NetworkAttendance.present),
        )
        .outerjoin(NetworkAttendance, NetworkAttendance.meeting_id == NetworkMeeting.id)
        .where(NetworkMeeting.group_id == group.id)
        .group_by(NetworkMeeting.id)
        .order_by(NetworkMeeting.starts_at.desc(), NetworkMeeting.id)
    )
    return [
        MeetingLine(meeting, registered, present, is_reached(meeting, today=today))
        for meeting, registered, present in session.execute(query)
    ]


def shown_to(
    session: Session, group: NetworkGroup, actor: Actor, *, today: date
) -> tuple[list[NetworkMeeting], list[NetworkMeeting]]:
    """What a participant is told of the meetings while they hold a place: those to come, and those held."""
    own = select(NetworkPlace.group_id).where(
        NetworkPlace.enrolment_id.in_(select(Enrolment.id).where(Enrolment.user_id == actor.id)),
        NetworkPlace.status.in_(HOLDING),
    )
    query = (
        select(NetworkMeeting)
        .where(NetworkMeeting.group_id == group.id, NetworkMeeting.group_id.in_(own))
        .order_by(NetworkMeeting.starts_at, NetworkMeeting.id)
    )
    meetings = session.scalars(query).all()
    coming = [meeting for meeting in meetings if _day(meeting) >= today]
    return coming, [meeting for meeting in reversed(meetings) if _day(meeting) < today]


def next_of(session: Session, group_ids: Collection[int], *, today: date) -> dict[int, datetime]:
    """When each group meets next, today's meeting with it."""
    midnight = datetime.combine(today, time(), tzinfo=COPENHAGEN)
    query = (
        select(NetworkMeeting.group_id, func.min(NetworkMeeting.starts_at))
        .where(NetworkMeeting.group_id.in_(group_ids), NetworkMeeting.starts_at >= midnight)
        .group_by(NetworkMeeting.group_id)
    )
    return dict(session.execute(query).all())


def _day(meeting: NetworkMeeting) -> date:
    return local(meeting.starts_at).date()


def is_reached(meeting: NetworkMeeting, *, today: date) -> bool:
    """Attendance can be registered from the day itself."""
    return _day(meeting) <= today


def attendees(session: Session, meeting: NetworkMeeting) -> list[Attendee]:
    """Members of the group, and whoever was registered before they left, by name."""
    registered = and_(
        NetworkAttendance.enrolment_id == Enrolment.id, NetworkAttendance.meeting_id == meeting.id
    )
    members = select(NetworkPlace.enrolment_id).where(
        NetworkPlace.group_id == meeting.group_id, NetworkPlace.status.in_(MEMBERS)
    )
    query = (
        select(Enrolment.id, User.name, NetworkAttendance.present)
        .join(User, User.id == Enrolment.user_id)
        .outerjoin(NetworkAttendance, registered)
        .where(or_(Enrolment.id.in_(members), NetworkAttendance.id.is_not(None)))
        .order_by(User.name, Enrolment.id)
    )
    return [Attendee(*row) for row in session.execute(query)]


# Actions


def add_meeting(
    session: Session,
    group: NetworkGroup,
    *,
    starts_at: datetime,
    ends_at: datetime,
    theme: str,
    form: MeetingForm,
    place: str | None,
) -> NetworkMeeting:
    _check(starts_at, ends_at, theme)
    meeting = NetworkMeeting(
        group=group, starts_at=starts_at, ends_at=ends_at, theme=theme.strip(), form=form, place=place
    )
    session.add(meeting)
    return meeting


def edit_meeting(
    session: Session,
    meeting: NetworkMeeting,
    *,
    starts_at: datetime,
    ends_at: datetime,
    theme: str,
    form: MeetingForm,
    place: str | None,
) -> None:
    """Once attendance is registered the day stays; what was written wrongly may be put right."""
    _check(starts_at, ends_at, theme)
    held = session.scalar(
        select(NetworkAttendance.id).where(NetworkAttendance.meeting_id == meeting.id).limit(1)
    )
    if held is not None and local(starts_at).date() != _day(meeting):
        raise RuleBroken(_("Fremmødet er registreret, så mødets dato ligger fast."), field="held_on")
    meeting.starts_at, meeting.ends_at = starts_at, ends_at
    meeting.theme, meeting.form, meeting.place = theme.strip(), form, place


def _check(starts_at: datetime, ends_at: datetime, theme: str) -> None:
    if ends_at <= starts_at:
        raise RuleBroken(
            _("Mødet skal slutte senere, end det begynder. Ret et af klokkeslættene."), field="ends_at"
        )
    if not theme.strip():
        raise RuleBroken(_("Skriv, hvad mødet handler om."), field="theme")


def register_attendance(
    session: Session, meeting: NetworkMeeting, attendance: Mapping[int, bool], *, today: date
) -> None:
    """Who came, by enrolment. A change of it is a change of the meeting: two people cannot both be first."""
    if not is_reached(meeting, today=today):
        raise RuleBroken(_("Fremmødet kan registreres fra %(day)s, når mødet holdes.", day=_day(meeting)))
    listed = {attendee.enrolment_id: attendee.present for attendee in attendees(session, meeting)}
    if not listed.keys() >= attendance.keys():
        raise RuleBroken(_("Listen har ændret sig. Hent siden igen, og se, hvem der er med nu."))
    query = select(NetworkAttendance).where(NetworkAttendance.meeting_id == meeting.id)
    known = {record.enrolment_id: record for record in session.scalars(query)}
    changed = {key: present for key, present in attendance.items() if listed[key] is not present}
    for enrolment_id, present in changed.items():
        if enrolment_id in known:
            known[enrolment_id].present = present
        else:
            session.add(NetworkAttendance(meeting=meeting, enrolment_id=enrolment_id, present=present))
    if changed:
        meeting.version += 1
