"""The pages of what units ask for, and of the dates of each check."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest

from placements.domain import clearances
from placements.models.clearances import Clearance, ClearanceKind, ClearanceRule
from placements.models.cohorts import Cohort
from placements.models.placements import Placement
from placements.models.users import User
from tests.conftest import Client
from tests.factories import Factory

As = Callable[[User], Client]
CRIMINAL = ClearanceKind.CRIMINAL_RECORD


@pytest.mark.usefixtures("with_csrf")
def test_host_says_what_the_unit_asks_for(make: Factory, as_user: As) -> None:
    unit = make.unit("Team Nord")
    host = as_user(make.host(unit))
    address = f"/hosts/{unit.id}/clearances"
    page = host.get(address).text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token is not None
    assert f'{address}/site_approval"' not in page
    data = {"kind": "criminal_record", "firmness": "must", "csrf_token": token[1]}
    assert host.post(address, data=data).location == address
    assert "Skal være i orden" in host.get(address).text
    assert "Straffeattest" in host.get(f"/hosts/{unit.id}").text
    host.post(f"{address}/criminal_record/remove", data={"csrf_token": token[1]})
    assert clearances.rules_of(make.session, unit.id) == []


def test_coordinator_registers_dates_and_the_warning_goes(
    make: Factory, coordinator: Client, place: Callable[..., Placement]
) -> None:
    placement = place("Stine Holm", status="draft")
    make.keep(ClearanceRule(unit_id=placement.unit_id, kind=CRIMINAL, mandatory=True))
    warning = "Skal være i orden, før praktikken begynder: Straffeattest."
    page = coordinator.get(f"/placements/{placement.id}").text
    list_of_student = f"/enrolments/{placement.enrolment_id}/clearances"
    assert warning in page
    assert f'href="{list_of_student}"' in page
    address = f"{list_of_student}/criminal_record"
    data = {"requested_on": "2025-01-20", "seen_on": "2025-02-03", "expires_on": "", "version": ""}
    assert coordinator.post(address, data=data).location == list_of_student
    assert "I orden" in coordinator.get(list_of_student).text
    assert warning not in coordinator.get(f"/placements/{placement.id}").text
    assert coordinator.post(address, data=data).status_code == 409


def test_impossible_dates_are_refused_with_what_was_typed(
    coordinator: Client, place: Callable[..., Placement]
) -> None:
    address = f"/enrolments/{place().enrolment_id}/clearances/child_protection"
    answer = coordinator.post(address, data={"seen_on": "2026-02-03"})
    assert (answer.status_code, 'value="2026-02-03"' in answer.text) == (422, True)
    assert "Dagen ligger i fremtiden" in answer.text
    assert coordinator.get(address.replace("child_protection", "site_approval")).status_code == 404


def test_staff_register_the_units_own_approval(make: Factory, coordinator: Client) -> None:
    unit = make.unit()
    address = f"/hosts/{unit.id}/clearances"
    answer = coordinator.post(f"{address}/site_approval", data={"seen_on": "2025-02-03"})
    assert answer.location == address
    assert clearances.of_unit(make.session, unit.id)[ClearanceKind.SITE_APPROVAL].seen_on == date(2025, 2, 3)
    assert coordinator.get(f"{address}/criminal_record").status_code == 404


def test_cohorts_list_costs_the_same_for_one_and_for_three(
    make: Factory, coordinator: Client, cohort: Cohort, query_count: Callable[[Callable[[], object]], int]
) -> None:
    counts, address = [], f"/cohorts/{cohort.slug}/clearances"
    for few in (1, 2):
        for _number in range(few):
            student = make.enrolment(cohort)
            make.keep(Clearance(enrolment_id=student.id, kind=CRIMINAL, requested_on=date(2025, 1, 2)))
        counts.append(query_count(lambda: coordinator.get(address)))
    assert counts[0] == counts[1]
    assert coordinator.get(address).text.count("Bedt om") == 3
