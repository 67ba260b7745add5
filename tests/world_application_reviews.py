"""For the world of the access tests: applications that are read, of our coming cohort and the neighbour's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from placements.models.cohorts import Cohort

if TYPE_CHECKING:
    from tests.world import World


def reviewed(world: World) -> dict[str, Any]:
    """The coordinator and the teacher read ours; another of the same cohort is not the teacher's."""
    make, users = world.make, world.users
    ours = make.session.query(Cohort).filter_by(slug=world.values["apply slug"]).one()
    theirs = make.session.query(Cohort).filter_by(slug=f"{world.other_programme.slug}-2026").one()
    make.application(theirs, "Noten Sendt")
    make.interview(theirs)
    read, other = make.application(ours, "Asger Sendt"), make.application(ours, "Astrid Sendt")
    make.review(read, users["coordinator"])
    make.decision(read, "next_year")
    return {
        "applications slug": ours.slug,
        "application_id": read.id,
        "application_id too": other.id,
        "review_id": make.review(read, users["teacher"]).id,
        "slot_id": make.interview(ours).id,
    }
