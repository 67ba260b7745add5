"""A whole cohort's diplomas: chosen, read through, issued by the worker, printed together."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import time

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements import jobs as work
from placements import pdf, printing
from placements.domain import diploma_lists
from placements.domain.diploma_lists import standing_in
from placements.models.cohorts import Cohort
from placements.models.diplomas import Diploma, DiplomaKind
from placements.models.enrolments import Enrolment, EnrolmentStatus
from placements.models.jobs import Job, JobKind
from placements.models.users import User
from placements.pdf.diploma.context import SAMPLE
from tests.conftest import Client
from tests.factories import Factory
from tests.mailbox import Mailbox
from tests.pdf import checker, reading

As = Callable[[User], Client]
PAGE = "/diplomas/cohort/viborg-2024"


@pytest.fixture
def cohort(make: Factory) -> Cohort:
    """Amalie and Bo are ready, Liv left after one session."""
    cohort = make.cohort(make.programme("viborg"), slug="viborg-2024")
    taught = make.teaching_session(make.run(cohort, make.module(cohort.programme)))
    for name in ("Amalie", "Bo"):
        person = make.enrolment(cohort, make.user(name))
        make.placement(enrolment=person, status="completed")
        make.attendance(taught, person)
    make.attendance(taught, make.enrolment(cohort, make.user("Liv"), status="withdrawn"))
    return cohort


@pytest.fixture
def desk(make: Factory, as_user: As, cohort: Cohort) -> Client:
    return as_user(make.coordinator(cohort.programme))


def soup(answer: object) -> BeautifulSoup:
    return BeautifulSoup(answer.text, "html.parser")  # type: ignore[attr-defined]


def ticked(desk: Client, kind: str) -> dict[str, object]:
    """What the form of this kind sends as it stands."""
    form = next(
        form for form in soup(desk.get(PAGE)).select("form") if form.find("input", attrs={"value": kind})
    )
    return {"kind": kind, "enrolment": [box["value"] for box in form.select("input[checked]")]}


def issue(desk: Client, session: Session, kind: str) -> Job:
    """Read through, confirm, and let the worker do it."""
    assert desk.get(f"{PAGE}/issue", query_string=ticked(desk, kind)).status_code == 200
    answer = desk.post(f"{PAGE}/issue", data=ticked(desk, kind))
    job = session.scalars(select(Job).order_by(Job.id.desc())).first()
    assert job is not None
    assert (answer.status_code, answer.location) == (303, f"/jobs/{job.id}")
    while work.do_next(job.id):
        pass
    return session.get_one(Job, job.id)


def test_all_who_are_ready_are_issued_in_one_go(desk: Client, session: Session, mailbox: Mailbox) -> None:
    job = issue(desk, session, "diploma")
    given = session.scalars(select(Diploma).order_by(Diploma.number)).all()
    assert [(one.person_name, one.number, one.document is not None) for one in given] == [
        ("Amalie", "UB-2025-0001", True),
        ("Bo", "UB-2025-0002", True),
    ]
    assert (job.kind, job.finished_at is not None) == (JobKind.ISSUE_DIPLOMAS, True)
    assert len(mailbox.all()) == 2
    page = desk.get(f"/jobs/{job.id}").text
    assert "2 af 2" in page
    assert PAGE in page


def test_who_stopped_is_ticked_for_a_certificate_of_what_they_attended(
    desk: Client, session: Session, mailbox: Mailbox
) -> None:
    issue(desk, session, "certificate")
    (given,) = session.scalars(select(Diploma)).all()
    assert (given.kind, given.person_name, given.number) == (DiplomaKind.CERTIFICATE, "Liv", "DB-2025-0001")
    assert given.document is not None
    assert (given.document.printed["theory_hours"], given.document.printed["modules"]) == (
        "3",
        ["Modul 2 (3 timer)"],
    )
    assert given.document.filename == "deltagerbevis-DB-2025-0001.pdf"
    assert mailbox.newest()["Subject"] == "Dit deltagerbevis er klar"


def test_time_attended_is_said_as_on_the_pages_about_completion(
    make: Factory, session: Session, desk: Client, cohort: Cohort
) -> None:
    """71 hours and 20 minutes are not 71,33 hours."""
    person = session.scalars(select(Enrolment).where(Enrolment.status == EnrolmentStatus.WITHDRAWN)).one()
    short = make.teaching_session(
        make.run(cohort, make.module(cohort.programme, number=9)), ends_at=time(9, 20)
    )
    make.attendance(short, person)
    rows = {row.th.get_text(): row.select_one("td.number") for row in soup(desk.get(PAGE)).select("tbody tr")}
    assert rows["Liv"].get_text() == "3 timer 20 min."


def test_preview_says_names_and_what_all_have_in_common(desk: Client) -> None:
    page = soup(desk.get(f"{PAGE}/issue", query_string=ticked(desk, "diploma")))
    assert page.h1 is not None
    assert page.h1.get_text(strip=True) == "Udsted 2 uddannelsesbeviser"
    assert [cell.get_text() for cell in page.select("tbody th")] == ["Amalie", "Bo"]
    assert "Recovery-skolen" in page.get_text()


def test_nobody_ticked_or_somebody_unready_is_refused(
    desk: Client, session: Session, make: Factory, cohort: Cohort
) -> None:
    unready = make.enrolment(cohort, make.user("Mads"))
    nobody = desk.post(f"{PAGE}/issue", data={"kind": "diploma"})
    wrong = desk.post(f"{PAGE}/issue", data={"kind": "diploma", "enrolment": unready.id})
    assert (nobody.status_code, wrong.status_code) == (422, 422)
    assert "Sæt kryds ved mindst én" in nobody.text
    assert "Det kan ikke udstedes til Mads lige nu." in wrong.text
    assert session.scalars(select(Job)).all() == []


def test_one_that_has_become_unready_is_refused_by_name_and_takes_no_number(
    desk: Client, session: Session, make: Factory
) -> None:
    answer = desk.post(f"{PAGE}/issue", data=ticked(desk, "diploma"))
    enrolment = session.scalars(select(Enrolment).join(User).where(User.name == "Amalie")).one()
    enrolment.status = EnrolmentStatus.WITHDRAWN
    make.keep(enrolment)
    job_id = int(answer.location.rpartition("/")[2])
    while work.do_next(job_id):
        pass
    assert [one.number for one in session.scalars(select(Diploma))] == ["UB-2025-0001"]
    page = soup(desk.get(f"/jobs/{job_id}"))
    refused = page.find("a", href=f"/enrolments/{enrolment.id}/diploma")
    assert refused is not None
    assert refused.get_text() == "Amalie"


def test_all_are_printed_in_one_file_with_its_tags_and_as_single_ones(
    desk: Client, session: Session, cohort: Cohort, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = cohort.name
    assert desk.get(f"{PAGE}.pdf").status_code == 404
    assert desk.post("/diplomas/files").status_code == 422
    issue(desk, session, "diploma")
    issue(desk, session, "certificate")
    printed = desk.get(f"{PAGE}.pdf")
    assert (printed.mimetype, len(reading.pages(printed.data))) == ("application/pdf", 3)
    assert (reading.file(printed.data).is_tagged, reading.title(printed.data)) == (
        True,
        f"Beviser for {name}",
    )
    page = soup(desk.get(PAGE))
    assert page.find("a", href=f"{PAGE}.pdf") is not None
    frozen = {one.document.content for one in session.scalars(select(Diploma)) if one.document}
    for asked, stem, folder in (
        (f"{PAGE}/files", "beviser-viborg-2024", ""),
        ("/diplomas/files", "alle-beviser", "viborg-2024/"),
    ):
        job_id = int(desk.post(asked).location.rpartition("/")[2])
        while work.do_next(job_id):
            pass
        answer = desk.get(f"/jobs/{job_id}/file")
        assert answer.headers["Content-Disposition"] == f"attachment; filename={stem}.zip"
        with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
            bound, *own = archive.namelist()
            assert own == [
                f"{folder}Amalie-uddannelsesbevis-UB-2025-0001.pdf",
                f"{folder}Bo-uddannelsesbevis-UB-2025-0002.pdf",
                f"{folder}Liv-deltagerbevis-DB-2025-0001.pdf",
            ]
            assert {archive.read(name) for name in own} == frozen
            assert reading.pages(archive.read(bound)) == reading.pages(printed.data)
    assert soup(desk.get("/diplomas")).find("a", href=f"/jobs/{job_id}") is not None
    assert "Alle hold" in desk.get(f"/jobs/{job_id}").text
    monkeypatch.setattr(diploma_lists, "MOST_AT_ONCE", 2)
    many = desk.get(f"{PAGE}.pdf")
    assert (many.status_code, many.location) == (303, PAGE)
    page = soup(desk.get(PAGE))
    assert "Der er flere beviser, end der kan åbnes på én gang." in page.get_text()
    assert page.find("a", href=f"{PAGE}.pdf") is None


def test_binding_asks_as_many_queries_for_few_as_for_many(
    make: Factory, session: Session, cohort: Cohort, query_count: Callable[..., int]
) -> None:
    frozen, counted = pdf.render("diploma", SAMPLE).pdf, []
    for numbers in ((1,), (2, 3)):
        for number in numbers:
            document = make.document()
            document.content = frozen
            make.diploma(make.enrolment(cohort), f"UB-2025-000{number}", document_id=document.id)
        session.commit()
        session.refresh(cohort)
        counted.append(query_count(lambda: printing.diplomas.bound(standing_in(session, cohort), cohort)))
    assert counted == [1, 1]


def test_very_many_are_stamped_and_kept_as_if_each_were_laid_out(
    desk: Client, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From a hundred on; two here. What is kept says how it was printed, so it can be printed again."""
    monkeypatch.setattr(pdf, "MANY", 2)
    issue(desk, session, "diploma")
    given = session.scalars(select(Diploma).order_by(Diploma.id)).all()
    assert [one.person_name for one in given] == ["Amalie", "Bo"]
    for diploma in given:
        frozen = diploma.document
        assert frozen is not None
        assert (pdf.is_stamped(frozen.template_version), list(checker.failures(frozen.content))) == (True, [])
        assert printing.paper.printed_again(frozen).sha256 == frozen.page_sha256
        in_full = printing.paper.printed("diploma", frozen.printed)
        assert reading.text(in_full.pdf) == reading.text(frozen.content)
        assert not pdf.is_stamped(in_full.template_version)
