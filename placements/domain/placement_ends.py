"""What ending a placement leads to, said before it is done: the seat, and who is told."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from placements.domain import offers
from placements.domain.placement_states import OCCUPYING, SEEN_BY_HOST, SEEN_BY_STUDENT
from placements.i18n import Text, _
from placements.models.placements import Placement
from placements.models.users import Role


def has_free_seat(session: Session, placement: Placement) -> bool:
    """Somebody else can be placed on the offer."""
    offer = placement.offer
    if offer is None or not offers.is_open(offer):
        return False
    return offers.open_seats(session, [offer.id])[offer.id] > 0


def consequences(session: Session, placement: Placement, verb: str, *, role: str, today: date) -> list[Text]:
    """One sentence each, in the order they happen."""
    return [
        *([_("I dag bliver den sidste dag.")] if verb == "end_early" else []),
        *_seat(session, placement, today=today),
        *_told(placement, verb, role),
    ]


def _seat(session: Session, placement: Placement, *, today: date) -> list[Text]:
    offer = placement.offer
    unit = placement.unit.name_on(today)
    if offer is None:
        return [_("%(unit)s har ikke tilbudt holdet pladser, så der er ingen at tilbyde igen.", unit=unit)]
    freed = 1 if placement.status in OCCUPYING else 0
    left = offers.open_seats(session, [offer.id])[offer.id] + freed
    said = [
        _(
            "Pladsen hos %(unit)s bliver tilbudt igen med det samme. Ledige derefter: %(left)s af %(seats)s.",
            unit=unit,
            left=left,
            seats=offer.seats,
        )
    ]
    if not offers.is_open(offer):
        said.append(_("Der var lukket for flere. Nu bliver der åbnet igen."))
    return said


def _told(placement: Placement, verb: str, role: str) -> list[Text]:
    if verb == "decline":
        told = [_("Koordinatoren får en mail.")] if role == Role.HOST.value else []
        return [*told, _("Den studerende får ikke noget at vide.")]
    said = []
    if placement.status in SEEN_BY_HOST:
        said.append(_("Praktikværten får en mail om, at der er nyt."))
    if placement.status in SEEN_BY_STUDENT:
        said.append(_("Den studerende får en mail om, at der er nyt."))
    return [*said, _("Det kan ikke gøres om.")]
