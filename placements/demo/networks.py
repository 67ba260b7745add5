"""Network groups of the demonstration: one with a waiting list, and one for both programmes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from placements.domain import enrolments, network_groups
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.network_groups import MeetingForm, NetworkGroup
from placements.models.users import User


def load(session: Session, viborg: Cohort, hovedstaden: Cohort, facilitator: User, *, now: datetime) -> None:
    students = enrolments.of_cohort(session, viborg)
    peers = [
        one
        for one in enrolments.of_cohort(session, hovedstaden)
        if enrolments.is_peer(one, one.cohort.programme)
    ]
    _in_viborg(session, students, now=now)
    near = _group(session, hovedstaden, "Netværk København", seats=10, place="Amager")
    _offer(session, near, peers[:3], now=now)
    _online(session, viborg, hovedstaden, facilitator, [students[4], peers[3]], now=now)


def _in_viborg(session: Session, students: Sequence[Enrolment], *, now: datetime) -> None:
    """Full: two are in, one has not answered, one waits."""
    room = "Recovery-skolen, lokale 2"
    group = _group(session, students[0].cohort, "Netværk Viborg", seats=3, place=room)
    _offer(session, group, students[:2], now=now)
    network_groups.offer_place(session, group, students[2], now=now)
    network_groups.queue_places(session, group, [students[3]], now=now)
    network_groups.add_meeting(
        session,
        group,
        starts_at=datetime(2025, 2, 20, 15, 0, tzinfo=UTC),
        ends_at=datetime(2025, 2, 20, 17, 0, tzinfo=UTC),
        theme="Når kolleger ikke ved, hvad en peer er",
        form=MeetingForm.CASE,
        place=room,
    )


def _online(
    session: Session,
    viborg: Cohort,
    hovedstaden: Cohort,
    facilitator: User,
    people: Sequence[Enrolment],
    *,
    now: datetime,
) -> None:
    """For peers of both programmes who live far from the others."""
    group = _group(session, viborg, "Netværk på afstand", seats=6, place="Onlinemøde")
    network_groups.hold(
        session,
        group,
        user_ids=[facilitator.id],
        names=["Signe Nybo"],
        programme_ids=[hovedstaden.programme_id],
    )
    session.flush()
    _offer(session, group, people, now=now)
    network_groups.add_meeting(
        session,
        group,
        starts_at=datetime(2025, 2, 12, 18, 0, tzinfo=UTC),
        ends_at=datetime(2025, 2, 12, 19, 30, tzinfo=UTC),
        theme="At være den eneste peer på arbejdspladsen",
        form=MeetingForm.TALK,
        place="Onlinemøde",
    )


def _group(session: Session, cohort: Cohort, name: str, *, seats: int, place: str) -> NetworkGroup:
    group = network_groups.create(session, cohort.programme, name=name, seats=seats, place=place)
    session.flush()
    return group


def _offer(session: Session, group: NetworkGroup, people: Sequence[Enrolment], *, now: datetime) -> None:
    """Offered and accepted."""
    for place in network_groups.offer_places(session, group, people, now=now):
        network_groups.accept(place)
    session.flush()
