"""The student's own goals: written until the agreement is sent, printed in its section 3."""

from __future__ import annotations

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from placements.db import one_at_a_time
from placements.domain import agreement_states, own_enrolments, placement_changes, placements
from placements.domain.actors import Actor
from placements.domain.rules import RuleBroken, Stale
from placements.domain.tasks import PlacementLink
from placements.i18n import _
from placements.models.own_goals import OwnGoals
from placements.models.placements import Placement

LONGEST = 1000
SENT = _("Aftalen er sendt, så målene ligger fast. Sig til koordinatoren, hvis noget skal ændres.")


def visible_to(actor: Actor) -> Select[OwnGoals]:
    """The student's and the coordinator's. The unit reads them in the agreement, once it is sent."""
    readers = of_student(actor), placements.coordinated_by(actor)
    ids = [found.with_only_columns(Placement.id) for found in readers]
    return select(OwnGoals).where(or_(*(OwnGoals.placement_id.in_(some) for some in ids)))


def of_student(actor: Actor) -> Select[Placement]:
    """The placements in which this person is the student."""
    own = own_enrolments.ids_of(actor)
    return placements.visible_to(actor).where(Placement.enrolment_id.in_(own))


# Questions


def may_write(session: Session, placement: Placement) -> bool:
    """Nothing has been sent, or a new version is being written."""
    agreement = agreement_states.of_placement(session, placement.id)
    sent = agreement is not None and not agreement_states.is_draft(agreement.current)
    return placement_changes.is_editable(placement) and not sent


def link(session: Session, placement: Placement, actor: Actor) -> PlacementLink | None:
    """For the student alone."""
    if placement.enrolment.user_id != actor.id:
        return None
    missing = placement.own_goals is None and may_write(session, placement)
    note = _("Skriv dem, før aftalen sendes") if missing else ""
    return PlacementLink(_("Dine mål for praktikken"), f"/placements/{placement.id}/goals", note)


# Actions


def write(session: Session, placement: Placement, text: str, *, seen: int) -> None:
    """`seen` is the version that was opened, 0 for none. Nothing written: there are none any more."""
    one_at_a_time(session, f"own goals {placement.id}")
    if not may_write(session, placement):
        raise RuleBroken(SENT)
    session.refresh(placement, ["own_goals"])
    kept = placement.own_goals
    if seen != (kept.version if kept else 0):
        raise Stale
    text = text.strip()
    if len(text) > LONGEST:
        raise RuleBroken(_("Her er plads til %(longest)s tegn.", longest=LONGEST), field="text")
    if not text:
        placement.own_goals = None
    elif kept is None:
        placement.own_goals = OwnGoals(text=text)
    else:
        kept.text = text
