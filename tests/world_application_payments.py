"""Who pays for those who have applied in the access tests' world."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from placements.domain import applications
from placements.models.applications import Application
from placements.models.programmes import FeeWhen

if TYPE_CHECKING:
    from tests.world import World


def paid_for(world: World) -> dict[str, Any]:
    """Everybody who has sent an application, of ours and of the neighbour's."""
    made = {}
    for application in world.make.session.scalars(select(Application).order_by(Application.id)).all():
        if not applications.is_draft(application):
            world.make.fee(application.cohort.programme, fee_when=FeeWhen.ALWAYS)
            made[application.id] = world.make.payment(application).id
    for programme in (world.programme, world.other_programme):
        world.make.invoice_sender(programme)
    ours = {f"payment_id{too}": made[world.values[f"application_id{too}"]] for too in ("", " too")}
    return ours | {"applications verb": "promise", "form": "peppol"}
