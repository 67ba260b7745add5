"""What belongs to a placement and has a page of its own: hours, talks and the rest, as links on its page."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session

from placements.domain import (
    amendment_tasks,
    concerns,
    emergency_contacts,
    hours_work,
    legal_details,
    own_goals,
    placement_states,
    supervisions,
    talk_work,
    unit_reviews,
    visits,
)
from placements.domain.actors import Actor
from placements.domain.tasks import PlacementLink
from placements.i18n import _
from placements.models.placements import Placement

Source = Callable[[Session, Placement, Actor], PlacementLink | None]


def _clearances(_session: Session, placement: Placement, actor: Actor) -> PlacementLink | None:
    if placement.programme_id not in actor.programme_ids:
        return None
    return PlacementLink(_("Attester"), f"/enrolments/{placement.enrolment_id}/clearances")


def _legal_details(_session: Session, placement: Placement, actor: Actor) -> PlacementLink | None:
    if placement.programme_id not in actor.programme_ids or placement.legal_basis is None:
        return None
    missing = sum(not check.met for check in legal_details.checks(placement))
    note = _("%(missing)s mangler", missing=missing) if missing else ""
    return PlacementLink(
        _("Oplysninger om retsgrundlaget"), f"/placements/{placement.id}/legal-details", note
    )


def _host_letter(_session: Session, placement: Placement, actor: Actor) -> PlacementLink | None:
    if placement.programme_id not in actor.programme_ids or placement_states.is_called_off(placement):
        return None
    return PlacementLink(_("Brev til praktikstedet"), f"/placements/{placement.id}/host-letter.pdf", _("PDF"))


def _concerns(session: Session, placement: Placement, actor: Actor) -> PlacementLink:
    number = concerns.count_open(session, placement, actor)
    note = _("%(number)s er ikke afsluttet", number=number) if number else ""
    return PlacementLink(_("Bekymringer"), f"/placements/{placement.id}/concerns", note)


SOURCES: tuple[Source, ...] = (
    _legal_details,
    amendment_tasks.link,
    _clearances,
    _host_letter,
    own_goals.link,
    hours_work.link,
    talk_work.link,
    unit_reviews.link,
    supervisions.link,
    visits.link,
    _concerns,
    emergency_contacts.link,
)
"""Each feature's link for this person, or None when there is nothing here for them."""


def links_for(session: Session, placement: Placement, actor: Actor) -> list[PlacementLink]:
    found = (source(session, placement, actor) for source in SOURCES)
    return [link for link in found if link is not None]
