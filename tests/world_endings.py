"""For the world of the access tests: what is said and kept when a practicum comes to its end."""

from __future__ import annotations

from datetime import date

from placements.models.placements import Placement
from placements.models.talks import Talk, TalkKind, TalkStatus
from tests.factories import MOMENT, Factory


def shared_talk(make: Factory, placement: Placement) -> Talk:
    """Shared with the student, so that all three parties see it."""
    return make.keep(
        Talk(
            placement_id=placement.id,
            kind=TalkKind.MIDWAY,
            status=TalkStatus.SHARED,
            held_on=date(2025, 2, 1),
            goes_well=f"{placement.student_name} er god til samtaler",
            shared_at=MOMENT,
            shared_by_name="Praktikstedet",
        )
    )
