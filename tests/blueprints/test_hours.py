"""Hours on screen: a student writes a week, the host confirms several, the coordinator opens one (H-07)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.models.hours import HoursStatus, HoursWeek
from placements.models.placements import Placement
from placements.models.users import User
from tests.conftest import Client
from tests.factories import MOMENT, Factory
from tests.pages import lasting

AsUser = Callable[[User], Client]
Count = Callable[[Callable[[], object]], int]
WEEK_5 = date(2025, 1, 27)
TYPED = {
    "version": "0",
    "day_0": "2025-01-28",
    "minutes_0": "3,5",
    "activity_0": "group",
    "day_1": "2025-01-30",
    "minutes_1": "1",
    "activity_1": "other",
    "day_2": "2025-01-27",
    "minutes_2": "",
    "activity_2": "individual",
}


@pytest.fixture
def placement(make: Factory, place: Callable[..., Placement]) -> Placement:
    placement = place(status="active")
    make.grant(placement.enrolment.user, "student")
    return placement


@pytest.fixture
def here(placement: Placement) -> str:
    return f"/placements/{placement.id}/hours"


@pytest.fixture
def student(as_user: AsUser, placement: Placement) -> Client:
    return as_user(placement.enrolment.user)


@pytest.fixture
def host(make: Factory, as_user: AsUser, placement: Placement) -> Client:
    return as_user(make.host(placement.unit))


def week_in(make: Factory, placement: Placement, status: str, monday: date = WEEK_5) -> HoursWeek:
    return make.keep(
        HoursWeek(
            placement_id=placement.id,
            starts_on=monday,
            status=HoursStatus(status),
            minutes=360,
            peer_minutes=240,
            submitted_at=MOMENT,
        )
    )


def only_week(session: Session) -> HoursWeek:
    return session.scalars(select(HoursWeek)).one()


def seen(client: Client, path: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(path).text, "html.parser")


# The student


def test_week_is_prefilled_from_the_weekly_plan(
    make: Factory, student: Client, placement: Placement, here: str
) -> None:
    """One page for the week; the days of the plan stand there with their hours, and two lines more."""
    plan = {"1": ["09:00", "12:30"], "3": ["12:00", "15:00"]}
    offer = make.offer(placement.unit, placement.cohort, weekly_plan=plan, ways=["group"])
    placement.offer_id = offer.id
    make.keep(placement)
    make.follow_up_day(placement.cohort, 1, held_on=date(2025, 1, 30))
    page = seen(student, f"{here}/2025-W05")
    assert [(box["name"], box.get("value", "")) for box in page.select("input[name^=minutes]")] == [
        ("minutes_0", "3,5"),
        ("minutes_1", ""),
        ("minutes_2", ""),
    ]
    assert page.select_one("#day_0 option[selected]").text == "tirsdag 28. januar"  # type: ignore[union-attr]
    assert page.select_one("#activity_0 option[selected]")["value"] == "group"  # type: ignore[index]
    assert "Torsdag 30. januar er opfølgningsdag" in page.text


def test_saved_draft_is_sent_later_and_stands_as_it_was_typed(
    session: Session, student: Client, here: str
) -> None:
    assert student.post(f"{here}/2025-W05", data=TYPED).location == here
    week = only_week(session)
    assert (week.status, week.minutes, week.peer_minutes) == (HoursStatus.DRAFT, 270, 210)
    answer = student.post(f"{here}/2025-W05/submit", data=TYPED | {"version": "1", "note": " Kort  uge "})
    assert answer.status_code == 303
    session.expire_all()
    assert (only_week(session).status, only_week(session).note) == (HoursStatus.SUBMITTED, "Kort uge")
    page = seen(student, f"{here}/2025-W05").text
    assert "I alt 4,5 timer, heraf 3,5 med peer-opgaver." in page
    assert "Kort uge" in page


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"minutes_0": "mange"}, "Skriv timer som et tal"),
        ({"minutes_0": "13"}, "Der står mere end 12 timer den 28. januar 2025."),
        ({"note": "x" * 201}, "Her er plads til 200 tegn."),
    ],
)
def test_week_that_is_refused_keeps_what_was_typed(
    session: Session, student: Client, here: str, wrong: dict[str, str], sentence: str
) -> None:
    answer = student.post(f"{here}/2025-W05/submit", data=TYPED | wrong)
    page = BeautifulSoup(answer.text, "html.parser")
    assert (answer.status_code, session.scalars(select(HoursWeek)).all()) == (422, [])
    assert sentence in page.text
    assert page.select_one("#minutes_1")["value"] == "1"  # type: ignore[index]


def test_second_tab_gets_both_values_side_by_side(session: Session, student: Client, here: str) -> None:
    student.post(f"{here}/2025-W05", data=TYPED)
    answer = student.post(f"{here}/2025-W05", data=TYPED | {"minutes_0": "2"})
    conflict = BeautifulSoup(answer.text, "html.parser").select_one(".conflict")
    assert answer.status_code == 409
    assert conflict is not None
    assert [cell.text for cell in conflict.select("tbody td")] == ["3,5", "2"]
    assert only_week(session).minutes == 270


@pytest.mark.usefixtures("with_csrf")
def test_nothing_is_written_without_the_token(session: Session, student: Client, here: str) -> None:
    assert student.post(f"{here}/2025-W05", data=TYPED).status_code == 400
    assert session.scalars(select(HoursWeek)).all() == []


@pytest.mark.parametrize("key", ["2025-W15", "2025-W01", "2025-W53", "now"])
def test_week_outside_the_practicum_is_not_there(student: Client, here: str, key: str) -> None:
    assert student.get(f"{here}/{key}").status_code == 404
    assert student.post(f"{here}/{key}", data=TYPED).status_code == 404


def test_students_home_leads_to_the_week(student: Client, here: str) -> None:
    links = [link["href"] for link in seen(student, "/my").select(".task-list a")]
    assert links == [f"{here}/2025-W02"]


# The host


def test_host_confirms_several_weeks_on_one_page(
    make: Factory, session: Session, host: Client, placement: Placement, here: str
) -> None:
    """The home leads to the page, and the page confirms all that waits: two pages from the mail."""
    weeks = [week_in(make, placement, "submitted", WEEK_5 - timedelta(days=7 * back)) for back in (0, 1)]
    assert [link["href"] for link in seen(host, "/host").select(".task-list a")] == [here]
    page = seen(host, here)
    ticked = [str(box["value"]) for box in page.select("input[name=weeks][checked]")]
    assert sorted(ticked) == sorted(f"{week.id}-{week.version}" for week in weeks)
    answer = host.htmx("POST", f"{here}/confirm", data={"weeks": ticked})
    assert answer.text.strip().startswith('<div id="hours">')
    assert "Bekræftede uger: 2." in answer.text
    assert {(week.status, week.confirmed_by_name) for week in session.scalars(select(HoursWeek))} == {
        (HoursStatus.CONFIRMED, "Vera Vært")
    }


def test_host_who_read_an_older_version_confirms_nothing(
    make: Factory, session: Session, host: Client, placement: Placement, here: str
) -> None:
    week = week_in(make, placement, "submitted")
    read = f"{week.id}-{week.version}"
    week.minutes = 400
    make.keep(week)
    assert host.post(f"{here}/confirm", data={"weeks": [read]}).status_code == 409
    assert host.post(f"{here}/2025-W05/confirm", data={"version": "1"}).status_code == 409
    assert host.post(f"{here}/confirm", data={"weeks": ["9" * 30 + "-1", "x"]}).status_code == 422
    assert only_week(session).status is HoursStatus.SUBMITTED


def test_host_sends_a_week_back_and_the_student_reads_why(
    make: Factory, session: Session, host: Client, student: Client, placement: Placement, here: str
) -> None:
    week_in(make, placement, "submitted")
    refused = host.post(f"{here}/2025-W05/return", data={"version": "1", "comment": ""})
    assert refused.status_code == 422
    assert "Skriv kort, hvad der skal rettes." in refused.text
    answer = host.post(f"{here}/2025-W05/return", data={"version": "1", "comment": "Torsdag var to timer"})
    assert answer.location == here
    page = seen(student, f"{here}/2025-W05")
    assert "Torsdag var to timer" in page.text
    assert page.select("form[action$=submit]")


def test_draft_is_not_told_to_the_host(
    make: Factory, host: Client, coordinator: Client, placement: Placement, here: str
) -> None:
    week = week_in(make, placement, "draft")
    week.note = "Kun min egen"
    make.keep(week)
    for reader in (host, coordinator):
        page = lasting(reader.get(f"{here}/2025-W05").text)
        assert "Kun min egen" not in page
        assert "Ugen er ikke sendt endnu" in page
        assert "240" not in page
        assert reader.post(f"{here}/2025-W05/confirm", data={"version": "1"}).status_code == 404


# The coordinator


def test_coordinator_opens_a_confirmed_week_with_a_reason(
    make: Factory, session: Session, host: Client, coordinator: Client, placement: Placement, here: str
) -> None:
    week_in(make, placement, "confirmed")
    assert "Åbn ugen igen" not in host.get(f"{here}/2025-W05").text
    page = seen(coordinator, f"{here}/2025-W05")
    assert page.select_one(f'form[action="{here}/2025-W05/reopen"]') is not None
    sent = {"version": "1", "comment": "Forkert dag"}
    assert coordinator.post(f"{here}/2025-W05/reopen", data=sent).location == here
    assert only_week(session).status is HoursStatus.RETURNED


def test_overview_says_the_share_in_words_to_all_three(
    make: Factory, coordinator: Client, host: Client, student: Client, placement: Placement, here: str
) -> None:
    """H-07: exactly two thirds are enough, a minute less is not; never by colour alone."""
    week = week_in(make, placement, "confirmed")
    for reader in (coordinator, host, student):
        text = " ".join(seen(reader, here).text.split())
        assert "4 af 6 skrevne timer" in text
        assert "Mindst to tredjedele af tiden går til peer-opgaver" in text
    week.peer_minutes = 239
    make.keep(week)
    for reader in (coordinator, host, student):
        assert "Mindre end to tredjedele er peer-opgaver" in seen(reader, here).text


def test_coordinator_is_warned_before_completing_and_may_complete(
    make: Factory, session: Session, coordinator: Client, placement: Placement
) -> None:
    placement.ends_on, placement.cohort.programme.follow_up_days = date(2025, 2, 2), 0
    make.keep(placement)
    week_in(make, placement, "confirmed")
    page = coordinator.get(f"/placements/{placement.id}").text
    assert "Timer er bekræftet for 1 af 4 uger." in page
    sent = {"version": placement.version}
    assert coordinator.post(f"/placements/{placement.id}/complete", data=sent).status_code == 303
    assert "Timer er bekræftet for" not in coordinator.get(f"/placements/{placement.id}").text


# No more statements with more rows


def test_pages_ask_no_more_with_more_weeks(
    make: Factory, query_count: Count, coordinator: Client, host: Client, placement: Placement, here: str
) -> None:
    def counts() -> list[int]:
        asked: list[tuple[Client, str]] = [(host, here), (host, "/host"), (coordinator, "/")]
        return [query_count(lambda reader=reader, path=path: reader.get(path)) for reader, path in asked]  # type: ignore[misc]

    week_in(make, placement, "submitted")
    first = counts()
    for back in (1, 2):
        week_in(make, placement, "submitted", WEEK_5 - timedelta(days=7 * back))
    assert counts() == first


def test_students_home_asks_no_more_with_more_placements(
    make: Factory, query_count: Count, student: Client, placement: Placement
) -> None:
    def count() -> int:
        return query_count(lambda: student.get("/my"))

    first = count()
    for number in range(2):
        cohort = make.cohort(placement.cohort.programme, name=f"Hold {number}")
        enrolment: Any = make.enrolment(cohort, placement.enrolment.user)
        make.placement(enrolment=enrolment, unit=placement.unit, status="active")
    assert count() == first
