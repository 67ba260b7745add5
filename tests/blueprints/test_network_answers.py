"""The answer by the mail's link: no sign-in, no name, and a GET changes nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from placements.clock import now
from placements.db import writing
from placements.domain import guessing, network_answers, network_groups
from placements.mail import deliver_waiting
from placements.models.cohorts import Cohort
from placements.models.network_groups import NetworkGroup, NetworkPlace, NetworkPlaceStatus
from placements.models.users import User
from tests.blueprints.network_scene import START, meeting, parsed, peer, place_of
from tests.conftest import Client
from tests.factories import Factory
from tests.mailbox import Mailbox

AsUser = Callable[[User], Client]
S = NetworkPlaceStatus


@pytest.fixture
def nobody(app: Flask) -> Client:
    """A browser in which nobody has signed in."""
    app.test_client_class = Client
    client = app.test_client()
    assert isinstance(client, Client)
    return client


@pytest.fixture
def place(make: Factory, cohort: Cohort, group: NetworkGroup) -> NetworkPlace:
    return place_of(make, group, peer(make, cohort, "Amalie Holm"), "declined")


@pytest.fixture
def link(teacher: Client, mailbox: Mailbox, place: NetworkPlace) -> str:
    """From the mail about an offer."""
    teacher.post(f"/network-places/{place.id}/offer-again")
    deliver_waiting()
    return mailbox.link()


def test_link_in_the_mail_shows_the_group_and_takes_one_click(
    make: Factory, nobody: Client, group: NetworkGroup, place: NetworkPlace, link: str
) -> None:
    """H-19."""
    meeting(make, group, starts_at=START)
    assert link.startswith("/network-places/answer/")
    for _scanner in range(2):
        page = nobody.get(link).text
    assert place.status is S.OFFERED
    for said in ("Gruppe Nord", "mandag 3. februar 2025 (uge 6) kl. 16.00-18.00", "Medborgerhuset"):
        assert said in page
    assert ("Amalie" in page, "At sige fra" in page) == (False, False)
    buttons = parsed(page).select(f"form[action='{link}'] button")
    assert [one["value"] for one in buttons] == ["yes", "no"]
    assert nobody.post(link, data={"answer": "yes"}).location == link
    assert place.status is S.ACCEPTED
    assert "Tak for dit svar." in nobody.get(link).text
    again = nobody.post(link, data={"answer": "no"})
    assert (again.status_code, place.status) == (422, S.ACCEPTED)
    assert "kan ikke længere besvares her" in again.text


def test_no_by_the_link_frees_the_seat(nobody: Client, place: NetworkPlace, link: str) -> None:
    assert nobody.post(link, data={"answer": "måske"}).status_code == 422
    assert place.status is S.OFFERED
    nobody.post(link, data={"answer": "no"})
    assert (place.status, "Du har sagt nej tak" in nobody.get(link).text) == (S.DECLINED, True)


def test_link_of_an_offer_that_has_changed_says_so_and_names_nothing(
    make: Factory, coordinator: Client, nobody: Client, group: NetworkGroup, place: NetworkPlace, link: str
) -> None:
    other = make.network_group(group.programme, "Gruppe Syd")
    coordinator.post(f"/network-places/{place.id}/move", data={"group_id": other.id})
    page = nobody.get(link).text
    assert "Der er sket noget med pladsen" in page
    assert ("Gruppe Nord" in page, "Gruppe Syd" in page) == (False, False)


def test_who_guesses_links_is_stopped_and_told_nothing(nobody: Client, link: str) -> None:
    """The right link too, from there, for a while; a wrong one is the page of what is not there."""
    wrong = nobody.get(f"{link}x")
    assert (wrong.status_code, "Gruppe Nord" in wrong.text) == (404, False)
    for number in range(guessing.WRONG_CODES - 1):
        assert nobody.get(f"/network-places/answer/guess-{number}").status_code == 404
    for answer in (nobody.get(link), nobody.post(link, data={"answer": "yes"})):
        assert (answer.status_code, "Gruppe Nord" in answer.text) == (429, False)


@pytest.mark.usefixtures("with_csrf")
def test_answer_by_the_link_needs_the_token_of_its_page(
    app: Flask, mailbox: Mailbox, nobody: Client, session: Session, place: NetworkPlace
) -> None:
    with writing():
        session.rollback()
        network_groups.offer_place(session, place.group, place.enrolment, now=now())
        token = network_answers.make_link(session, place.id, now=now())
        session.commit()
    path = f"/network-places/answer/{token}"
    assert nobody.post(path, data={"answer": "yes"}).status_code == 400
    [field] = parsed(nobody.get(path).text).select("#main [name=csrf_token]")
    nobody.post(path, data={"answer": "yes", "csrf_token": field["value"]})
    assert place.status is S.ACCEPTED
