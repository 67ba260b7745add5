"""A calendar to subscribe to: one's own sessions, follow-up days and meetings, with neutral titles."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time

from icalendar import Calendar
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.models.calendars import CalendarLink
from placements.models.network_groups import MeetingForm, NetworkMeeting, NetworkPlace
from placements.models.programmes import Audience
from placements.models.users import User
from tests.conftest import Client
from tests.factories import MOMENT, Factory

AsUser = Callable[[User], Client]
RULES = {"paid_peer": "compulsory", "colleague": "compulsory"}


def events(client: Client, session: Session, user: User) -> list[tuple[str, str, str]]:
    token = session.scalars(select(CalendarLink.token).where(CalendarLink.user_id == user.id)).one()
    answer = client.get(f"/calendar/{token}.ics")
    assert answer.mimetype == "text/calendar"
    found = Calendar.from_ical(answer.data).walk("VEVENT")
    ends = [one.get("DTEND") for one in found]
    return [
        (str(one["SUMMARY"]), str(one["DTSTART"].dt), str(end.dt) if end else "")
        for one, end in zip(found, ends, strict=True)
    ]


def test_calendar_holds_what_is_ones_own(
    make: Factory, session: Session, client: Client, as_user: AsUser
) -> None:
    programme = make.programme("hovedstaden", name="Psykiatri og recovery")
    cohort = make.cohort(programme)
    run = make.run(cohort, make.module(programme, title="Diagnoser", rules=RULES))
    taught = make.teaching_session(run, held_on=date(2025, 2, 10), extra_minutes={"paid_peer": 30})
    make.teaching_session(run, held_on=date(2025, 2, 11), audiences=["colleague"])
    make.teaching_session(make.run(make.cohort(programme), run.module), held_on=date(2025, 2, 12))
    peer = make.enrolment(cohort, audience=Audience.PAID_PEER)
    make.follow_up_day(cohort, held_on=date(2025, 2, 20))
    for name, status in (("Nord", "accepted"), ("Syd", "declined")):
        group = make.network_group(programme, name)
        held = {
            "starts_at": datetime(2025, 2, 21, 14, tzinfo=UTC),
            "ends_at": datetime(2025, 2, 21, 16, tzinfo=UTC),
        }
        make.keep(NetworkMeeting(group=group, theme="Sorg", form=MeetingForm.TALK, **held))
        make.keep(NetworkPlace(group=group, enrolment_id=peer.id, status=status, offered_at=MOMENT))
    own = as_user(peer.user)
    assert own.post("/calendar").location == "/calendar"
    assert events(client, session, peer.user) == [
        ("Undervisning", "2025-02-10 08:00:00+00:00", "2025-02-10 11:30:00+00:00"),
        ("Opfølgningsdag", "2025-02-20", ""),
        ("Møde", "2025-02-21 14:00:00+00:00", "2025-02-21 16:00:00+00:00"),
    ]
    taught.held_on, taught.starts_at = date(2025, 7, 10), time(10)
    session.commit()
    assert ("Undervisning", "2025-07-10 08:00:00+00:00", "2025-07-10 10:30:00+00:00") in events(
        client, session, peer.user
    )


def test_teachers_calendar_holds_the_sessions_they_teach(
    make: Factory, session: Session, client: Client, as_user: AsUser
) -> None:
    cohort = make.cohort()
    run, teacher = make.run(cohort, make.module(cohort.programme)), make.teacher(cohort.programme)
    make.session_teacher(make.teaching_session(run, held_on=date(2025, 2, 10)), user_id=teacher.id)
    make.teaching_session(run, held_on=date(2025, 2, 17))
    as_user(teacher).post("/calendar")
    assert [starts for _title, starts, _ends in events(client, session, teacher)] == [
        "2025-02-10 08:00:00+00:00"
    ]


def test_new_address_puts_the_old_one_out_of_force(
    make: Factory, session: Session, client: Client, as_user: AsUser
) -> None:
    own = as_user(make.teacher(make.programme()))
    own.post("/calendar")
    old = session.scalars(select(CalendarLink.token)).one()
    assert f"/calendar/{old}.ics" in own.get("/calendar").text
    own.post("/calendar")
    new = session.scalars(select(CalendarLink.token)).one()
    assert [client.get(f"/calendar/{token}.ics").status_code for token in (old, new)] == [404, 200]
