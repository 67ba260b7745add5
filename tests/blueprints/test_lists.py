"""Lists and overviews as PDF: who gets them, and as much of people as the same reader sees on screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from placements.models.cohorts import Cohort
from placements.models.follow_up_days import FollowUpDay
from placements.models.network_groups import NetworkGroup
from placements.models.placements import Placement
from placements.models.users import User
from tests.blueprints.network_scene import meeting, peer, place_of
from tests.conftest import Client
from tests.factories import Factory
from tests.pdf import reading

As = Callable[[User], Client]
Place = Callable[..., Placement]
Count = Callable[[Callable[[], object]], int]


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    return reading.text(answer.data)


@pytest.fixture
def neighbour(make: Factory, as_user: As) -> Client:
    return as_user(make.coordinator(make.programme("andet")))


def test_participants_are_printed_for_the_cohorts_staff(
    make: Factory, cohort: Cohort, place: Place, coordinator: Client, teacher: Client, neighbour: Client
) -> None:
    """Mail address, telephone and place are for the coordinator; who left is on nobody's list."""
    place("Stine Holm", unit=make.unit("Team Nord"), status="accepted")
    place("Bo Toft", unit=make.unit("Team Syd"), status="proposed")
    make.enrolment(cohort, make.user("Gitte Gået"), status="withdrawn")
    address = f"/cohorts/{cohort.slug}/participants.pdf"
    in_full, names = text_of(coordinator, address), text_of(teacher, address)
    assert ["2 deltagere" in text and "Stine Holm" in text for text in (in_full, names)] == [True, True]
    assert ["@example.org" in text for text in (in_full, names)] == [True, False]
    assert ["Team Nord" in text for text in (in_full, names)] == [True, False]
    assert "Team Syd" not in in_full
    assert "Gitte" not in in_full + names
    assert neighbour.get(address).status_code == 404


def test_overview_is_the_timeline_with_units_and_seats_for_the_coordinator(
    make: Factory,
    cohort: Cohort,
    place: Place,
    held: FollowUpDay,
    coordinator: Client,
    teacher: Client,
    neighbour: Client,
) -> None:
    """V-06, V-12: a break is told to the coordinator alone, and never why."""
    placed = place("Stine Holm", unit=make.unit("Team Nord"), status="active")
    after = {"paused_from": "2025-02-10", "paused_to": "2025-02-23", "cause": "illness"}
    amendment: dict[str, Any] = {"kind": "interruption", "status": "signed", "before": {}, "after": after}
    make.amendment(make.agreement(placed), **amendment)
    address = f"/cohorts/{cohort.slug}/placements.pdf"
    mine, taught = text_of(coordinator, address), text_of(teacher, address)
    said = "i praktik fra 6. januar 2025 til 6. april 2025"
    paused = "pause fra 10. februar 2025 til 23. februar 2025"
    assert f"Stine Holm Team Nord {said}, {paused} i praktik pause i praktik" in mine
    assert f"Stine Holm {said} i praktik" in taught
    assert [word in taught for word in ("Team Nord", "pause", "Pladser efter sektor")] == [False] * 3
    assert ("Pladser efter sektor" in mine, "ygdom" in mine) == (True, False)
    assert neighbour.get(address).status_code == 404


def test_cohort_without_practicum_has_no_overview(make: Factory, cohort: Cohort, coordinator: Client) -> None:
    cohort.practicum_starts_on = cohort.practicum_ends_on = None
    make.keep(cohort)
    assert coordinator.get(f"/cohorts/{cohort.slug}/placements.pdf").status_code == 404
    assert "placements.pdf" not in coordinator.get(f"/cohorts/{cohort.slug}").text


def test_group_is_printed_as_each_reader_sees_it(
    make: Factory, group: NetworkGroup, cohort: Cohort, coordinator: Client, as_user: As, neighbour: Client
) -> None:
    """H-19: members by name, to members; the cohort stands there for staff. Offered is not told."""
    member, offered = peer(make, cohort, "Maja Med"), peer(make, cohort, "Otto Tilbudt")
    place_of(make, group, member, "accepted")
    place_of(make, group, offered, "offered")
    meeting(make, group)
    address = f"/network-groups/{group.id}.pdf"
    for text in (text_of(coordinator, address), text_of(as_user(member.user), address)):
        assert ("Maja Med" in text, "Otto" in text, "At sige fra" in text) == (True, False, True)
    assert "Maja Med Hold 2024" in text_of(coordinator, address)
    assert "Hold 2024" not in text_of(as_user(member.user), address)
    assert as_user(offered.user).get(address).status_code == 404
    assert neighbour.get(address).status_code == 404


def test_figures_are_printed_for_the_coordinator_alone(
    cohort: Cohort, place: Place, coordinator: Client, teacher: Client, neighbour: Client
) -> None:
    """V-14: of two people nothing but that they are few."""
    for name in ("Stine Holm", "Bo Toft"):
        place(name, status="completed")
    address = f"/cohorts/{cohort.slug}/report.pdf"
    text = text_of(coordinator, address)
    assert text.count("Der er færre end fem på holdet") == 3
    assert [word in text for word in ("Stine", "Skjult", "2 deltagere")] == [False] * 3
    assert (teacher.get(address).status_code, neighbour.get(address).status_code) == (403, 404)


def test_lists_are_found_on_the_pages_they_are_about(
    cohort: Cohort, place: Place, group: NetworkGroup, coordinator: Client, teacher: Client
) -> None:
    place()
    files = ("participants.pdf", "placements.pdf", "report.pdf")
    pages = [client.get(f"/cohorts/{cohort.slug}").text for client in (coordinator, teacher)]
    assert [[f"/cohorts/{cohort.slug}/{file}" in page for file in files] for page in pages] == [
        [True, True, True],
        [True, True, False],
    ]
    assert f"/network-groups/{group.id}.pdf" in teacher.get(f"/network-groups/{group.id}").text


def test_more_people_are_no_more_questions(
    make: Factory, cohort: Cohort, place: Place, group: NetworkGroup, coordinator: Client, query_count: Count
) -> None:
    files = [f"/cohorts/{cohort.slug}/{name}.pdf" for name in ("participants", "placements", "report")]
    addresses = [*files, f"/network-groups/{group.id}.pdf"]

    def arrive(name: str) -> None:
        placed = place(name, unit=make.unit(f"Afsnit {name}"), status="active")
        place_of(make, group, placed.enrolment, "accepted")
        meeting(make, group, theme=name)

    def asked() -> list[int]:
        return [query_count(lambda address=address: coordinator.get(address)) for address in addresses]  # type: ignore[misc]

    arrive("Stine")
    coordinator.get(addresses[0])
    one = asked()
    arrive("Bo")
    arrive("Amalie")
    assert asked() == one
