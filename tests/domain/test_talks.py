"""The mid-way talk and the final evaluation: from planned to countersigned, and who hears of it (H-05)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.domain import talk_states, talk_work, talks
from placements.domain.actors import Actor
from placements.domain.placement_states import BEGUN
from placements.domain.rules import Stale
from placements.domain.talks import Words
from placements.models.mails import OutgoingMail
from placements.models.placements import Placement, PlacementStatus
from placements.models.programmes import OutcomeGroup
from placements.models.talks import Progress, Talk, TalkKind, TalkStatus
from tests.domain.saving import refusal, save
from tests.factories import Factory, actor_for

NOW = datetime(2025, 2, 20, 9, 0, tzinfo=UTC)
TODAY = date(2025, 2, 20)
SAID = Words(date(2025, 2, 19), "Samtalerne", "At sige fra", "Et kursus")
MIDWAY, FINAL = TalkKind.MIDWAY, TalkKind.FINAL


@pytest.fixture
def placement(make: Factory) -> Placement:
    return make.placement(status="active")


@pytest.fixture
def host(make: Factory, placement: Placement) -> Actor:
    return actor_for(make.host(placement.unit))


@pytest.fixture
def student(placement: Placement) -> Actor:
    return actor_for(placement.enrolment.user)


@pytest.fixture
def coordinator(make: Factory, placement: Placement) -> Actor:
    return actor_for(make.coordinator(placement.cohort.programme))


def talk_in(make: Factory, placement: Placement, status: str, **values: Any) -> Talk:
    texts = {"goes_well": "Samtalerne", "next_steps": "Et kursus", "held_on": SAID.held_on}
    return make.keep(
        Talk(placement_id=placement.id, **({"kind": MIDWAY, "status": TalkStatus(status)} | texts | values))
    )


def mails(session: Session) -> list[tuple[int, str, str | None]]:
    session.rollback()
    found = session.scalars(select(OutgoingMail).order_by(OutgoingMail.id))
    return [(mail.user_id, mail.message, mail.path) for mail in found]


# The state table


TABLE = """
planned    plan      planned
planned    write     written
written    write     written
written    share     shared
shared     take_back written
shared     agree     closed
shared     disagree  disagreed
disagreed  close     closed
"""
MOVES = {(source, verb): target for source, verb, target in map(str.split, TABLE.strip().splitlines())}


def verbs(
    session: Session, talk: Talk, host: Actor, student: Actor, coordinator: Actor
) -> dict[str, Callable[[], object]]:
    placed, version = talk.placement, talk.version

    def answer(agrees: bool) -> Callable[[], None]:
        return lambda: talks.answer(session, talk, student, agrees=agrees, words="Mine ord", now=NOW)

    return {
        "plan": lambda: talks.plan(session, placed, MIDWAY, held_on=SAID.held_on, version=version, now=NOW),
        "write": lambda: talks.write(session, placed, MIDWAY, SAID, version=version, now=NOW),
        "share": lambda: talks.share(session, talk, host, now=NOW),
        "take_back": lambda: talks.take_back(talk),
        "agree": answer(True),
        "disagree": answer(False),
        "close": lambda: talks.close(talk, coordinator, now=NOW),
    }


def test_each_verb_leads_where_the_table_says_and_nowhere_else(
    make: Factory,
    session: Session,
    placement: Placement,
    host: Actor,
    student: Actor,
    coordinator: Actor,
) -> None:
    talk = talk_in(make, placement, "planned")
    for state, verb in product(TalkStatus, talk_states.TRANSITIONS):
        talk.status = state
        make.keep(talk)
        act = verbs(session, talk, host, student, coordinator)[verb]
        if target := MOVES.get((state.value, verb)):
            save(session, act)
            assert talk.status.value == target
        else:
            assert refusal(session, act).sentence == talk_states.REFUSALS[verb]


def test_practicum_that_has_not_begun_has_no_talk(make: Factory, session: Session) -> None:
    for status in PlacementStatus:
        placed = make.placement(status=status)

        def write(placed: Placement = placed) -> Talk:
            return talks.write(session, placed, MIDWAY, SAID, version=0, now=NOW)

        if status in BEGUN:
            assert save(session, write).status is TalkStatus.WRITTEN
        else:
            assert refusal(session, write).sentence == "Samtalerne hører til, når praktikken er i gang."


# Writing and sharing


@pytest.mark.usefixtures("host")
def test_plan_again_within_a_day_sends_no_second_mail(session: Session, placement: Placement) -> None:
    hour = timedelta(hours=1)
    for held_on, at in (
        (SAID.held_on, NOW),
        (SAID.held_on + timedelta(days=1), NOW + 23 * hour),
        (SAID.held_on, NOW + 24 * hour),
    ):
        known = session.scalar(select(Talk))
        version = known.version if known else 0
        talks.plan(session, placement, MIDWAY, held_on=held_on, version=version, now=at)
        session.flush()
    assert list(session.scalars(select(OutgoingMail.message))) == ["task_talk", "task_talk"]


def test_share_asks_for_the_words_the_day_and_every_group(
    make: Factory, session: Session, placement: Placement, host: Actor
) -> None:
    """H-05: the programme's groups of learning outcomes are looked at one by one."""
    groups = [OutcomeGroup(position=place, title=f"Mål {place}", points=[]) for place in (1, 2)]
    placement.cohort.programme.outcomes = groups
    talk = talk_in(make, placement, "written", goes_well=None, held_on=TODAY + timedelta(days=1))
    save(session, lambda: talks.mark(talk, {2: Progress.REACHES}, now=NOW))
    refused = refusal(session, lambda: talks.share(session, talk, host, now=NOW))
    assert [check.key for check in refused.unmet] == ["held_on", "goes_well", "group_1"]
    assert mails(session) == []


def test_share_keeps_who_and_when_and_mails_the_student_a_link(
    make: Factory, session: Session, placement: Placement, host: Actor, student: Actor
) -> None:
    talk = talk_in(make, placement, "written")
    save(session, lambda: talks.share(session, talk, host, now=NOW))
    assert (talk.shared_by_name, talk.shared_by_id, talk.shared_at) == (host.name, host.id, NOW)
    assert mails(session) == [(student.id, "talk_shared", f"/placements/{placement.id}/talks/midway")]


def test_title_of_a_group_is_kept_when_the_programme_changes(
    make: Factory, session: Session, placement: Placement
) -> None:
    placement.cohort.programme.outcomes = [OutcomeGroup(position=1, title="Viden", points=[])]
    talk = talk_in(make, placement, "written")
    save(session, lambda: talks.mark(talk, {1: Progress.ON_THE_WAY}, now=NOW))
    placement.cohort.programme.outcomes[0].title = "Kundskab"
    make.keep(placement)
    assert [(mark.title, mark.progress) for mark in talk.marks] == [("Viden", Progress.ON_THE_WAY)]


def test_second_writer_on_an_old_version_is_stopped(
    make: Factory, session: Session, placement: Placement
) -> None:
    talk_in(make, placement, "written")
    session.rollback()
    for version in (0, 7):
        with pytest.raises(Stale):
            talks.write(session, placement, MIDWAY, SAID, version=version, now=NOW)
        session.rollback()


def test_nobody_shares_a_talk_with_themselves(make: Factory, session: Session, placement: Placement) -> None:
    """Somebody who is both host and student writes nothing about themselves."""
    person = placement.enrolment.user
    both = actor_for(make.grant(person, "host", unit=placement.unit))
    talk = talk_in(make, placement, "written")
    sentence = "Din egen samtale skal en anden dele med dig."
    assert refusal(session, lambda: talks.share(session, talk, both, now=NOW)).sentence == sentence
    assert session.scalars(talks.written_by(both)).all() == []
    assert session.scalars(talks.visible_to(both)).all() == []


@pytest.mark.parametrize("day", [date(2025, 1, 5), date(2025, 5, 7)])
def test_day_outside_the_practicum_is_refused(session: Session, placement: Placement, day: date) -> None:
    refused = refusal(
        session, lambda: talks.write(session, placement, MIDWAY, Words(day), version=0, now=NOW)
    )
    assert (refused.field, refused.sentence) == ("held_on", "Vælg en dag fra 6. januar 2025 til 6. maj 2025.")


# The student's answer


def test_draft_is_not_the_students_to_see(
    make: Factory, session: Session, placement: Placement, host: Actor, student: Actor
) -> None:
    talk = talk_in(make, placement, "planned")
    for status in TalkStatus:
        talk.status = status
        make.keep(talk)
        seen = [len(session.scalars(talks.visible_to(actor)).all()) for actor in (host, student)]
        assert seen == [1, 0 if status in talk_states.UNSHARED else 1]


def test_disagree_asks_why_and_tells_the_coordinator(
    make: Factory, session: Session, placement: Placement, student: Actor, coordinator: Actor
) -> None:
    talk = talk_in(make, placement, "shared")

    def answer(words: str) -> Callable[[], None]:
        return lambda: talks.answer(session, talk, student, agrees=False, words=words, now=NOW)

    assert refusal(session, answer("  ")).field == "words"
    save(session, answer("Jeg har holdt fire samtaler"))
    assert (talk.agrees, talk.answered_by_name, talk.answered_at) == (False, student.name, NOW)
    assert talk.student_words == "Jeg har holdt fire samtaler"
    path = f"/placements/{placement.id}/talks/midway"
    assert mails(session) == [(coordinator.id, "practicum_news", path)]
    waiting = talk_work.disagreed(session, coordinator, today=TODAY)
    assert [(task.text, task.href) for task in waiting.tasks] == [
        (f"{placement.student_name} hos Afsnit A", path)
    ]
    save(session, lambda: talks.close(talk, coordinator, now=NOW))
    assert talk.student_words == "Jeg har holdt fire samtaler"
    assert talk_work.disagreed(session, coordinator, today=TODAY).number == 0


def test_agreement_closes_the_talk_without_further_words(
    make: Factory, session: Session, placement: Placement, student: Actor
) -> None:
    talk = talk_in(make, placement, "shared")
    save(session, lambda: talks.answer(session, talk, student, agrees=True, words="", now=NOW))
    assert (talk.agrees, talk.student_words, talk.closed_at) == (True, None, NOW)
    assert mails(session) == []


# Work


@pytest.mark.parametrize(("day", "due"), [(date(2025, 2, 19), 0), (date(2025, 2, 20), 1)])
def test_midway_talk_is_due_when_half_is_over(
    make: Factory, session: Session, placement: Placement, coordinator: Actor, day: date, due: int
) -> None:
    """The practicum is 6 January to 6 April: half of its 91 days are over after 19 February."""
    assert talk_work.midway_due(session, coordinator, today=day).number == due
    talk_in(make, placement, "shared")
    assert talk_work.midway_due(session, coordinator, today=day).number == 0


def test_final_evaluation_is_missed_before_the_end_and_warned_of_on_the_last_day(
    make: Factory, session: Session, placement: Placement, coordinator: Actor
) -> None:
    last = placement.ends_on
    days = [last - timedelta(days=8), last - timedelta(days=7), last]
    assert [talk_work.final_missing(session, coordinator, today=day).number for day in days] == [0, 1, 1]
    warned = [len(talk_work.warnings(session, placement, day)) for day in days]
    assert warned == [0, 0, 1]
    talk_in(make, placement, "shared", kind=FINAL)
    assert talk_work.final_missing(session, coordinator, today=last).number == 0
    assert talk_work.warnings(session, placement, last) == []


def test_host_and_student_are_led_to_what_waits_for_them(
    make: Factory, session: Session, placement: Placement, host: Actor, student: Actor
) -> None:
    other = actor_for(make.host(make.unit("Team Syd")))
    assert [task.text for task in talk_work.of_host(session, host, TODAY)] == [
        f"Hold midtvejssamtalen med {placement.student_name}"
    ]
    assert talk_work.of_host(session, other, TODAY) == talk_work.of_student(session, student, TODAY) == []
    talk_in(make, placement, "shared")
    assert talk_work.of_host(session, host, TODAY) == []
    assert [task.text for task in talk_work.of_student(session, student, TODAY)] == [
        "Læs, og svar: Midtvejssamtale"
    ]


def test_home_counts_the_same_statements_for_one_and_for_three(
    make: Factory,
    session: Session,
    placement: Placement,
    host: Actor,
    coordinator: Actor,
    query_count: Callable[[Callable[[], object]], int],
) -> None:
    def work() -> None:
        session.expire_all()
        talk_work.of_host(session, host, TODAY)
        for ask in (talk_work.midway_due, talk_work.final_missing, talk_work.disagreed):
            ask(session, coordinator, today=TODAY)

    one = query_count(work)
    for _number in range(2):
        make.placement(cohort=placement.cohort, unit=placement.unit, status="active")
    assert query_count(work) == one


DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))


@given(first=DAYS, length=st.integers(1, 400))
@settings(max_examples=200, deadline=None)
def test_suggested_days_lie_in_the_practicum(first: date, length: int) -> None:
    last = first + timedelta(days=length - 1)
    placed = Placement(starts_on=first, ends_on=last)
    for kind in TalkKind:
        day = talks.suggested_day(placed, kind)
        assert first <= day <= last
        assert day.weekday() < 5 or length < 14
