"""What students wish for the practicum: who sees it, what is kept, and how it is changed.

*Not this unit* is kept as nothing more than that. No question here answers a host, and none answers for one
unit: who has excluded it is asked nowhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from zlib import crc32

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session, selectinload

from placements.db import one_at_a_time
from placements.domain import enrolments, offer_choices, preference_window
from placements.domain.actors import Actor
from placements.domain.rules import RuleBroken, Stale
from placements.i18n import _
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.offers import Accessibility, Offer
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


def read_by(actor: Actor, slug: str) -> Select[Enrolment]:
    """Students of one cohort whose wishes the coordinator may read; each look is written down."""
    return enrolments.coordinated_by(actor).join(Enrolment.cohort).where(Cohort.slug == slug)


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


def kept_of(session: Session, enrolment: Enrolment) -> Wishes | None:
    """What the student has said, if anything, with the names of the places loaded on demand."""
    return session.scalar(
        select(Wishes)
        .options(selectinload(Wishes.ranked), selectinload(Wishes.excluded))
        .where(Wishes.enrolment_id == enrolment.id)
        .execution_options(populate_existing=True)
    )


def ranking(wishes: Wishes | None) -> list[int]:
    """Offers, the dearest first."""
    return [ranked.offer_id for ranked in wishes.ranked] if wishes else []


def excluded(wishes: Wishes | None) -> frozenset[int]:
    return frozenset(unit.unit_id for unit in wishes.excluded) if wishes else frozenset()


def moved(order: list[int], offer_id: int, by: int) -> list[int]:
    """The same offers with one of them `by` places further down; at the ends it stays."""
    if offer_id not in order:
        return order
    rest = [other for other in order if other != offer_id]
    place = min(max(order.index(offer_id) + by, 0), len(rest))
    return [*rest[:place], offer_id, *rest[place:]]


def _mark(*values: object) -> int:
    """The version of one part of the wishes: its parts are saved independently of each other, so that a
    number for the whole would refuse what nobody has changed."""
    return crc32(repr(values).encode())


def ranking_mark(wishes: Wishes | None) -> int:
    return _mark(ranking(wishes))


def terms_mark(wishes: Wishes | None) -> int:
    said = (wishes.reach.value, wishes.weekdays, wishes.needs) if wishes else (Reach.ANYWHERE.value, [], [])
    return _mark(*said)


def excluded_mark(wishes: Wishes | None) -> int:
    return _mark(sorted(excluded(wishes)))


# Actions


def rank(session: Session, enrolment: Enrolment, order: list[int], *, seen: int, now: datetime) -> None:
    """These offers in this order. One that was closed after it was ranked may stay; a new one is open."""
    wishes = _held(session, enrolment, now=now)
    _expect(ranking_mark(wishes), seen)
    new = offer_choices.open_ids(enrolment.cohort).where(Offer.unit_id.not_in(excluded(wishes)))
    allowed = {*ranking(wishes), *session.scalars(new)}
    if len(set(order)) != len(order) or not allowed.issuperset(order):
        raise RuleBroken(_("En af pladserne er ikke længere åben. Hent siden igen, og se de andre."))
    _set_ranks(wishes, order)


def set_terms(
    session: Session,
    enrolment: Enrolment,
    *,
    weekdays: Collection[int],
    reach: Reach,
    needs: Collection[str],
    seen: int,
    now: datetime,
) -> None:
    wishes = _held(session, enrolment, now=now)
    _expect(terms_mark(wishes), seen)
    wishes.weekdays, wishes.reach = sorted(weekdays), reach
    wishes.needs = [need.value for need in Accessibility if need.value in needs]


def exclude(
    session: Session, enrolment: Enrolment, unit_ids: Collection[int], *, seen: int, now: datetime
) -> None:
    """*Not these units*, whatever else was said; their offers leave the ranking."""
    wishes = _held(session, enrolment, now=now)
    _expect(excluded_mark(wishes), seen)
    wanted = set(unit_ids)
    wishes.excluded = [unit for unit in wishes.excluded if unit.unit_id in wanted]
    wishes.excluded += [ExcludedUnit(unit_id=unit_id) for unit_id in sorted(wanted - excluded(wishes))]
    gone = set(session.scalars(select(Offer.id).where(Offer.unit_id.in_(wanted))))
    _set_ranks(wishes, [offer_id for offer_id in ranking(wishes) if offer_id not in gone])


def _held(session: Session, enrolment: Enrolment, *, now: datetime) -> Wishes:
    """The wishes, kept from others while they change; made when something is said for the first time."""
    one_at_a_time(session, f"wishes {enrolment.id}")
    preference_window.expect_open(enrolment.cohort, now=now)
    if not enrolments.is_active(enrolment):
        raise RuleBroken(_("Du er ikke længere på holdet, så ønskerne kan ikke ændres."))
    wishes = kept_of(session, enrolment)
    if wishes is None:
        wishes = Wishes(enrolment_id=enrolment.id, reach=Reach.ANYWHERE, weekdays=[], needs=[], saved_at=now)
        session.add(wishes)
    wishes.saved_at = now
    return wishes


def _expect(current: int, seen: int) -> None:
    if current != seen:
        raise Stale


def _set_ranks(wishes: Wishes, order: list[int]) -> None:
    known = {ranked.offer_id: ranked for ranked in wishes.ranked}
    for place, offer_id in enumerate(order, 1):
        if offer_id in known:
            known[offer_id].rank = place
        else:
            wishes.ranked.append(RankedOffer(offer_id=offer_id, rank=place))
    wishes.ranked = sorted(
        (ranked for ranked in wishes.ranked if ranked.offer_id in order), key=lambda ranked: ranked.rank
    )
