"""What students wish for the practicum: who sees it, what is kept, and how it is changed.

*Not this unit* is kept as nothing more than that. No question here answers a host, and none answers for one
unit: who has excluded it is asked nowhere.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from placements.domain.actors import Actor
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.preferences import ExcludedUnit, RankedOffer, Reach, Wishes


@dataclass(frozen=True, slots=True)
class StudentWishes:
    """What counts when seats are given. No weekdays: any day works. `ranks`: offer to 1, 2, 3…"""

    ranks: dict[int, int] = field(default_factory=dict)
    weekdays: frozenset[int] = frozenset()
    reach: Reach = Reach.ANYWHERE
    needs: frozenset[str] = frozenset()
    excluded_unit_ids: frozenset[int] = frozenset()
    municipality: str | None = None


def _scope(actor: Actor) -> ColumnElement[bool]:
    """Coordinators: those of their programmes. A student: the own. Nobody else, and no host."""
    coordinated = select(Cohort.id).where(Cohort.programme_id.in_(actor.programme_ids))
    return or_(Enrolment.cohort_id.in_(coordinated), Enrolment.user_id == actor.id)


def visible_to(actor: Actor) -> Select[Wishes]:
    return select(Wishes).where(Wishes.enrolment_id.in_(select(Enrolment.id).where(_scope(actor))))


# Questions


def of_cohort(session: Session, cohort: Cohort) -> dict[int, StudentWishes]:
    """By enrolment id, for everybody in the cohort, also those who have said nothing: three queries."""
    ranks: dict[int, dict[int, int]] = defaultdict(dict)
    excluded: dict[int, set[int]] = defaultdict(set)
    for enrolment_id, offer_id, rank in session.execute(
        select(Wishes.enrolment_id, RankedOffer.offer_id, RankedOffer.rank)
        .join(RankedOffer.wishes)
        .join(Wishes.enrolment)
        .where(Enrolment.cohort_id == cohort.id)
        .order_by(RankedOffer.rank)
    ):
        ranks[enrolment_id][offer_id] = rank
    for enrolment_id, unit_id in session.execute(
        select(Wishes.enrolment_id, ExcludedUnit.unit_id)
        .join(ExcludedUnit.wishes)
        .join(Wishes.enrolment)
        .where(Enrolment.cohort_id == cohort.id)
    ):
        excluded[enrolment_id].add(unit_id)
    people = session.execute(
        select(Enrolment.id, Enrolment.municipality, Wishes.reach, Wishes.weekdays, Wishes.needs)
        .outerjoin(Wishes, Wishes.enrolment_id == Enrolment.id)
        .where(Enrolment.cohort_id == cohort.id)
    )
    return {
        enrolment_id: StudentWishes(
            ranks.get(enrolment_id, {}),
            frozenset(weekdays or ()),
            reach or Reach.ANYWHERE,
            frozenset(needs or ()),
            frozenset(excluded.get(enrolment_id, ())),
            municipality,
        )
        for enrolment_id, municipality, reach, weekdays, needs in people
    }
