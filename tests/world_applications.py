"""Those who have applied in the access tests' world: to a coming cohort of ours, and of the neighbour."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from placements.clock import now
from placements.db import writing
from placements.domain import applications
from placements.models.applications import ApplicationStatus

if TYPE_CHECKING:
    from tests.world import World


def applied(world: World) -> dict[str, Any]:
    """Asta is still writing hers; whoever has the link reads it, and nobody else."""
    make, made = world.make, {}
    for programme, name in ((world.other_programme, "Noten"), (world.programme, "Asta")):
        cohort = make.cohort(
            programme, slug=f"{programme.slug}-2026", name="Hold 2026", starts_on=date(2026, 9, 7)
        )
        make.window(cohort)
        made[programme.slug] = make.application(cohort, f"{name} Søger", status=ApplicationStatus.DRAFT)
    own = made[world.programme.slug]
    make.decision(make.application(made[world.other_programme.slug].cohort, "Noten Svar"), "next_year")
    with writing():
        token = applications.make_link(make.session, own.id, now=now())
        make.session.commit()
    return {
        "programmes kind": "offer",
        "locale": "da",
        "application token": token,
        "key": "contact",
        "apply slug": own.cohort.slug,
        "applications slug": own.cohort.slug,
        "retention slug": world.programme.slug,
        "cohort_id too": own.cohort_id,
    }
