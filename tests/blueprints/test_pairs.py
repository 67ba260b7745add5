"""The page of peers and colleagues, and one person's way in (H-03, H-07, H-08, H-11)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.models.admissions import Admission
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.hosts import Unit
from placements.models.pairs import PeerPair
from placements.models.working_time import WorkingTimeAgreement
from tests.conftest import Client
from tests.factories import Factory

Count = Callable[[Callable[[], object]], int]


@pytest.fixture
def unit(make: Factory) -> Unit:
    return make.unit("Team Øst")


@pytest.fixture
def peer(make: Factory, cohort: Cohort) -> Enrolment:
    return make.peer(cohort)


def tasks(*lines: tuple[str, str, str]) -> dict[str, list[str]]:
    return {
        f"task_lines-{part}": [line[place] for line in lines]
        for place, part in enumerate(("text", "kind", "percent"))
    }


def test_workplace_is_written_and_the_pair_made_with_one_click(
    make: Factory, session: Session, coordinator: Client, cohort: Cohort, unit: Unit, peer: Enrolment
) -> None:
    """H-03, H-08."""
    here = f"/cohorts/{cohort.slug}/pairs"
    colleague = make.colleague(cohort, unit_id=unit.id)
    both = {"peer_id": peer.id, "colleague_id": colleague.id}
    refused = coordinator.post(here, data=both)
    assert (refused.status_code, "arbejder ikke samme sted" in refused.text) == (422, True)
    workplace = f"/enrolments/{peer.id}/workplace"
    sent = coordinator.post(workplace, data={"unit_id": str(unit.id), "version": str(peer.version)})
    assert sent.location == f"/enrolments/{peer.id}/admission"
    assert "Gør til et par" in coordinator.get(here).text
    assert coordinator.post(here, data=both).location == here
    session.rollback()
    pair = session.scalars(select(PeerPair)).one()
    assert (pair.peer_id, pair.colleague_id) == (peer.id, colleague.id)
    assert "Gør til et par" not in coordinator.get(here).text
    assert coordinator.post(f"/pairs/{pair.id}/remove").location == here
    session.rollback()
    assert session.scalars(select(PeerPair)).all() == []


def test_admission_waits_for_the_tasks_or_an_exception(
    session: Session, coordinator: Client, cohort: Cohort, unit: Unit, peer: Enrolment, make: Factory
) -> None:
    """H-07: written with shares, too few, an exception with its reason, admitted."""
    peer.unit_id = unit.id
    make.keep(peer)
    here = f"/enrolments/{peer.id}/admission"
    assert coordinator.post(here).status_code == 422
    few = tasks(("Samtaler", "individual", "60"), ("Kontoret", "other", "40"))
    more = coordinator.post(f"{here}/tasks", data=few | {"more": "1", "version": "0"})
    assert (more.status_code, more.text.count('name="task_lines-text"')) == (200, 8)
    assert coordinator.post(f"{here}/tasks", data=few | {"version": "0"}).location == here
    page = coordinator.get(here).text
    assert "Typiske peer-opgaver: 60 %. Der skal være mindst 2/3." in page
    assert coordinator.post(here).status_code == 422
    assert coordinator.post(f"{here}/exception", data={"reason": ""}).status_code == 422
    assert coordinator.post(f"{here}/exception", data={"reason": "Teamet er nyt."}).location == here
    assert "Teamet er nyt." in coordinator.get(here).text
    assert coordinator.post(here).location == here
    session.rollback()
    assert session.scalars(select(Admission)).one().admitted_on is not None


def test_stale_tasks_come_back_with_both_values(
    coordinator: Client, cohort: Cohort, peer: Enrolment, make: Factory
) -> None:
    make.admission(peer, ("individual", 100))
    here = f"/enrolments/{peer.id}/admission/tasks"
    answer = coordinator.post(here, data=tasks(("Andet", "other", "100")) | {"version": "7"})
    assert answer.status_code == 409
    assert "Opgave 1 (Støtte til én ad gangen, 100 %)" in answer.text
    assert "Andet (Andet arbejde, 100 %)" in answer.text


def test_agreement_about_the_time_is_recorded(
    session: Session, coordinator: Client, cohort: Cohort, peer: Enrolment
) -> None:
    """H-11."""
    here = f"/enrolments/{peer.id}/working-time"
    assert "Ikke aftalt" in coordinator.get(f"/cohorts/{cohort.slug}/pairs").text
    sent = {"agreed_on": "2025-01-10", "manager_name": "Mie Mester", "version": "0"}
    assert coordinator.post(here, data=sent | {"manager_name": " "}).status_code == 422
    assert coordinator.post(here, data=sent).location == f"/enrolments/{peer.id}/admission"
    session.rollback()
    assert session.scalars(select(WorkingTimeAgreement)).one().manager_name == "Mie Mester"
    assert coordinator.post(here, data=sent).status_code == 409


def test_page_costs_the_same_for_one_pair_as_for_three(
    make: Factory, coordinator: Client, query_count: Count, cohort: Cohort
) -> None:
    def add(number: int) -> None:
        unit = make.unit(f"Team {number}", organisation=make.organisation(f"Kommune {number}"))
        peer = make.peer(cohort, f"Peer {number}", unit_id=unit.id)
        make.admission(peer, ("individual", 50), ("other", 50))
        make.pair(peer, make.colleague(cohort, f"Kollega {number}", unit_id=unit.id))
        make.peer(cohort, f"Alene {number}", unit_id=unit.id)
        make.colleague(cohort, f"Uden {number}", unit_id=make.unit(f"Sted {number}").id)

    here = f"/cohorts/{cohort.slug}/pairs"
    add(1)
    one = query_count(lambda: coordinator.get(here))
    add(2)
    add(3)
    assert query_count(lambda: coordinator.get(here)) == one


@pytest.mark.usefixtures("with_csrf")
def test_changes_without_the_token_are_refused(
    make: Factory, session: Session, coordinator: Client, cohort: Cohort, unit: Unit
) -> None:
    peer, colleague = make.peer(cohort, unit_id=unit.id), make.colleague(cohort, unit_id=unit.id)
    both = {"peer_id": peer.id, "colleague_id": colleague.id}
    sent = {"agreed_on": "2025-01-10", "manager_name": "Mie Mester", "version": "0"}
    assert coordinator.post(f"/cohorts/{cohort.slug}/pairs", data=both).status_code == 400
    assert coordinator.post(f"/enrolments/{colleague.id}/admission").status_code == 400
    assert coordinator.post(f"/enrolments/{peer.id}/working-time", data=sent).status_code == 400
    for kind in (PeerPair, Admission, WorkingTimeAgreement):
        assert session.scalars(select(kind)).all() == []
