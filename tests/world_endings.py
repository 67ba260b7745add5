"""For the world of the access tests: what is said and kept when a practicum comes to its end."""

from __future__ import annotations

from datetime import date

from placements.models.outcomes import Afterwards, Outcome
from placements.models.placements import Placement
from placements.models.talks import Talk, TalkKind, TalkStatus
from placements.models.unit_reviews import Rating, UnitReview
from tests.factories import MOMENT, Factory

ANSWERS = dict.fromkeys(("welcome", "peer_tasks", "guidance", "recommend"), Rating.YES)


def endings(make: Factory, placement: Placement) -> dict[str, object]:
    """A talk, what the student says about the unit, and what came of it all."""
    day, placed = date(2025, 2, 1), {"placement_id": placement.id, "unit_id": placement.unit_id}
    review = UnitReview(given_on=day, line=f"{placement.student_name} siger tak", **placed, **ANSWERS)
    outcome = Outcome(enrolment_id=placement.enrolment_id, consented_on=day, afterwards=Afterwards.PEER_JOB)
    return {
        "talk_id": shared_talk(make, placement).id,
        "kind": "midway",
        "unit_review_id": make.keep(review).id,
        "outcome_id": make.keep(outcome).id,
    }


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
            shared_by_name="Pia Pedersen",
        )
    )
