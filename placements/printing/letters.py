"""Letters, and the programme of a follow-up day: printed anew each time and kept nowhere."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from placements import pdf
from placements.domain import placement_states, users
from placements.domain.rules import RuleBroken
from placements.i18n import _
from placements.models.follow_up_days import FollowUpDay
from placements.models.placements import Placement
from placements.pdf.follow_up_programme import context as programme_context
from placements.pdf.host_letter import context as host_context
from placements.printing import paper


def host_letter(session: Session, placement: Placement, *, on: date, locale: str) -> pdf.Rendered:
    """Who is in practicum is told once the unit has said yes. There is no letter about what is called off."""
    if placement_states.is_called_off(placement):
        raise RuleBroken(_("Forløbet er afslået eller aflyst, så der er ikke noget brev at sende."))
    hosts = users.hosts_of(session, placement.unit_id)
    coordinators = users.coordinators_of(session, placement.programme_id)
    values = host_context.build(
        placement,
        accepted=placement_states.host_said_yes(placement),
        host=hosts[0] if hosts else None,
        coordinator=coordinators[0] if coordinators else None,
        follow_up_days=paper.follow_up_days(session, placement.cohort),
        on=on,
        locale=locale,
    )
    return paper.printed("host_letter", values, locale)


def follow_up_programme(session: Session, day: FollowUpDay, *, on: date, locale: str) -> pdf.Rendered:
    """For teachers, students and hosts alike: it names nobody who takes part."""
    programme_id = day.cohort.programme_id
    coordinators = users.coordinators_of(session, programme_id)
    values = programme_context.build(
        day,
        teachers=users.teachers_of(session, programme_id),
        coordinator=coordinators[0] if coordinators else None,
        on=on,
        locale=locale,
    )
    return paper.printed("follow_up_programme", values, locale)
