"""The legal basis chooses the checklist: a practicum through the job centre asks for more (D-06)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from placements.domain import agreements, legal_details
from placements.domain.rules import RuleBroken, Stale
from placements.models.placements import LegalBasis, Placement, PlacementStatus
from tests.factories import Factory

TODAY = date(2025, 1, 2)
NOW = datetime(2025, 1, 2, 9, 0, tzinfo=UTC)
WRITTEN: dict[str, Any] = {
    "job_centre": "Jobcenter Viborg",
    "job_centre_contact": "Jens, 87 00 00 00",
    "vitas_reference": "12345678",
    "manager_name": "Lise Leder",
    "manager_approved_on": date(2024, 12, 1),
    "representative_name": "Tine Tillid",
    "representative_approved_on": date(2024, 12, 2),
    "insurance": None,
}


@pytest.fixture
def placement(make: Factory) -> Placement:
    return make.placement(status="accepted", legal_basis=LegalBasis.JOB_CENTRE)


def save(session: Session, placement: Placement, *, version: int = 0, **values: Any) -> None:
    legal_details.save(session, placement, {**WRITTEN, **values}, version=version, today=TODAY)  # type: ignore[typeddict-item]
    session.flush()


def missing(placement: Placement) -> list[str]:
    return [check.key for check in legal_details.checks(placement) if not check.met]


@pytest.mark.parametrize(
    "basis", [LegalBasis.STUDY_PRACTICUM, LegalBasis.EMPLOYMENT, LegalBasis.VOLUNTEERING]
)
def test_other_bases_ask_for_nothing_more(make: Factory, basis: LegalBasis) -> None:
    placement = make.placement(legal_basis=basis)
    assert legal_details.checks(placement) == []
    assert legal_details.fields_for(basis) == ("insurance",)


def test_job_centre_asks_for_all_that_d_06_names(session: Session, placement: Placement) -> None:
    assert missing(placement) == ["job_centre", "vitas", "manager", "representative"]
    save(session, placement)
    assert missing(placement) == []


@pytest.mark.parametrize(
    ("last", "met", "weeks"), [(date(2025, 4, 6), True, 13), (date(2025, 4, 7), False, 14)]
)
def test_job_centre_practicum_lasts_13_weeks_at_most(
    placement: Placement, last: date, met: bool, weeks: int
) -> None:
    placement.ends_on = last
    (check,) = [check for check in legal_details.checks(placement) if check.key == "weeks"]
    assert check.met is met
    assert check.text == f"Virksomhedspraktik varer højst 13 uger; perioden er {weeks} uger"


def test_agreement_is_not_sent_before_they_are_written(session: Session, placement: Placement) -> None:
    agreement = agreements.draft(session, placement, today=TODAY)
    asked = {unmet.key for unmet in agreements.unmet_for_send(agreement.current)}
    assert {"job_centre", "vitas", "manager", "representative"} < asked
    save(session, placement)
    assert {unmet.key for unmet in agreements.unmet_for_send(agreement.current)} == {"supervisor", "tasks"}


def test_change_after_sending_begins_a_new_version(session: Session, make: Factory) -> None:
    unit = make.unit()
    placement = make.placement(unit=unit, status="accepted", supervisor_id=make.contact(unit).id)
    agreement = agreements.draft(session, placement, today=TODAY)
    agreements.write(agreement, sections={6: "Samtaler"})
    session.flush()
    agreements.send(session, agreement.current, now=NOW)
    save(session, placement, insurance="Kommunens ansvarsforsikring.")
    assert len(agreement.versions) == 2
    save(session, placement, version=1, insurance="Kommunens ansvarsforsikring. ")
    assert len(agreement.versions) == 2


def test_save_is_refused_once_signed_on_old_data_and_for_days_to_come(
    session: Session, placement: Placement
) -> None:
    with pytest.raises(RuleBroken, match="dag, der har været") as refused:
        save(session, placement, manager_approved_on=date(2025, 1, 3))
    assert refused.value.field == "manager_approved_on"
    save(session, placement)
    for version in (0, 7):
        with pytest.raises(Stale):
            save(session, placement, version=version)
    placement.status = PlacementStatus.AGREED
    with pytest.raises(RuleBroken, match="tillæg"):
        save(session, placement, version=1)
