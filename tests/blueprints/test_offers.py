"""The list of offers, one offer's page, and its way from draft to closed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.models.cohorts import Cohort
from placements.models.hosts import Sector
from placements.models.offers import Offer, OfferStatus
from placements.models.programmes import Programme
from placements.models.users import User
from tests.conftest import Client
from tests.factories import Factory

AsUser = Callable[[User], Client]


@pytest.fixture
def programme(make: Factory) -> Programme:
    return make.programme()


@pytest.fixture
def cohort(make: Factory, programme: Programme) -> Cohort:
    return make.cohort(programme, slug="viborg-2024", name="Hold 2024")


@pytest.fixture
def coordinator(make: Factory, as_user: AsUser, programme: Programme) -> Client:
    return as_user(make.coordinator(programme))


def typed(**values: Any) -> dict[str, Any]:
    good = {
        "seats": "2",
        "starts_on": "2025-01-06",
        "ends_on": "2025-04-06",
        "weekly_minutes": "7,5",
        "ways": ["group"],
        "tasks": "Samtaler i caféen.",
    }
    return good | values


# The list


def test_list_shows_seats_and_how_many_are_left(make: Factory, coordinator: Client, cohort: Cohort) -> None:
    offer = make.offer(make.unit("Team Nord"), cohort, seats=3)
    make.placement(cohort=cohort, unit=offer.unit, offer_id=offer.id)
    page = coordinator.get("/offers").text
    assert f'href="/offers/{offer.id}">Team Nord</a>' in page
    assert "3 pladser i alt, 2 ledige" in page


def test_list_of_one_cohort_shows_the_sectors_against_the_need(
    make: Factory, as_user: AsUser, coordinator: Client, cohort: Cohort
) -> None:
    offer = make.offer(make.unit(), cohort, seats=3)
    page = coordinator.get("/offers?cohort=viborg-2024").text
    assert "Pladser efter sektor" in page
    assert "3 af 4" in page
    assert "0 af 4" in page
    assert "Pladser efter sektor" not in as_user(make.host(offer.unit)).get("/offers?cohort=viborg-2024").text


def test_list_answers_htmx_with_the_same_table_alone(
    make: Factory, coordinator: Client, cohort: Cohort
) -> None:
    make.offer(make.unit("Team Nord", sector=Sector.CIVIL), cohort)
    make.offer(make.unit("Team Syd"), cohort)
    address = "/offers?cohort=viborg-2024&sector=civil&status=open"
    fragment = coordinator.htmx("GET", address).text
    assert fragment.strip().startswith('<div id="results">')
    assert "Team Nord" in fragment
    assert "Team Syd" not in fragment
    assert 'href="/offers?cohort=viborg-2024&amp;status=open"' in fragment
    assert fragment.strip() in coordinator.get(address).text


def test_list_holds_nothing_of_others(make: Factory, as_user: AsUser, cohort: Cohort) -> None:
    own = make.offer(make.unit("Team Nord"), cohort)
    make.offer(make.unit("Team Syd"), cohort)
    page = as_user(make.host(own.unit)).get("/offers?cohort=viborg-2024").text
    assert "Team Nord" in page
    assert "Team Syd" not in page
    other = as_user(make.coordinator(make.programme("hovedstaden"))).get("/offers?cohort=viborg-2024").text
    assert "Team" not in other


def test_empty_list_offers_the_first_step(coordinator: Client) -> None:
    assert 'href="/offers/new">Tilbyd de første pladser</a>' in coordinator.get("/offers").text


def test_list_without_hits_says_which_filter_to_remove(
    make: Factory, coordinator: Client, cohort: Cohort
) -> None:
    make.offer(make.unit(), cohort)
    page = coordinator.get("/offers?sector=civil").text
    assert "Ingen praktikpladser passer" in page
    assert "fjern" in page


def test_list_costs_the_same_for_one_and_for_three_offers(
    make: Factory, coordinator: Client, cohort: Cohort, query_count: Callable[[Callable[[], object]], int]
) -> None:
    counts = []
    for number in (1, 2):
        for _number in range(number):
            made = make.offer(make.unit(), cohort)
            make.placement(cohort=cohort, unit=made.unit, offer_id=made.id)
        counts.append(query_count(lambda: coordinator.get("/offers")))
    assert counts[0] == counts[1]


# Creating and editing


def test_create_by_a_host_for_the_own_unit(
    make: Factory, session: Session, as_user: AsUser, cohort: Cohort
) -> None:
    unit = make.unit("Team Nord")
    host = as_user(make.host(unit))
    answer = host.post("/offers/new", data=typed(unit_id=unit.id, cohort_id=cohort.id))
    offer = session.scalars(select(Offer)).one()
    assert answer.location == f"/offers/{offer.id}"
    assert (offer.unit_id, offer.cohort_id, offer.status) == (unit.id, cohort.id, OfferStatus.DRAFT)
    assert (offer.seats, offer.weekly_minutes, offer.ways) == (2, 450, ["group"])
    assert (offer.tasks, offer.practical) == ("Samtaler i caféen.", None)


def test_create_takes_days_and_hours_from_the_cohort(
    make: Factory, session: Session, coordinator: Client, cohort: Cohort
) -> None:
    data = {"unit_id": make.unit().id, "cohort_id": cohort.id, "seats": "1", "ways": "individual"}
    assert coordinator.post("/offers/new", data=data).status_code == 303
    offer = session.scalars(select(Offer)).one()
    assert (offer.starts_on, offer.ends_on) == (cohort.practicum_starts_on, cohort.practicum_ends_on)
    assert offer.weekly_minutes == 360


def test_create_for_a_foreign_unit_or_cohort_is_refused(
    make: Factory, session: Session, as_user: AsUser, coordinator: Client, cohort: Cohort
) -> None:
    own, other = make.unit(), make.unit()
    host = as_user(make.host(own))
    assert host.post("/offers/new", data=typed(unit_id=other.id, cohort_id=cohort.id)).status_code == 422
    foreign = make.cohort()
    answer = coordinator.post("/offers/new", data=typed(unit_id=own.id, cohort_id=foreign.id))
    assert answer.status_code == 422
    assert foreign.name not in coordinator.get("/offers/new").text.replace(cohort.name, "")
    assert session.scalars(select(Offer)).all() == []


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"ends_on": "2025-04-07"}, "ends_on", "Holdets praktik slutter 6. april 2025"),
        ({"starts_on": "2025-01-05"}, "starts_on", "Holdets praktik går fra 6. januar 2025"),
        ({"seats": "0"}, "seats", "Skriv et antal mellem 1 og 99."),
        ({"weekly_minutes": "mange"}, "weekly_minutes", "Skriv timer som et tal"),
        ({"ways": []}, "ways", "Vælg mindst én ting"),
    ],
)
def test_create_with_bad_input_keeps_the_text(
    make: Factory,
    session: Session,
    coordinator: Client,
    cohort: Cohort,
    changed: dict[str, Any],
    field: str,
    sentence: str,
) -> None:
    data = typed(unit_id=make.unit().id, cohort_id=cohort.id, **changed)
    answer = coordinator.post("/offers/new", data=data)
    assert answer.status_code == 422
    assert f'id="{field}-error">{sentence}' in answer.text
    assert "Samtaler i caféen.</textarea>" in answer.text
    assert session.scalars(select(Offer)).all() == []


def test_new_for_a_unit_has_it_chosen(make: Factory, coordinator: Client, cohort: Cohort) -> None:
    make.unit("Team Syd")
    unit = make.unit("Team Nord")
    page = coordinator.get(f"/offers/new?unit={unit.id}").text
    assert f'<option selected value="{unit.id}">Team Nord, Region Midtjylland</option>' in page


def test_new_without_units_or_cohorts_says_what_comes_first(make: Factory, coordinator: Client) -> None:
    assert "Der er ingen praktiksteder endnu" in coordinator.get("/offers/new").text
    make.unit()
    assert "Der er ingen hold at tilbyde pladser til" in coordinator.get("/offers/new").text


def test_edit_to_fewer_seats_than_placements_is_refused(
    make: Factory, coordinator: Client, cohort: Cohort
) -> None:
    offer = make.offer(make.unit(), cohort, seats=2)
    for _number in range(2):
        make.placement(cohort=cohort, unit=offer.unit, offer_id=offer.id)
    data = typed(seats="1", version=offer.version)
    answer = coordinator.post(f"/offers/{offer.id}/edit", data=data)
    assert answer.status_code == 422
    assert 'id="seats-error">Der er allerede 2 på pladserne' in answer.text
    assert 'value="1"' in answer.text
    assert offer.seats == 2


def test_edit_on_an_old_version_shows_both_values(make: Factory, coordinator: Client, cohort: Cohort) -> None:
    offer = make.offer(make.unit(), cohort)
    first = typed(version=offer.version, ways=["individual", "group"])
    second = typed(version=offer.version, seats="4", ways=["organisation"])
    assert coordinator.post(f"/offers/{offer.id}/edit", data=first).status_code == 303
    answer = coordinator.post(f"/offers/{offer.id}/edit", data=second)
    assert answer.status_code == 409
    assert "Individuel peer-støtte, Gruppebaseret peer-støtte" in answer.text
    assert 'value="4"' in answer.text
    assert offer.seats == 2


# One offer


def test_offer_page_leads_on_by_state(make: Factory, coordinator: Client, cohort: Cohort) -> None:
    offer = make.offer(make.unit(), cohort, status="draft")

    def ways_on() -> set[str]:
        page = coordinator.get(f"/offers/{offer.id}").text
        verbs = {verb for verb in ("release", "close") if f'action="/offers/{offer.id}/{verb}"' in page}
        links = {
            path for path in (f"/offers/{offer.id}/edit", f"/placements/new?offer={offer.id}") if path in page
        }
        return verbs | links

    edit, place = f"/offers/{offer.id}/edit", f"/placements/new?offer={offer.id}"
    assert ways_on() == {"release", edit}
    coordinator.post(f"/offers/{offer.id}/release", data={"version": offer.version})
    assert offer.status is OfferStatus.OPEN
    assert ways_on() == {"close", edit, place}
    coordinator.post(f"/offers/{offer.id}/close", data={"version": offer.version})
    assert offer.status is OfferStatus.CLOSED
    assert ways_on() == set()


def test_full_offer_places_nobody_else(make: Factory, coordinator: Client, cohort: Cohort) -> None:
    offer = make.offer(make.unit(), cohort, seats=1)
    make.placement(cohort=cohort, unit=offer.unit, offer_id=offer.id)
    assert f"/placements/new?offer={offer.id}" not in coordinator.get(f"/offers/{offer.id}").text


def test_verb_out_of_state_is_refused_with_a_sentence(
    make: Factory, coordinator: Client, cohort: Cohort
) -> None:
    offer = make.offer(make.unit(), cohort, status="closed")
    answer = coordinator.post(f"/offers/{offer.id}/release", data={"version": offer.version})
    assert answer.status_code == 422
    assert "Praktikpladsen er allerede frigivet." in answer.text


def test_verb_on_an_old_version_is_refused(make: Factory, coordinator: Client, cohort: Cohort) -> None:
    offer = make.offer(make.unit(), cohort)
    assert coordinator.post(f"/offers/{offer.id}/close", data={"version": 0}).status_code == 409
    assert offer.status is OfferStatus.OPEN


def test_offer_page_of_a_host_hides_drafts_and_the_placing(
    make: Factory, as_user: AsUser, cohort: Cohort
) -> None:
    offer = make.offer(make.unit(), cohort, seats=3)
    hidden = make.placement(cohort=cohort, unit=offer.unit, offer_id=offer.id, status="draft")
    asked = make.placement(cohort=cohort, unit=offer.unit, offer_id=offer.id, status="proposed")
    page = as_user(make.host(offer.unit)).get(f"/offers/{offer.id}").text
    assert f'href="/placements/{asked.id}">{asked.student_name}</a>' in page
    assert hidden.student_name not in page
    assert "/placements/new" not in page


def test_foreign_offer_is_not_found(make: Factory, as_user: AsUser, cohort: Cohort) -> None:
    offer = make.offer(make.unit(), cohort)
    for stranger in (make.host(make.unit()), make.coordinator(make.programme("hovedstaden"))):
        client = as_user(stranger)
        assert client.get(f"/offers/{offer.id}").status_code == 404
        assert client.get(f"/offers/{offer.id}/edit").status_code == 404
        for verb in ("edit", "release", "close"):
            assert (
                client.post(f"/offers/{offer.id}/{verb}", data={"version": offer.version}).status_code == 404
            )


@pytest.mark.parametrize("role", ["student", "admin"])
def test_others_are_turned_away(make: Factory, as_user: AsUser, role: str) -> None:
    client = as_user(make.grant(make.user(), role))
    assert [client.get(path).status_code for path in ("/offers", "/offers/new", "/offers/1")] == [
        403,
        403,
        403,
    ]


def test_history_tells_the_release_in_words(make: Factory, coordinator: Client, cohort: Cohort) -> None:
    offer = make.offer(make.unit(), cohort, status="draft")
    coordinator.post(f"/offers/{offer.id}/release", data={"version": offer.version})
    history = coordinator.get(f"/offers/{offer.id}").text.split('id="history"')[1]
    assert "<del>Kladde</del>" in history
    assert "<ins>Åben</ins>" in history


@pytest.mark.usefixtures("with_csrf")
def test_release_needs_the_token(make: Factory, coordinator: Client, cohort: Cohort) -> None:
    offer = make.offer(make.unit(), cohort, status="draft")
    answer = coordinator.post(f"/offers/{offer.id}/release", data={"version": offer.version})
    assert (answer.status_code, offer.status) == (400, OfferStatus.DRAFT)


def test_dates_in_the_list_are_those_of_the_offer(make: Factory, coordinator: Client, cohort: Cohort) -> None:
    make.offer(make.unit(), cohort, starts_on=date(2025, 2, 3), ends_on=date(2025, 3, 30))
    assert "3. februar – 30. marts 2025" in coordinator.get("/offers").text
