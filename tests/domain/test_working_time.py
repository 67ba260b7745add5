"""Whether the time counts as working time: a partner's by itself, another's when it is agreed (H-11)."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from placements.domain import working_time
from placements.domain.rules import Stale
from placements.models.cohorts import Cohort
from placements.models.hosts import OrganisationName
from tests.conftest import TODAY
from tests.domain.saving import refusal, save
from tests.factories import Factory


@pytest.mark.parametrize(
    ("renamed_on", "partner"),
    [
        (None, "Region Nord"),
        (date(2024, 9, 10), "Region Nord"),
        (date(2024, 9, 9), None),
        (date(2026, 1, 1), "Region Nord"),
    ],
)
def test_time_counts_when_the_owner_was_a_partner_by_its_name_of_the_day(
    make: Factory, session: Session, renamed_on: date | None, partner: str | None
) -> None:
    """H-11, D-05: the name of the day that the participant began, 9 September 2024, or of today."""
    cohort = make.cohort(make.programme(partners=["Region Nord"]))
    owner = make.organisation("Region Nord")
    if renamed_on:
        owner.names[0].valid_to = renamed_on
        owner.names.append(OrganisationName(name="Region Østdanmark", valid_from=renamed_on, valid_to=None))
        make.keep(owner)
    make.peer(cohort, unit_id=make.unit(organisation=owner).id)
    (standing,) = working_time.of_cohort(session, cohort, today=TODAY)
    assert (standing.partner, standing.missing) == (partner, partner is None)


def test_record_what_manager_and_participant_agreed(make: Factory, session: Session, cohort: Cohort) -> None:
    peer = make.peer(cohort, unit_id=make.unit().id)
    volunteer = make.peer(cohort, "Fri Villig", audience="volunteer_peer")
    said = {"manager_name": " Mie Mester ", "version": 0, "today": TODAY}
    assert [one.missing for one in working_time.of_cohort(session, cohort, today=TODAY)] == [True]

    late = refusal(session, lambda: working_time.record(session, peer, agreed_on=date(2999, 1, 1), **said))
    assert late.field == "agreed_on"
    refusal(session, lambda: working_time.record(session, volunteer, agreed_on=TODAY, **said))
    kept = save(session, lambda: working_time.record(session, peer, agreed_on=TODAY, **said))
    assert (kept.manager_name, kept.agreed_on) == ("Mie Mester", TODAY)
    assert [one.missing for one in working_time.of_cohort(session, cohort, today=TODAY)] == [False]
    with pytest.raises(Stale):
        working_time.record(session, peer, agreed_on=TODAY, **said)
