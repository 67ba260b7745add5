"""The pages of a cohort's workbook: upload, preview, mend, confirm."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.models.cohort_imports import CohortImport
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.mails import OutgoingMail
from placements.models.users import User
from tests.conftest import Client
from tests.domain.workbooks import ANNA, BO, BROEN, NORD, book, saved
from tests.factories import Factory

BASE = "/cohorts/viborg-2024/import"
WRONG = [[*ANNA[:3], "Vborg", *ANNA[4:]], [*BO[:5], "9/9/24"]]

pytestmark = pytest.mark.usefixtures("cohort")


def send(client: Client, content: bytes, name: str = "hold.xlsx") -> int:
    answer = client.post(BASE, data={"file": (io.BytesIO(content), name)}, content_type="multipart/form-data")
    return int(answer.status_code)


def seen(client: Client) -> str:
    found = re.search(r'name="seen" value="(\w+)"', client.get(f"{BASE}/preview").text)
    assert found is not None
    return found[1]


def places(page: str) -> list[str]:
    return re.findall(r'<th scope="row" id="place-\d+">([^<]+)</th>', page)


def names(session: Session) -> list[str]:
    enrolled = select(User.name).join(Enrolment, Enrolment.user_id == User.id).order_by(User.name)
    return list(session.scalars(enrolled))


def test_upload_preview_confirm(coordinator: Client, session: Session) -> None:
    assert send(coordinator, saved(book())) == 303
    assert names(session) == []
    token = seen(coordinator)
    answer = coordinator.post(
        f"{BASE}/confirm", data={"seen": token, "offers": "open", "invite_students": "y"}
    )
    assert (answer.status_code, answer.location) == (303, f"{BASE}/done")
    assert names(session) == ["Anna Holm", "Bo Toft"]
    assert len(session.scalars(select(OutgoingMail.id)).all()) == 2
    done = coordinator.get(answer.location).text
    assert "hold.xlsx" in done
    assert coordinator.get(f"{BASE}/preview").status_code == 404
    send(coordinator, saved(book()))
    again = coordinator.get(f"{BASE}/preview").text
    assert ("Filen ændrer intet" in again, 'action="/cohorts/viborg-2024/import/confirm"' in again) == (
        True,
        False,
    )


def test_preview_names_each_bad_cell_and_takes_the_chosen_fix(coordinator: Client, session: Session) -> None:
    send(coordinator, saved(book(students=WRONG)))
    page = coordinator.get(f"{BASE}/preview").text
    assert places(page) == [
        "Studerende, række 2, kolonne D (Kommune)",
        "Studerende, række 3, kolonne F (Startdato)",
    ]
    coordinator.post(f"{BASE}/preview", data={"take": json.dumps(["Studerende!D2", "Viborg"])})
    assert places(coordinator.get(f"{BASE}/preview").text) == ["Studerende, række 3, kolonne F (Startdato)"]
    coordinator.post(f"{BASE}/preview", data={"at": "Studerende!F3", "to": "9.9.2024"})
    page = coordinator.get(f"{BASE}/preview").text
    assert places(page) == []
    assert session.scalars(select(CohortImport.fixes)).all() == [
        {"Studerende!D2": "Viborg", "Studerende!F3": "9.9.2024"}
    ]
    coordinator.post(f"{BASE}/preview", data={"over": "1"})
    assert len(places(coordinator.get(f"{BASE}/preview").text)) == 2
    coordinator.post(f"{BASE}/preview", data={"all": "1"})
    coordinator.post(f"{BASE}/confirm", data={"seen": seen(coordinator)})
    assert names(session) == ["Anna Holm", "Bo Toft"]


@pytest.mark.parametrize("take", ["", "[", "{}", '["Studerende!A99", "x"]', '["Studerende!D2"]'])
def test_mend_touches_only_what_is_wrong(coordinator: Client, session: Session, take: str) -> None:
    send(coordinator, saved(book(students=WRONG)))
    coordinator.post(f"{BASE}/preview", data={"take": take, "at": "Studerende!A2", "to": "Mallory"})
    assert session.scalars(select(CohortImport.fixes)).all() == [{}]


def test_confirm_of_another_preview_is_refused_with_the_new_one(
    coordinator: Client, session: Session
) -> None:
    send(coordinator, saved(book()))
    answer = coordinator.post(f"{BASE}/confirm", data={"seen": "0" * 64})
    assert (answer.status_code, names(session)) == (422, [])
    assert "Noget er ændret, siden du så forhåndsvisningen" in answer.text


def test_confirm_with_a_bad_cell_saves_nothing(coordinator: Client, session: Session) -> None:
    send(coordinator, saved(book(students=WRONG)))
    assert coordinator.post(f"{BASE}/confirm", data={"seen": ""}).status_code == 422
    assert names(session) == []


def test_upload_of_what_is_no_workbook_is_refused_at_the_field(coordinator: Client, session: Session) -> None:
    assert send(coordinator, b"Navn;E-mail\n", "hold.xlsx") == 422
    assert session.scalars(select(CohortImport.id)).all() == []


def test_upload_is_kept_for_the_one_who_sent_it(
    coordinator: Client, as_user: Callable[[User], Client], make: Factory, cohort: Cohort
) -> None:
    send(coordinator, saved(book()))
    colleague = as_user(make.coordinator(cohort.programme, email="kollega@example.org"))
    assert colleague.get(f"{BASE}/preview").status_code == 404


def test_text_of_the_file_is_shown_as_text(coordinator: Client) -> None:
    person = ["<script>alert(1)</script>", *ANNA[1:3], "<b>Vborg</b>", *ANNA[4:]]
    send(coordinator, saved(book(students=[person], sites=[NORD, BROEN], practicum=[])))
    page = coordinator.get(f"{BASE}/preview").text
    assert ("<b>Vborg" in page, "&lt;b&gt;Vborg" in page, "<script>alert" in page) == (False, True, False)


@pytest.mark.usefixtures("with_csrf")
def test_upload_needs_the_pages_token(coordinator: Client, session: Session) -> None:
    assert send(coordinator, saved(book())) == 400
    assert session.scalars(select(CohortImport.id)).all() == []
