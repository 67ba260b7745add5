"""The link in the mail stands for one offer: it answers that one, once, and says no name."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.domain import history, network_answers, network_groups
from placements.domain.network_answers import LIFETIME, Standing
from placements.models.enrolments import Enrolment, EnrolmentStatus
from placements.models.network_groups import (
    NetworkAnswerLink,
    NetworkGroup,
    NetworkPlace,
    NetworkPlaceStatus,
)
from tests.domain.network_scene import NOW, in_line, member
from tests.domain.saving import refusal, save
from tests.factories import Factory

S = NetworkPlaceStatus


def link_to(session: Session, place: NetworkPlace) -> NetworkAnswerLink:
    token = save(session, lambda: network_answers.make_link(session, place.id, now=NOW))
    found = network_answers.by_token(session, token)
    assert found is not None
    assert token not in found.token_hash
    return found


def test_link_answers_once_as_the_peer(
    make: Factory, session: Session, group: NetworkGroup, people: list[Enrolment]
) -> None:
    place = member(make, group, people[0], "offered")
    link = link_to(session, place)
    assert network_answers.standing(link, now=NOW) is Standing.OPEN
    save(session, lambda: network_answers.answer(session, link, yes=True, now=NOW))
    assert (place.status, network_answers.standing(link, now=NOW)) == (S.ACCEPTED, Standing.ACCEPTED)
    assert history.of(session, place)[0].event.actor_id == people[0].user_id
    refusal(session, lambda: network_answers.answer(session, link, yes=False, now=NOW))
    assert place.status is S.ACCEPTED


def test_no_by_the_link_lets_the_first_in_line_move_up(
    make: Factory, session: Session, people: list[Enrolment]
) -> None:
    group = make.network_group(people[0].cohort.programme, seats=1)
    place, waiting = member(make, group, people[0], "offered"), in_line(make, group, people[1])
    link = link_to(session, place)
    save(session, lambda: network_answers.answer(session, link, yes=False, now=NOW))
    assert (network_answers.standing(link, now=NOW), waiting.status) == (Standing.DECLINED, S.OFFERED)


@pytest.mark.parametrize("status", ["left", "moved", "waiting"])
def test_link_of_a_place_that_is_none_any_more_is_changed(
    make: Factory, session: Session, group: NetworkGroup, people: list[Enrolment], status: str
) -> None:
    link = link_to(session, member(make, group, people[0], status))
    assert network_answers.standing(link, now=NOW) is Standing.CHANGED
    refusal(session, lambda: network_answers.answer(session, link, yes=True, now=NOW))


def test_link_of_somebody_who_has_left_the_programme_is_changed(
    make: Factory, session: Session, group: NetworkGroup, people: list[Enrolment]
) -> None:
    link = link_to(session, member(make, group, people[0], "offered"))
    people[0].status = EnrolmentStatus.DEADLINE_PASSED
    session.flush()
    assert network_answers.standing(link, now=NOW) is Standing.CHANGED


def test_link_of_an_earlier_offer_does_not_answer_the_later(
    make: Factory, session: Session, group: NetworkGroup, people: list[Enrolment]
) -> None:
    place = member(make, group, people[0], "declined")
    old = link_to(session, place)
    later = NOW + timedelta(days=1)
    save(session, lambda: network_groups.offer_place(session, group, people[0], now=later))
    assert place.status is S.OFFERED
    assert network_answers.standing(old, now=later) is Standing.CHANGED
    refusal(session, lambda: network_answers.answer(session, old, yes=True, now=later))


def test_link_runs_out(make: Factory, session: Session, group: NetworkGroup, people: list[Enrolment]) -> None:
    link = link_to(session, member(make, group, people[0], "offered"))
    last = NOW + LIFETIME - timedelta(seconds=1)
    assert network_answers.standing(link, now=last) is Standing.OPEN
    assert network_answers.standing(link, now=NOW + LIFETIME) is Standing.EXPIRED
    refusal(session, lambda: network_answers.answer(session, link, yes=True, now=NOW + LIFETIME))


def test_link_of_nobody_or_of_a_closed_account_is_none(
    make: Factory, session: Session, group: NetworkGroup, people: list[Enrolment]
) -> None:
    assert network_answers.by_token(session, "no-such") is None
    place = member(make, group, people[0], "offered")
    token = save(session, lambda: network_answers.make_link(session, place.id, now=NOW))
    kept = session.scalars(select(NetworkAnswerLink.token_hash)).one()
    assert network_answers.by_token(session, kept) is None

    def close() -> None:
        place.enrolment.user.active = False

    save(session, close)
    assert network_answers.by_token(session, token) is None
