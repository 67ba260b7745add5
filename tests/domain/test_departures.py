"""Somebody leaves before the end: their practicum has ended, and their seat goes to the next."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from placements.domain import departures
from placements.domain.rules import RuleBroken
from placements.models.enrolments import Enrolment, EnrolmentStatus
from placements.models.network_groups import NetworkGroup, NetworkPlace, NetworkPlaceStatus
from tests.factories import MOMENT, Factory

S = NetworkPlaceStatus


@pytest.fixture
def leaver(make: Factory) -> Enrolment:
    return make.enrolment(make.cohort(seats=None))


def place(make: Factory, group: NetworkGroup, who: Enrolment, status: NetworkPlaceStatus) -> NetworkPlace:
    waiting = {"waiting_since": MOMENT} if status is S.WAITING else {"offered_at": MOMENT}
    return make.keep(NetworkPlace(group_id=group.id, enrolment_id=who.id, status=status, **waiting))


@pytest.mark.parametrize(
    ("before", "after"), [(S.OFFERED, S.DECLINED), (S.ACCEPTED, S.LEFT), (S.WAITING, S.DECLINED)]
)
def test_leaving_frees_the_seat_for_the_next_in_line(
    make: Factory, session: Session, leaver: Enrolment, before: NetworkPlaceStatus, after: NetworkPlaceStatus
) -> None:
    """H-19: a place that is taken back is offered to whoever waits; one who waits holds none."""
    group = make.network_group(leaver.cohort.programme, seats=1)
    mine = place(make, group, leaver, before)
    others = place(make, group, make.enrolment(leaver.cohort), S.WAITING)
    departures.leave(session, leaver, now=MOMENT)
    session.flush()
    assert (leaver.status, mine.status) == (EnrolmentStatus.WITHDRAWN, after)
    assert others.status is (S.WAITING if before is S.WAITING else S.OFFERED)


@pytest.mark.parametrize("status", ["draft", "proposed", "accepted", "agreed", "active"])
def test_leaving_waits_for_the_practicum_to_end(
    make: Factory, session: Session, leaver: Enrolment, status: str
) -> None:
    make.placement(enrolment=leaver, status=status)
    with pytest.raises(RuleBroken) as refused:
        departures.leave(session, leaver, now=MOMENT)
    assert [unmet.key for unmet in refused.value.unmet] == ["practicum"]
    assert leaver.status is EnrolmentStatus.ACTIVE


@pytest.mark.parametrize("status", ["declined", "cancelled", "ended_early", "completed"])
def test_practicum_that_is_over_holds_nobody_back(
    make: Factory, session: Session, leaver: Enrolment, status: str
) -> None:
    make.placement(enrolment=leaver, status=status)
    departures.leave(session, leaver, now=MOMENT)
    assert leaver.status is EnrolmentStatus.WITHDRAWN
    with pytest.raises(RuleBroken):
        departures.leave(session, leaver, now=MOMENT)
