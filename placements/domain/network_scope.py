"""Whose a network group is: the programmes it is for, those who hold it together, and whom each of them sees.

A group may span programmes. Staff see the people of their own programmes in it and how many the others are; a
facilitator sees the whole of the group, and nothing else by it.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, false, or_, select
from sqlalchemy.orm import Session

from placements.domain.actors import Actor
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.network_groups import (
    NetworkAttendance,
    NetworkFacilitator,
    NetworkGroup,
    NetworkGroupProgramme,
    NetworkPlace,
)


def staffed(actor: Actor) -> frozenset[int]:
    """Programmes that the person runs or teaches."""
    return actor.programme_ids | actor.teaching_ids


# Which groups


def of_programmes(ids: Collection[int]) -> ColumnElement[bool]:
    """Laid by one of these programmes, or shared with it."""
    shared = select(NetworkGroupProgramme.group_id).where(NetworkGroupProgramme.programme_id.in_(ids))
    return or_(NetworkGroup.programme_id.in_(ids), NetworkGroup.id.in_(shared))


def facilitated_by(actor: Actor) -> ColumnElement[bool]:
    if actor.id is None:
        return false()
    own = select(NetworkFacilitator.group_id).where(NetworkFacilitator.user_id == actor.id)
    return NetworkGroup.id.in_(own)


def programme_ids(group: NetworkGroup) -> frozenset[int]:
    return frozenset({group.programme_id, *(shared.programme_id for shared in group.shared_with)})


def is_run_by(group: NetworkGroup, actor: Actor) -> bool:
    return bool(programme_ids(group) & staffed(actor))


def is_edited_by(group: NetworkGroup, actor: Actor) -> bool:
    """By those of the programme that laid it; the others have their own people in it."""
    return group.programme_id in staffed(actor)


def is_facilitator(group: NetworkGroup, actor: Actor) -> bool:
    return actor.id is not None and actor.id in {person.user_id for person in group.facilitators}


def is_met_by(group: NetworkGroup, actor: Actor) -> bool:
    """Who lays its meetings and keeps who came."""
    return is_run_by(group, actor) or is_facilitator(group, actor)


# Whom in them


def sees_everybody(group: NetworkGroup, actor: Actor) -> bool:
    return is_facilitator(group, actor) or programme_ids(group) <= staffed(actor)


def people_of(ids: Collection[int]) -> ColumnElement[bool]:
    """Places of people in these programmes."""
    cohorts = select(Cohort.id).where(Cohort.programme_id.in_(ids))
    return NetworkPlace.enrolment_id.in_(select(Enrolment.id).where(Enrolment.cohort_id.in_(cohorts)))


def hidden_rows(session: Session, group: NetworkGroup, actor: Actor) -> set[tuple[str, int]]:
    """Rows of the group's history that are about people this person does not see."""
    if sees_everybody(group, actor):
        return set()
    seen = select(NetworkPlace.id).where(people_of(staffed(actor)))
    strangers = select(NetworkPlace.id, NetworkPlace.enrolment_id).where(
        NetworkPlace.group_id == group.id, NetworkPlace.id.not_in(seen)
    )
    places = session.execute(strangers).all()
    came = select(NetworkAttendance.id).where(NetworkAttendance.enrolment_id.in_([row[1] for row in places]))
    return {("network_place", row[0]) for row in places} | {
        ("network_attendance", row_id) for row_id in session.scalars(came)
    }
