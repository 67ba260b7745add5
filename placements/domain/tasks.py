"""What a line of work looks like on a home page: what it is about, and where it is cleared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select
from sqlalchemy.orm import Session

from placements.domain.hosts import holds_on
from placements.i18n import Text
from placements.models.hosts import UnitPeriod
from placements.models.placements import Placement

SHOWN = 25


@dataclass(frozen=True, slots=True)
class Mark:
    """A badge on a row; tones as in components/badges.html."""

    text: Text
    tone: str


@dataclass(frozen=True, slots=True)
class Task:
    """One row: what it is about, and the page where it is cleared."""

    text: str
    href: str
    note: str = ""
    action: str = ""
    action_href: str = ""
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class PlacementLink:
    """`note` says how it stands, in a few words."""

    label: Text
    href: str
    note: Text | str = ""


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """A tile and the rows behind it: the number is how many there are, also when not all are shown."""

    key: str
    label: Text
    empty: Text
    tasks: list[Task]
    number: int
    more_href: str = ""


def group(key: str, label: Text, empty: Text, tasks: list[Task], more_href: str = "") -> TaskGroup:
    return TaskGroup(key, label, empty, tasks[:SHOWN], len(tasks), more_href)


def at_unit(session: Session, chosen: Select[Placement], *, today: date) -> list[tuple[Placement, str]]:
    """Placements with what their unit is called today."""
    named = chosen.join(
        UnitPeriod, (UnitPeriod.unit_id == Placement.unit_id) & holds_on(UnitPeriod, today)
    ).add_columns(UnitPeriod.name)
    return [(placement, name) for placement, name in session.execute(named)]
