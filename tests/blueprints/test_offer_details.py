"""The week, the tasks in shares, what the place is like; last year's offer again, and exceptions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.models.cohorts import Cohort
from placements.models.offers import Offer, OfferStatus
from placements.models.users import User
from tests.blueprints.test_offers import typed
from tests.conftest import Client
from tests.factories import Factory

AsUser = Callable[[User], Client]


@pytest.fixture
def cohort(make: Factory) -> Cohort:
    return make.cohort(make.programme(), slug="viborg-2024", name="Hold 2024")


@pytest.fixture
def coordinator(make: Factory, as_user: AsUser, cohort: Cohort) -> Client:
    return as_user(make.coordinator(cohort.programme))


def full(**values: Any) -> dict[str, Any]:
    rows = [("Samtaler", "individual", "60"), ("Caféen", "group", "40"), ("", "individual", "")]
    return (
        typed()
        | {
            "weekly_plan-from": ["", "09:00", "", "12.00", "", "", ""],
            "weekly_plan-to": ["", "12:00", "", "15.00", "", "", ""],
            "task_lines-text": [text for text, _kind, _percent in rows],
            "task_lines-kind": [kind for _text, kind, _percent in rows],
            "task_lines-percent": [percent for _text, _kind, percent in rows],
            "accessibility": ["quiet_room", "lift"],
            "languages": "engelsk,  arabisk,, engelsk",
            "good_to_know": "Der er en hund.",
        }
        | values
    )


def kept(offer: Offer) -> list[tuple[str, str, int | None]]:
    return [(task.text, task.kind.value, task.percent) for task in offer.task_lines]


def test_host_says_all_there_is_to_say(
    make: Factory, session: Session, as_user: AsUser, cohort: Cohort
) -> None:
    """H-06, H-07."""
    unit = make.unit("Team Nord")
    host = as_user(make.host(unit))
    data = full(unit_id=unit.id, cohort_id=cohort.id, weekly_minutes="")
    host.post("/offers/new", data=data)
    offer = session.scalars(select(Offer)).one()
    assert offer.weekly_plan == {"1": ["09:00", "12:00"], "3": ["12:00", "15:00"]}
    assert offer.weekly_minutes == 360
    assert kept(offer) == [("Samtaler", "individual", 60), ("Caféen", "group", 40)]
    assert (offer.accessibility, offer.languages) == (["lift", "quiet_room"], ["engelsk", "arabisk"])
    page = host.get(f"/offers/{offer.id}").text
    for told in ("Tirsdag kl. 9.00-12.00", "Typiske peer-opgaver: 100 %", "Elevator", "Der er en hund."):
        assert told in page


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"weekly_plan-to": [""] * 7}, "weekly_plan", "Tirsdag: skriv både fra og til"),
        ({"weekly_plan-to": ["", "08:00"]}, "weekly_plan", "Tirsdag slutter, før den begynder."),
        ({"task_lines-percent": ["60", "30", ""]}, "task_lines", "Andelene giver 90 % tilsammen."),
        ({"task_lines-percent": ["60", "", ""]}, "task_lines", "Skriv en andel fra 1 til 100"),
        ({"task_lines-percent": ["60", "halvt", ""]}, "task_lines", "Opgave 2: skriv andelen"),
        ({"task_lines-text": ["", "Caféen", ""]}, "task_lines", "Opgave 1: skriv, hvad"),
    ],
)
def test_bad_days_and_shares_are_refused_at_the_field_and_kept(
    make: Factory,
    session: Session,
    coordinator: Client,
    cohort: Cohort,
    changed: Any,
    field: str,
    sentence: str,
) -> None:
    data = full(unit_id=make.unit().id, cohort_id=cohort.id, **changed)
    answer = coordinator.post("/offers/new", data=data)
    assert answer.status_code == 422
    assert f'id="{field}-error">{sentence}' in answer.text
    assert 'value="Caféen"' in answer.text
    assert 'value="09:00"' in answer.text
    assert session.scalars(select(Offer)).all() == []


def test_more_lines_keep_what_is_typed_and_save_nothing(
    make: Factory, session: Session, coordinator: Client, cohort: Cohort
) -> None:
    rows = [f"Opgave {letter}" for letter in "ABCDEF"]
    data = full(unit_id=make.unit().id, cohort_id=cohort.id, more="1") | {
        "task_lines-text": rows,
        "task_lines-kind": ["group"] * 6,
        "task_lines-percent": [""] * 6,
    }
    page = coordinator.post("/offers/new", data=data)
    assert page.status_code == 200
    assert page.text.count('name="task_lines-text"') == 9 + 3
    assert 'value="Opgave F"' in page.text
    assert session.scalars(select(Offer)).all() == []
    offer = make.offer(make.unit(), cohort)
    again = coordinator.post(f"/offers/{offer.id}/edit", data=data | {"version": offer.version})
    assert (again.status_code, offer.task_lines) == (200, [])


def test_edit_of_the_old_fields_alone_leaves_the_rest(
    make: Factory, session: Session, coordinator: Client, cohort: Cohort
) -> None:
    coordinator.post("/offers/new", data=full(unit_id=make.unit().id, cohort_id=cohort.id))
    offer = session.scalars(select(Offer)).one()
    before = kept(offer), offer.weekly_plan
    data = typed(seats="3", version=offer.version)
    assert coordinator.post(f"/offers/{offer.id}/edit", data=data).status_code == 303
    assert (offer.seats, kept(offer), offer.weekly_plan) == (3, *before)


def test_edit_on_an_old_version_of_the_tasks_shows_both(
    make: Factory, session: Session, coordinator: Client, cohort: Cohort
) -> None:
    coordinator.post("/offers/new", data=full(unit_id=make.unit().id, cohort_id=cohort.id))
    offer = session.scalars(select(Offer)).one()
    first = full(version=offer.version, **{"task_lines-percent": ["50", "50", ""]})
    second = full(version=offer.version)
    assert coordinator.post(f"/offers/{offer.id}/edit", data=first).status_code == 303
    answer = coordinator.post(f"/offers/{offer.id}/edit", data=second)
    assert answer.status_code == 409
    assert "Samtaler (Støtte til én ad gangen, 50 %)" in answer.text
    assert "Samtaler (Støtte til én ad gangen, 60 %)" in answer.text


def test_too_few_peer_tasks_are_released_after_an_exception_alone(
    make: Factory, session: Session, coordinator: Client, as_user: AsUser, cohort: Cohort
) -> None:
    """H-07: refused, then written by the coordinator, then released."""
    unit = make.unit()
    host = as_user(make.host(unit))
    rows = {"task_lines-text": ["Samtaler", "Vagter"], "task_lines-kind": ["individual", "other"]}
    data = full(unit_id=unit.id, cohort_id=cohort.id) | rows | {"task_lines-percent": ["66", "34"]}
    host.post("/offers/new", data=data)
    offer = session.scalars(select(Offer)).one()
    refused = host.post(f"/offers/{offer.id}/release", data={"version": offer.version})
    assert (refused.status_code, offer.status) == (422, OfferStatus.DRAFT)
    assert "Mindst 2/3 er typiske peer-opgaver" in refused.text
    assert "Skriv en undtagelse" not in host.get(f"/offers/{offer.id}").text
    assert "Skriv en undtagelse" in coordinator.get(f"/offers/{offer.id}").text
    address, version = f"/offers/{offer.id}/exception", {"version": offer.version}
    assert host.post(address, data=version | {"reason": "Fordi"}).status_code == 403
    assert coordinator.post(address, data=version | {"reason": " "}).status_code == 422
    assert (
        coordinator.post(address, data=version | {"reason": "Nyt tilbud under opbygning"}).status_code == 303
    )
    assert host.post(f"/offers/{offer.id}/release", data={"version": offer.version}).status_code == 303
    page = host.get(f"/offers/{offer.id}").text
    assert "Nyt tilbud under opbygning" in page
    assert "Karen Koordinator" in page
    assert coordinator.post(address, data=version | {"reason": "Igen"}).status_code in {409, 422}


def test_copy_makes_a_draft_for_the_new_cohort_in_one_step(
    make: Factory, session: Session, as_user: AsUser, cohort: Cohort
) -> None:
    """V-13."""
    offer = make.offer(make.unit("Team Nord"), cohort)
    host = as_user(make.host(offer.unit))
    coming = make.cohort(
        cohort.programme,
        name="Hold 2025",
        practicum_starts_on=date(2026, 1, 5),
        practicum_ends_on=date(2026, 4, 5),
    )
    assert f'href="/offers/{offer.id}/copy"' in host.get("/offers/new").text
    assert "Hold 2025" in host.get(f"/offers/{offer.id}/copy").text
    answer = host.post(f"/offers/{offer.id}/copy", data={"cohort_id": coming.id})
    made = session.scalars(select(Offer).where(Offer.cohort_id == coming.id)).one()
    assert answer.location == f"/offers/{made.id}"
    assert (made.status, made.unit_id, made.starts_on) == (OfferStatus.DRAFT, offer.unit_id, date(2026, 1, 5))
    assert host.post(f"/offers/{offer.id}/copy", data={"cohort_id": cohort.id}).status_code == 422


def test_history_tells_days_and_tasks_in_words(
    make: Factory, session: Session, coordinator: Client, cohort: Cohort
) -> None:
    coordinator.post("/offers/new", data=full(unit_id=make.unit().id, cohort_id=cohort.id))
    offer = session.scalars(select(Offer)).one()
    history = coordinator.get(f"/offers/{offer.id}").text.split('id="history"')[1]
    assert "Ugeplan tirsdag" in history
    assert "09:00–12:00" in history
    assert "Elevator, Et stille rum" in history
    assert "En opgave blev tilføjet" in history
