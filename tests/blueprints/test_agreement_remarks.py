"""A host checks the data, says what does not fit, and the coordinator finds it; the legal details' page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.models.agreement_remarks import AgreementRemark
from placements.models.agreements import AgreementSignature
from placements.models.legal_details import LegalDetails
from placements.models.placements import LegalBasis
from placements.models.users import User
from tests.conftest import Client
from tests.factories import Factory

As = Callable[[User], Client]


class Scene:
    def __init__(self, make: Factory, as_user: As, **values: object) -> None:
        unit = make.unit("Afsnit P4", address="Skovvej 1")
        supervisor = make.contact(unit, "Vita Vejleder", phone="11 22 33 44")
        self.placement = make.placement(unit=unit, status="accepted", supervisor_id=supervisor.id, **values)
        self.path = f"/placements/{self.placement.id}/agreement"
        self.coordinator = as_user(make.coordinator(self.placement.cohort.programme))
        self.host = as_user(make.host(unit))

    def send(self) -> None:
        self.coordinator.post(f"{self.path}/draft")
        self.coordinator.post(f"{self.path}/edit", data={"version": 1, "number": 1, "section_6": "Samtaler"})
        answer = self.coordinator.post(f"{self.path}/send", data={"version": 2, "number": 1})
        assert answer.status_code == 303


def test_host_checks_the_data_and_says_what_does_not_fit(
    make: Factory, as_user: As, session: Session
) -> None:
    """Row 65: the host checks before signing; nothing is signed by it."""
    scene = Scene(make, as_user)
    scene.send()
    page = scene.host.get(scene.path).text
    checked = page[page.index('id="fits"') : page.index("agreement/remarks/new")]
    for fact in ("Afsnit P4", "Skovvej 1", "Vita Vejleder", "11 22 33 44", "6. januar 2025", "Timer om ugen"):
        assert fact in checked
    assert scene.host.post(f"{scene.path}/remarks/new", data={"text": ""}).status_code == 422
    said = {"text": "Vejlederen hedder Viggo."}
    assert scene.host.post(f"{scene.path}/remarks/new", data=said).status_code == 303
    assert session.scalars(select(AgreementSignature)).all() == []
    assert "siger, at noget ikke passer" in scene.coordinator.get("/").text
    assert "Vejlederen hedder Viggo." in scene.coordinator.get(scene.path).text
    remark = session.scalars(select(AgreementRemark)).one()
    assert scene.coordinator.post(f"{scene.path}/remarks/{remark.id}/settle").status_code == 303
    assert "Ingen har sagt, at noget ikke passer." in scene.coordinator.get("/").text
    assert "siger, at noget ikke passer" not in scene.coordinator.get("/").text


def test_remark_of_another_placement_is_not_settled_here(
    make: Factory, as_user: As, session: Session
) -> None:
    scene = Scene(make, as_user)
    scene.send()
    scene.host.post(f"{scene.path}/remarks/new", data={"text": "Nej."})
    other = make.placement(cohort=scene.placement.cohort)
    remark = session.scalars(select(AgreementRemark)).one()
    answer = scene.coordinator.post(f"/placements/{other.id}/agreement/remarks/{remark.id}/settle")
    assert answer.status_code == 404


@pytest.mark.usefixtures("with_csrf")
def test_forged_remark_is_refused(make: Factory, as_user: As, session: Session) -> None:
    scene = Scene(make, as_user)
    make.agreement(scene.placement)
    assert scene.host.post(f"{scene.path}/remarks/new", data={"text": "Falsk."}).status_code == 400
    assert session.scalars(select(AgreementRemark)).all() == []


def test_legal_details_are_said_in_the_agreement(make: Factory, as_user: As, session: Session) -> None:
    """D-06, row 55: job centre, VITAS and both approvals in section 2, the job centre's insurance in 13."""
    scene = Scene(make, as_user, legal_basis=LegalBasis.JOB_CENTRE)
    address = f"/placements/{scene.placement.id}/legal-details"
    scene.coordinator.post(f"{scene.path}/draft")
    assert "Nummeret i VITAS er skrevet" in scene.coordinator.get(scene.path).text
    data = {
        "version": 0,
        "job_centre": "Jobcenter Viborg",
        "vitas_reference": "12345678",
        "manager_name": "Lise Leder",
        "manager_approved_on": "2024-12-01",
    }
    assert scene.coordinator.post(address, data=data).status_code == 303
    page = scene.coordinator.get(scene.path).text
    for fact in (
        "12345678",
        "Lise Leder, 1. december 2024",
        "Jobcenter Viborg har ansvaret for forsikringen",
    ):
        assert fact in page
    stale = scene.coordinator.post(address, data=data | {"job_centre": "Et andet"})
    assert stale.status_code == 409
    assert session.scalars(select(LegalDetails)).one().job_centre == "Jobcenter Viborg"
    assert (
        scene.coordinator.post(address, data=data | {"version": 1, "manager_approved_on": "x"}).status_code
        == 422
    )
