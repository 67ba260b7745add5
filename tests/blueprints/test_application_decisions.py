"""The page with all answers, the letters, sending them; the applicant's answer; the letters' texts."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from io import BytesIO

import pytest
from flask import Flask
from pikepdf import Pdf
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements import jobs
from placements.db import writing
from placements.domain import applications
from placements.models.applications import Application, ApplicationStatus
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.looks import Look
from placements.models.mails import OutgoingMail
from placements.printing import application_letters
from tests.blueprints.filled_forms import filled
from tests.conftest import Client
from tests.factories import Factory
from tests.mailbox import Mailbox
from tests.pdf import reading

S = ApplicationStatus
HERE = "/applications/cohort/hold-2026/decisions"
LETTER = "/programmes/viborg/letters/offer/da"
SENT, DEADLINE = datetime(2025, 1, 30, 9, 0, tzinfo=UTC), datetime(2025, 2, 10, 11, 0, tzinfo=UTC)
REASON = "Vi sætter et hold sammen med forskellige erfaringer."


@pytest.fixture
def cohort(make: Factory) -> Cohort:
    return make.cohort(
        make.programme(), slug="hold-2026", name="Hold 2026", starts_on=date(2026, 9, 7), seats=1
    )


@pytest.fixture
def coordinator(client: Client, make: Factory, cohort: Cohort) -> Client:
    return client.sign_in(make.coordinator(cohort.programme))


def link_of(make: Factory, application: Application) -> str:
    with writing():
        token = applications.make_link(make.session, application.id, now=SENT)
        make.session.commit()
    return f"/application/{token}"


def offered(make: Factory, cohort: Cohort, name: str = "Asta Ager") -> Application:
    application = make.application(cohort, name, status=S.OFFERED)
    make.decision(application, sent_at=SENT, answer_by=DEADLINE)
    return application


def waiting(make: Factory, cohort: Cohort, place: int = 1) -> Application:
    application = make.application(cohort, "Vilma Vent", status=S.WAITING)
    make.decision(application, "waiting_list", sent_at=SENT, place=place)
    return application


def test_decide_read_through_and_send(
    coordinator: Client, make: Factory, session: Session, cohort: Cohort, mailbox: Mailbox
) -> None:
    """V-08: nothing reaches the applicants before the one press; each mail holds a link and a date."""
    asta, bo = make.application(cohort, "Asta Ager"), make.application(cohort, "Bo Bang")
    form = filled(coordinator.get(HERE).text, HERE).to_dict()
    form |= {f"kind_{asta.id}": "offer", f"kind_{bo.id}": "rejection"}
    refused = coordinator.post(HERE, data=form)
    assert refused.status_code == 422
    assert f'href="#reasons_{bo.id}"' in refused.text
    form[f"reasons_{bo.id}"] = REASON
    answer = coordinator.post(HERE, data=form | {"onward": "1"})
    assert (answer.status_code, answer.location) == (303, f"{HERE}/letters")
    assert (asta.status, session.scalars(select(OutgoingMail)).all()) == (S.SUBMITTED, [])
    page = coordinator.get(f"{HERE}/letters").text
    assert [text in page for text in ("Svar senest mandag 10. februar 2025 (uge 7) kl. 12.00", REASON)] == [
        True,
        True,
    ]
    assert coordinator.post(f"{HERE}/send", data={"seal": "of something else"}).status_code == 409
    sent = coordinator.post(f"{HERE}/send", data=filled(page, f"{HERE}/send").to_dict())
    assert (sent.status_code, asta.status, bo.status) == (303, S.OFFERED, S.REJECTED)
    assert mailbox.newest()["Subject"] == "Der er nyt til dig"
    assert "Vi sætter" not in mailbox.part() + mailbox.part("html")
    mine = coordinator.get(mailbox.link()).text
    assert (REASON in mine, "Sig ja" in mine) == (True, False)
    looks = session.scalars(select(Look.noun).where(Look.record_id == cohort.id)).all()
    assert set(looks) == {"cohort_applications"}


def test_accept_by_link_makes_the_enrolment(
    client: Client, make: Factory, session: Session, cohort: Cohort
) -> None:
    asta = offered(make, cohort)
    link = link_of(make, asta)
    page = client.get(link).text
    assert "Svar senest mandag 10. februar 2025 (uge 7) kl. 12.00" in page
    accept = filled(page, f"{link}/accept").to_dict()
    assert [client.post(f"{link}/accept", data=accept).location for _click in range(2)] == [link, link]
    [enrolment] = session.scalars(select(Enrolment)).all()
    assert (enrolment.user.name, enrolment.cohort_id, asta.status) == ("Asta Ager", cohort.id, S.ACCEPTED)
    assert "Du har sagt ja" in client.get(link).text
    assert client.post(f"{link}/decline").status_code == 422


def test_decline_gives_the_seat_to_the_next(
    client: Client, make: Factory, session: Session, cohort: Cohort
) -> None:
    asta, vilma = offered(make, cohort), waiting(make, cohort)
    assert client.post(f"{link_of(make, asta)}/decline").status_code == 303
    assert (asta.status, vilma.status) == (S.DECLINED, S.OFFERED)


def test_worker_lets_an_offer_lapse(
    app: Flask, client: Client, make: Factory, session: Session, cohort: Cohort
) -> None:
    """Nobody presses anything; the one who was late reads what happened."""
    asta, vilma = offered(make, cohort), waiting(make, cohort)
    jobs.lapse_offers()
    session.expire_all()
    assert (asta.status, vilma.status) == (S.OFFERED, S.WAITING)
    app.config["TODAY"] = date(2025, 2, 11)
    jobs.lapse_offers()
    session.expire_all()
    assert (asta.status, vilma.status) == (S.DECLINED, S.OFFERED)
    link = link_of(make, asta)
    assert client.post(f"{link}/accept").status_code == 422
    assert "Fristen for at svare er gået" in client.get(link).text


def test_letters_on_paper(coordinator: Client, make: Factory, cohort: Cohort) -> None:
    """One for each, and all in one file with their tags."""
    asta, bo = make.application(cohort, "Asta Ager"), make.application(cohort, "Bo Bang")
    make.decision(asta, answer_by=DEADLINE)
    make.decision(bo, "rejection", reasons=REASON)
    one = coordinator.get(f"/applications/{bo.id}/letter.pdf")
    assert REASON in " ".join(reading.text(one.data).split())
    whole = coordinator.get(f"{HERE}/letters.pdf").data
    text = " ".join(reading.text(whole).split())
    with Pdf.open(BytesIO(whole)) as file:
        tagged = "/StructTreeRoot" in file.Root
    assert ("Kære Asta Ager" in text, "Kære Bo Bang" in text, tagged) == (True, True, True)


def test_many_letters_are_printed_some_at_a_time(
    coordinator: Client, make: Factory, cohort: Cohort, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every letter is in one of the files, and no file has more than its number."""
    monkeypatch.setattr(application_letters, "PER_FILE", 2)
    for name in ("Asta Ager", "Bo Bang", "Ceci Carl"):
        make.decision(make.application(cohort, name), answer_by=DEADLINE)
    page = coordinator.get(f"{HERE}/letters").text
    asked = [f"{HERE}/letters.pdf?file={number}" for number in (1, 2, 3)]
    assert [f'href="{path}"' in page for path in asked] == [True, True, False]
    printed = [coordinator.get(path) for path in asked]
    assert [one.status_code for one in printed] == [200, 200, 404]
    texts = [" ".join(reading.text(one.data).split()) for one in printed[:2]]
    assert [text.count("Kære ") for text in texts] == [2, 1]
    assert "Kære Ceci Carl" in texts[1]


def test_letters_come_by_name_and_one_that_cannot_be_printed_stops_the_file(
    coordinator: Client, make: Factory, cohort: Cohort
) -> None:
    """They are printed side by side, and the last may be ready first."""
    people = ["Ceci Carl", "Asta Ager", "Bo Bang", "Dea Dam"]
    for name in people:
        make.decision(make.application(cohort, name), answer_by=DEADLINE)
    text = " ".join(reading.text(coordinator.get(f"{HERE}/letters.pdf").data).split())
    assert re.findall(r"Kære (\w+ \w+)", text) == sorted(people)
    make.decision(make.application(cohort, "Eva 漢"), answer_by=DEADLINE)
    refused = coordinator.get(f"{HERE}/letters.pdf")
    assert refused.status_code == 422
    assert "Tegnet 漢 (U+6F22) kan ikke trykkes i dokumentet." in refused.text


@pytest.mark.parametrize(
    ("letters", "told"),
    [(0, []), (1, [(1, 1)]), (25, [(1, 25)]), (26, [(1, 25), (26, 26)]), (75, [(1, 25), (26, 50), (51, 75)])],
)
def test_files_hold_every_letter_once(letters: int, told: list[tuple[int, int]]) -> None:
    assert [(one.first, one.last) for one in application_letters.files(letters)] == told


def test_letter_text_is_tried_saved_and_taken_back(coordinator: Client, cohort: Cohort) -> None:
    form = filled(coordinator.get(LETTER).text, LETTER).to_dict()
    refused = coordinator.post(LETTER, data=form | {"text": "Kære {{ cpr }}"})
    assert refused.status_code == 422
    assert "»cpr« er ikke en variabel" in refused.text
    assert coordinator.post(LETTER, data=form | {"text": "Kom, {{ navn }}."}).status_code == 303
    page = coordinator.get(LETTER).text
    assert "<p>Kom, Asta Ager.</p>" in page
    back = filled(page, f"{LETTER}/shipped").to_dict()
    assert coordinator.post(f"{LETTER}/shipped", data=back).status_code == 303
    assert "Tak for din ansøgning" in coordinator.get(LETTER).text


def test_forged_requests_are_refused(app: Flask, coordinator: Client, make: Factory, cohort: Cohort) -> None:
    link = link_of(make, offered(make, cohort))
    app.config["WTF_CSRF_ENABLED"] = True
    forged = [coordinator.post(path).status_code for path in (HERE, f"{HERE}/send", f"{link}/accept", LETTER)]
    assert forged == [400] * 4


def test_the_day_says_what_waits(coordinator: Client, make: Factory, cohort: Cohort) -> None:
    """A count for each cohort, and nobody's name."""
    offered(make, cohort)
    make.decision(make.application(cohort, "Bo Bang"), "next_year")
    page = coordinator.get("/").text
    waits = ("1 tilbud om plads på Hold 2026 er ikke besvaret", "1 svar på Hold 2026 er klar og ikke sendt")
    assert [text in page for text in (*waits, "Asta", "Bo Bang")] == [True, True, False, False]


def test_questions_do_not_grow_with_the_rows(
    coordinator: Client, make: Factory, cohort: Cohort, query_count: Callable[[Callable[[], object]], int]
) -> None:
    counts = []
    for number in (1, 2):
        for _one in range(number):
            make.decision(make.application(cohort), "next_year")
            waiting(make, cohort)
        pages = (HERE, f"{HERE}/letters", "/")
        counts.append([query_count(partial(coordinator.get, page)) for page in pages])
    assert counts[0] == counts[1]
