"""Seats secured against seats needed, in each sector, for the cohorts whose practicum is not over (V-12)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session, joinedload

from placements.domain import cohorts, offers
from placements.domain.actors import Actor
from placements.domain.offers import SectorSeats
from placements.domain.tasks import Task, TaskGroup, group
from placements.i18n import _
from placements.models.cohorts import Cohort
from placements.models.hosts import Sector
from placements.words import word


@dataclass(frozen=True, slots=True)
class CohortSeats:
    cohort: Cohort
    sectors: dict[Sector, SectorSeats]


def seats(session: Session, actor: Actor, *, today: date) -> list[CohortSeats]:
    """The cohorts this person coordinates, the next practicum first."""
    coming = session.scalars(
        cohorts.coordinated_by(actor)
        .options(joinedload(Cohort.programme))
        .where(Cohort.practicum_ends_on >= today)
        .order_by(Cohort.practicum_starts_on)
    )
    return [CohortSeats(cohort, offers.seats_by_sector(session, cohort)) for cohort in coming]


def missing(found: list[CohortSeats]) -> list[TaskGroup]:
    """A row for each cohort and sector with too few seats; no tile where there is no cohort to fill."""
    if not found:
        return []
    tasks = [
        Task(
            _("%(cohort)s, %(sector)s", cohort=own.cohort.name, sector=[word(sector)]),
            f"/offers?cohort={own.cohort.slug}&sector={sector.value}",
            _("%(secured)s af %(needed)s pladser er sikret", secured=counted.secured, needed=counted.needed),
            action=_("Tilbyd pladser"),
            action_href=f"/offers/new?cohort={own.cohort.id}",
        )
        for own in found
        for sector, counted in own.sectors.items()
        if counted.secured < counted.needed
    ]
    label, empty = _("Sektorer, der mangler pladser"), _("Alle hold har de pladser, de skal bruge.")
    return [group("missing-seats", label, empty, tasks, "/offers")]
