"""Numbers, framework agreements, notes, pauses, merging and deleting: the pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from sqlalchemy import func, select

from placements.domain import pauses, scans
from placements.models.cohorts import Cohort
from placements.models.documents import Document, DocumentKind
from placements.models.frameworks import FrameworkAgreement
from placements.models.hosts import Organisation, Unit
from placements.models.pauses import UnitPause
from placements.models.placements import Placement
from placements.models.quality import QualityReview
from placements.models.users import User
from placements.pdf.agreement import context as agreement_context
from tests.conftest import Client
from tests.domain.test_scans import image, paper
from tests.factories import MOMENT, Factory

As = Callable[[User], Client]
CVR, EAN = "13585628", "5790000120000"


# Numbers and municipality


def test_known_cvr_number_leads_to_the_organisation(make: Factory, coordinator: Client) -> None:
    """Row 38: our own register; while typing with htmx, and when sent without."""
    known = make.organisation("Viborg Kommune", cvr=CVR)
    make.unit(organisation=known)
    link = f'<a href="/hosts/organisations/{known.id}">Viborg Kommune</a>'
    assert link in coordinator.htmx("GET", f"/hosts/organisations/new?cvr=DK{CVR}").text
    assert link not in coordinator.htmx("GET", "/hosts/organisations/new?cvr=29189846").text
    data = {"name": "Viborg", "kind": "municipality", "cvr": CVR}
    answer = coordinator.post("/hosts/organisations/new", data=data)
    assert (answer.status_code, link in answer.text) == (422, True)
    assert "Viborg Kommune har allerede det CVR-nummer" in answer.text
    assert f'href="/hosts/organisations/{known.id}"' in coordinator.get(f"/hosts?q={CVR}").text


def test_numbers_are_kept_and_shown_and_wrong_ones_refused(make: Factory, coordinator: Client) -> None:
    organisation = make.organisation("Viborg Kommune")
    address = f"/hosts/organisations/{organisation.id}"
    data = {"kind": "municipality", "cvr": "DK 13 58 56 28", "ean": EAN, "version": organisation.version}
    assert coordinator.post(f"{address}/edit", data=data | {"ean": "5790000120001"}).status_code == 422
    assert coordinator.post(f"{address}/edit", data=data).location == address
    page = coordinator.get(address).text
    assert (CVR in page, EAN in page) == (True, True)


def test_unknown_municipality_is_refused_with_the_likely_one(make: Factory, coordinator: Client) -> None:
    unit = make.unit()
    data = {"sector": "regional", "municipality": "Vibrog", "ean": EAN, "version": unit.version}
    answer = coordinator.post(f"/hosts/{unit.id}/edit", data=data)
    assert (answer.status_code, "Mener du Viborg?" in answer.text) == (422, True)
    coordinator.post(f"/hosts/{unit.id}/edit", data=data | {"municipality": "viborg kommune"})
    assert (unit.municipality, unit.ean) == ("Viborg", EAN)


# Framework agreements


@pytest.mark.usefixtures("with_csrf")
def test_framework_is_added_edited_warned_of_and_deleted(make: Factory, coordinator: Client) -> None:
    organisation = make.organisation("Viborg Kommune")
    address = f"/hosts/organisations/{organisation.id}"
    token = re.search(r'name="csrf_token" value="([^"]+)"', coordinator.get(f"{address}/frameworks/new").text)
    assert token is not None
    data = {"reference": "R-2023", "starts_on": "2023-01-01", "expires_on": "", "csrf_token": token[1]}
    answer = coordinator.post(f"{address}/frameworks/new", data=data)
    assert answer.location == f"{address}#frameworks"
    agreement = make.session.scalars(select(FrameworkAgreement)).one()
    edit = f"/frameworks/{agreement.id}"
    data |= {"expires_on": "2025-03-01", "version": str(agreement.version)}
    assert coordinator.post(edit, data=data).status_code == 303
    assert coordinator.post(edit, data=data | {"reference": "R"}).status_code == 409
    warning = "Rammeaftalen R-2023 udløber 1. marts 2025."
    assert warning in coordinator.get(address).text
    assert "Rammeaftalen udløber 1. marts 2025" in coordinator.get("/").text
    coordinator.post(f"/frameworks/{agreement.id}/delete", data={"csrf_token": token[1]})
    assert "Der er ingen rammeaftale." in coordinator.get(address).text


def test_framework_keeps_the_signed_paper_for_staff_alone(
    make: Factory, coordinator: Client, as_user: As
) -> None:
    organisation, signed = make.organisation("Viborg Kommune"), paper()
    address = f"/hosts/organisations/{organisation.id}"
    data = {"reference": "R-2023", "starts_on": "2023-01-01", "expires_on": ""}
    bad = coordinator.post(f"{address}/frameworks/new", data=data | {"scan": (BytesIO(b"MZ"), "aftale.pdf")})
    assert (bad.status_code, scans.UNKNOWN.msgid in bad.text) == (422, True)
    assert make.session.scalars(select(FrameworkAgreement)).all() == []
    coordinator.post(f"{address}/frameworks/new", data=data | {"scan": (BytesIO(signed), "ramme.pdf")})
    agreement = make.session.scalars(select(FrameworkAgreement)).one()
    path = f"/frameworks/{agreement.id}/scan"
    assert f'href="{path}"' in coordinator.get(address).text
    answer = coordinator.get(path)
    assert (answer.data, answer.mimetype) == (signed, "application/pdf")
    named = f'attachment; filename="underskrevet-rammeaftale-{agreement.id}.pdf"'
    assert answer.headers["Content-Disposition"] == named
    host = as_user(make.host(make.unit(organisation=organisation)))
    assert (host.get(path).status_code, path in host.get(address).text) == (403, False)
    kept = data | {"version": str(agreement.version)}
    coordinator.post(f"/frameworks/{agreement.id}", data=kept)
    assert coordinator.get(path).data == signed
    kept |= {"version": str(agreement.version)}
    coordinator.post(f"/frameworks/{agreement.id}", data=kept | {"scan": (BytesIO(image("PNG")), "a.png")})
    make.session.expire_all()
    assert coordinator.get(path).mimetype == "image/png"
    assert make.session.scalar(select(func.count()).select_from(Document)) == 1
    coordinator.post(f"/frameworks/{agreement.id}/delete")
    assert make.session.scalar(select(func.count()).select_from(Document)) == 0


# Notes that hosts never see


def test_notes_on_quality_are_for_staff_alone(make: Factory, coordinator: Client, as_user: As) -> None:
    unit = make.unit("Team Nord")
    address = f"/hosts/{unit.id}/quality"
    data = {"note": "Rodet velkomst.", "reviewed_on": "2025-02-01", "review_again_on": "2025-02-20"}
    assert coordinator.post(address, data=data).location == address
    page = coordinator.get(address).text
    assert "Rodet velkomst." in page
    assert "Stedet skal ses på igen 20. februar 2025." in page
    assert "Skal ses på igen 20. februar 2025" in coordinator.get("/").text
    coordinator.post(f"/hosts/{unit.id}/pause", data={"reason": "Svarer aldrig."})
    host = as_user(make.host(unit))
    assert host.get(address).status_code == 403
    for path in (f"/hosts/{unit.id}", "/host", "/hosts", f"/hosts/{unit.id}/clearances"):
        page = host.get(path).text
        assert [word for word in ("Rodet", "Svarer aldrig", "20. februar", "pause") if word in page] == [], (
            path
        )


# Pauses


def test_unit_set_aside_is_not_offered_and_is_taken_back_in_one_click(
    make: Factory, coordinator: Client, cohort: Cohort
) -> None:
    """Row 40."""
    unit = make.unit("Team Nord")
    assert cohort.programme_id
    address = f"/hosts/{unit.id}"
    assert coordinator.post(f"{address}/pause", data={"reason": ""}).status_code == 422
    assert coordinator.post(f"{address}/pause", data={"reason": "Svarer ikke"}).location == address
    page = coordinator.get(address).text
    assert "Svarer ikke" in page
    assert f'action="{address}/pause/end"' in page
    assert "Team Nord" not in coordinator.get("/offers/new").text
    assert coordinator.post(f"{address}/pause/end").location == address
    assert pauses.of_unit(make.session, unit.id) is None
    assert "Team Nord" in coordinator.get("/offers/new").text


def test_unit_is_on_the_home_when_six_months_have_passed(make: Factory, coordinator: Client) -> None:
    for name, again in (("Team Nord", date(2025, 2, 3)), ("Team Syd", date(2025, 2, 4))):
        make.keep(
            UnitPause(unit_id=make.unit(name).id, reason="-", paused_on=date(2024, 8, 3), ask_again_on=again)
        )
    home = coordinator.get("/").text
    assert ("Team Nord" in home, "Team Syd" in home) == (True, False)


# A new owner in the middle of a cohort


def test_new_owner_leaves_signed_agreements_with_the_old_name(
    make: Factory, coordinator: Client, place: Callable[..., Placement]
) -> None:
    """D-05: the agreement was signed in January, and the unit changes hands on 1 March."""
    unit, region = (
        make.unit("Team Midt", organisation=make.organisation("Viborg Kommune")),
        make.organisation(),
    )
    agreement = make.agreement(place(unit=unit, status="active"), status="signed", sent_at=MOMENT)

    def printed(day: date) -> list[str]:
        values = agreement_context.build(
            agreement.versions[0], follow_up_days=[], names={}, coordinator_contact=[], on=day
        )
        return [values["unit"], values["parties"][1]["lines"][0]]

    document = Document(
        kind=DocumentKind.AGREEMENT,
        number="1",
        filename="aftale.pdf",
        sha256="",
        template_version="1",
        printed={"unit": printed(date(2025, 1, 2))},
        created_at=MOMENT,
        content=b"%PDF-1.7 signed by Team Midt, Viborg Kommune",
    )
    agreement.versions[0].document_id = make.keep(document).id
    make.keep(agreement)
    change = {
        "name": "Klinik Midt",
        "organisation_id": region.id,
        "since": "change",
        "from_day": "2025-03-01",
    }
    version = unit.periods[0].version
    assert coordinator.post(f"/hosts/{unit.id}/name", data=change | {"version": version}).status_code == 303
    address = f"/placements/{agreement.placement_id}/agreement.pdf"
    assert coordinator.get(address).data == b"%PDF-1.7 signed by Team Midt, Viborg Kommune"
    assert document.printed == {"unit": ["Team Midt", "Viborg Kommune"]}
    assert printed(date(2025, 2, 28)) == ["Team Midt", "Viborg Kommune"]
    assert printed(date(2025, 3, 1)) == ["Klinik Midt", "Region Midtjylland"]


# Merging and deleting


def test_merge_units_after_a_preview_of_what_moves(make: Factory, coordinator: Client) -> None:
    kept, gone = make.unit("Team Nord"), make.unit("Team Nrod")
    make.offer(gone, make.cohort())
    make.contact(gone)
    old, address = f"/hosts/{gone.id}", f"/hosts/{gone.id}/merge"
    page = coordinator.get(f"{address}?into={kept.id}").text
    assert "Praktikpladser: 1" in page
    assert "Kontaktpersoner og praktikvejledere: 1" in page
    data = {"into": kept.id, "version": gone.version, "kept_version": kept.version}
    assert coordinator.post(address, data=data | {"kept_version": 99}).status_code == 409
    assert coordinator.post(address, data=data).location == f"/hosts/{kept.id}"
    assert coordinator.get(old).status_code == 404
    assert "Vita Vejleder" in coordinator.get(f"/hosts/{kept.id}").text


def test_merge_organisations(make: Factory, coordinator: Client) -> None:
    kept, gone = make.organisation("Viborg Kommune"), make.organisation("Viborg kommune.")
    make.unit("Team Nord", organisation=gone)
    address = f"/hosts/organisations/{gone.id}/merge"
    assert "Afsnit, nu og tidligere: 1" in coordinator.get(f"{address}?into={kept.id}").text
    data = {"into": kept.id, "version": gone.version, "kept_version": kept.version}
    assert coordinator.post(address, data=data).location == f"/hosts/organisations/{kept.id}"
    assert "Team Nord" in coordinator.get(f"/hosts/organisations/{kept.id}").text


def test_delete_what_others_rely_on_is_refused_with_the_list(make: Factory, coordinator: Client) -> None:
    unit = make.unit()
    placement = make.placement(unit=unit, supervisor_id=make.contact(unit).id)
    refused = coordinator.post(f"/hosts/{unit.id}/delete")
    assert (refused.status_code, "Praktikforløb: 1" in refused.text) == (422, True)
    contact = f"/hosts/{unit.id}/contacts/{placement.supervisor_id}/delete"
    assert coordinator.post(contact).status_code == 422
    owner = unit.periods[0].organisation_id
    assert "Afsnit, nu og tidligere: 1" in coordinator.post(f"/hosts/organisations/{owner}/delete").text
    assert make.session.get(Unit, unit.id) is not None


def test_delete_what_nobody_uses(make: Factory, coordinator: Client) -> None:
    unit = make.unit()
    owner, contact = unit.periods[0].organisation_id, make.contact(unit)
    make.keep(
        QualityReview(unit_id=unit.id, author_id=make.user().id, reviewed_on=date(2025, 1, 1), note="-")
    )
    addresses = (
        f"/hosts/{unit.id}/contacts/{contact.id}/delete",
        f"/hosts/{unit.id}/delete",
        f"/hosts/organisations/{owner}/delete",
    )
    assert [coordinator.post(address).status_code for address in addresses] == [303, 303, 303]
    assert make.session.scalars(select(Organisation)).all() == []
