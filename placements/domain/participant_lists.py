"""The list of a cohort's people for those who work with it: what each reader may see of them on screen.

A coordinator sees how to reach them and where they are in practicum; who teaches sees their names.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from placements.domain import completion, enrolments
from placements.domain.actors import Actor
from placements.domain.placement_states import GIVEN
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.hosts import Unit
from placements.models.placements import Placement


@dataclass(frozen=True, slots=True)
class Person:
    """`unit` once a host has said yes, for those who may know."""

    enrolment: Enrolment
    unit: Unit | None


@dataclass(frozen=True, slots=True)
class ParticipantList:
    cohort: Cohort
    people: list[Person]
    in_full: bool


# Visibility


def with_list(actor: Actor) -> Select[Cohort]:
    """Cohorts whose staff this person is."""
    return completion.followed_by(actor)


# Questions


def of(session: Session, cohort: Cohort, actor: Actor) -> ParticipantList:
    """Those who take part or have completed, by name; who left is in nobody's list."""
    placed = {one.enrolment_id: one.unit for one in _placed(session, cohort, actor) if one.status in GIVEN}
    people = filter(enrolments.stays, enrolments.of_cohort(session, cohort))
    in_full = cohort.programme_id in actor.programme_ids
    return ParticipantList(cohort, [Person(one, placed.get(one.id)) for one in people], in_full)


def units_by_placement(session: Session, cohort: Cohort, actor: Actor) -> dict[int, Unit]:
    return {one.id: one.unit for one in _placed(session, cohort, actor)}


def _placed(session: Session, cohort: Cohort, actor: Actor) -> Sequence[Placement]:
    """For coordinators: with the names of the units, the latest placement last."""
    return session.scalars(
        select(Placement)
        .where(Placement.cohort_id == cohort.id, Placement.programme_id.in_(actor.programme_ids))
        .options(joinedload(Placement.unit).selectinload(Unit.periods))
        .order_by(Placement.starts_on, Placement.id)
    ).all()
