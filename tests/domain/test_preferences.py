"""What students wish: read for a whole cohort at once."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session

from placements.domain import preferences
from placements.domain.preferences import StudentWishes
from placements.models.preferences import Reach
from tests.domain.preference_scene import lay_out, wishes_of
from tests.factories import Factory


def test_of_cohort_tells_of_everybody(session: Session, make: Factory) -> None:
    scene = lay_out(make)
    first, second, third = scene.ids
    silent = make.enrolment(scene.cohort, municipality="Randers")
    elsewhere = make.enrolment(make.cohort())
    wishes_of(make, elsewhere, ranked=[third])
    wishes_of(
        make,
        scene.student,
        ranked=[third, first],
        excluded=[scene.offers[1].unit_id],
        weekdays=[1, 3],
        needs=["lift"],
        reach=Reach.REGION,
    )
    assert second not in preferences.of_cohort(session, scene.cohort)[scene.student.id].ranks
    assert preferences.of_cohort(session, scene.cohort) == {
        scene.student.id: StudentWishes(
            {third: 1, first: 2},
            frozenset({1, 3}),
            Reach.REGION,
            frozenset({"lift"}),
            frozenset({scene.offers[1].unit_id}),
            "Viborg",
        ),
        silent.id: StudentWishes(municipality="Randers"),
    }


def test_of_cohort_asks_as_often_whatever_the_size(
    session: Session, make: Factory, query_count: Callable[[Callable[[], object]], int]
) -> None:
    scene = lay_out(make)
    wishes_of(make, scene.student, ranked=scene.ids)
    session.refresh(scene.cohort)
    once = query_count(lambda: preferences.of_cohort(session, scene.cohort))
    for _number in range(3):
        wishes_of(make, make.enrolment(scene.cohort), ranked=scene.ids, excluded=[scene.offers[0].unit_id])
    session.refresh(scene.cohort)
    assert query_count(lambda: preferences.of_cohort(session, scene.cohort)) == once == 3
