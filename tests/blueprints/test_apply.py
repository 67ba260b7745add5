"""Applying: the link by mail, page by page, submitting, a copy, withdrawing (V-01, V-03, V-09, V-11)."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placements.db import scrub
from placements.domain import application_answers, applications
from placements.models.applications import Application, ApplicationLink, ApplicationStatus
from placements.models.cohorts import Cohort
from placements.models.mails import OutgoingMail
from placements.models.programmes import CriterionKind, FeePayer, FeeWhen, Programme
from tests.blueprints.filled_forms import filled
from tests.conftest import Client
from tests.factories import Factory
from tests.mailbox import Mailbox
from tests.pdf import reading

WORDS = "Jeg kender stilheden bagefter"


@pytest.fixture
def programme(make: Factory) -> Programme:
    programme = make.programme(
        home_municipalities=["Viborg"],
        fee_payer=FeePayer.MUNICIPALITY,
        fee_amount=14000,
        fee_when=FeeWhen.NOT_HOME,
        fee_waivers=["friplads", "tilskud"],
    )
    for key, kind in (
        ("age", CriterionKind.COMPUTED),
        ("danish", CriterionKind.DECLARED),
        ("wish", CriterionKind.REVIEWED),
    ):
        make.criterion(programme, key, kind)
    return programme


@pytest.fixture
def cohort(make: Factory, programme: Programme) -> Cohort:
    return make.window(make.cohort(programme, slug="viborg-2025"))


@pytest.fixture
def link(client: Client, cohort: Cohort, mailbox: Mailbox) -> str:
    """Somebody has asked for a link, and opens the mail."""
    assert (
        client.post("/apply/viborg-2025", data={"email": "Asta@Example.org"}).location
        == "/apply/viborg-2025/sent"
    )
    return mailbox.link()


def typed_on(client: Client, page: str, **typed: str) -> dict[str, str]:
    """The page's form as it stands, with this typed into it."""
    return filled(client.get(page).text, page).to_dict() | typed


def save(client: Client, link: str, key: str, **typed: str) -> str:
    """A page filled in and saved; where it leads."""
    page = f"{link}/{key}"
    answer = client.post(page, data=typed_on(client, page, **typed))
    assert answer.status_code == 303
    return str(answer.location).removeprefix(link)


def fill_in(client: Client, link: str, municipality: str = "Viborg") -> str:
    save(client, link, "contact", name="Asta Ager", phone="20 30 40 50")
    save(client, link, "born", born_on="1990-05-04")
    save(client, link, "residence", municipality=municipality)
    save(client, link, "declared", **{"said-danish": "y"})
    save(client, link, "written-3", text=WORDS)
    return save(client, link, "reference")


def submit(client: Client, link: str) -> int:
    return client.post(f"{link}/submit", data=filled(client.get(link).text, f"{link}/submit")).status_code


def stored(session: Session) -> Application:
    session.rollback()
    return session.scalars(select(Application)).one()


def test_apply_page_by_page_and_get_a_receipt(
    client: Client, session: Session, mailbox: Mailbox, link: str, make: Factory, programme: Programme
) -> None:
    """Whom to call is told to those who have applied: anybody can begin."""
    make.coordinator(programme, phone="87 10 20 30")
    assert save(client, link, "contact", name="Asta Ager") == "/born"
    assert "Begynd" in client.get(link).text
    assert "tel:87102030" not in client.get(link).text
    assert fill_in(client, link) == ""
    assert submit(client, link) == 303
    page = client.get(link).text
    assert "Vi har din ansøgning" in page
    assert "tel:87102030" in page
    assert stored(session).reference in page  # type: ignore[operator]
    assert mailbox.newest()["Subject"] == "Vi har modtaget det, du sendte"
    assert mailbox.newest()["To"] == "Asta@Example.org"
    assert "peer" not in mailbox.part().lower()
    copy = reading.text(client.get(f"{mailbox.link()}/copy.pdf").data)
    assert WORDS in copy
    answer = client.post(f"{link}/contact", data={"name": "En anden", "version": "9"})
    assert (answer.status_code, application_answers.read(stored(session)).name) == (422, "Asta Ager")


def test_second_link_opens_the_same_application(
    client: Client, session: Session, mailbox: Mailbox, link: str
) -> None:
    """Asked for again with the same address, whatever its capitals; the old link goes on working."""
    save(client, link, "contact", name="Asta Ager")
    client.post("/apply/viborg-2025", data={"email": "asta@example.org"})
    assert mailbox.link() != link
    assert ["Asta Ager" in client.get(each).text for each in (link, mailbox.link())] == [True, True]
    asked = [client.post("/apply/viborg-2025", data={"email": "asta@example.org"}) for _time in range(5)]
    assert {(answer.status_code, answer.location) for answer in asked} == {(303, "/apply/viborg-2025/sent")}
    assert session.execute(select(func.count(OutgoingMail.id))).scalar_one() == applications.LINKS_AN_HOUR
    assert session.execute(select(func.count(Application.id))).scalar_one() == 1


def test_asking_for_many_addresses_from_one_network_is_refused_for_a_while(
    client: Client, session: Session, cohort: Cohort
) -> None:
    """Whether the address is known or not, so that nobody's inbox is filled."""
    addresses = [f"nummer-{number}@example.org" for number in range(applications.LINKS_FROM_HERE)]
    for email in addresses:
        assert client.post("/apply/viborg-2025", data={"email": email}).status_code == 303
    for email in (addresses[0], "ny@example.org"):
        assert client.post("/apply/viborg-2025", data={"email": email}).status_code == 429
    assert session.execute(select(func.count(Application.id))).scalar_one() == len(addresses)


def test_submit_is_refused_while_something_is_missing(client: Client, session: Session, link: str) -> None:
    save(client, link, "contact", name="Asta Ager")
    answer = client.post(f"{link}/submit", data={"version": str(stored(session).version)})
    assert answer.status_code == 422
    assert "Der mangler noget, før ansøgningen kan sendes." in answer.text


def test_payment_is_asked_of_those_who_live_elsewhere(client: Client, session: Session, link: str) -> None:
    """Waivers are for those who live in the region (V-09)."""
    assert fill_in(client, link, "Silkeborg") == "/payment"
    assert "Jeg vil søge om friplads" in client.get(f"{link}/payment").text
    save(client, link, "residence", municipality="Odense")
    page = client.get(f"{link}/payment").text
    assert ("friplads" in page, "Min kommune har sagt ja til at betale" in page) == (False, True)
    assert save(client, link, "payment", payment="asking") == ""
    assert stored(session).residence == "outside"


def test_payment_that_cannot_be_chosen_any_more_is_asked_again(
    client: Client, session: Session, link: str
) -> None:
    """Another municipality, another choice; and where nothing is asked, nothing is kept."""
    fill_in(client, link, "Silkeborg")
    save(client, link, "payment", payment="friplads")
    save(client, link, "residence", municipality="Odense")
    assert submit_refused(client, session, link)
    save(client, link, "payment", payment="asking")
    save(client, link, "residence", municipality="Viborg")
    assert application_answers.read(stored(session)).payment == ""


def submit_refused(client: Client, session: Session, link: str) -> bool:
    answer = client.post(f"{link}/submit", data={"version": str(stored(session).version)})
    return answer.status_code == 422


@pytest.mark.parametrize("number", ["010190-1234", "0101901234", "010190 1234", "skriv 311299.4321 her"])
def test_personal_number_is_pointed_out_before_it_is_saved(
    client: Client, session: Session, link: str, number: str
) -> None:
    page = f"{link}/written-3"
    answer = client.post(page, data=typed_on(client, page, text=f"Mit nummer er {number}"))
    assert answer.status_code == 422
    assert "ligner et CPR-nummer" in answer.text
    assert number in answer.text
    assert application_answers.read(stored(session)).written == {}


def test_too_young_is_said_on_the_page(client: Client, link: str) -> None:
    """Eighteen on the day the cohort begins, 9 September 2024 (V-11)."""
    page = f"{link}/born"
    form = typed_on(client, page)
    assert "Du skal være fyldt 18 år" in client.post(page, data=form | {"born_on": "2006-09-10"}).text
    assert client.post(page, data=form | {"born_on": "2006-09-09"}).status_code == 303


def test_old_page_in_another_tab_loses_nothing(client: Client, session: Session, link: str) -> None:
    page = f"{link}/written-3"
    old = typed_on(client, page)
    save(client, link, "written-3", text="Det første.")
    answer = client.post(page, data=old | {"text": "Det andet."})
    assert answer.status_code == 409
    assert ("Det første." in answer.text, "Det andet." in answer.text) == (True, True)
    assert client.post(page, data=filled(answer.text, page)).status_code == 303
    assert application_answers.read(stored(session)).written == {"wish": "Det andet."}


def test_nothing_is_taken_in_after_the_deadline(
    client: Client, make: Factory, session: Session, cohort: Cohort, link: str, mailbox: Mailbox
) -> None:
    """What is begun stays readable; a stranger's address gets no mail, and the same answer."""
    fill_in(client, link)
    for key_date in cohort.key_dates:
        key_date.starts_at = datetime(2025, 1, key_date.starts_at.day, 7, 0, tzinfo=UTC)
    make.keep(cohort)
    answer = client.post(f"{link}/submit", data={"version": str(stored(session).version)})
    assert "Fristen er overskredet" in answer.text
    mails = len(mailbox.files())
    for email in ("ny@example.org", "asta@example.org"):
        assert client.post("/apply/viborg-2025", data={"email": email}).location == "/apply/viborg-2025/sent"
    assert len(mailbox.files()) == mails + 1


def test_withdraw_deletes_everything(client: Client, session: Session, link: str) -> None:
    fill_in(client, link)
    submit(client, link)
    client.post(f"{link}/withdraw")
    session.rollback()
    left = [
        session.execute(select(func.count(kind.id))).scalar_one() for kind in (Application, ApplicationLink)
    ]
    about = select(func.count(OutgoingMail.id)).where(OutgoingMail.application_id.is_not(None))
    assert (left, session.execute(about).scalar_one()) == ([0, 0], 0)
    assert client.get(link).status_code == 404


def test_database_file_holds_no_word_of_an_application(
    app: Flask, client: Client, session: Session, engine: str, link: str
) -> None:
    """Neither what was written, nor who wrote it, nor their address (V-01)."""
    session.rollback()
    assert scrub(), "what other tests have written is still in the log"
    fill_in(client, link)
    submit(client, link)
    session.rollback()
    if engine == "postgresql":
        rows = session.execute(select(Application.__table__)).all()
        raw = repr(rows).encode()
    else:
        files = Path(app.config["INSTANCE"]).glob("test.db*")
        raw = b"".join(file.read_bytes() for file in files)
    assert stored(session).status is ApplicationStatus.SUBMITTED
    assert stored(session).reference.encode() in raw  # type: ignore[union-attr]
    assert [
        word
        for word in (WORDS, "Asta Ager", "stilheden", "asta@example", "Asta@Ex", "1990-05-04")
        if word.encode() in raw
    ] == []


def test_public_page_says_when_what_it_costs_and_what_happens_to_it(
    client: Client, cohort: Cohort, make: Factory
) -> None:
    page = client.get("/apply/viborg-2025").text
    for said in ("mandag 10. februar 2025 (uge 7) kl. 8.00", "14.000 kr.", "Kravet om wish.", "krypteret"):
        assert said in page
    assert client.get(f"/apply/{make.cohort(cohort.programme).slug}").status_code == 404
