"""The coordinator's board: all placements of their programmes, in pages; one row is changed at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from placements.domain import board_choices, impossible_units, placement_changes, placement_search, placements
from placements.domain.actors import Actor
from placements.domain.board_statements import (
    KEYS,
    LIFE,
    ONE,
    PAGE,
    PLACES,
    Shape,
    count_statement,
    page_statement,
)
from placements.domain.rules import RuleBroken, expect_version
from placements.i18n import _
from placements.models.hosts import Sector, Unit
from placements.models.placements import Placement, PlacementStatus

SORTS = tuple(KEYS)


@dataclass(frozen=True, slots=True)
class Filter:
    """Which placements, in which order. `after`: the last one seen; `words` stand somewhere in its names."""

    cohort_id: int | None = None
    unit_id: int | None = None
    sector: Sector | None = None
    status: PlacementStatus | None = None
    words: tuple[str, ...] = ()
    sort: str = "start"
    descending: bool = False
    after: int | None = None

    def equal(self) -> dict[str, Any]:
        pairs = {
            "cohort_id": self.cohort_id,
            "unit_id": self.unit_id,
            "sector": self.sector,
            "status": self.status,
        }
        return {name: value for name, value in pairs.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Page:
    """`total` stops at COUNTED + 1; `after` is None on the last page."""

    rows: Sequence[Any]
    total: int
    after: int | None


NOTHING = Page((), 0, None)


# Visibility


visible_to = placements.coordinated_by


# Questions


def page(session: Session, actor: Actor, wanted: Filter, *, today: date) -> Page:
    """Always the same number of statements: one, and one more to find the place after the first page."""
    if not actor.programme_ids:
        return NOTHING
    values = _values(actor, wanted) | {"today": today}
    seen = _last_seen(session, actor, wanted)
    if seen is not None:
        key = seen.student_name if wanted.sort == "student" else seen.starts_on
        values |= {"key": key, "id": seen.id, "rank": LIFE.index(seen.status)}
    statement = page_statement(_shape(session, actor, wanted, seen))
    found = session.execute(statement, values).all()
    if not found:
        return NOTHING
    return Page(found[:PAGE], found[0].total, found[PAGE - 1].id if len(found) > PAGE else None)


def count(session: Session, actor: Actor, wanted: Filter) -> int:
    """How many there are, up to COUNTED + 1."""
    if not actor.programme_ids:
        return 0
    statement = count_statement(_shape(session, actor, wanted, None))
    return session.scalar(statement, _values(actor, wanted)) or 0


def row(session: Session, placement: Placement, *, today: date) -> Any:
    """A single row, as the page would show it."""
    return session.execute(ONE, {"id": placement.id, "today": today}).one()


def _last_seen(session: Session, actor: Actor, wanted: Filter) -> Any:
    """Where the page begins; from the beginning when that placement is not theirs."""
    if wanted.after is None:
        return None
    seen: Any = session.execute(PLACES, {"id": wanted.after}).first()
    return seen if seen is not None and seen.programme_id in actor.programme_ids else None


def _shape(session: Session, actor: Actor, wanted: Filter, seen: Any) -> Shape:
    by_status = wanted.sort == "status"
    return Shape(
        dialect=session.get_bind().dialect.name,
        programmes=len(actor.programme_ids),
        sort=wanted.sort,
        descending=wanted.descending,
        equal=frozenset(wanted.equal()),
        words=len(wanted.words),
        after=seen is not None,
        states=_states(wanted, seen) if by_status else (),
    )


def _states(wanted: Filter, seen: Any) -> tuple[PlacementStatus, ...]:
    """Those that come from the last row seen on, in the order shown."""
    order = LIFE[::-1] if wanted.descending else LIFE
    if wanted.status is not None:
        return (wanted.status,)
    return order[order.index(seen.status) :] if seen is not None else order


def _values(actor: Actor, wanted: Filter) -> dict[str, Any]:
    own = {f"programme{number}": id_ for number, id_ in enumerate(sorted(actor.programme_ids))}
    return own | wanted.equal() | placement_search.values_of(wanted.words, actor.programme_ids)


# Actions


@dataclass(frozen=True, slots=True)
class Change:
    """What a row's editor asks for; `version` is the one it was opened on."""

    version: int
    unit_id: int
    supervisor_id: int | None
    starts_on: date
    ends_on: date
    weekly_minutes: int
    status: PlacementStatus


def save(
    session: Session, placement: Placement, actor: Actor, change: Change, *, today: date, now: datetime
) -> None:
    """The row's new values, and then the one step onwards, if it is asked for."""
    expect_version(placement, change.version)
    verb = _verb(placement, actor, change.status)
    if _differs(placement, change):
        _check_offered(session, placement, actor, change, day=today)
        placement_changes.edit(
            session,
            placement,
            unit_id=change.unit_id,
            supervisor_id=change.supervisor_id,
            starts_on=change.starts_on,
            ends_on=change.ends_on,
            weekly_minutes=change.weekly_minutes,
            today=today,
            now=now,
        )
    if verb:
        _carry_on(session, placement, verb, today=today, now=now)


def _differs(placement: Placement, change: Change) -> bool:
    names = ("unit_id", "supervisor_id", "starts_on", "ends_on", "weekly_minutes")
    return any(getattr(placement, name) != getattr(change, name) for name in names)


def _verb(placement: Placement, actor: Actor, status: PlacementStatus) -> str:
    if status is placement.status:
        return ""
    verb = board_choices.moves(placement, actor).get(status)
    if verb is None:
        raise RuleBroken(_("Den status kan forløbet ikke få herfra."), field="status")
    return verb


def _check_offered(
    session: Session, placement: Placement, actor: Actor, change: Change, *, day: date
) -> None:
    """A coordinator cannot type the number of a unit that has nothing to do with the cohort."""
    if change.unit_id not in board_choices.row(session, placement, actor, day=day).units:
        if unit := session.get(Unit, change.unit_id):
            impossible_units.refuse(session, placement.enrolment, unit, today=day, field="unit_id")
        raise RuleBroken(_("Vælg et praktiksted, der har tilbudt holdet en plads."), field="unit_id")


def _carry_on(session: Session, placement: Placement, verb: str, *, today: date, now: datetime) -> None:
    if verb == "propose":
        placements.propose(session, placement, now=now)
    elif verb == "accept":
        placements.accept(session, placement, now=now)
    elif verb == "start":
        placements.start(session, placement, today=today)
    else:
        placements.complete(session, placement, today=today)
