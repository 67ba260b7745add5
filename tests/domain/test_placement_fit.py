"""Periods, seats and overlaps of placements, by example at the bounds and by property between them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.domain import history, placement_fit, placements
from placements.domain.rules import RuleBroken
from placements.models.cohorts import Cohort
from placements.models.hosts import Sector
from placements.models.mails import OutgoingMail
from placements.models.offers import OfferStatus
from placements.models.placements import LegalBasis, Placement, PlacementStatus
from tests.factories import Factory

TODAY = date(2025, 2, 3)
NOW = datetime(2025, 2, 3, 9, tzinfo=UTC)
FIRST, LAST = date(2025, 1, 6), date(2025, 4, 6)
DAYS = st.integers(min_value=-30, max_value=120).map(lambda n: FIRST + timedelta(days=n))
ON_DATABASE = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def cohort(first: date | None = FIRST, last: date | None = LAST) -> Cohort:
    return Cohort(practicum_starts_on=first, practicum_ends_on=last)


def values_of(placement: Placement, **changes: Any) -> dict[str, Any]:
    """What `edit` takes, unchanged but for `changes`."""
    names = ("unit_id", "supervisor_id", "starts_on", "ends_on", "weekly_minutes")
    return {name: getattr(placement, name) for name in names} | {"today": TODAY, "now": NOW} | changes


# Periods


@given(DAYS, DAYS)
def test_check_period_lets_through_exactly_the_practicum(starts_on: date, ends_on: date) -> None:
    if FIRST <= starts_on <= ends_on <= LAST:
        placement_fit.check_period(cohort(), starts_on, ends_on)
        return
    with pytest.raises(RuleBroken) as refusal:
        placement_fit.check_period(cohort(), starts_on, ends_on)
    assert refusal.value.field in {"starts_on", "ends_on"}


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "field"),
    [
        (FIRST, LAST, None),
        (FIRST, FIRST, None),
        (LAST, LAST, None),
        (FIRST - timedelta(days=1), LAST, "starts_on"),
        (FIRST, LAST + timedelta(days=1), "ends_on"),
        (LAST, LAST - timedelta(days=1), "ends_on"),
        (LAST + timedelta(days=1), LAST + timedelta(days=2), "starts_on"),
    ],
)
def test_check_period_at_the_bounds(starts_on: date, ends_on: date, field: str | None) -> None:
    if field is None:
        placement_fit.check_period(cohort(), starts_on, ends_on)
        return
    with pytest.raises(RuleBroken) as refusal:
        placement_fit.check_period(cohort(), starts_on, ends_on)
    assert refusal.value.field == field


@pytest.mark.parametrize(("first", "last"), [(None, None), (FIRST, None), (None, LAST)])
def test_check_period_refuses_a_cohort_without_practicum(first: date | None, last: date | None) -> None:
    with pytest.raises(RuleBroken):
        placement_fit.check_period(cohort(first, last), FIRST, LAST)


@pytest.mark.parametrize(("days", "weeks"), [(1, 1), (7, 1), (8, 2), (89, 13), (91, 13), (92, 14)])
def test_weeks_begun_are_counted(days: int, weeks: int) -> None:
    assert placement_fit.weeks(FIRST, FIRST + timedelta(days=days - 1)) == weeks


@pytest.mark.parametrize(("weeks", "warned"), [(1, True), (12, True), (13, False), (14, True)])
def test_warnings_tell_of_another_length(make: Factory, session: Session, weeks: int, warned: bool) -> None:
    """V-06: thirteen weeks; another length is allowed, and said."""
    hold = make.cohort(practicum_ends_on=date(2025, 6, 1))
    ends_on = FIRST + timedelta(weeks=weeks, days=-1)
    placement = make.placement(cohort=hold, starts_on=FIRST, ends_on=ends_on)
    make.host(placement.unit)
    assert bool(placements.warnings(session, placement)) is warned


def test_warnings_tell_of_a_unit_where_nobody_can_answer(make: Factory, session: Session) -> None:
    placement = make.placement()
    assert len(placements.warnings(session, placement)) == 1
    make.host(placement.unit)
    assert placements.warnings(session, placement) == []


@pytest.mark.parametrize(
    ("minutes", "fits"), [(0, False), (-60, False), (1, True), (2220, True), (2221, False)]
)
def test_check_hours(minutes: int, fits: bool) -> None:
    if fits:
        placement_fit.check_hours(minutes)
    else:
        with pytest.raises(RuleBroken, match="timer"):
            placement_fit.check_hours(minutes)


# Seats


@ON_DATABASE
@given(seats=st.integers(1, 3), taken=st.lists(st.sampled_from(PlacementStatus), max_size=4))
def test_create_takes_no_more_than_the_seats(
    make: Factory, session: Session, seats: int, taken: list[PlacementStatus]
) -> None:
    hold, unit = make.cohort(), make.unit()
    offer = make.offer(unit, hold, seats=seats)
    for status in taken:
        make.placement(cohort=hold, unit=unit, offer_id=offer.id, status=status)
    enrolment = make.enrolment(hold)
    occupied = sum(status in placements.OCCUPYING for status in taken)
    assert placements.taken_seats(session, offer) == occupied
    if occupied < seats:
        placements.create(session, offer, enrolment, today=TODAY)
        session.flush()
        assert placements.taken_seats(session, offer) == occupied + 1
    else:
        with pytest.raises(RuleBroken, match="optaget"):
            placements.create(session, offer, enrolment, today=TODAY)


def test_create_repeats_the_offer_and_the_names(make: Factory, session: Session) -> None:
    hold = make.cohort()
    owner = make.organisation("Viborg Kommune", kind="municipality")
    unit = make.unit("Åparken", organisation=owner, sector=Sector.MUNICIPAL)
    offer, enrolment = make.offer(unit, hold, weekly_minutes=450), make.enrolment(hold)
    placement = placements.create(session, offer, enrolment, today=TODAY)
    session.flush()
    assert placement.status is PlacementStatus.DRAFT
    assert (placement.starts_on, placement.ends_on, placement.weekly_minutes) == (FIRST, LAST, 450)
    assert (placement.programme_id, placement.sector) == (hold.programme_id, Sector.MUNICIPAL)
    assert placement.search_text == f"{enrolment.user.name} åparken viborg kommune".lower()


def test_create_refused_on_an_offer_that_is_not_open(make: Factory, session: Session) -> None:
    hold = make.cohort()
    offer, enrolment = make.offer(make.unit(), hold, status="draft"), make.enrolment(hold)
    with pytest.raises(RuleBroken, match="åben"):
        placements.create(session, offer, enrolment, today=TODAY)


def test_create_refused_for_someone_not_active_in_the_cohort(make: Factory, session: Session) -> None:
    hold = make.cohort()
    offer = make.offer(make.unit(), hold)
    for enrolment in (make.enrolment(make.cohort()), make.enrolment(hold, status="withdrawn")):
        with pytest.raises(RuleBroken) as refusal:
            placements.create(session, offer, enrolment, today=TODAY)
        assert refusal.value.field == "enrolment_id"


def test_unplaced_are_active_and_have_no_seat(make: Factory, session: Session) -> None:
    hold = make.cohort()
    free = make.enrolment(hold)
    declined = make.placement(cohort=hold, status="declined").enrolment
    make.placement(cohort=hold, status="draft")
    make.enrolment(hold, status="withdrawn")
    make.enrolment(make.cohort())
    assert {enrolment.id for enrolment in placements.unplaced(session, hold.id)} == {free.id, declined.id}


# Overlaps


@ON_DATABASE
@given(DAYS, DAYS, st.sampled_from(PlacementStatus))
def test_overlapping_finds_exactly_a_shared_day(
    make: Factory, session: Session, one: date, two: date, status: PlacementStatus
) -> None:
    starts_on, ends_on = sorted((one, two))
    other = make.placement(starts_on=date(2025, 2, 1), ends_on=date(2025, 2, 28), status=status)
    shares = starts_on <= date(2025, 2, 28) and ends_on >= date(2025, 2, 1)
    found = placement_fit.overlapping(session, other.enrolment, starts_on, ends_on)
    assert (found is not None) is (shares and status in placements.OCCUPYING)
    assert placement_fit.overlapping(session, other.enrolment, starts_on, ends_on, without=other.id) is None


def test_create_refused_while_placed_in_another_cohort(make: Factory, session: Session) -> None:
    other = make.placement(status="active")
    hold = make.cohort()
    again = make.enrolment(hold, other.enrolment.user)
    with pytest.raises(RuleBroken, match=r"allerede et praktikforløb fra 6\. januar 2025"):
        placements.create(session, make.offer(make.unit(), hold), again, today=TODAY)


def test_edit_refused_when_the_student_is_elsewhere(make: Factory, session: Session) -> None:
    first = make.placement(starts_on=FIRST, ends_on=date(2025, 2, 2), status="active")
    second = make.placement(
        enrolment=first.enrolment, starts_on=date(2025, 2, 3), ends_on=LAST, status="draft"
    )
    placements.edit(session, first, **values_of(first))
    with pytest.raises(RuleBroken) as refusal:
        placements.edit(session, first, **values_of(first, ends_on=date(2025, 2, 3)))
    assert refusal.value.field == "starts_on"
    assert second.starts_on == date(2025, 2, 3)


# Changing


def test_edit_changes_period_hours_and_search(make: Factory, session: Session) -> None:
    placement = make.placement(status="agreed")
    supervisor = make.contact(placement.unit, "Vita Vejleder")
    changes = {
        "supervisor_id": supervisor.id,
        "starts_on": date(2025, 1, 13),
        "ends_on": date(2025, 3, 30),
        "weekly_minutes": 450,
    }
    placements.edit(session, placement, **values_of(placement, **changes))
    session.flush()
    assert {name: getattr(placement, name) for name in changes} == changes
    assert "vita vejleder" in placement.search_text


def test_edit_is_one_event_and_one_version(make: Factory, session: Session) -> None:
    hold, unit, new = make.cohort(), make.unit(), make.unit("Afsnit B")
    offer, supervisor = make.offer(unit, hold), make.contact(new)
    make.offer(new, hold)
    make.host(new)
    placement = make.placement(cohort=hold, unit=unit, offer_id=offer.id, status="proposed")
    changes = {"unit_id": new.id, "supervisor_id": supervisor.id, "weekly_minutes": 300}
    version, told = placement.version, len(history.of(session, placement))
    placements.edit(session, placement, **values_of(placement, **changes))
    session.flush()
    assert placement.version == version + 1
    assert len(history.of(session, placement)) == told + 1


def test_edit_refuses_a_supervisor_of_another_unit(make: Factory, session: Session) -> None:
    placement = make.placement()
    stranger = make.contact(make.unit("Afsnit B"))
    gone = make.contact(placement.unit, "Rejst Væk", active=False)
    for supervisor_id in (stranger.id, gone.id, 999_999):
        with pytest.raises(RuleBroken) as refusal:
            placements.edit(session, placement, **values_of(placement, supervisor_id=supervisor_id))
        assert refusal.value.field == "supervisor_id"


def test_edit_keeps_a_supervisor_who_has_left(make: Factory, session: Session) -> None:
    unit = make.unit()
    placement = make.placement(unit=unit, supervisor_id=make.contact(unit, active=False).id)
    placements.edit(session, placement, **values_of(placement, weekly_minutes=300))
    assert placement.weekly_minutes == 300


@pytest.mark.parametrize("status", PlacementStatus)
def test_edit_by_state(make: Factory, session: Session, status: PlacementStatus) -> None:
    """The unit stands once the agreement is signed; the rest stands once the placement is over."""
    placement, unit = make.placement(status=status), make.unit("Afsnit B")
    over = {"completed", "declined", "cancelled", "ended_early"}
    signed = {"agreed", "active"}
    if status in over:
        with pytest.raises(RuleBroken):
            placements.edit(session, placement, **values_of(placement, weekly_minutes=300))
        return
    placements.edit(session, placement, **values_of(placement, weekly_minutes=300))
    assert placement.weekly_minutes == 300
    if status in signed:
        with pytest.raises(RuleBroken) as refusal:
            placements.edit(session, placement, **values_of(placement, unit_id=unit.id))
        assert refusal.value.field == "unit_id"
    else:
        placements.edit(session, placement, **values_of(placement, unit_id=unit.id))
        assert placement.unit is unit


def test_edit_to_another_unit_moves_the_seat_and_asks_again(make: Factory, session: Session) -> None:
    hold, old, new = make.cohort(), make.unit(), make.unit("Afsnit B", sector=Sector.MUNICIPAL)
    closed = make.offer(old, hold, seats=1, status="closed")
    wanted = make.offer(new, hold, seats=1)
    host = make.host(new)
    placement = make.placement(cohort=hold, unit=old, offer_id=closed.id, status="accepted")
    placements.edit(session, placement, **values_of(placement, unit_id=new.id))
    session.flush()
    assert (placement.offer_id, placement.sector) == (wanted.id, Sector.MUNICIPAL)
    assert closed.status is OfferStatus.OPEN
    assert placement.status is PlacementStatus.PROPOSED
    assert [mail.user_id for mail in session.scalars(select(OutgoingMail))] == [host.id]


def test_edit_to_a_unit_refuses_without_a_seat(make: Factory, session: Session) -> None:
    hold, new = make.cohort(), make.unit("Afsnit B")
    full = make.offer(new, hold, seats=1)
    make.placement(cohort=hold, unit=new, offer_id=full.id)
    placement = make.placement(cohort=hold)
    with pytest.raises(RuleBroken, match="optaget") as refusal:
        placements.edit(session, placement, **values_of(placement, unit_id=new.id))
    assert refusal.value.field == "unit_id"
    with pytest.raises(RuleBroken) as unknown:
        placements.edit(session, placement, **values_of(placement, unit_id=999_999))
    assert unknown.value.field == "unit_id"


def test_name_supervisor_of_the_unit_only(make: Factory, session: Session) -> None:
    placement = make.placement(status="accepted")
    supervisor = make.contact(placement.unit, "Vita Vejleder")
    stranger = make.contact(make.unit("Afsnit B"))
    placements.name_supervisor(session, placement, supervisor_id=supervisor.id, today=TODAY)
    assert placement.supervisor is supervisor
    with pytest.raises(RuleBroken):
        placements.name_supervisor(session, placement, supervisor_id=stranger.id, today=TODAY)


@pytest.mark.parametrize(("status", "allowed"), [("draft", True), ("accepted", True), ("agreed", False)])
def test_choose_legal_basis_until_signed(make: Factory, session: Session, status: str, allowed: bool) -> None:
    placement = make.placement(status=status, legal_basis=None)
    if allowed:
        placements.choose_legal_basis(session, placement, legal_basis=LegalBasis.JOB_CENTRE)
        assert placement.legal_basis is LegalBasis.JOB_CENTRE
    else:
        with pytest.raises(RuleBroken):
            placements.choose_legal_basis(session, placement, legal_basis=LegalBasis.JOB_CENTRE)


def test_changing_what_was_agreed_renews_the_agreement(make: Factory, session: Session) -> None:
    placement = make.placement(status="accepted")
    agreement = make.agreement(placement, status="awaiting_signatures")
    placements.edit(session, placement, **values_of(placement))
    assert [version.number for version in agreement.versions] == [1]
    placements.edit(session, placement, **values_of(placement, weekly_minutes=300))
    assert [version.number for version in agreement.versions] == [1, 2]


def test_choosing_another_legal_basis_renews_the_agreement(make: Factory, session: Session) -> None:
    placement = make.placement(status="accepted")
    agreement = make.agreement(placement, status="awaiting_signatures")
    placements.choose_legal_basis(session, placement, legal_basis=LegalBasis.STUDY_PRACTICUM)
    assert [version.number for version in agreement.versions] == [1]
    placements.choose_legal_basis(session, placement, legal_basis=LegalBasis.JOB_CENTRE)
    assert [version.number for version in agreement.versions] == [1, 2]
