"""What students wish: an order without gaps, saved part by part, and read for a whole cohort at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placements.db import writing
from placements.domain import offer_choices, own_work, preference_list, preferences
from placements.domain.preferences import StudentWishes
from placements.domain.rules import RuleBroken, Stale, TooOften
from placements.models.events import Event
from placements.models.mails import OutgoingMail
from placements.models.pauses import UnitPause
from placements.models.preferences import RankedOffer, Reach, Wishes
from tests.domain.preference_scene import NOW, Scene, lay_out, wishes_of
from tests.factories import Factory, actor_for

DAY = date(2025, 2, 3)
ORDERS = st.lists(st.integers(1, 30), unique=True, min_size=1, max_size=8)


@settings(deadline=None)
@given(ORDERS, st.data(), st.integers(-3, 3))
def test_moving_keeps_the_same_offers(order: list[int], data: st.DataObject, by: int) -> None:
    one = data.draw(st.sampled_from(order))
    there = preferences.moved(order, one, by)
    assert sorted(there) == sorted(order)
    others = [offer_id for offer_id in order if offer_id != one]
    assert [offer_id for offer_id in there if offer_id != one] == others
    inside = 0 <= order.index(one) + by < len(order)
    assert not inside or preferences.moved(there, one, -by) == order
    assert preferences.moved(order, 99, by) == order


@settings(deadline=None)
@given(st.lists(ORDERS, min_size=1, max_size=4))
def test_ranks_have_no_gaps_whatever_was_ranked_before(orders: list[list[int]]) -> None:
    wishes = Wishes()
    for order in orders:
        preferences._set_ranks(wishes, order)
        assert [(ranked.rank, ranked.offer_id) for ranked in wishes.ranked] == list(enumerate(order, 1))


def ranked(session: Session, scene: Scene, order: list[int], **values: object) -> None:
    kept = preferences.kept_of(session, scene.student)
    said = {"seen": preferences.ranking_mark(kept), "now": NOW} | values
    with writing():
        preferences.rank(session, scene.student, order, **said)  # type: ignore[arg-type]
        session.commit()


def test_rank_keeps_the_order_and_when(session: Session, make: Factory) -> None:
    scene = lay_out(make)
    first, second, third = scene.ids
    for order in ([third, first], [first, third, second], [second]):
        ranked(session, scene, order)
        kept = preferences.kept_of(session, scene.student)
        assert (preferences.ranking(kept), kept and kept.saved_at) == (order, NOW)
    assert session.scalar(select(func.count(RankedOffer.id))) == 1


def test_rank_is_refused_for_what_is_not_open_to_the_student(session: Session, make: Factory) -> None:
    """A draft, a closed one, another cohort's, one of an excluded unit, the same twice."""
    scene = lay_out(make)
    cohort, unit = scene.cohort, make.unit()
    wishes_of(make, scene.student, excluded=[scene.offers[0].unit_id])
    other = make.offer(unit, make.cohort()).id
    wrong = [make.offer(unit, cohort, status=status).id for status in ("draft", "closed")]
    for order in ([wrong[0]], [wrong[1]], [other], [scene.ids[0]], [scene.ids[1]] * 2):
        with pytest.raises(RuleBroken, match="ikke længere åben"):
            ranked(session, scene, order)
        session.rollback()
    assert preferences.ranking(preferences.kept_of(session, scene.student)) == []


def test_rank_keeps_an_offer_that_was_closed_later(session: Session, make: Factory) -> None:
    scene = lay_out(make)
    wishes_of(make, scene.student, ranked=scene.ids)
    scene.offers[0].status = "closed"  # type: ignore[assignment]
    make.keep(scene.offers[0])
    ranked(session, scene, scene.ids[::-1])
    assert preferences.ranking(preferences.kept_of(session, scene.student)) == scene.ids[::-1]
    found = offer_choices.of_ids(session, scene.ids, day=DAY)
    assert [found[key].closed for key in scene.ids] == [True, False, False]


@pytest.mark.parametrize(("after", "saved"), [(0, True), (0.999, True), (1, False), (-15 * 86400, False)])
def test_save_counts_until_the_closing_second(
    session: Session, make: Factory, after: float, saved: bool
) -> None:
    scene = lay_out(make)
    closes = scene.cohort.preferences_close_at
    assert closes is not None
    now = closes + timedelta(seconds=after)
    if saved:
        ranked(session, scene, scene.ids, now=now)
    else:
        with pytest.raises(RuleBroken, match="er ikke gemt"):
            ranked(session, scene, scene.ids, now=now)
        session.rollback()
    assert bool(preferences.ranking(preferences.kept_of(session, scene.student))) is saved


def test_parts_are_saved_independently_and_stale_ones_refused(session: Session, make: Factory) -> None:
    scene = lay_out(make)
    me = scene.student
    marks = [
        mark(None) for mark in (preferences.ranking_mark, preferences.terms_mark, preferences.excluded_mark)
    ]
    with writing():
        preferences.rank(session, me, scene.ids, seen=marks[0], now=NOW)
        said = {"weekdays": [3, 1], "reach": Reach.REGION, "needs": ["lift", "step_free", "nonsense"]}
        preferences.set_terms(session, me, **said, seen=marks[1], now=NOW)  # type: ignore[arg-type]
        preferences.exclude(session, me, [scene.offers[1].unit_id], seen=marks[2], now=NOW)
        session.commit()
    assert preferences.of_cohort(session, scene.cohort)[me.id] == StudentWishes(
        {scene.ids[0]: 1, scene.ids[2]: 2},
        frozenset({1, 3}),
        Reach.REGION,
        frozenset({"lift", "step_free"}),
        frozenset({scene.offers[1].unit_id}),
        "Viborg",
    )
    for action in (
        lambda: preferences.rank(session, me, [], seen=marks[0], now=NOW),
        lambda: preferences.set_terms(session, me, **said, seen=marks[1], now=NOW),  # type: ignore[arg-type]
        lambda: preferences.exclude(session, me, [], seen=marks[2], now=NOW),
    ):
        with pytest.raises(Stale):
            action()
        session.rollback()


def test_exclusion_can_be_taken_back_and_leaves_no_trace(session: Session, make: Factory) -> None:
    scene = lay_out(make)
    unit_id = scene.offers[0].unit_id
    before = session.scalar(select(func.count(Event.id)))
    wishes_of(make, scene.student, ranked=scene.ids, excluded=[unit_id])
    seen = preferences.excluded_mark(preferences.kept_of(session, scene.student))
    with writing():
        preferences.exclude(session, scene.student, [], seen=seen, now=NOW)
        session.commit()
    assert preferences.excluded(preferences.kept_of(session, scene.student)) == frozenset()
    assert session.scalar(select(func.count(Event.id))) == before


def test_withdrawn_student_can_say_no_more(session: Session, make: Factory) -> None:
    scene = lay_out(make)
    scene.student.status = "withdrawn"  # type: ignore[assignment]
    make.keep(scene.student)
    with pytest.raises(RuleBroken, match="ikke længere på holdet"):
        ranked(session, scene, scene.ids)


def test_others_are_open_and_the_nearest_come_first(session: Session, make: Factory) -> None:
    scene = lay_out(make)
    make.offer(make.unit("Åen", municipality="Randers"), scene.cohort)
    make.offer(make.unit("Afsnit B", municipality="Randers"), scene.cohort)
    make.offer(make.unit("Udkast"), scene.cohort, status="draft")
    paused = make.offer(make.unit("Aa-huset"), scene.cohort)
    make.keep(UnitPause(unit_id=paused.unit_id, reason="-", paused_on=DAY, ask_again_on=DAY))
    asked = {
        "near": "Viborg",
        "day": DAY,
        "without": scene.ids[:1],
        "without_units": [scene.offers[1].unit_id],
    }
    found, total = offer_choices.others(session, scene.cohort, **asked, limit=2)  # type: ignore[arg-type]
    assert ([choice.name for choice in found], total) == (["Team Vest", "Afsnit B"], 3)


# Who is missing, and the reminder


def test_student_has_a_task_until_something_is_ranked(session: Session, make: Factory) -> None:
    scene = lay_out(make)
    me = actor_for(scene.student.user)
    [task] = own_work.tasks_of(session, me, today=DAY)
    assert (task.text, task.href) == (
        "Fortæl, hvor du helst vil i praktik (senest 10. februar 2025 kl. 10.00)",
        f"/my/preferences/{scene.student.id}",
    )
    assert own_work.tasks_of(session, me, today=date(2025, 2, 11)) == []
    ranked(session, scene, scene.ids[:1])
    assert own_work.tasks_of(session, me, today=DAY) == []


def test_reminder_goes_to_those_missing_once_a_day(session: Session, make: Factory) -> None:
    scene = lay_out(make)
    late = make.enrolment(scene.cohort)
    wishes_of(make, make.enrolment(scene.cohort), ranked=scene.ids)
    wishes_of(make, late, weekdays=[1])
    hours = [timedelta(hours=hours) for hours in (0, 23, 24)]
    with writing():
        assert preference_list.remind(session, scene.cohort, moment=NOW, now=NOW + hours[0]) == 2
        session.flush()
        with pytest.raises(TooOften):
            preference_list.remind(session, scene.cohort, moment=NOW, now=NOW + hours[1])
        newcomer = make.enrolment(scene.cohort)
        assert preference_list.remind(session, scene.cohort, moment=NOW, now=NOW + hours[1]) == 1
        assert preference_list.remind(session, scene.cohort, moment=NOW, now=NOW + hours[2]) == 2
        session.commit()
    sent = session.execute(select(OutgoingMail.path, OutgoingMail.message).order_by(OutgoingMail.id)).all()
    paths = [f"/my/preferences/{person.id}" for person in (scene.student, late)]
    assert sent == [(path, "wishes_reminder") for path in (*paths, f"/my/preferences/{newcomer.id}", *paths)]
    assert preference_list.last_reminded(session, scene.cohort) == NOW + hours[2]
    assert preference_list.last_reminded(session, make.cohort()) is None


def test_reminder_is_refused_when_nobody_is_missing_or_it_is_closed(session: Session, make: Factory) -> None:
    scene = lay_out(make)
    with pytest.raises(RuleBroken, match="mens der er åbent"):
        preference_list.remind(session, scene.cohort, moment=NOW + timedelta(days=8), now=NOW)
    wishes_of(make, scene.student, ranked=scene.ids)
    with pytest.raises(RuleBroken, match="ingen at minde"):
        preference_list.remind(session, scene.cohort, moment=NOW, now=NOW)


def test_overview_counts_and_pages(session: Session, make: Factory, monkeypatch: pytest.MonkeyPatch) -> None:
    scene = lay_out(make)
    for name in ("Bo", "Åse", "Carl"):
        make.enrolment(scene.cohort, make.user(name))
    wishes_of(make, scene.student, ranked=scene.ids)
    monkeypatch.setattr(preference_list, "PAGE", 2)
    first = preference_list.overview(session, scene.cohort, missing_only=True)
    assert ([line.name for line in first.lines], first.missing, first.total) == (["Bo", "Carl"], 3, 4)
    rest = preference_list.overview(session, scene.cohort, missing_only=True, after=first.after)
    assert ([line.name for line in rest.lines], rest.after) == (["Åse"], None)
    everybody = preference_list.overview(session, scene.cohort, missing_only=False)
    assert everybody.total == 4


# A whole cohort


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
