"""The coordinator's log of visits and contacts about a practicum. Neither host nor student sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from placements.domain import placements
from placements.domain.actors import Actor
from placements.domain.rules import RuleBroken
from placements.domain.tasks import PlacementLink
from placements.i18n import _
from placements.models.placements import Placement
from placements.models.visits import Visit, VisitKind

SHOWN = 25


@dataclass(frozen=True, slots=True)
class Page:
    """The newest first; `number` is how many there are in all, `after` where the next page begins."""

    visits: list[Visit]
    number: int
    after: int | None


# Visibility


def visible_to(actor: Actor) -> Select[Visit]:
    """Coordinators of the programme alone."""
    own = placements.coordinated_by(actor).with_only_columns(Placement.id)
    return select(Visit).where(Visit.placement_id.in_(own))


# Questions


def page_of(session: Session, placement: Placement, *, after: int | None = None) -> Page:
    """`after` is the last visit of the page before."""
    chosen = select(Visit).where(Visit.placement_id == placement.id)
    number = session.scalar(select(func.count()).where(Visit.placement_id == placement.id)) or 0
    last = session.scalar(chosen.where(Visit.id == after)) if after else None
    if last is not None:
        earlier = and_(Visit.held_on == last.held_on, Visit.id < last.id)
        chosen = chosen.where(or_(Visit.held_on < last.held_on, earlier))
    newest = chosen.order_by(Visit.held_on.desc(), Visit.id.desc()).limit(SHOWN + 1)
    found = list(session.scalars(newest))
    return Page(found[:SHOWN], number, found[SHOWN - 1].id if len(found) > SHOWN else None)


def link(session: Session, placement: Placement, actor: Actor) -> PlacementLink | None:
    if placement.programme_id not in actor.programme_ids:
        return None
    return PlacementLink(_("Besøg og kontakt"), f"/placements/{placement.id}/visits")


# Actions


def add(
    session: Session,
    placement: Placement,
    *,
    held_on: date,
    kind: VisitKind,
    people: str,
    line: str,
    today: date,
) -> Visit:
    _refuse_future(held_on, today=today)
    visit = Visit(placement_id=placement.id, held_on=held_on, kind=kind, people=people, line=line)
    session.add(visit)
    return visit


def edit(visit: Visit, *, held_on: date, kind: VisitKind, people: str, line: str, today: date) -> None:
    _refuse_future(held_on, today=today)
    visit.held_on, visit.kind, visit.people, visit.line = held_on, kind, people, line


def _refuse_future(held_on: date, *, today: date) -> None:
    if held_on > today:
        raise RuleBroken(_("Datoen er ikke kommet endnu."), field="held_on")
