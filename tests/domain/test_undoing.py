"""Taking back an edit: everything as it was, or a sentence and nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.db import writing
from placements.domain import placements, undoing
from placements.domain.rules import RuleBroken
from placements.models.events import Event
from placements.models.offers import OfferStatus
from placements.models.placements import LegalBasis, Placement
from tests.factories import Factory, actor_for

NOW = datetime(2025, 2, 3, 9, tzinfo=UTC)
TODAY = date(2025, 2, 3)
COLUMNS = (
    "unit_id",
    "offer_id",
    "supervisor_id",
    "starts_on",
    "ends_on",
    "weekly_minutes",
    "sector",
    "search_text",
)


def edit(session: Session, placement: Placement, **changes: Any) -> Event:
    names = ("unit_id", "supervisor_id", "starts_on", "ends_on", "weekly_minutes")
    with writing():
        session.rollback()
        values = {name: getattr(placement, name) for name in names} | changes
        placements.edit(session, placement, **values, today=TODAY, now=NOW)
        session.commit()
    return last_event(session)


def last_event(session: Session) -> Event:
    of_placements = select(Event).where(Event.table_name == "placement")
    return session.scalars(of_placements.order_by(Event.id.desc()).limit(1)).one()


def values_of(placement: Placement) -> dict[str, Any]:
    return {name: getattr(placement, name) for name in COLUMNS}


def test_undo_brings_back_period_hours_and_supervisor(make: Factory, session: Session) -> None:
    placement = make.placement(status="active")
    placements.refresh_search(session, placement, today=TODAY)
    make.keep(placement)
    before, supervisor = values_of(placement), make.contact(placement.unit)
    event = edit(
        session,
        placement,
        supervisor_id=supervisor.id,
        ends_on=date(2025, 3, 30),
        weekly_minutes=450,
    )
    assert undoing.newest(session, placement) is event
    undoing.undo(session, event, today=TODAY, now=NOW)
    session.flush()
    assert values_of(placement) == before


def test_undo_is_told_and_can_itself_be_taken_back(make: Factory, session: Session) -> None:
    placement = make.placement(status="active")
    event = edit(session, placement, weekly_minutes=450)
    undoing.undo(session, event, today=TODAY, now=NOW)
    session.flush()
    told = undoing.newest(session, placement)
    assert told is not None
    assert told.changes["weekly_minutes"] == [450, 360]
    undoing.undo(session, told, today=TODAY, now=NOW)
    assert placement.weekly_minutes == 450


def test_undo_moves_a_draft_back_to_its_offer(make: Factory, session: Session) -> None:
    cohort, old, new = make.cohort(), make.unit(), make.unit("Afsnit B", sector="municipal")
    offer, other = make.offer(old, cohort, seats=1, status="closed"), make.offer(new, cohort)
    placement = make.placement(cohort=cohort, unit=old, offer_id=offer.id)
    event = edit(session, placement, unit_id=new.id)
    assert (placement.offer_id, offer.status) == (other.id, OfferStatus.OPEN)
    undoing.undo(session, event, today=TODAY, now=NOW)
    session.flush()
    assert (placement.unit_id, placement.offer_id) == (old.id, offer.id)


def test_undo_refused_when_the_seat_is_gone(make: Factory, session: Session) -> None:
    cohort, old, new = make.cohort(), make.unit(), make.unit("Afsnit B")
    offer = make.offer(old, cohort, seats=1)
    placement = make.placement(cohort=cohort, unit=old, offer_id=offer.id)
    event = edit(session, placement, unit_id=new.id)
    make.placement(cohort=cohort, unit=old, offer_id=offer.id)
    with pytest.raises(RuleBroken, match="optaget"):
        undoing.undo(session, event, today=TODAY, now=NOW)


def test_undo_of_the_legal_basis(make: Factory, session: Session) -> None:
    placement = make.placement(legal_basis=None)
    with writing():
        session.rollback()
        assert placement.legal_basis is None
        placements.choose_legal_basis(session, placement, legal_basis=LegalBasis.JOB_CENTRE)
        session.commit()
    undoing.undo(session, last_event(session), today=TODAY, now=NOW)
    assert placement.legal_basis is None


def test_undo_refused_when_changed_since(make: Factory, session: Session) -> None:
    placement = make.placement(status="active")
    first = edit(session, placement, weekly_minutes=450)
    edit(session, placement, weekly_minutes=480)
    with pytest.raises(RuleBroken, match="ændret siden"):
        undoing.undo(session, first, today=TODAY, now=NOW)
    assert placement.weekly_minutes == 480


def test_undo_does_not_mind_that_the_unit_was_renamed(make: Factory, session: Session) -> None:
    """What the placement repeats from elsewhere is no change of its own."""
    placement = make.placement(status="active")
    event = edit(session, placement, weekly_minutes=450)
    placement.search_text = "noget andet"
    make.keep(placement)
    assert undoing.newest(session, placement) == event


@pytest.mark.parametrize("status", ["completed", "cancelled"])
def test_undo_refused_when_it_is_over(make: Factory, session: Session, status: str) -> None:
    placement = make.placement(status="active")
    event = edit(session, placement, weekly_minutes=450)
    with writing():
        session.rollback()
        placement.status = type(placement.status)(status)
        session.commit()
    assert undoing.newest(session, placement) is None
    with pytest.raises(RuleBroken):
        undoing.undo(session, event, today=TODAY, now=NOW)


def test_undo_refused_for_a_verb_and_for_the_beginning(make: Factory, session: Session) -> None:
    placement = make.placement(status="draft")
    created = last_event(session)
    with writing():
        session.rollback()
        placements.propose(session, placement, now=NOW)
        session.commit()
    for event in (created, last_event(session)):
        with pytest.raises(RuleBroken, match="kan ikke fortrydes"):
            undoing.undo(session, event, today=TODAY, now=NOW)
    assert undoing.newest(session, placement) is None


def test_visible_to_the_programmes_coordinators(make: Factory, session: Session) -> None:
    placement = make.placement(status="active")
    make.placement(status="active")
    own = actor_for(make.coordinator(placement.cohort.programme))
    assert {event.row_id for event in session.scalars(undoing.visible_to(own))} == {placement.id}
    for user in (make.host(placement.unit), placement.enrolment.user, make.admin()):
        assert session.scalars(undoing.visible_to(actor_for(user))).all() == []
