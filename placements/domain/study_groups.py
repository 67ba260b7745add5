"""Study groups: students who prepare and reflect together between the sessions (V-05)."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from placements.db import one_at_a_time
from placements.domain import enrolments
from placements.domain.actors import Actor
from placements.domain.rules import RuleBroken
from placements.i18n import _
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.teaching import StudyGroup, StudyGroupMember

SMALLEST, LARGEST = 2, 20


def coordinated_by(actor: Actor) -> Select[StudyGroup]:
    cohorts = select(Cohort.id).where(Cohort.programme_id.in_(actor.programme_ids))
    return select(StudyGroup).where(StudyGroup.cohort_id.in_(cohorts))


# Questions


def of_cohort(session: Session, cohort: Cohort) -> list[StudyGroup]:
    """In the order they were made, with their members."""
    query = (
        select(StudyGroup)
        .where(StudyGroup.cohort_id == cohort.id)
        .options(
            selectinload(StudyGroup.members).joinedload(StudyGroupMember.enrolment).joinedload(Enrolment.user)
        )
        .order_by(StudyGroup.id)
    )
    return list(session.scalars(query))


def without_group(session: Session, cohort: Cohort) -> list[Enrolment]:
    """Those who take part and are in none, by name."""
    placed = set(
        session.scalars(
            select(StudyGroupMember.enrolment_id)
            .join(Enrolment, Enrolment.id == StudyGroupMember.enrolment_id)
            .where(Enrolment.cohort_id == cohort.id)
        )
    )
    people = enrolments.of_cohort(session, cohort)
    return [person for person in people if person.id not in placed and enrolments.is_active(person)]


def names_of(session: Session, enrolment_ids: Collection[int]) -> dict[int, str]:
    """What the group of each of them is called; who is in none is left out."""
    query = (
        select(StudyGroupMember.enrolment_id, StudyGroup.name)
        .join(StudyGroup, StudyGroup.id == StudyGroupMember.group_id)
        .where(StudyGroupMember.enrolment_id.in_(enrolment_ids))
    )
    return dict(session.execute(query).all())


def own(session: Session, enrolment: Enrolment) -> StudyGroup | None:
    """The group this person is in, with the others of it."""
    mine = select(StudyGroupMember.group_id).where(StudyGroupMember.enrolment_id == enrolment.id)
    query = select(StudyGroup).where(StudyGroup.id.in_(mine))
    members = selectinload(StudyGroup.members).options(
        joinedload(StudyGroupMember.enrolment).joinedload(Enrolment.user)
    )
    return session.scalar(query.options(members))


def sizes(people: int, size: int) -> list[int]:
    """As few groups as hold everybody, none larger than `size`, and none two larger than another."""
    groups = -(-people // size)
    share, rest = divmod(people, groups) if groups else (0, 0)
    return [share + (number < rest) for number in range(groups)]


# Actions


def create(session: Session, cohort: Cohort, *, name: str) -> StudyGroup:
    one_at_a_time(session, f"study groups {cohort.id}")
    if name in _names(session, cohort):
        raise RuleBroken(_("Der er allerede en studiegruppe, der hedder det."), field="name")
    group = StudyGroup(cohort=cohort, name=name)
    session.add(group)
    return group


def divide(session: Session, cohort: Cohort, *, size: int) -> list[StudyGroup]:
    """All who are in no group, into new groups of at most so many. Who has a group stays in it."""
    one_at_a_time(session, f"study groups {cohort.id}")
    if not SMALLEST <= size <= LARGEST:
        raise RuleBroken(_("Skriv et tal mellem 2 og 20."), field="size")
    people = without_group(session, cohort)
    if not people:
        raise RuleBroken(_("Alle er allerede i en studiegruppe."), field="size")
    made = []
    for number, wanted in zip(_free_names(session, cohort), sizes(len(people), size), strict=False):
        members, people = people[:wanted], people[wanted:]
        made.append(_group_of(cohort, number, members))
    session.add_all(made)
    return made


def _group_of(cohort: Cohort, name: str, people: Sequence[Enrolment]) -> StudyGroup:
    return StudyGroup(
        cohort=cohort, name=name, members=[StudyGroupMember(enrolment=person) for person in people]
    )


def _names(session: Session, cohort: Cohort) -> set[str]:
    return set(session.scalars(select(StudyGroup.name).where(StudyGroup.cohort_id == cohort.id)))


def _free_names(session: Session, cohort: Cohort) -> list[str]:
    taken = _names(session, cohort)
    numbered = (f"Studiegruppe {number}" for number in range(1, len(taken) + 1000))
    return [name for name in numbered if name not in taken]


def move(session: Session, enrolment: Enrolment, group: StudyGroup | None) -> None:
    """Into the group, out of the one they were in; without a group, only out."""
    one_at_a_time(session, f"study groups {enrolment.cohort_id}")
    if group is not None and group.cohort_id != enrolment.cohort_id:
        raise RuleBroken(_("Vælg en af holdets studiegrupper."), field="group_id")
    if group is not None and not enrolments.is_active(enrolment):
        raise RuleBroken(_("Forløbet er slut."), field="group_id")
    member = session.scalar(select(StudyGroupMember).where(StudyGroupMember.enrolment_id == enrolment.id))
    if member is None and group is not None:
        session.add(StudyGroupMember(group=group, enrolment=enrolment))
    elif member is not None and group is None:
        session.delete(member)
    elif member is not None and group is not None and member.group_id != group.id:
        member.group = group


def remove(session: Session, group: StudyGroup) -> None:
    """Its members are in no group then."""
    session.delete(group)
