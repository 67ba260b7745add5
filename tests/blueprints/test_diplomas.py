"""Issuing, printing and verifying a diploma."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.domain.diplomas import grouped
from placements.models.diplomas import Diploma, NumberSeries
from placements.models.documents import Document
from placements.models.enrolments import Enrolment, EnrolmentStatus
from placements.models.users import User
from tests.conftest import Client
from tests.factories import Factory
from tests.mailbox import Mailbox
from tests.pdf import reading

As = Callable[[User], Client]


@pytest.fixture
def enrolment(make: Factory) -> Enrolment:
    cohort = make.cohort(make.programme())
    found = make.enrolment(
        cohort, make.grant(make.user("Amalie Kjær"), "student"), theory_met_on=date(2024, 12, 13)
    )
    make.placement(enrolment=found, status="completed")
    return found


def issue(make: Factory, as_user: As, enrolment: Enrolment) -> Client:
    browser = as_user(make.coordinator(enrolment.cohort.programme))
    assert browser.post(f"/enrolments/{enrolment.id}/diploma").status_code == 303
    return browser


def test_issue_freezes_the_document_and_the_student_can_print_it(
    make: Factory, as_user: As, enrolment: Enrolment, session: Session
) -> None:
    issue(make, as_user, enrolment)
    diploma = session.scalars(select(Diploma)).one()
    document = session.scalars(select(Document)).one()
    student = as_user(enrolment.user)
    assert "Tillykke" in student.get("/my").text
    answer = student.get(f"/diplomas/{diploma.id}.pdf")
    assert (answer.mimetype, answer.data) == ("application/pdf", document.content)
    assert document.printed["person"] == "Amalie Kjær"
    assert document.printed["code"] == grouped(diploma.code)


def test_issue_that_lacks_something_is_refused_and_takes_no_number(
    make: Factory, as_user: As, session: Session
) -> None:
    enrolment = make.enrolment(make.cohort(make.programme()))
    browser = as_user(make.coordinator(enrolment.cohort.programme))
    answer = browser.post(f"/enrolments/{enrolment.id}/diploma")
    assert answer.status_code == 422
    assert "Beviset kan ikke udstedes endnu." in answer.text
    assert session.scalars(select(Diploma)).all() == []


def test_issue_for_a_name_that_cannot_be_printed_names_the_letter_and_uses_no_number(
    make: Factory, as_user: As, enrolment: Enrolment, session: Session, mailbox: Mailbox
) -> None:
    """Nothing is kept of it, and the next one gets the number that it would have had (H-10)."""
    enrolment.user.name = "Amalie 漢 Kjær"
    session.commit()
    browser = as_user(make.coordinator(enrolment.cohort.programme))
    answer = browser.post(f"/enrolments/{enrolment.id}/diploma")
    assert answer.status_code == 422
    assert "Tegnet 漢 (U+6F22) kan ikke trykkes i dokumentet." in answer.text
    kept = [session.scalars(select(model)).all() for model in (Diploma, Document, NumberSeries)]
    assert (kept, mailbox.all()) == ([[], [], []], [])
    enrolment.user.name = "Amalie Kjær"
    session.commit()
    issue(make, as_user, enrolment)
    assert session.scalars(select(Diploma)).one().number == "UB-2025-0001"


def test_others_neither_issue_nor_print(
    make: Factory, as_user: As, enrolment: Enrolment, session: Session
) -> None:
    issue(make, as_user, enrolment)
    diploma = session.scalars(select(Diploma)).one()
    stranger = as_user(make.coordinator(make.programme("another")))
    assert stranger.get(f"/diplomas/{diploma.id}.pdf").status_code == 404
    assert stranger.post(f"/enrolments/{enrolment.id}/diploma").status_code == 404
    fellow = as_user(make.enrolment(enrolment.cohort).user)
    assert fellow.get(f"/diplomas/{diploma.id}.pdf").status_code == 404
    assert fellow.get("/diplomas").status_code == 403


def test_the_lists_ask_as_many_queries_for_few_as_for_many(
    make: Factory, as_user: As, query_count: Callable[..., int]
) -> None:
    cohort = make.cohort(make.programme())
    taught = make.teaching_session(make.run(cohort, make.module(cohort.programme)))
    browser = as_user(make.coordinator(cohort.programme))
    counted = []
    for more in (1, 2):
        for _row in range(more):
            make.attendance(taught, make.placement(cohort=cohort, status="completed").enrolment)
        paths = "/diplomas", f"/diplomas/cohort/{cohort.slug}"
        counted.append([query_count(lambda path=path: browser.get(path)) for path in paths])
    assert counted[0] == counted[1]


def test_the_list_says_who_is_ready_and_what_the_others_lack(
    make: Factory, as_user: As, enrolment: Enrolment
) -> None:
    make.enrolment(enrolment.cohort, make.user("Bo Bak"))
    page = as_user(make.coordinator(enrolment.cohort.programme)).get(
        f"/diplomas/cohort/{enrolment.cohort.slug}"
    )
    soup = BeautifulSoup(page.text, "html.parser")
    ticked = [box["value"] for box in soup.select("input[name=enrolment][checked]")]
    lacking = soup.find("section", attrs={"aria-labelledby": "lacking"}).get_text(" ", strip=True)
    assert ticked == [str(enrolment.id)]
    assert "Bo Bak" in lacking
    assert "Gennemført praktik" in lacking
    assert "Amalie" not in lacking


# Replaced and revoked


@pytest.fixture
def given(make: Factory, enrolment: Enrolment) -> Diploma:
    return make.diploma(enrolment, document=make.document(), code="K7QM3WXR9TDA2345")


@pytest.fixture
def desk(make: Factory, as_user: As, enrolment: Enrolment) -> Client:
    return as_user(make.coordinator(enrolment.cohort.programme))


def test_reissue_prints_the_corrected_name_with_a_new_number_and_mails_a_link(
    desk: Client, session: Session, given: Diploma, mailbox: Mailbox
) -> None:
    path = f"/diplomas/{given.id}/reissue"
    assert 'value="Amalie Kjær"' in desk.get(path).text
    data = {"name": "Amalie Kjær Nørgaard", "issued_on": "2025-02-01", "version": given.version}
    assert desk.post(path, data=data).location == f"/enrolments/{given.enrolment_id}/diploma"
    new = session.scalars(select(Diploma).where(Diploma.id != given.id)).one()
    assert new.document is not None
    printed = new.document.printed
    assert (printed["person"], printed["number"]) == ("Amalie Kjær Nørgaard", new.number)
    assert printed["place_and_date"].endswith("1. februar 2025")
    assert "Amalie" not in mailbox.newest().as_string().partition("Subject")[0]
    page = desk.get(f"/enrolments/{given.enrolment_id}/diploma").text
    assert "Erstattet af et nyt" in page
    assert given.number in page


def test_reissue_says_all_else_in_the_words_of_the_old_ones_day(
    make: Factory, as_user: As, enrolment: Enrolment, session: Session
) -> None:
    """Aim, modules and names that have changed since are not written under the old date."""
    desk = issue(make, as_user, enrolment)
    old = session.scalars(select(Diploma)).one()
    programme = enrolment.cohort.programme
    programme.aim = "Et nyt formål."
    programme.modules[0].title = "Et nyt navn"
    programme.home_municipalities = ["Skive"]
    session.commit()
    data = {"name": "Amalie Ny", "issued_on": "2025-02-01", "version": old.version}
    assert desk.post(f"/diplomas/{old.id}/reissue", data=data).status_code == 303
    new = session.scalars(select(Diploma).where(Diploma.id != old.id)).one()
    assert old.document is not None
    assert new.document is not None
    before, after = old.document.printed, new.document.printed
    assert before.pop("attachments") != after.pop("attachments")
    place = before["place_and_date"].rpartition(", ")[0]
    assert after == before | {
        "person": "Amalie Ny",
        "number": new.number,
        "code": grouped(new.code),
        "verify_url": f"{before['verify_url'].rpartition('/')[0]}/{grouped(new.code)}",
        "dated": "2025-02-01",
        "place_and_date": f"{place}, 1. februar 2025",
    }


def test_reissue_on_an_old_version_is_refused_and_takes_no_number(
    desk: Client, session: Session, given: Diploma
) -> None:
    data = {"name": "Amalie", "issued_on": "2025-02-01", "version": given.version - 1}
    assert desk.post(f"/diplomas/{given.id}/reissue", data=data).status_code == 409
    assert session.scalars(select(NumberSeries)).all() == []


def test_revoke_asks_why_and_tells_the_reason_to_those_who_run_the_programme_alone(
    desk: Client, as_user: As, client: Client, session: Session, given: Diploma
) -> None:
    path = f"/diplomas/{given.id}/revoke"
    assert "Skriv, hvorfor" in desk.post(path, data={"version": given.version}).text
    data = {"reason": "HEMMELIG GRUND", "version": given.version}
    assert desk.post(path, data=data).status_code == 303
    page = desk.get(f"/enrolments/{given.enrolment_id}/diploma").text
    assert page.count("HEMMELIG GRUND") == 1
    public = client.get(f"/verify/{given.code}").text
    assert "Beviset er trukket tilbage" in public
    assert "3. februar 2025" in public
    own = as_user(given.enrolment.user).get("/my").text
    assert "HEMMELIG" not in public + own
    assert "Beviset gælder ikke længere, så det kan ikke ændres." in desk.get(path).text


def test_others_neither_replace_nor_revoke(make: Factory, as_user: As, given: Diploma) -> None:
    student = as_user(given.enrolment.user)
    assert student.get(f"/diplomas/{given.id}/revoke").status_code == 403
    stranger = as_user(make.coordinator(make.programme("another")))
    assert stranger.post(f"/diplomas/{given.id}/revoke", data={"reason": "Nej"}).status_code == 404
    assert stranger.post(f"/diplomas/{given.id}/reissue", data={"name": "Nej"}).status_code == 404


def test_a_participant_who_stopped_downloads_the_certificate(
    make: Factory, as_user: As, desk: Client, enrolment: Enrolment, session: Session
) -> None:
    enrolment.status = EnrolmentStatus.WITHDRAWN
    cohort = enrolment.cohort
    make.attendance(make.teaching_session(make.run(cohort, make.module(cohort.programme))), enrolment)
    assert desk.post(f"/enrolments/{enrolment.id}/certificate").status_code == 303
    certificate = session.scalars(select(Diploma)).one()
    own = as_user(enrolment.user)
    assert "Åbn deltagerbeviset som PDF" in own.get("/my").text
    answer = own.get(f"/diplomas/{certificate.id}.pdf")
    text = reading.text(answer.data)
    assert "har deltaget i" in text
    assert "3 timers undervisning" in text
    assert "%" not in text


@pytest.mark.usefixtures("with_csrf")
def test_issue_without_a_token_is_refused(make: Factory, as_user: As, enrolment: Enrolment) -> None:
    browser = as_user(make.coordinator(enrolment.cohort.programme))
    assert browser.post(f"/enrolments/{enrolment.id}/diploma").status_code == 400
