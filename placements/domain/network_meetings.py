"""Meetings of a network group (D-04): a theme, a form, a place, and who came. No stories are kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from placements.domain import outbox, own_enrolments
from placements.domain.actors import Actor
from placements.domain.network_scope import facilitated_by, of_programmes, sees_everybody, staffed
from placements.domain.network_states import HOLDING, MEMBERS
from placements.domain.rules import RuleBroken
from placements.formatting import COPENHAGEN, local
from placements.i18n import _
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.network_groups import (
    MeetingForm,
    NetworkAttendance,
    NetworkFacilitator,
    NetworkGroup,
    NetworkMeeting,
    NetworkPlace,
)
from placements.models.users import User

STANDING = 3


def visible_to(actor: Actor) -> Select[NetworkMeeting]:
    """A meeting's own page holds who came: for staff of the group's programmes, and its facilitators."""
    groups = select(NetworkGroup.id).where(or_(of_programmes(staffed(actor)), facilitated_by(actor)))
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
    programme_id: int
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
    """What a participant is told of the meetings while they hold a place: those to come, and those held.

    A meeting to come that is cancelled stays in sight until its day has passed.
    """
    own = select(NetworkPlace.group_id).where(
        NetworkPlace.enrolment_id.in_(own_enrolments.ids_of(actor)),
        NetworkPlace.status.in_(HOLDING),
    )
    query = (
        select(NetworkMeeting)
        .where(
            NetworkMeeting.group_id == group.id,
            NetworkMeeting.group_id.in_(own),
            NetworkMeeting.cancelled_at.is_(None) | (NetworkMeeting.starts_at >= _midnight(today)),
        )
        .order_by(NetworkMeeting.starts_at, NetworkMeeting.id)
    )
    meetings = session.scalars(query).all()
    coming = [meeting for meeting in meetings if _day(meeting) >= today]
    return coming, [meeting for meeting in reversed(meetings) if _day(meeting) < today]


def next_of(session: Session, group_ids: Collection[int], *, today: date) -> dict[int, datetime]:
    """When each group meets next, today's meeting with it."""
    query = (
        select(NetworkMeeting.group_id, func.min(NetworkMeeting.starts_at))
        .where(
            NetworkMeeting.group_id.in_(group_ids),
            NetworkMeeting.starts_at >= _midnight(today),
            NetworkMeeting.cancelled_at.is_(None),
        )
        .group_by(NetworkMeeting.group_id)
    )
    return dict(session.execute(query).all())


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=COPENHAGEN)


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
        select(Enrolment.id, User.name, Cohort.programme_id, NetworkAttendance.present)
        .join(User, User.id == Enrolment.user_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .outerjoin(NetworkAttendance, registered)
        .where(or_(Enrolment.id.in_(members), NetworkAttendance.id.is_not(None)))
        .order_by(User.name, Enrolment.id)
    )
    return [Attendee(*row) for row in session.execute(query)]


def attendees_shown(session: Session, meeting: NetworkMeeting, actor: Actor) -> list[Attendee]:
    """Those of them whom this person sees, and so registers."""
    everybody, own = sees_everybody(meeting.group, actor), staffed(actor)
    return [one for one in attendees(session, meeting) if everybody or one.programme_id in own]


def next_to_come(session: Session, group: NetworkGroup, *, today: date) -> NetworkMeeting | None:
    query = select(NetworkMeeting).where(
        NetworkMeeting.group_id == group.id,
        NetworkMeeting.starts_at >= _midnight(today),
        NetworkMeeting.cancelled_at.is_(None),
    )
    return session.scalar(query.order_by(NetworkMeeting.starts_at, NetworkMeeting.id).limit(1))


def only_sparring(session: Session, group: NetworkGroup) -> bool:
    """Whether the group has met, or will meet, three times or more and never with a talk or a case (D-04)."""
    forms = session.execute(
        select(NetworkMeeting.form, func.count())
        .where(NetworkMeeting.group_id == group.id, NetworkMeeting.cancelled_at.is_(None))
        .group_by(NetworkMeeting.form)
    ).all()
    return [form for form, _number in forms] == [MeetingForm.SPARRING] and forms[0][1] >= STANDING


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
    today: date,
    now: datetime,
) -> None:
    """Once attendance is registered the day stays; what was written wrongly may be put right.

    Members hear of it when a meeting to come is at another time or place.
    """
    _check(starts_at, ends_at, theme)
    _refuse_cancelled(meeting)
    if _is_registered(session, meeting) and local(starts_at).date() != _day(meeting):
        raise RuleBroken(_("Fremmødet er registreret, så mødets dato ligger fast."), field="held_on")
    was = meeting.starts_at, meeting.ends_at, meeting.place
    to_come = max(_day(meeting), local(starts_at).date()) >= today
    meeting.starts_at, meeting.ends_at = starts_at, ends_at
    meeting.theme, meeting.form, meeting.place = theme.strip(), form, place
    if to_come and was != (starts_at, ends_at, place):
        _tell_members(session, meeting, "network_meeting_moved", now=now)


def cancel(session: Session, meeting: NetworkMeeting, *, today: date, now: datetime) -> None:
    """The meeting stays with its mark, and the members hear of it."""
    _refuse_cancelled(meeting)
    if _is_registered(session, meeting):
        raise RuleBroken(_("Fremmødet er registreret, så mødet har været holdt og kan ikke aflyses."))
    meeting.cancelled_at = now
    if _day(meeting) >= today:
        _tell_members(session, meeting, "network_meeting_cancelled", now=now)


def _is_registered(session: Session, meeting: NetworkMeeting) -> bool:
    held = select(NetworkAttendance.id).where(NetworkAttendance.meeting_id == meeting.id).limit(1)
    return session.scalar(held) is not None


def _refuse_cancelled(meeting: NetworkMeeting) -> None:
    if meeting.cancelled_at is not None:
        raise RuleBroken(_("Mødet er aflyst. Læg et nyt møde i stedet."))


def _tell_members(session: Session, meeting: NetworkMeeting, message: str, *, now: datetime) -> None:
    """Members and facilitators who sign in here: a link and a date, once each."""
    members = (
        select(Enrolment.user_id)
        .join(NetworkPlace, NetworkPlace.enrolment_id == Enrolment.id)
        .where(NetworkPlace.group_id == meeting.group_id, NetworkPlace.status.in_(MEMBERS))
    )
    facilitators = select(NetworkFacilitator.user_id).where(
        NetworkFacilitator.group_id == meeting.group_id, NetworkFacilitator.user_id.is_not(None)
    )
    told = select(User).where(or_(User.id.in_(members), User.id.in_(facilitators)), User.active)
    for user in session.scalars(told.order_by(User.id)):
        outbox.notify(session, user, message, path=f"/network-groups/{meeting.group_id}", now=now)


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
    _refuse_cancelled(meeting)
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
