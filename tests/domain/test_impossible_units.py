"""*Not this unit* holds however somebody is placed, and nobody is told why."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from placements.db import writing
from placements.domain import board, cohort_imports, placement_drafts, placements, suggestions, undoing
from placements.domain.actors import Actor
from placements.domain.placement_drafts import Draft
from placements.domain.rules import RuleBroken
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.offers import Offer
from placements.models.placements import Placement, PlacementStatus
from tests.domain.preference_scene import wishes_of
from tests.domain.test_undoing import last_event
from tests.domain.workbooks import BO, BROEN, book, saved
from tests.factories import Factory

NOW = datetime(2025, 2, 3, 9, tzinfo=UTC)
TODAY = date(2025, 2, 3)
SENTENCE = "Team Nord er ikke en mulighed for den studerende. Vælg et andet sted."


@pytest.fixture
def bo(make: Factory, cohort: Cohort) -> Enrolment:
    """Another student, who has excluded nothing, stands beside."""
    make.enrolment(cohort)
    return make.enrolment(cohort, make.user("Bo Toft", email="bo@example.org"))


@pytest.fixture
def north(make: Factory, cohort: Cohort, bo: Enrolment) -> Offer:
    """Bo has excluded the unit that offers this."""
    offer = make.offer(make.unit("Team Nord"), cohort)
    wishes_of(make, bo, excluded=[offer.unit_id])
    return offer


@pytest.fixture
def at_south(make: Factory, cohort: Cohort, bo: Enrolment, north: Offer) -> Placement:
    south = make.offer(make.unit("Team Syd"), cohort)
    return make.placement(enrolment=bo, unit=south.unit, offer_id=south.id, status="draft")


def values_of(placement: Placement, **changes: Any) -> dict[str, Any]:
    names = ("unit_id", "supervisor_id", "starts_on", "ends_on", "weekly_minutes")
    return {name: getattr(placement, name) for name in names} | changes


def refused(session: Session, raised: pytest.ExceptionInfo[RuleBroken]) -> tuple[str, str | None]:
    session.rollback()
    return str(raised.value.sentence), raised.value.field


def test_create_refuses_the_unit_for_this_student_alone(
    session: Session, make: Factory, cohort: Cohort, bo: Enrolment, north: Offer
) -> None:
    other = make.enrolment(cohort)
    with writing(), pytest.raises(RuleBroken) as raised:
        placements.create(session, north, bo, today=TODAY)
    assert refused(session, raised) == (SENTENCE, "enrolment_id")
    assert placements.create(session, north, other, today=TODAY).unit is north.unit


def test_create_all_refuses_the_whole(
    session: Session, make: Factory, cohort: Cohort, bo: Enrolment, north: Offer
) -> None:
    drafts = [Draft(make.enrolment(cohort), [north]), Draft(bo, [north])]
    with writing(), pytest.raises(RuleBroken) as raised:
        placement_drafts.create_all(session, drafts, today=TODAY)
    assert refused(session, raised) == (SENTENCE, "unit_id")


def test_edit_refuses_a_move_there_and_leaves_what_was_there_before(
    session: Session, make: Factory, bo: Enrolment, north: Offer, at_south: Placement
) -> None:
    with writing(), pytest.raises(RuleBroken) as raised:
        placements.edit(session, at_south, **values_of(at_south, unit_id=north.unit_id), today=TODAY, now=NOW)
    assert refused(session, raised) == (SENTENCE, "unit_id")
    old = make.placement(enrolment=bo, unit=north.unit, offer_id=north.id, starts_on=date(2025, 3, 1))
    at_south.status = PlacementStatus.CANCELLED
    with writing():
        placements.edit(session, old, **values_of(old, weekly_minutes=480), today=TODAY, now=NOW)
        session.commit()
    assert old.weekly_minutes == 480


def test_board_leaves_the_unit_out_and_refuses_a_typed_one(
    session: Session, coordinator: Actor, north: Offer, at_south: Placement
) -> None:
    offered = board.board_choices.row(session, at_south, coordinator, day=TODAY)
    assert offered.units == {at_south.unit_id: ("Team Syd", 1)}
    change = board.Change(
        at_south.version, north.unit_id, None, at_south.starts_on, at_south.ends_on, 360, at_south.status
    )
    with writing(), pytest.raises(RuleBroken) as raised:
        board.save(session, at_south, coordinator, change, today=TODAY, now=NOW)
    assert refused(session, raised) == (SENTENCE, "unit_id")


def test_undo_does_not_lead_back_there(
    session: Session, make: Factory, bo: Enrolment, cohort: Cohort
) -> None:
    """The unit was excluded after the student was moved away from it."""
    north, south = (make.offer(make.unit(name), cohort) for name in ("Team Nord", "Team Syd"))
    placement = make.placement(enrolment=bo, unit=north.unit, offer_id=north.id, status="draft")
    with writing():
        session.rollback()
        placements.edit(
            session, placement, **values_of(placement, unit_id=south.unit_id), today=TODAY, now=NOW
        )
        session.commit()
    wishes_of(make, bo, excluded=[north.unit_id])
    with writing(), pytest.raises(RuleBroken) as raised:
        undoing.undo(session, last_event(session), today=TODAY, now=NOW)
    assert refused(session, raised)[0] == SENTENCE


def test_approve_a_suggestion_of_that_unit_is_refused(
    session: Session, make: Factory, coordinator: Actor, bo: Enrolment, north: Offer
) -> None:
    suggestion = make.suggestion(bo)
    place = suggestions.Place(unit_id=north.unit_id)
    with writing(), pytest.raises(RuleBroken) as raised:
        suggestions.approve(
            session, suggestion, coordinator, place, ways=["group"], answer=None, today=TODAY, now=NOW
        )
    assert refused(session, raised) == (SENTENCE, "unit_id")


def test_import_names_the_cell(session: Session, make: Factory, cohort: Cohort, bo: Enrolment) -> None:
    unit = make.unit(
        "Broen", organisation=make.organisation("Viborg Kommune", kind="municipality"), sector="municipal"
    )
    make.offer(unit, cohort)
    wishes_of(make, bo, excluded=[unit.id])
    rows = [["bo@example.org", "Broen", "6.1.2025", "6.4.2025", None, 6]]
    content = saved(book(students=[BO], sites=[[*BROEN[:6], None]], practicum=rows))
    plan = cohort_imports.plan(session, cohort, content, {}, today=TODAY)
    assert [(problem.place.key, str(problem.sentence)) for problem in plan.problems] == [
        ("Praktik!B2", "Broen er ikke en mulighed for den studerende. Vælg et andet sted.")
    ]
