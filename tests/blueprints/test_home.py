"""The homes: each role's own, and no more on it than is theirs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

from placements.domain import agreement_states
from placements.models.cohorts import KeyDate, KeyDateKind
from placements.models.users import User
from tests.conftest import Client
from tests.factories import Factory

As = Callable[[User], Client]


def test_front_page_shows_coming_cohorts_with_their_key_dates(make: Factory, client: Client) -> None:
    """V-03, V-04."""
    opens = datetime(2025, 6, 16, 10, 0, tzinfo=UTC)
    meeting = datetime(2025, 6, 12, 11, 0, tzinfo=UTC)
    make.cohort(
        make.programme(name="Peer-uddannelsen Viborg"),
        name="Hold 2025",
        starts_on=date(2025, 9, 8),
        key_dates=[
            KeyDate(kind=KeyDateKind.APPLICATIONS_OPEN, starts_at=opens),
            KeyDate(
                kind=KeyDateKind.INFORMATION_MEETING, starts_at=meeting, ends_at=meeting.replace(hour=13)
            ),
        ],
    )
    make.cohort(
        name="Hold 2024", key_dates=[KeyDate(kind=KeyDateKind.START, starts_at=opens.replace(year=2024))]
    )
    page = client.get("/").text
    assert "Peer-uddannelsen Viborg, Hold 2025" in page
    assert "mandag 16. juni 2025 (uge 25) kl. 12.00" in page
    assert "torsdag 12. juni 2025 (uge 24) kl. 13.00-15.00" in page
    assert "der er ingen tilmelding" in page
    assert "Hold 2024" not in page


def test_coordinators_home_counts_what_waits(make: Factory, as_user: As) -> None:
    programme = make.programme()
    cohort = make.cohort(programme)
    unit = make.unit("Afsnit P4")
    make.offer(unit, cohort, seats=3)
    make.placement(cohort=cohort, unit=unit, status="proposed")
    placed = make.placement(cohort=cohort, unit=unit, status="accepted")
    make.agreement(placed, status="awaiting_signatures", sent_at=datetime(2025, 1, 2, 9, 0, tzinfo=UTC))
    make.follow_up_day(cohort, 1)
    page = as_user(make.coordinator(programme)).get("/").text
    assert "Det er mandag 3. februar 2025 (uge 6)" in page
    assert "Afsnit P4" in page
    assert "Mangler underskrift fra studerende, praktikvært, koordinator" in page
    assert "1. opfølgningsdag for Hold 2024" in page
    assert "3 af 4" in page


def test_coordinators_home_asks_for_agreements_that_are_not_sent(make: Factory, as_user: As) -> None:
    programme = make.programme()
    cohort = make.cohort(programme)
    unit = make.unit("Team Nord")
    names = {}
    for name, status in (
        ("Uden aftale", "accepted"),
        ("Ændret aftale", "active"),
        ("Sendt aftale", "agreed"),
    ):
        person = make.enrolment(cohort, make.user(name))
        names[name] = make.placement(cohort=cohort, unit=unit, enrolment=person, status=status)
    make.agreement(names["Sendt aftale"], status="signed", sent_at=datetime(2025, 1, 2, tzinfo=UTC))
    changed = make.agreement(
        names["Ændret aftale"], status="signed", sent_at=datetime(2025, 1, 2, tzinfo=UTC)
    )
    agreement_states.add_version(changed)
    make.keep(changed)
    make.placement(cohort=cohort, unit=unit, status="proposed")
    page = as_user(make.coordinator(programme)).get("/").text
    section = page.partition('id="agreements"')[2].partition("</section>")[0]
    assert "Uden aftale" in section
    assert "Ændret aftale" in section
    assert section.count("<li>") == 2


def test_coordinators_home_asks_for_days_that_nobody_has_made(make: Factory, as_user: As) -> None:
    programme = make.programme()
    make.cohort(programme, name="Hold 2025")
    make.cohort(make.programme("another"), name="Fremmed hold")
    page = as_user(make.coordinator(programme)).get("/").text
    assert "Opfølgningsdagene for Hold 2025 er ikke oprettet" in page
    assert "Fremmed hold" not in page


def test_coordinators_home_shows_nothing_of_another_programme(make: Factory, as_user: As) -> None:
    cohort = make.cohort(make.programme("hovedstaden"), name="Fremmed hold")
    make.placement(
        cohort=cohort, status="proposed", enrolment=make.enrolment(cohort, make.user("Hemmelig Person"))
    )
    make.follow_up_day(cohort, 1)
    page = as_user(make.coordinator(make.programme())).get("/").text
    assert "Hemmelig Person" not in page
    assert "Fremmed hold" not in page


def test_coordinators_home_asks_no_more_with_more_rows(
    make: Factory, as_user: As, query_count: Callable[..., int]
) -> None:
    programme = make.programme()
    cohort = make.cohort(programme)
    make.follow_up_day(cohort, 1)
    browser = as_user(make.coordinator(programme))

    def count_with(rows: int) -> int:
        for _row in range(rows):
            placement = make.placement(cohort=cohort, status="accepted")
            make.agreement(placement, status="awaiting_signatures", sent_at=datetime(2025, 1, 2, tzinfo=UTC))
            make.placement(cohort=cohort, status="proposed")
            make.placement(cohort=cohort, status="active", ends_on=date(2025, 2, 10))
        return query_count(lambda: browser.get("/"))

    assert count_with(1) == count_with(2)


def test_teachers_home_has_no_placements(make: Factory, as_user: As) -> None:
    programme = make.programme()
    cohort = make.cohort(programme)
    make.placement(
        cohort=cohort, status="proposed", enrolment=make.enrolment(cohort, make.user("Skjult Navn"))
    )
    page = as_user(make.teacher(programme)).get("/").text
    assert "Ikke tilbudt en netværksgruppe" in page
    assert "Venter på svar" not in page


def test_hosts_home_says_what_to_do_first(make: Factory, as_user: As) -> None:
    unit = make.unit("Team Nord")
    proposed = make.placement(unit=unit, status="proposed")
    elsewhere = make.placement(unit=make.unit("Team Syd"), status="proposed")
    browser = as_user(make.host(unit))
    assert browser.get("/").headers["Location"] == "/host"
    page = browser.get("/host").text
    assert "Svar på, om I kan tage imod" in page
    assert proposed.student_name in page
    assert elsewhere.student_name not in page


def test_students_home_tells_of_the_practicum_when_a_host_has_said_yes(make: Factory, as_user: As) -> None:
    placement = make.placement(unit=make.unit("Team Nord"), status="proposed")
    browser = as_user(placement.enrolment.user)
    assert browser.get("/").headers["Location"] == "/my"
    page = browser.get("/my").text
    assert "Vi er ved at finde et praktiksted til dig" in page
    assert "Team Nord" not in page
    make.placement(unit=make.unit("Team Syd"), enrolment=placement.enrolment, status="accepted")
    assert "Team Syd" in browser.get("/my").text


def test_new_student_sees_the_three_next_steps(make: Factory, as_user: As) -> None:
    page = as_user(make.grant(make.user(), "student")).get("/my").text
    assert page.count("<h3>") == 3


def test_someone_without_a_role_is_told_whom_to_ask(make: Factory, as_user: As) -> None:
    assert "har ikke en rolle endnu" in as_user(make.user()).get("/").text


def test_english_is_complete_on_the_front_page(make: Factory, client: Client) -> None:
    client.post("/language", data={"locale": "en"})
    assert '<html lang="en">' in client.get("/").text
