"""The main job in order, by those who do it: from an offered seat to a diploma and a network group."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Locator, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.config import ROOT
from placements.db import writing
from placements.domain import programme_files, programmes
from placements.models.cohorts import Cohort
from placements.models.users import User
from tests.browser.guards import DESK, NARROWEST, PHONE, assert_no_sideways_scroll
from tests.browser.post import Post
from tests.factories import Factory
from tests.mailbox import Mailbox
from tests.pdf import reading

AUTUMN, FIRST_DAY, LAST_DAY = date(2024, 11, 18), date(2025, 1, 6), date(2025, 4, 6)
FOLLOW_UP_DAYS = (date(2025, 2, 12), date(2025, 3, 19))
UNIT, STUDENT, HOST, COORDINATOR = "Afsnit for Psykoser", "Amalie Åkjær", "Vera Vært", "Karen Koordinator"
SUPERVISOR = "Vita Vejleder"


@dataclass
class Story:
    """Who takes part, each in a browser of their own: at a desk, on an old phone, on a phone, on paper."""

    app: Flask
    post: Post
    coordinator: Page
    host: Page
    student: Page
    stranger: Page
    addresses: dict[str, str] = field(default_factory=dict)
    placement: str = ""

    def on(self, day: date) -> None:
        self.app.config["TODAY"] = day


# Before it begins


def _load_programme(session: Session) -> Cohort:
    """The programme as it is shipped."""
    with writing():
        programmes.load(
            session, programme_files.read_file(ROOT / "placements" / "programmes" / "viborg.toml")
        )
        session.commit()
    return session.scalars(select(Cohort).where(Cohort.slug == "viborg-2024")).one()


def _people(make: Factory, cohort: Cohort) -> dict[str, User]:
    unit = make.unit(UNIT)
    make.contact(unit, SUPERVISOR)
    people = {
        COORDINATOR: make.coordinator(cohort.programme),
        HOST: make.host(unit),
        STUDENT: make.grant(make.user(STUDENT), "student"),
    }
    make.grant(make.user("Uffe Underviser"), "teacher", programme=cohort.programme)
    make.enrolment(cohort, people[STUDENT])
    make.enrolment(cohort, make.grant(make.user("Bo Bech"), "student"))
    return people


@pytest.fixture(params=["with-js", "without-js"])
def story(
    request: pytest.FixtureRequest,
    app: Flask,
    session: Session,
    make: Factory,
    mailbox: Mailbox,
    new_context: Callable[..., BrowserContext],
    sign_in: Callable[[Page, User], Page],
) -> Story:
    people = _people(make, _load_programme(session))
    scripts = request.param == "with-js"
    pages = [new_context(java_script_enabled=scripts).new_page() for _who in range(4)]
    for page, screen in zip(pages, (DESK, NARROWEST, PHONE, DESK), strict=True):
        page.set_viewport_size(screen)
    sign_in(pages[0], people[COORDINATOR])
    addresses = {name: person.email for name, person in people.items()}
    session.rollback()
    story = Story(app, Post(mailbox), *pages, addresses=addresses)
    story.on(AUTUMN)
    return story


# What people do on every page


def press(page: Page | Locator, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def follow(page: Page | Locator, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).click()


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_label(label, exact=True).select_option(option)


def sees(page: Page, text: str | re.Pattern[str]) -> None:
    expect(page.get_by_text(text).first).to_be_visible()


def stands(page: Page, heading: str) -> None:
    expect(page.get_by_role("heading", name=heading)).to_be_visible()


def open_task(story: Story, page: Page, name: str) -> None:
    """By the mailed link: the address is filled in, the code is asked for and typed on that one page."""
    address = story.addresses[name]
    link = story.post.link_to(address)
    page.goto(link)
    expect(page.get_by_label("E-mail")).to_have_value(address)
    assert_no_sideways_scroll(page)
    press(page, "Send mig en kode")
    page.get_by_label("Kode").fill(story.post.code_to(address))
    assert page.url == link
    press(page, "Åbn opgaven")


def document(page: Page, name: str) -> bytes:
    """What a link to a PDF opens."""
    link = page.get_by_role("link", name=name, exact=True)
    answer = page.context.request.get(str(link.get_attribute("href")))
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.body().startswith(b"%PDF-")
    return answer.body()


# The steps, in order


def release_an_offer(story: Story) -> None:
    page = story.coordinator
    page.goto("/offers/new")
    choose(page, "Hold", str(page.get_by_role("option", name="Viborg 2024").get_attribute("value")))
    page.get_by_label("Antal pladser").fill("1")
    page.get_by_label("Individuel peer-støtte").check()
    page.get_by_label("Opgaver").fill("Samtaler én til én med dem, der ønsker det.")
    press(page, "Gem som kladde")
    press(page, "Frigiv pladserne")
    sees(page, "Pladserne er frigivet.")


def propose_a_student(story: Story) -> None:
    page = story.coordinator
    follow(page, "Placér en studerende")
    choose(page, "Studerende", STUDENT)
    press(page, "Lav kladden")
    stands(page, STUDENT)
    story.placement = page.url
    choose(page, "Retsgrundlag", "Ulønnet studiepraktik")
    press(page, "Gem retsgrundlag")
    sees(page, "Retsgrundlaget er valgt.")
    press(page, "Foreslå forløbet")
    sees(page, "Forløbet er foreslået.")


def host_accepts(story: Story) -> None:
    page = story.host
    open_task(story, page, HOST)
    expect(page).to_have_url(story.placement)
    assert_no_sideways_scroll(page)
    press(page, "Sig ja til pladsen")
    choose(page, "Praktikvejleder", SUPERVISOR)
    press(page, "Gem praktikvejleder")
    sees(page, "Praktikvejlederen er valgt.")
    assert_no_sideways_scroll(page)


def date_follow_up_days(story: Story) -> None:
    page = story.coordinator
    page.goto("/follow-up-days?cohort=viborg-2024")
    press(page, "Opret opfølgningsdagene")
    sees(page, "har nu 2 opfølgningsdage")
    for number, day in enumerate(FOLLOW_UP_DAYS, start=1):
        page.goto("/follow-up-days?cohort=viborg-2024")
        follow(page.get_by_role("row").nth(number), f"Sæt dato {number}. opfølgningsdag, Viborg 2024")
        page.get_by_label("Dato").fill(day.isoformat())
        page.get_by_label("Begynder kl.").fill("09:00")
        page.get_by_label("Slutter kl.").fill("12:00")
        press(page, "Gem")
        sees(page, "Dagen er gemt.")


def send_the_agreement(story: Story) -> None:
    page = story.coordinator
    page.goto(f"{story.placement}/agreement")
    press(page, "Begynd på aftalen")
    page.get_by_label(re.compile("^5. ")).fill("Tirsdag kl. 9.00-12.00 og torsdag kl. 12.00-15.00.")
    press(page, "Gem")
    sees(page, "Aftalen er gemt.")
    press(page, "Send til underskrift")
    sees(page, "Aftalen er sendt til underskrift.")


def sign(page: Page) -> None:
    sees(page, "Vi mangler din underskrift")
    assert_no_sideways_scroll(page)
    page.get_by_label("Jeg har læst aftalen og er enig").check()
    press(page, "Underskriv aftalen")
    sees(page, "Tak. Din underskrift er gemt.")


def all_three_sign(story: Story) -> None:
    agreement = f"{story.placement}/agreement"
    assert story.post.link_to(story.addresses[STUDENT]), "the news that a host has said yes"
    open_task(story, story.student, STUDENT)
    expect(story.student).to_have_url(agreement)
    sign(story.student)
    story.host.goto(story.post.link_to(story.addresses[HOST]))  # still signed in: straight to the task
    expect(story.host).to_have_url(agreement)
    sign(story.host)
    story.coordinator.goto(agreement)
    sign(story.coordinator)


def read_the_agreement(story: Story) -> None:
    """Everybody holds the same frozen document, with all names and both days in it."""
    copies = []
    for page in (story.coordinator, story.host, story.student):
        page.goto(f"{story.placement}/agreement")
        copies.append(document(page, "Åbn som PDF"))
    assert copies[0] == copies[1] == copies[2]
    text = reading.text(copies[0])
    for said in (STUDENT, HOST, COORDINATOR, SUPERVISOR, "12. februar 2025", "19. marts 2025"):
        assert said in text


def start(story: Story) -> None:
    page = story.coordinator
    story.on(FIRST_DAY)
    page.goto(story.placement)
    press(page, "Begynd praktikken")
    sees(page, "Praktikken er i gang.")


def register_follow_up_days(story: Story) -> None:
    page = story.coordinator
    for number, day in enumerate(FOLLOW_UP_DAYS, start=1):
        story.on(day)
        page.goto(story.placement)
        follow(page.get_by_role("listitem"), f"Opfølgningsdag {number}")
        page.get_by_role("group", name=STUDENT).get_by_label("Til stede", exact=True).check()
        press(page, "Gem fremmødet")
        sees(page, "Fremmødet er gemt.")


def complete(story: Story) -> None:
    page = story.coordinator
    story.on(LAST_DAY)
    page.goto(story.placement)
    press(page, "Afslut som gennemført")
    sees(page, "Praktikken er gennemført.")


def issue_the_diploma(story: Story) -> None:
    page = story.coordinator
    page.goto("/cohorts/viborg-2024")
    person = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=STUDENT))
    press(person, "Bekræft fremmødet")
    sees(page, f"Fremmødet i teorien er bekræftet for {STUDENT}.")
    follow(person, f"Bevis {STUDENT}")
    press(page, "Udsted beviset")
    sees(page, f"Beviset til {STUDENT} er udstedt.")


def verify_the_diploma(story: Story) -> None:
    """The student opens it; whoever is handed the paper can ask whether it is genuine."""
    page = story.student
    page.goto(story.post.link_to(story.addresses[STUDENT]))
    printed = reading.text(document(page, "Åbn beviset som PDF"))
    assert STUDENT in printed
    (code,) = re.findall(r"Kode (\S{4}-\S{4}-\S{4}-\S{4})", printed)
    page = story.stranger
    page.goto("/verify")
    page.get_by_label("Kontrolkode").fill(code)
    press(page, "Se efter")
    stands(page, "Beviset er ægte")
    sees(page, STUDENT)


def offer_a_network_group(story: Story) -> None:
    page = story.coordinator
    page.goto("/network-groups")
    follow(page, "Opret den første gruppe")
    page.get_by_label("Navn").fill("Netværk Viborg")
    page.get_by_label("Pladser i gruppen").fill("8")
    press(page, "Opret gruppen")
    follow(page, "Tilbyd de første pladser")
    page.get_by_label(STUDENT).check()
    press(page, "Tilbyd plads")
    sees(page, "Én har fået tilbudt en plads og får en mail.")


def join_the_network_group(story: Story) -> None:
    page = story.student
    page.goto(story.post.link_to(story.addresses[STUDENT]))
    press(page, "Ja tak, jeg vil være med")
    stands(page, "Du er med i gruppen")
    page.goto("/my")
    follow(page, "Netværk Viborg")
    sees(page, "Med i gruppen")


def test_main_job(story: Story) -> None:
    release_an_offer(story)
    propose_a_student(story)
    host_accepts(story)
    date_follow_up_days(story)
    send_the_agreement(story)
    all_three_sign(story)
    read_the_agreement(story)
    start(story)
    register_follow_up_days(story)
    complete(story)
    issue_the_diploma(story)
    verify_the_diploma(story)
    offer_a_network_group(story)
    join_the_network_group(story)
