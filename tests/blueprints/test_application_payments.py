"""The pages of payments: one, a cohort's, and whom bills come from."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.domain import application_neutral, application_payment_start
from placements.models.application_payments import ApplicationPayment, InvoiceSender, PaymentStatus
from placements.models.applications import Application, ApplicationStatus
from placements.models.cohorts import Cohort
from placements.models.looks import Look
from tests.conftest import Client
from tests.factories import Factory
from tests.pdf import reading

AGREED = {
    "version": "1",
    "payer_name": "Skive Kommune",
    "amount": "14000",
    "track": "full",
    "approved_on": "2025-01-30",
    "ean": "5790000000005",
    "contact_name": "Lone Kirk Madsen",
    "payer_reference": "Sag 24/18222",
}
SENDER = {
    "version": "0",
    "name": "Viborg Kommune",
    "cvr": "29 18 98 46",
    "street": "Prinsens Alle 5",
    "postal_code": "8800",
    "city": "Viborg",
    "bank_registration": "0400",
    "bank_account": "4025123456",
    "contact_name": "Mette Holm",
    "contact_phone": "87 87 40 10",
    "contact_email": "mette.holm@example.org",
    "days_to_pay": "30",
}


@pytest.fixture
def application(make: Factory, cohort: Cohort) -> Application:
    make.fee(cohort.programme)
    said = {"municipality": "Skive", "payment": "asking"}
    return make.application(cohort, "Asta Ager", answers=said, status=ApplicationStatus.OFFERED)


def test_payment_goes_from_asked_to_paid(
    make: Factory, session: Session, application: Application, coordinator: Client
) -> None:
    """Rows 16 and 92."""
    address = f"/applications/{application.id}/payment"
    assert "Opret betalingen" in coordinator.get(address).text
    assert coordinator.post(f"{address}/begin").status_code == 303
    page = coordinator.get(address).text
    assert "Asta Ager" in page
    assert "Ansøgeren har ikke aftalt det endnu" in page
    assert application.reference in coordinator.get("/").text
    refused = coordinator.post(address, data=AGREED | {"ean": "5790000000004"})
    assert refused.status_code == 422
    told = re.search(r'id="ean-error">([^<]+)<', refused.text)
    assert told is not None
    assert told[1] == "EAN-nummeret passer ikke: det har 13 cifre, der passer sammen. Se efter igen."
    assert coordinator.post(address, data=AGREED).status_code == 303
    assert coordinator.post(address, data=AGREED).status_code == 409
    make.invoice_sender(application.cohort.programme)
    for version, verb in ((2, "promise"), (3, "invoice"), (4, "pay")):
        assert coordinator.post(f"{address}/{verb}", data={"version": version}).status_code == 303
    owed = session.scalars(select(ApplicationPayment)).one()
    session.refresh(owed)
    assert owed.status is PaymentStatus.PAID
    assert coordinator.post(f"{address}/nothing", data={"version": 5}).status_code == 404
    assert application.reference not in coordinator.get("/").text
    assert session.scalars(select(Look.record_id).where(Look.noun == "application")).first() == application.id


def test_step_says_what_is_missing(make: Factory, application: Application, coordinator: Client) -> None:
    make.payment(application)
    refused = coordinator.post(f"/applications/{application.id}/payment/promise", data={"version": 1})
    assert refused.status_code == 422
    assert "Der mangler noget før det skridt." in refused.text


def test_list_names_nobody_and_costs_the_same_for_many(
    make: Factory,
    application: Application,
    coordinator: Client,
    query_count: Callable[[Callable[[], object]], int],
) -> None:
    """Row 91: references, what is missing, sums; and the same as a file."""
    make.payment(application)
    address = f"/applications/cohort/{application.cohort.slug}/payments"
    one = query_count(lambda: coordinator.get(address))
    for name in ("Berit Dam", "Carl Eg"):
        make.payment(make.application(application.cohort, name, answers={"municipality": "Skive"}))
    assert query_count(lambda: coordinator.get(address)) == one
    gone = make.application(
        application.cohort, "Dan Elm", answers={"municipality": "Skive"}, status=ApplicationStatus.DECLINED
    )
    make.payment(gone)
    page = coordinator.get(address).text
    assert page.count(">Mangler<") == 3
    assert "42.000 kr." in page
    told = coordinator.get(f"{address}.csv").data.decode("utf-8-sig").splitlines()
    assert [line.split(";")[1:3] for line in told] == [["Kommune", "Betaler"]] + 3 * [
        ["Skive", "Skive Kommune"]
    ]
    assert [name for name in ("Asta", "Berit", "Carl") if name in page + "".join(told)] == []


def test_coordinator_sees_the_payment_on_the_participant(
    make: Factory,
    session: Session,
    application: Application,
    coordinator: Client,
    as_user: Callable[..., Client],
) -> None:
    """Row 92: and nobody else does."""
    make.payment(application)
    enrolment = make.enrolment(application.cohort, make.user("Asta Ager"))
    application_payment_start.follow(session, application, enrolment)
    session.commit()
    address = f"/enrolments/{enrolment.id}/completion"
    assert application.reference in coordinator.get(address).text
    assert application.reference not in as_user(enrolment.user).get(address).text


def test_sender_is_written_once_for_the_programme(
    session: Session, cohort: Cohort, coordinator: Client
) -> None:
    address = f"/programmes/{cohort.programme.slug}/invoice-sender"
    telling = coordinator.post(address, data=SENDER | {"name": "Psykiatrien i Viborg"})
    assert telling.status_code == 422
    assert "Psykiatrien siger for meget" in telling.text
    assert coordinator.post(address, data=SENDER).status_code == 303
    assert session.scalars(select(InvoiceSender.cvr)).one() == "29189846"
    assert coordinator.post(address, data=SENDER).status_code == 409
    assert 'value="29189846"' in coordinator.get(address).text


@pytest.mark.usefixtures("with_csrf")
def test_forged_step_is_refused(make: Factory, application: Application, coordinator: Client) -> None:
    make.payment(application, approved_on=date(2025, 1, 30))
    answer = coordinator.post(f"/applications/{application.id}/payment/promise", data={"version": 1})
    assert answer.status_code == 400


def test_letter_and_bill_are_printed_when_there_is_something_to_say(
    make: Factory, application: Application, coordinator: Client
) -> None:
    """V-09, D-07 and row 91: the letter while it is open, the bill when it is promised; each by itself."""
    make.payment(application)
    address = f"/applications/{application.id}/payment"
    assert coordinator.get(f"{address}/letter.pdf").status_code == 422  # nobody to send it
    make.invoice_sender(application.cohort.programme)
    letter = coordinator.get(f"{address}/letter.pdf")
    told = reading.text(letter.data)
    assert f"Vores reference {application.reference}" in told
    assert "Asta Ager" in told
    assert coordinator.get(f"{address}/invoice.pdf").status_code == 422
    assert coordinator.get(f"{address}/invoice-peppol.xml").status_code == 422
    coordinator.post(address, data=AGREED)
    coordinator.post(f"{address}/promise", data={"version": 2})
    bill = reading.text(coordinator.get(f"{address}/invoice.pdf").data)
    files = [coordinator.get(f"{address}/invoice-{form}.xml") for form in ("peppol", "oioubl")]
    assert "5790000000005 Kontrolcifret passer" in bill
    for text in (bill, *(file.text for file in files)):
        assert "Asta" not in text
        assert application.reference in text
    for text in (told, bill, *(file.text for file in files)):
        assert application_neutral.telling(text.replace(application.cohort.programme.slug, "")) is None
    assert files[0].headers["Content-Disposition"].endswith('-peppol.xml"')
    assert coordinator.get(f"{address}/invoice-word.xml").status_code == 404
