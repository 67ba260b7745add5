"""What stands in the way of placing somebody on an offer, said where the person is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.domain import impossible_units
from placements.domain.offer_terms import plan_of
from placements.domain.placement_states import OCCUPYING
from placements.i18n import Text, _
from placements.models.enrolments import Enrolment
from placements.models.offers import Offer
from placements.models.placements import Placement
from placements.models.preferences import Wishes


def overlaps(session: Session, people: Sequence[Enrolment], offer: Offer) -> dict[int, Text]:
    """Enrolment to a sentence: the same person has a placement, in any cohort, within the offer's period."""
    by_user = {person.user_id: person.id for person in people}
    rows = session.execute(
        select(Enrolment.user_id, Placement.starts_on, Placement.ends_on)
        .join(Placement, Placement.enrolment_id == Enrolment.id)
        .where(
            Enrolment.user_id.in_(by_user),
            Placement.status.in_(OCCUPYING),
            Placement.starts_on <= offer.ends_on,
            Placement.ends_on >= offer.starts_on,
        )
        .order_by(Placement.starts_on.desc())
    )
    return {
        by_user[user_id]: _("har allerede et forløb fra %(start)s til %(end)s", start=start, end=end)
        for user_id, start, end in rows
    }


def impossible(session: Session, people: Sequence[Enrolment], offer: Offer) -> dict[int, Text]:
    """Enrolment to a few words, for those who cannot come here; why is not said."""
    excluded = impossible_units.of(session, [person.id for person in people])
    return {key: _("ikke en mulighed her") for key, units in excluded.items() if offer.unit_id in units}


def bad_days(session: Session, people: Sequence[Enrolment], offer: Offer) -> dict[int, list[int]]:
    """Enrolment to the weekdays of the offer's plan that do not work for the student, as far as they said."""
    planned = set(plan_of(offer))
    if not planned:
        return {}
    said = session.execute(
        select(Wishes.enrolment_id, Wishes.weekdays).where(
            Wishes.enrolment_id.in_([person.id for person in people])
        )
    )
    found = {enrolment_id: sorted(planned - set(days)) for enrolment_id, days in said if days}
    return {enrolment_id: days for enrolment_id, days in found.items() if days}
