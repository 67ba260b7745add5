"""What students say about the units: to coordinators as it was said, to the unit only many together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session, joinedload

from placements.domain import own_enrolments, placements
from placements.domain.actors import Actor
from placements.domain.placement_states import BEGUN, RUNNING
from placements.domain.rules import RuleBroken
from placements.domain.suppression import ENOUGH
from placements.domain.tasks import PlacementLink, Task
from placements.i18n import Text, _
from placements.models.placements import Placement
from placements.models.unit_reviews import Rating, UnitReview

QUESTIONS: dict[str, Text] = {
    "welcome": _("Blev du taget godt imod?"),
    "peer_tasks": _("Fik du opgaver som peer?"),
    "guidance": _("Fik du den vejledning, du havde brug for?"),
    "recommend": _("Vil du anbefale stedet til en anden studerende?"),
}
POINTS = {Rating.NO: 1, Rating.PARTLY: 2, Rating.MOSTLY: 3, Rating.YES: 4}
NEAR = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Average:
    question: Text
    points: float


@dataclass(frozen=True, slots=True)
class Summary:
    """Of so many reviews, always a multiple of five; without averages when there are fewer."""

    number: int
    averages: list[Average]


# Visibility


def _own(actor: Actor) -> ColumnElement[bool]:
    return Placement.enrolment_id.in_(own_enrolments.ids_of(actor))


def reviewed_by(actor: Actor) -> Select[Placement]:
    """Placements whose unit this student may say something about."""
    return placements.visible_to(actor).where(_own(actor))


def visible_to(actor: Actor) -> Select[UnitReview]:
    """The coordinators of the programme and the student; never the unit."""
    own = reviewed_by(actor).with_only_columns(Placement.id)
    coordinated = placements.coordinated_by(actor).with_only_columns(Placement.id)
    return select(UnitReview).where(
        or_(UnitReview.placement_id.in_(own), UnitReview.placement_id.in_(coordinated))
    )


# Questions


def is_open(placement: Placement, *, today: date) -> bool:
    """From two weeks before the last day; at once when the practicum stopped."""
    return placement.status in BEGUN and (
        placement.status not in RUNNING or placement.ends_on <= today + NEAR
    )


def of_placement(session: Session, placement: Placement) -> UnitReview | None:
    return session.scalar(select(UnitReview).where(UnitReview.placement_id == placement.id))


def of_unit(session: Session, actor: Actor, unit_id: int) -> list[UnitReview]:
    """What this coordinator sees of it, the newest first."""
    chosen = visible_to(actor).where(UnitReview.unit_id == unit_id).options(joinedload(UnitReview.placement))
    return list(session.scalars(chosen.order_by(UnitReview.id.desc()).limit(50)))


def summary(session: Session, unit_id: int) -> Summary:
    """Five by five: nobody sees an average move when one more has answered."""
    kept = session.scalars(
        select(UnitReview).where(UnitReview.unit_id == unit_id).order_by(UnitReview.id)
    ).all()
    told = kept[: len(kept) // ENOUGH * ENOUGH]
    return Summary(len(told), [_average(name, told) for name in QUESTIONS] if told else [])


def _average(name: str, told: Sequence[UnitReview]) -> Average:
    points = [POINTS[getattr(review, name)] for review in told]
    return Average(QUESTIONS[name], round(sum(points) / len(points), 1))


def waiting(session: Session, actor: Actor, today: date) -> list[Task]:
    """The student's own practicums that are near their end and have no review."""
    given = select(UnitReview.placement_id)
    chosen = reviewed_by(actor).where(
        Placement.status.in_(BEGUN), Placement.id.not_in(given), Placement.ends_on <= today + NEAR
    )
    return [
        Task(_("Fortæl, hvordan praktikstedet var"), f"/placements/{placement.id}/unit-review")
        for placement in session.scalars(chosen.order_by(Placement.id))
    ]


def link(session: Session, placement: Placement, actor: Actor) -> PlacementLink | None:
    if placement.enrolment.user_id != actor.id or placement.status not in BEGUN:
        return None
    return PlacementLink(_("Din evaluering af stedet"), f"/placements/{placement.id}/unit-review")


# Actions


def give(
    session: Session, placement: Placement, *, ratings: dict[str, Rating], line: str | None, today: date
) -> UnitReview:
    if not is_open(placement, today=today):
        raise RuleBroken(_("Du kan evaluere stedet fra to uger før din sidste dag."))
    if of_placement(session, placement) is not None:
        raise RuleBroken(_("Du har allerede evalueret stedet. Tak for det."))
    review = UnitReview(
        placement_id=placement.id, unit_id=placement.unit_id, given_on=today, line=line, **ratings
    )
    session.add(review)
    return review
