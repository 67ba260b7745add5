"""A seat that comes free: said before, offered again in the one confirm, and filled by the next."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from placements.db import writing
from placements.domain import offers, workday_seats
from placements.models.hosts import Sector
from placements.models.offers import OfferStatus
from placements.models.placements import PlacementStatus
from placements.models.preferences import Wishes
from placements.models.users import User
from tests.conftest import TODAY, Client
from tests.factories import MOMENT, Factory, actor_for

As = Callable[[User], Client]


@pytest.mark.parametrize(
    ("verb", "status"), [("cancel", "accepted"), ("decline", "proposed"), ("end-early", "active")]
)
def test_the_confirm_says_what_follows_and_does_it(
    make: Factory, as_user: As, verb: str, status: str
) -> None:
    cohort, unit = make.cohort(), make.unit("Team Nord")
    offer = make.offer(unit, cohort, seats=2, status="closed")
    placement = make.placement(cohort=cohort, unit=unit, offer_id=offer.id, status=status)
    make.placement(cohort=cohort, unit=unit, offer_id=offer.id, status="accepted")
    coordinator = as_user(make.coordinator(cohort.programme))
    page = coordinator.get(f"/placements/{placement.id}/{verb}").text
    assert "bliver tilbudt igen med det samme. Ledige derefter: 1 af 2." in page
    assert "Nu bliver der åbnet igen." in page
    data = {"version": placement.version, "reason": "Stedet er lukket i år"}
    assert coordinator.post(f"/placements/{placement.id}/{verb}", data=data).status_code == 303
    assert offer.status is OfferStatus.OPEN
    assert offers.open_seats(make.session, [offer.id]) == {offer.id: 1}
    after = coordinator.get(f"/placements/{placement.id}").text
    assert f'href="/placements/new?offer={offer.id}">Placér den næste på pladsen</a>' in after


def test_host_whose_placement_was_called_off_is_told_so(make: Factory, as_user: As) -> None:
    cohort, unit = make.cohort(), make.unit()
    placement = make.placement(cohort=cohort, unit=unit, status="cancelled")
    data = {"version": placement.version}
    host = as_user(make.host(unit))
    answer = host.post(f"/placements/{placement.id}/accept", data=data)
    assert answer.status_code == 422
    assert "Forløbet er aflyst i mellemtiden" in answer.text
    assert placement.student_name not in answer.text
    assert (
        as_user(make.host(make.unit())).post(f"/placements/{placement.id}/accept", data=data).status_code
        == 404
    )


def test_host_who_answers_after_the_last_seat_is_taken_is_told_what_to_do(make: Factory, as_user: As) -> None:
    cohort, unit = make.cohort(), make.unit()
    offer = make.offer(unit, cohort, seats=1)
    make.placement(cohort=cohort, unit=unit, offer_id=offer.id, status="accepted")
    late = make.placement(cohort=cohort, unit=unit, offer_id=offer.id, status="proposed")
    answer = as_user(make.host(unit)).post(f"/placements/{late.id}/accept", data={"version": late.version})
    assert answer.status_code == 422
    assert "Pladsen er netop taget" in answer.text
    assert late.status is PlacementStatus.PROPOSED


def test_missing_seats_are_a_tile_with_a_row_for_each(make: Factory, as_user: As) -> None:
    """V-12; also for civil seats, which no share asks for."""
    programme = make.programme()
    cohort = make.cohort(programme, seats=8)
    make.offer(make.unit(sector=Sector.REGIONAL), cohort, seats=4)
    make.offer(make.unit(sector=Sector.CIVIL), cohort, seats=1)
    user = make.coordinator(programme)
    (own,) = found = workday_seats.seats(make.session, actor_for(user), today=TODAY)
    assert {sector: counted.secured for sector, counted in own.sectors.items()} == {
        Sector.REGIONAL: 4,
        Sector.MUNICIPAL: 0,
        Sector.CIVIL: 1,
    }
    (tile,) = workday_seats.missing(found)
    assert (tile.number, [(task.text, task.note) for task in tile.tasks]) == (
        1,
        [("Hold 2024, kommunal", "0 af 4 pladser er sikret")],
    )
    page = as_user(user).get("/").text
    assert "Hold 2024, kommunal" in page
    assert "Civil" in page


def test_choosing_a_student_shows_what_stands_in_the_way(make: Factory, as_user: As) -> None:
    """An overlapping placement in another cohort, and weekdays that do not work, before anything is saved."""
    cohort, unit = make.cohort(), make.unit()
    offer = make.offer(unit, cohort, weekly_plan={"1": ["09:00", "12:00"], "3": ["09:00", "12:00"]})
    busy, picky = (
        make.enrolment(cohort, make.user("Bo Bech")),
        make.enrolment(cohort, make.user("Clara Clausen")),
    )
    make.enrolment(cohort, make.user("Dan Dahl"))
    elsewhere = make.enrolment(make.cohort(), busy.user)
    make.placement(enrolment=elsewhere, cohort=elsewhere.cohort, unit=make.unit())
    with writing():
        make.session.add(Wishes(enrolment_id=picky.id, weekdays=[0, 1], saved_at=MOMENT))
        make.session.commit()
    page = as_user(make.coordinator(cohort.programme)).get(f"/placements/new?offer={offer.id}").text
    assert ">Bo Bech – har allerede et forløb fra 6. januar 2025 til 6. april 2025</option>" in page
    assert ">Clara Clausen – torsdag passer ikke</option>" in page
    assert ">Dan Dahl</option>" in page
