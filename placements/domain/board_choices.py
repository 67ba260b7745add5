"""What the board offers to choose from, in its filter and in a row; none of it grows with the placements."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, literal_column, or_, select, union_all
from sqlalchemy.orm import Session

from placements.domain import hosts, impossible_units, offers, pauses, placement_changes, placements
from placements.domain.actors import Actor
from placements.domain.placement_states import NEEDS_REASON, TRANSITIONS
from placements.domain.rules import RuleBroken
from placements.models.cohorts import Cohort
from placements.models.hosts import Contact, UnitPeriod
from placements.models.offers import Offer
from placements.models.placements import Placement, PlacementStatus

NEWEST = 20
FEW_UNITS = 60


# In the filter


@dataclass(frozen=True, slots=True)
class FilterChoices:
    """Cohorts are (slug, name), the newest first; units are (id, name), by name."""

    cohorts: tuple[tuple[str, str], ...]
    units: tuple[tuple[str, str], ...]
    cohort_id: int | None


_PERIODS = UnitPeriod.__table__.c
_MANY_UNITS = (
    select(_PERIODS.unit_id)
    .limit(literal_column("1"))
    .offset(literal_column(str(FEW_UNITS)))
    .scalar_subquery()
)


@lru_cache(maxsize=64)
def _newest_cohorts(programmes: int) -> Select[Any]:
    """The ids from an index, in order within each programme; then the newest of them all."""
    cohort = Cohort.__table__
    newest: ColumnElement[int] = literal_column(str(NEWEST))
    lists = [
        select(cohort.c.id, cohort.c.starts_on)
        .where(cohort.c.programme_id == bindparam(f"programme{number}"))
        .order_by(cohort.c.starts_on.desc(), cohort.c.id.desc())
        .limit(newest)
        .subquery()
        for number in range(programmes)
    ]
    merged = union_all(*(select(each) for each in lists)).subquery()
    order = merged.c.starts_on.desc(), merged.c.id.desc()
    ids = select(merged).order_by(*order).limit(newest).subquery("newest")
    return (
        select(cohort.c.id, cohort.c.slug, cohort.c.name, _MANY_UNITS.label("many_units"))
        .select_from(ids.join(cohort, cohort.c.id == ids.c.id))
        .order_by(ids.c.starts_on.desc(), ids.c.id.desc())
    )


def for_filter(
    session: Session, actor: Actor, *, cohort: str, unit_id: int | None, day: date
) -> FilterChoices:
    """The newest cohorts, and the one chosen however old; all units where they are few, else the cohort's."""
    if not actor.programme_ids:
        return FilterChoices((), (), None)
    own = {f"programme{number}": id_ for number, id_ in enumerate(sorted(actor.programme_ids))}
    newest = session.execute(_newest_cohorts(len(own)), own).all()
    few_units = not newest or newest[0].many_units is None
    cohorts = {slug: (id_, name) for id_, slug, name, _many in newest}
    if cohort and cohort not in cohorts:
        cohorts |= _called(session, actor, cohort)
    cohort_id = cohorts[cohort][0] if cohort in cohorts else None
    units = _all_units(session, day) if few_units else _units_of(session, cohort_id, day)
    if unit_id is not None and unit_id not in units:
        units |= hosts.unit_names(session, [unit_id], day=day)
    in_order = sorted(units.items(), key=lambda item: item[1].lower())
    return FilterChoices(
        tuple((slug, name) for slug, (_id, name) in cohorts.items()),
        tuple((str(id_), name) for id_, name in in_order),
        cohort_id,
    )


def _called(session: Session, actor: Actor, slug: str) -> dict[str, tuple[int, str]]:
    """One of the coordinator's cohorts, by its slug."""
    named = select(Cohort.id, Cohort.name).where(
        Cohort.slug == slug, Cohort.programme_id.in_(actor.programme_ids)
    )
    found = session.execute(named).first()
    return {slug: (found.id, found.name)} if found is not None else {}


_CALLED_ON = select(_PERIODS.unit_id, _PERIODS.name).where(
    _PERIODS.valid_from <= bindparam("day"),
    or_(_PERIODS.valid_to.is_(None), _PERIODS.valid_to > bindparam("day")),
)


def _all_units(session: Session, day: date) -> dict[int, str]:
    return dict(session.execute(_CALLED_ON, {"day": day}).all())


def _units_of(session: Session, cohort_id: int | None, day: date) -> dict[int, str]:
    if cohort_id is None:
        return {}
    used = select(Placement.unit_id).where(Placement.cohort_id == cohort_id).distinct().limit(FEW_UNITS)
    return hosts.unit_names(session, session.scalars(used).all(), day=day)


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
    """The unit may be one that has offered the cohort seats, the supervisor somebody at one of those.

    Raises `RuleBroken` for a placement that is over.
    """
    if not placement_changes.is_editable(placement):
        raise RuleBroken(placement_changes.OVER)
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
    """Seats left at each unit that has an open offer to the cohort, is not set aside and is possible."""
    impossible = impossible_units.of(session, [placement.enrolment_id])
    offered = [
        offer
        for offer in session.scalars(
            select(Offer).where(
                Offer.cohort_id == placement.cohort_id, Offer.unit_id.not_in(pauses.paused_ids())
            )
        )
        if offers.is_open(offer) and offer.unit_id not in impossible.get(placement.enrolment_id, ())
    ]
    left = offers.open_seats(session, [offer.id for offer in offered])
    seats: dict[int, int] = {}
    for offer in offered:
        seats[offer.unit_id] = seats.get(offer.unit_id, 0) + max(left[offer.id], 0)
    return seats


def free_units(session: Session, placement: Placement, *, day: date) -> dict[int, str]:
    """Units with a seat left for the placement's cohort, by name."""
    seats = {unit_id for unit_id, left in _seats(session, placement).items() if left}
    names = hosts.unit_names(session, seats, day=day)
    return dict(sorted(names.items(), key=lambda item: item[1].lower()))


def supervisors_of(session: Session, unit_ids: Collection[int]) -> Sequence[Contact]:
    """Who can be supervisor at any of these units."""
    working = select(Contact).where(Contact.unit_id.in_(unit_ids), Contact.is_supervisor, Contact.active)
    return session.scalars(working.order_by(Contact.unit_id, Contact.name, Contact.id)).all()


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
