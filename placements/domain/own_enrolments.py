"""The enrolments of whoever asks: what is a participant's own, is found through these."""

from __future__ import annotations

from sqlalchemy import Select, select

from placements.domain.actors import Actor
from placements.models.enrolments import Enrolment


def of(actor: Actor) -> Select[Enrolment]:
    """In every cohort, whatever has become of it. Nobody who is not signed in has any."""
    return select(Enrolment).where(Enrolment.user_id == actor.id)


def ids_of(actor: Actor) -> Select[int]:
    """Their ids, for a query about what belongs to them."""
    return of(actor).with_only_columns(Enrolment.id)
