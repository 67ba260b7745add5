"""A cohort whose window stands open, three units with an open offer each, and a student."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.offers import Offer
from placements.models.preferences import ExcludedUnit, RankedOffer, Wishes
from placements.models.programmes import Programme
from tests.factories import Factory

NOW = datetime(2025, 2, 3, 9, tzinfo=UTC)
NAMES = ("Team Nord", "Team Syd", "Team Vest")


@dataclass(frozen=True)
class Scene:
    cohort: Cohort
    student: Enrolment
    offers: list[Offer]

    @property
    def ids(self) -> list[int]:
        return [offer.id for offer in self.offers]


def lay_out(make: Factory, programme: Programme | None = None, *, units: int = 3, **window: Any) -> Scene:
    opened = {
        "preferences_open_at": NOW - timedelta(days=7),
        "preferences_close_at": NOW + timedelta(days=7),
    } | window
    cohort = make.cohort(programme, slug="viborg-2025", name="Hold 2025", **opened)
    offers = [make.offer(make.unit(name), cohort) for name in NAMES[:units]]
    person = make.grant(make.user("Stine Holm"), "student")
    return Scene(cohort, make.enrolment(cohort, person, municipality="Viborg"), offers)


def wishes_of(
    make: Factory,
    enrolment: Enrolment,
    *,
    ranked: list[int] | None = None,
    excluded: list[int] | None = None,
    **values: Any,
) -> Wishes:
    kept = {"saved_at": NOW, "weekdays": [], "needs": []} | values
    ranks = [RankedOffer(offer_id=key, rank=place) for place, key in enumerate(ranked or (), 1)]
    units = [ExcludedUnit(unit_id=key) for key in excluded or ()]
    return make.keep(Wishes(enrolment_id=enrolment.id, ranked=ranks, excluded=units, **kept))
