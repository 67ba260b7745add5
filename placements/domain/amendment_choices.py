"""What an amendment can be about, and the units and supervisors to choose among."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from placements.domain import amendment_terms, board_choices, placements
from placements.domain.amendment_terms import Wanted
from placements.domain.placement_states import RUNNING
from placements.domain.rules import RuleBroken
from placements.i18n import _
from placements.models.amendments import AmendmentKind
from placements.models.hosts import Contact, Unit
from placements.models.placements import Placement

K = AmendmentKind


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class Choices:
    units: tuple[tuple[int, str], ...] = ()
    people: tuple[Person, ...] = ()


def kinds_for(placement: Placement) -> list[AmendmentKind]:
    """A practicum that has not begun is called off rather than ended early."""
    begun = placement.status in RUNNING
    return [kind for kind in AmendmentKind if begun or kind is not K.EARLY_END]


def choices(session: Session, placement: Placement, kind: AmendmentKind, *, today: date) -> Choices:
    """Another unit with a seat left for the cohort, and who works there; or another at the same unit."""
    if kind is K.SUPERVISOR:
        people = placements.possible_supervisors(session, placement.unit_id)
        return Choices(
            people=tuple(Person(one.id, one.name, "") for one in people if one.id != placement.supervisor_id)
        )
    return _elsewhere(session, placement, today) if kind is K.UNIT else Choices()


def _elsewhere(session: Session, placement: Placement, today: date) -> Choices:
    found = board_choices.free_units(session, placement, day=today)
    units = tuple((id_, name) for id_, name in found.items() if id_ != placement.unit_id)
    people = board_choices.supervisors_of(session, [id_ for id_, _name in units])
    return Choices(units, tuple(Person(one.id, one.name, found[one.unit_id]) for one in people))


def chosen_records(
    session: Session, wanted: Wanted, *, unit_id: int | None, supervisor_id: int | None
) -> Wanted:
    """With the unit and the supervisor that were chosen; the rules say whether they may be."""
    unit = session.get(Unit, unit_id) if unit_id else None
    supervisor = session.get(Contact, supervisor_id) if supervisor_id else None
    return replace(wanted, unit=unit, supervisor=supervisor)


def with_end(wanted: Wanted, placement: Placement) -> Wanted:
    """An interruption's new last day is shown before it is saved: nobody signs a day they have not seen."""
    if wanted.kind is not K.INTERRUPTION or wanted.ends_on is not None:
        return wanted
    raise RuleBroken(
        _(
            "Den nye sidste dag bliver %(day)s. Ret dagen, hvis I har aftalt en anden, og gem igen.",
            day=suggested_end(wanted, placement) or placement.ends_on,
        ),
        field="ends_on",
    )


def suggested_end(wanted: Wanted, placement: Placement) -> date | None:
    """After the weeks that an interruption takes; nothing for other kinds."""
    if wanted.paused_from is None or wanted.paused_to is None:
        return None
    return amendment_terms.end_after(
        placement.starts_on, placement.ends_on, wanted.paused_from, wanted.paused_to
    )
