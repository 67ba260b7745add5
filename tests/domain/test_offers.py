"""Offers: states, seats, periods, and the sectors' shares."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.db import writing
from placements.domain import offer_list, offers, pauses
from placements.domain.actors import ANONYMOUS, Actor
from placements.domain.offers import SectorSeats
from placements.domain.rules import RuleBroken
from placements.models.hosts import Sector
from placements.models.offers import Offer, OfferStatus
from placements.models.placements import PlacementStatus
from tests.factories import Factory, actor_for

TODAY = date(2025, 2, 3)
GOOD: dict[str, Any] = {
    "seats": 2,
    "starts_on": date(2025, 1, 6),
    "ends_on": date(2025, 4, 6),
    "weekly_minutes": 360,
    "ways": ["group", "individual"],
    "tasks": "Samtaler i caféen.",
    "practical": None,
}


@pytest.fixture
def offer(make: Factory) -> Offer:
    return make.offer(make.unit(), make.cohort())


def refusal(call: Callable[[], object]) -> str | None:
    with pytest.raises(RuleBroken) as refused:
        call()
    return refused.value.field


# Visibility


def test_visible_to_by_role(make: Factory, session: Session) -> None:
    programme, other_programme = make.programme(), make.programme("hovedstaden")
    own = make.offer(make.unit(), make.cohort(programme))
    other = make.offer(make.unit(), make.cohort(other_programme))

    def seen(actor: Actor) -> list[int]:
        return [found.id for found in session.scalars(offers.visible_to(actor).order_by(Offer.id))]

    assert seen(actor_for(make.coordinator(programme))) == [own.id]
    assert seen(actor_for(make.coordinator(other_programme))) == [other.id]
    assert seen(actor_for(make.host(other.unit))) == [other.id]
    assert seen(actor_for(make.admin())) == []
    assert seen(actor_for(make.teacher(programme))) == []
    assert seen(ANONYMOUS) == []


# State


def test_every_verb_in_every_state() -> None:
    table = {
        (state.value, verb): move.target.value
        for state in OfferStatus
        for verb, move in offers.TRANSITIONS.items()
        if state in move.sources
    }
    assert table == {("draft", "release"): "open", ("open", "close"): "closed"}


@pytest.mark.parametrize("status", ["open", "closed"])
def test_release_out_of_state_is_refused(make: Factory, status: str) -> None:
    offer = make.offer(make.unit(), make.cohort(), status=status)
    refusal(lambda: offers.release(offer))
    assert offer.status == status


@pytest.mark.parametrize("status", ["draft", "closed"])
def test_close_out_of_state_is_refused(make: Factory, status: str) -> None:
    offer = make.offer(make.unit(), make.cohort(), status=status)
    refusal(lambda: offers.close(offer))
    assert offer.status == status


def test_release_after_the_practicum_has_moved_is_refused(make: Factory) -> None:
    offer = make.offer(make.unit(), make.cohort(), status="draft", starts_on=date(2024, 12, 2))
    assert refusal(lambda: offers.release(offer)) == "starts_on"
    assert offer.status is OfferStatus.DRAFT


# Creating and editing


def test_create_is_a_draft_with_its_ways_in_order(make: Factory, session: Session) -> None:
    unit, cohort = make.unit(), make.cohort()
    with writing():
        made = offers.create(session, unit, cohort, **GOOD)
        session.commit()
    assert (made.status, made.ways, made.seats) == (OfferStatus.DRAFT, ["individual", "group"], 2)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"seats": 0}, "seats"),
        ({"starts_on": date(2025, 1, 5)}, "starts_on"),
        ({"ends_on": date(2025, 4, 7)}, "ends_on"),
        ({"ends_on": date(2025, 1, 5)}, "ends_on"),
        ({"weekly_minutes": 0}, "weekly_minutes"),
        ({"weekly_minutes": 37 * 60 + 1}, "weekly_minutes"),
        ({"ways": []}, "ways"),
    ],
)
def test_create_and_edit_refuse_at_the_field(
    make: Factory, session: Session, changed: dict[str, Any], field: str
) -> None:
    unit, cohort = make.unit(), make.cohort()
    assert refusal(lambda: offers.create(session, unit, cohort, **(GOOD | changed))) == field
    offer = make.offer(unit, cohort)
    assert refusal(lambda: offers.edit(session, offer, **(GOOD | changed))) == field


def test_create_for_a_cohort_without_practicum_is_refused(make: Factory, session: Session) -> None:
    cohort = make.cohort(practicum_starts_on=None, practicum_ends_on=None)
    unit = make.unit()
    refusal(lambda: offers.create(session, unit, cohort, **GOOD))
    assert list(session.new) == []


def test_edit_to_as_many_seats_as_placements_is_fine_and_to_fewer_refused(
    make: Factory, session: Session, offer: Offer
) -> None:
    for status in ("draft", "completed", "declined"):
        make.placement(cohort=offer.cohort, unit=offer.unit, offer_id=offer.id, status=status)
    with writing():
        offers.edit(session, offer, **GOOD)
        assert refusal(lambda: offers.edit(session, offer, **(GOOD | {"seats": 1}))) == "seats"
    assert offer.seats == 2


def test_edit_a_closed_offer_is_refused(make: Factory, session: Session) -> None:
    offer = make.offer(make.unit(), make.cohort(), status="closed", seats=1)
    refusal(lambda: offers.edit(session, offer, **GOOD))
    assert offer.seats == 1


# Seats


@pytest.mark.parametrize("status", list(PlacementStatus))
def test_placement_holds_its_seat_unless_declined_cancelled_or_ended_early(
    make: Factory, session: Session, offer: Offer, status: PlacementStatus
) -> None:
    make.placement(cohort=offer.cohort, unit=offer.unit, offer_id=offer.id, status=status)
    freed = status.value in {"declined", "cancelled", "ended_early"}
    assert offers.open_seats(session, [offer.id]) == {offer.id: 2 if freed else 1}


def test_open_seats_of_many_offers_in_one_query(
    make: Factory, session: Session, query_count: Callable[[Callable[[], object]], int]
) -> None:
    cohort, unit = make.cohort(), make.unit()
    made = [make.offer(unit, cohort, seats=seats) for seats in (1, 2, 3)]
    for offer in made[1:]:
        make.placement(cohort=cohort, unit=unit, offer_id=offer.id)
    ids = [offer.id for offer in made]
    session.scalar(select(1))
    found: list[dict[int, int]] = []
    assert query_count(lambda: found.append(offers.open_seats(session, ids))) == 1
    assert found == [{ids[0]: 1, ids[1]: 1, ids[2]: 2}]
    assert offers.open_seats(session, []) == {}


def test_seats_by_sector_counts_open_seats_and_the_used_ones_of_closed_offers(
    make: Factory, session: Session
) -> None:
    cohort = make.cohort(seats=7)
    regional, municipal, civil = (make.unit(sector=sector) for sector in Sector)
    make.offer(regional, cohort, seats=3)
    make.offer(regional, cohort, seats=4, status="draft")
    closed = make.offer(municipal, cohort, seats=2, status="closed")
    make.placement(cohort=cohort, unit=municipal, offer_id=closed.id)
    make.offer(civil, cohort, seats=1)
    make.offer(regional, make.cohort(), seats=5)
    assert offers.seats_by_sector(session, cohort) == {
        Sector.REGIONAL: SectorSeats(3, 4),
        Sector.MUNICIPAL: SectorSeats(1, 3),
        Sector.CIVIL: SectorSeats(1, 0),
    }


def test_seats_by_sector_counts_of_a_unit_set_aside_what_is_used(make: Factory, session: Session) -> None:
    cohort, unit = make.cohort(seats=4), make.unit()
    offer = make.offer(unit, cohort, seats=3)
    make.placement(cohort=cohort, unit=unit, offer_id=offer.id)
    pauses.set_aside(session, unit, reason="Svarer ikke", today=date(2025, 2, 3))
    session.flush()
    assert offers.seats_by_sector(session, cohort)[Sector.REGIONAL] == SectorSeats(1, 2)


def test_seats_by_sector_of_a_programme_without_practicum_is_empty(make: Factory, session: Session) -> None:
    programme = make.programme("hovedstaden", sector_shares={}, practicum_weeks=None)
    assert offers.seats_by_sector(session, make.cohort(programme)) == {}


@given(
    st.integers(0, 200),
    st.dictionaries(st.sampled_from(list(Sector)), st.decimals("0.01", "1", places=2), min_size=1),
)
def test_shares_add_up_and_none_is_off_by_a_whole_seat(seats: int, shares: dict[Sector, Decimal]) -> None:
    found = offers.shares_of(seats, shares)
    assert sum(found.values()) == seats
    total = sum(shares.values())
    assert all(abs(found[sector] - seats * share / total) < 1 for sector, share in shares.items())


# The list


def lines(session: Session, actor: Actor, **wanted: Any) -> list[tuple[str, str, int, int | None]]:
    page = offer_list.page(session, actor, offer_list.Filter(**wanted), day=TODAY)
    return [(line.cohort, line.unit, line.seats, line.left) for line in page.lines]


def test_list_has_the_newest_cohort_first_and_filters(make: Factory, session: Session) -> None:
    programme = make.programme()
    old = make.cohort(programme, name="Hold 2024")
    new = make.cohort(programme, name="Hold 2025", starts_on=date(2025, 9, 8))
    nord, syd = make.unit("Team Nord"), make.unit("Team Syd", sector=Sector.MUNICIPAL)
    used = make.offer(nord, old)
    make.placement(cohort=old, unit=nord, offer_id=used.id)
    make.offer(syd, old, status="draft")
    make.offer(nord, new, seats=1)
    make.offer(nord, make.cohort(), seats=9)
    actor = actor_for(make.coordinator(programme))
    rows = [
        ("Hold 2025", "Team Nord", 1, 1),
        ("Hold 2024", "Team Nord", 2, 1),
        ("Hold 2024", "Team Syd", 2, None),
    ]
    assert lines(session, actor) == rows
    assert lines(session, actor, cohort_id=old.id) == rows[1:]
    assert lines(session, actor, sector=Sector.MUNICIPAL) == rows[2:]
    assert lines(session, actor, status=OfferStatus.DRAFT) == rows[2:]
    assert lines(session, actor, unit_id=nord.id) == rows[:2]
    whole = offer_list.page(session, actor, offer_list.Filter(), day=TODAY)
    assert (whole.total, whole.seats, whole.left, whole.after) == (3, 5, 2, None)


def test_list_pages_meet_without_gap(
    make: Factory, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(offer_list, "PAGE", 2)
    programme = make.programme()
    cohorts = [make.cohort(programme, starts_on=date(year, 9, 8)) for year in (2024, 2025)]
    made = [make.offer(make.unit(name), cohort) for name in ("B", "A", "A") for cohort in cohorts]
    actor = actor_for(make.coordinator(programme))
    seen: list[int] = []
    after: int | None = None
    while True:
        page = offer_list.page(session, actor, offer_list.Filter(), day=TODAY, after=after)
        seen += [line.id for line in page.lines]
        after = page.after
        if after is None:
            break
    expected = sorted(made, key=lambda o: (-o.cohort.starts_on.year, o.unit.periods[0].name, o.id))
    assert seen == [offer.id for offer in expected]


def test_list_costs_the_same_for_one_and_for_three_offers(
    make: Factory, session: Session, query_count: Callable[[Callable[[], object]], int]
) -> None:
    programme = make.programme()
    actor = actor_for(make.coordinator(programme))
    cohort = make.cohort(programme)
    counts = []
    for number in (1, 2):
        for _number in range(number):
            made = make.offer(make.unit(), cohort)
            make.placement(cohort=cohort, unit=made.unit, offer_id=made.id)
        session.scalar(select(1))
        counts.append(query_count(lambda: offer_list.page(session, actor, offer_list.Filter(), day=TODAY)))
    assert counts == [2, 2]
