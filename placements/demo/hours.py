"""Weeks 2 to 5 of the practicum that is running: confirmed, waiting, sent back and missing; a supervision."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.demo.practicum import as_host
from placements.domain import emergency_contacts, hours, hours_weeks, supervisions, visits
from placements.domain.actors import Actor
from placements.domain.hours_weeks import Line
from placements.domain.placement_states import RUNNING
from placements.models.cohorts import Cohort
from placements.models.hours import Activity, HoursWeek
from placements.models.placements import Placement
from placements.models.supervisions import SupervisionForm
from placements.models.visits import VisitKind

INDIVIDUAL, GROUP, ORGANISATION, OTHER = Activity
TUESDAY, THURSDAY = timedelta(days=1), timedelta(days=3)
CONFIRMED, WAITING, RETURNED = "confirmed", "waiting", "returned"
# For each running placement, by student: the weeks from week 2 on; what is left out is not written yet.
PLAN = (
    (CONFIRMED, CONFIRMED, WAITING, WAITING),
    (CONFIRMED, CONFIRMED, CONFIRMED, CONFIRMED),
    (CONFIRMED, RETURNED, WAITING),
    (CONFIRMED, CONFIRMED, CONFIRMED, WAITING),
    (CONFIRMED,),
)
KINDS = ((INDIVIDUAL, GROUP), (GROUP, ORGANISATION), (INDIVIDUAL, OTHER), (INDIVIDUAL, INDIVIDUAL))


def write_weeks(session: Session, cohort: Cohort) -> None:
    chosen = select(Placement).where(Placement.cohort_id == cohort.id, Placement.status.in_(RUNNING))
    running = session.scalars(chosen.order_by(Placement.id)).all()
    for number, (placement, weeks) in enumerate(zip(running, PLAN, strict=True)):
        for later, stage in enumerate(weeks):
            monday = placement.starts_on + timedelta(days=7 * later)
            _week(session, placement, monday, stage, KINDS[(number + later) % len(KINDS)])
    _supervise(session, running[0], date(2025, 1, 22))
    _supervise(session, running[1], date(2025, 1, 29))
    student = running[0].enrolment
    emergency_contacts.name_one(
        session,
        student,
        Actor(id=student.user_id),
        name="Ida Kjær",
        phone="20 12 34 56",
        relation="søster",
    )
    visits.add(
        session,
        running[0],
        held_on=date(2025, 1, 14),
        kind=VisitKind.VISIT,
        people="Den studerende og praktikvejlederen",
        line="Første besøg. Ugeplanen er på plads, og midtvejssamtalen er aftalt.",
        today=date(2025, 1, 14),
    )
    session.flush()


def _week(
    session: Session, placement: Placement, monday: date, stage: str, kinds: tuple[Activity, Activity]
) -> None:
    sunday = monday + timedelta(days=6)
    sent = datetime.combine(monday + timedelta(days=5), time(9), UTC)
    lines = [Line(monday + TUESDAY, kinds[0], 180), Line(monday + THURSDAY, kinds[1], 180)]
    week: HoursWeek = hours.write(session, placement, monday, lines=lines, note=None, version=0, today=sunday)
    session.flush()
    hours.submit(session, week, now=sent)
    session.flush()
    if stage == CONFIRMED:
        hours.confirm(week, as_host(placement), now=sent + timedelta(days=2))
    if stage == RETURNED:
        comment = (
            f"Torsdag i uge {hours_weeks.key_of(monday)[-2:]} var kun to timer. Ret den, så bekræfter jeg."
        )
        hours.send_back(session, week, comment=comment.replace("uge 0", "uge "), now=sent)
    session.flush()


def _supervise(session: Session, placement: Placement, day: date) -> None:
    supervisions.register(
        session,
        placement,
        held_on=day,
        minutes=60,
        held_by="Uffe Brandt Nielsen",
        form=SupervisionForm.INDIVIDUAL,
        today=day,
    )
