"""What the board offers to choose from: in its filter, and in a row that is being changed. None of it grows with the rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, Select, bindparam, or_, select, union_all
from sqlalchemy.orm import Session

from placements.domain import hosts, offers, placement_changes, placements
from placements.domain.actors import Actor
from placements.domain.placement_states import NEEDS_REASON, TRANSITIONS
from placements.models.cohorts import Cohort
from placements.models.hosts import Contact, UnitPeriod
from placements.models.offers import Offer
from placements.models.placements import Placement, PlacementStatus

NEWEST = 30
FEW_UNITS = 60


# In the filter


@lru_cache(maxsize=64)
def _newest_cohorts(programmes: int) -> Select[Any]:
    """Of each programme the newest, by its index; of those the newest."""
    cohort = Cohort.__table__.c
    lists = [
        select(cohort.id, cohort.slug, cohort.name, cohort.starts_on)
        .where(cohort.programme_id == bindparam(f"programme{number}"))
        .order_by(cohort.starts_on.desc())
        .limit(NEWEST)
        .subquery()
        for number in range(programmes)
    ]
    merged = union_all(*(select(each) for each in lists)).subquery()
    return select(merged).order_by(merged.c.starts_on.desc(), merged.c.id).limit(NEWEST)


def cohorts(session: Session, actor: Actor) -> Sequence[Row[Any]]:
    """The newest cohorts of the coordinator's programmes: id, slug, name."""
    if not actor.programme_ids:
        return ()
    own = {f"programme{number}": id_ for number, id_ in enumerate(sorted(actor.programme_ids))}
    return session.execute(_newest_cohorts(len(own)), own).all()


def cohort_called(session: Session, actor: Actor, slug: str) -> Row[Any] | None:
    """One cohort of the coordinator's programmes, however old."""
    named = select(Cohort.id, Cohort.slug, Cohort.name).where(
        or_(Cohort.slug == slug, Cohort.id == (int(slug) if slug.isdecimal() else -1)),
        Cohort.programme_id.in_(actor.programme_ids),
    )
    return session.execute(named).first()


_CALLED_ON = (
    select(UnitPeriod.__table__.c.unit_id, UnitPeriod.__table__.c.name)
    .where(
        UnitPeriod.__table__.c.valid_from <= bindparam("day"),
        or_(
            UnitPeriod.__table__.c.valid_to.is_(None), UnitPeriod.__table__.c.valid_to > bindparam("day")
        ),
    )
    .limit(FEW_UNITS + 1)
)


def units(session: Session, cohort_id: int | None, chosen: int | None, *, day: date) -> dict[int, str]:
    """All units where they are few, else those of the cohort; always the one chosen. By name."""
    found = session.execute(_CALLED_ON, {"day": day}).all()
    names = {unit_id: name for unit_id, name in found} if len(found) <= FEW_UNITS else {}
    if not names and cohort_id is not None:
        used = select(Placement.unit_id).where(Placement.cohort_id == cohort_id).distinct().limit(FEW_UNITS)
        names = hosts.unit_names(session, session.scalars(used).all(), day=day)
    if chosen is not None and chosen not in names:
        names |= hosts.unit_names(session, [chosen], day=day)
    return dict(sorted(names.items(), key=lambda item: item[1].lower()))


# In a row


@dataclass(frozen=True, slots=True)
class RowChoices:
    """`units` maps to name and seats left (None: nothing offered), `supervisors` to name and unit."""

    states: tuple[PlacementStatus, ...]
    units: dict[int, tuple[str, int | None]]
    supervisors: dict[int, tuple[str, str]]


def moves(placement: Placement, actor: Actor) -> dict[PlacementStatus, str]:
    """Where the placement may go from here without a word of explanation, and by which verb."""
    verbs = [verb for verb in placements.verbs_for(placement, actor) if verb not in NEEDS_REASON]
    return {TRANSITIONS[verb].target: verb for verb in verbs}


def row(session: Session, placement: Placement, actor: Actor, *, day: date) -> RowChoices:
    """The unit may be one that has offered the cohort seats, the supervisor somebody at one of those."""
    seats = _seats(session, placement) if placement_changes.may_change_unit(placement) else {}
    unit_ids = {placement.unit_id, *seats}
    names = hosts.unit_names(session, unit_ids, day=day)
    in_order = sorted(unit_ids, key=lambda unit_id: names.get(unit_id, "").lower())
    return RowChoices(
        (placement.status, *moves(placement, actor)),
        {unit_id: (names.get(unit_id, ""), seats.get(unit_id)) for unit_id in in_order},
        _supervisors(session, placement, in_order, names),
    )


def _seats(session: Session, placement: Placement) -> dict[int, int]:
    """Seats left at each unit that has an open offer to the cohort."""
    offered = [
        offer
        for offer in session.scalars(select(Offer).where(Offer.cohort_id == placement.cohort_id))
        if offers.is_open(offer)
    ]
    left = offers.open_seats(session, [offer.id for offer in offered])
    seats: dict[int, int] = {}
    for offer in offered:
        seats[offer.unit_id] = seats.get(offer.unit_id, 0) + max(left[offer.id], 0)
    return seats


def _supervisors(
    session: Session, placement: Placement, unit_ids: Iterable[int], names: dict[int, str]
) -> dict[int, tuple[str, str]]:
    wanted = list(unit_ids)
    people = session.execute(
        select(Contact.id, Contact.name, Contact.unit_id)
        .where(
            Contact.unit_id.in_(wanted),
            or_(Contact.is_supervisor & Contact.active, Contact.id == placement.supervisor_id),
        )
        .order_by(Contact.name, Contact.id)
    ).all()
    by_unit = sorted(people, key=lambda person: wanted.index(person.unit_id))
    return {person.id: (person.name, names.get(person.unit_id, "")) for person in by_unit}
