"""The coordinator's pages of an allocation: propose, compare, settle a pair, carry out, take back."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placements.models.allocations import Allocation
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.offers import Offer
from placements.models.placements import Placement
from placements.models.preferences import ExcludedUnit, RankedOffer, Wishes
from tests.conftest import Client
from tests.factories import MOMENT, Factory

ADDRESS = "/allocation/viborg-2024"


@pytest.fixture
def offer(make: Factory, cohort: Cohort) -> Offer:
    return make.offer(make.unit("Team Nord"), cohort, seats=2)


@pytest.fixture
def anna(make: Factory, cohort: Cohort) -> Enrolment:
    return make.enrolment(cohort, make.user("Anna Ager"), municipality="Viborg")


def proposed(client: Client, session: Session) -> Allocation:
    answer = client.post(f"{ADDRESS}/propose")
    assert answer.status_code == 303
    return session.scalars(select(Allocation).order_by(Allocation.id.desc())).first()  # type: ignore[return-value]


def laid(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Placement)) or 0


@pytest.mark.usefixtures("anna", "offer")
def test_propose_leads_to_the_proposal_with_its_reasons(coordinator: Client, session: Session) -> None:
    made = proposed(coordinator, session)
    page = BeautifulSoup(coordinator.get(f"{ADDRESS}/{made.id}").text, "html.parser")
    [row] = page.select("tbody tr:has(details)")
    assert row.select_one("th").text == "Anna Ager"  # type: ignore[union-attr]
    assert row.select_one("summary").text == "Anna Ager har ikke sendt ønsker og får Team Nord."  # type: ignore[union-attr]
    assert laid(session) == 0


@pytest.mark.usefixtures("anna", "offer")
def test_commit_and_undo_are_a_click_each(coordinator: Client, session: Session) -> None:
    made = proposed(coordinator, session)
    coordinator.post(f"{ADDRESS}/{made.id}/commit", data={"version": made.version})
    assert laid(session) == 1
    coordinator.post(f"{ADDRESS}/{made.id}/undo", data={"version": made.version})
    assert laid(session) == 0


def test_commit_on_changed_data_says_what_changed(
    coordinator: Client, session: Session, make: Factory, anna: Enrolment, offer: Offer
) -> None:
    made = proposed(coordinator, session)
    make.enrolment(anna.cohort)
    answer = coordinator.post(f"{ADDRESS}/{made.id}/commit", data={"version": made.version})
    assert answer.status_code == 422
    assert "Der er ændret noget, siden forslaget blev lavet: de studerende" in answer.text
    assert (laid(session), offer.seats) == (0, 2)
    page = coordinator.get(f"{ADDRESS}/{made.id}").text
    assert "Lav kladder af dem alle" not in page


@pytest.mark.usefixtures("anna", "offer")
def test_commit_with_an_old_version_is_refused(coordinator: Client, session: Session) -> None:
    made = proposed(coordinator, session)
    assert coordinator.post(f"{ADDRESS}/{made.id}/commit", data={"version": 0}).status_code == 409
    assert laid(session) == 0


def test_pair_is_settled_from_the_row_and_freed_again(
    coordinator: Client, session: Session, anna: Enrolment, offer: Offer
) -> None:
    made = proposed(coordinator, session)
    page = BeautifulSoup(coordinator.get(f"{ADDRESS}/{made.id}").text, "html.parser")
    forms = page.select(f'form[action="{ADDRESS}/pairs"]')
    assert [form.select_one("button").text for form in forms] == [  # type: ignore[union-attr]
        "Lås Anna Ager, Team Nord",
        "Udeluk Anna Ager, Team Nord",
    ]
    typed = {field["name"]: field["value"] for field in forms[1].select("input[name]")}
    assert coordinator.post(f"{ADDRESS}/pairs", data=typed).status_code == 303
    again = proposed(coordinator, session)
    assert (again.result["placed"], made.result["placed"]) == ({}, {str(anna.id): offer.id})
    index = coordinator.get(ADDRESS).text
    [remove] = re.findall(rf'action="({ADDRESS}/pairs/\d+/remove)"', index)
    coordinator.post(remove)
    assert proposed(coordinator, session).result["placed"] == {str(anna.id): offer.id}


def test_impossible_pin_stays_in_the_form_with_the_sentence(
    coordinator: Client, make: Factory, anna: Enrolment, offer: Offer
) -> None:
    wishes = make.keep(Wishes(enrolment_id=anna.id, saved_at=MOMENT))
    make.keep(ExcludedUnit(wishes_id=wishes.id, unit_id=offer.unit_id))
    typed = {"enrolment_id": anna.id, "offer_id": offer.id, "kind": "pinned"}
    answer = coordinator.post(f"{ADDRESS}/pairs", data=typed)
    assert answer.status_code == 422
    assert "Anna Ager kan ikke være låst til Team Nord. Det er ikke en mulighed." in answer.text


def test_pages_ask_the_same_number_of_questions_for_few_and_for_many(
    coordinator: Client,
    session: Session,
    make: Factory,
    anna: Enrolment,
    offer: Offer,
    query_count: Callable[[Callable[[], object]], int],
) -> None:
    first = proposed(coordinator, session)
    few = [query_count(partial(coordinator.get, path)) for path in (ADDRESS, f"{ADDRESS}/{first.id}")]
    for _number in range(2):
        student = make.enrolment(anna.cohort)
        wished = [RankedOffer(offer_id=offer.id, rank=1)]
        make.keep(Wishes(enrolment_id=student.id, saved_at=MOMENT, ranked=wished))
        make.offer(make.unit(), anna.cohort)
    last = proposed(coordinator, session)
    many = [query_count(partial(coordinator.get, path)) for path in (ADDRESS, f"{ADDRESS}/{last.id}")]
    assert many == few


@pytest.mark.usefixtures("with_csrf", "anna", "offer")
def test_propose_without_the_token_makes_nothing(coordinator: Client, session: Session) -> None:
    assert coordinator.post(f"{ADDRESS}/propose").status_code == 400
    assert session.scalars(select(Allocation)).all() == []
