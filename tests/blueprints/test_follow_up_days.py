"""V-06 on screen: the list of days, one day's plan and its topics."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.models.cohorts import Cohort
from placements.models.follow_up_days import AttendanceStatus, FollowUpAttendance, FollowUpDay, FollowUpTopic
from placements.models.programmes import Programme
from placements.models.users import User
from tests.blueprints.follow_up_scene import student
from tests.conftest import TODAY, Client
from tests.factories import Factory

AsUser = Callable[[User], Client]
Count = Callable[[Callable[[], object]], int]


def typed(day: FollowUpDay, **values: Any) -> dict[str, Any]:
    good = {"held_on": "2025-02-12", "starts_at": "09:00", "ends_at": "12:00", "place": "Lokale 2"}
    return {**good, "version": day.version, **values}


# The list


def test_list_shows_each_cohorts_days_and_the_next_step(
    make: Factory, coordinator: Client, held: FollowUpDay
) -> None:
    undated = make.follow_up_day(held.cohort, 2)
    student(make, held.cohort, "Amalie Holm")
    page = coordinator.get("/follow-up-days").text
    assert "mandag 3. februar 2025 (uge 6)" in page
    assert "kl. 9.00-12.00" in page
    assert f'href="/follow-up-days/{held.id}#register">Registrér' in page
    assert f'href="/follow-up-days/{undated.id}/edit">Sæt dato' in page
    assert "Opret opfølgningsdagene" not in page


def test_list_tells_how_many_were_there(make: Factory, teacher: Client, held: FollowUpDay) -> None:
    first, second = (student(make, held.cohort, name) for name in ("Amalie Holm", "Claus Dam"))
    make.keep(FollowUpAttendance(day_id=held.id, placement_id=first.id, status=AttendanceStatus.PRESENT))
    assert "Mangler 1" in teacher.get("/follow-up-days").text
    make.keep(FollowUpAttendance(day_id=held.id, placement_id=second.id, status=AttendanceStatus.ABSENT))
    page = teacher.get("/follow-up-days").text
    assert "Registreret" in page
    assert "1 af 2 til stede" in page


def test_list_of_one_cohort_and_of_one_that_is_not_there(
    make: Factory, coordinator: Client, programme: Programme, cohort: Cohort
) -> None:
    make.cohort(programme, slug="viborg-2025", name="Hold 2025")
    both, one = (coordinator.get(f"/follow-up-days{query}").text for query in ("", "?cohort=viborg-2024"))
    assert ('id="days-viborg-2024"' in both, 'id="days-viborg-2025"' in both) == (True, True)
    assert ('id="days-viborg-2024"' in one, 'id="days-viborg-2025"' in one) == (True, False)
    assert '<option value="viborg-2024" selected>' in one
    assert "Det hold er ikke her" in coordinator.get("/follow-up-days?cohort=hovedstaden-2017").text


def test_list_answers_htmx_with_the_part_that_the_page_includes(
    make: Factory, coordinator: Client, held: FollowUpDay
) -> None:
    make.follow_up_day(held.cohort, 2)
    fragment = coordinator.htmx("GET", "/follow-up-days?cohort=viborg-2024").text
    assert fragment.strip().startswith('<div id="results">')
    assert fragment.strip() in coordinator.get("/follow-up-days?cohort=viborg-2024").text


def test_list_of_others_is_empty(make: Factory, as_user: AsUser, held: FollowUpDay) -> None:
    other = as_user(make.coordinator(make.programme("hovedstaden", practicum_weeks=None)))
    page = other.get("/follow-up-days?cohort=viborg-2024").text
    assert "Lokale 2" not in page
    assert "Der er ingen hold med opfølgningsdage" in other.get("/follow-up-days").text


def test_list_costs_the_same_for_one_cohort_as_for_three(
    make: Factory, coordinator: Client, query_count: Count, programme: Programme, held: FollowUpDay
) -> None:
    student(make, held.cohort, "Amalie Holm")
    one = query_count(lambda: coordinator.get("/follow-up-days"))
    for _number in range(2):
        cohort = make.cohort(programme)
        student(make, cohort, "Claus Dam")
        make.follow_up_day(cohort, 1, held_on=TODAY)
        make.follow_up_day(cohort, 2)
    assert query_count(lambda: coordinator.get("/follow-up-days")) == one


# Making the days


def test_reading_makes_no_days(session: Session, coordinator: Client, cohort: Cohort) -> None:
    assert "Opfølgningsdagene er ikke oprettet endnu" in coordinator.get("/follow-up-days").text
    assert session.scalars(select(FollowUpDay)).all() == []


def test_ensure_makes_the_two_days(session: Session, coordinator: Client, cohort: Cohort) -> None:
    answer = coordinator.post("/follow-up-days", data={"cohort": "viborg-2024"})
    assert (answer.status_code, answer.location) == (303, "/follow-up-days?cohort=viborg-2024")
    assert "Hold 2024 har nu 2 opfølgningsdage" in coordinator.get(answer.location).text
    numbers = session.scalars(select(FollowUpDay.number).order_by(FollowUpDay.number)).all()
    assert numbers == [1, 2]


def test_ensure_answers_htmx_with_the_cohort(coordinator: Client, cohort: Cohort) -> None:
    fragment = coordinator.htmx("POST", "/follow-up-days", data={"cohort": "viborg-2024"}).text
    assert fragment.strip().startswith('<div id="days-viborg-2024">')
    assert fragment.count("autofocus") == 1
    assert 'id="status" data-hx-swap-oob' in fragment


def test_ensure_is_for_the_coordinator_of_the_cohort(
    make: Factory, as_user: AsUser, session: Session, teacher: Client, cohort: Cohort
) -> None:
    assert "Koordinatoren har ikke oprettet dagene endnu" in teacher.get("/follow-up-days").text
    assert teacher.post("/follow-up-days", data={"cohort": "viborg-2024"}).status_code == 403
    other = as_user(make.coordinator(make.programme("hovedstaden")))
    assert other.post("/follow-up-days", data={"cohort": "viborg-2024"}).status_code == 404
    assert session.scalars(select(FollowUpDay)).all() == []


# One day


def test_day_says_when_where_and_what(make: Factory, teacher: Client, held: FollowUpDay) -> None:
    make.keep(FollowUpTopic(day_id=held.id, text="Grænser", module=held.cohort.programme.modules[0]))
    page = teacher.get(f"/follow-up-days/{held.id}").text
    for said in ("mandag 3. februar 2025 (uge 6)", "kl. 9.00-12.00", "Lokale 2", "Grænser", "1. Recovery"):
        assert said in page


@pytest.mark.parametrize("part", ["", "/edit"])
def test_day_of_another_programme_is_not_there(
    make: Factory, as_user: AsUser, held: FollowUpDay, part: str
) -> None:
    other = as_user(make.teacher(make.programme("hovedstaden")))
    assert other.get(f"/follow-up-days/{held.id}{part}").status_code == 404


@pytest.mark.parametrize("part", ["/edit", "/topics", "/attendance"])
def test_changes_by_others_are_refused(make: Factory, as_user: AsUser, held: FollowUpDay, part: str) -> None:
    placement = student(make, held.cohort, "Amalie Holm")
    path = f"/follow-up-days/{held.id}{part}"
    for person, status in (
        (make.teacher(make.programme("hovedstaden")), 404),
        (placement.enrolment.user, 403),
        (make.host(placement.unit), 403),
        (make.admin(), 403),
    ):
        assert as_user(person).post(path, data={}).status_code == status


def test_teacher_is_told_names_and_nothing_else_about_placements(
    make: Factory, as_user: AsUser, teacher: Client, coordinator: Client, held: FollowUpDay
) -> None:
    placement = student(
        make, held.cohort, "Amalie Holm", unit=make.unit("Team Nord"), starts_on=date(2025, 2, 4)
    )
    make.agreement(placement, status="signed", sent_at=datetime(2025, 1, 2, tzinfo=UTC))
    sent_elsewhere = f"/placements/{placement.id}"
    for path in (f"/follow-up-days/{held.id}", f"/follow-up-days/{held.id}/edit", "/follow-up-days"):
        page = teacher.get(path).text
        assert "Team Nord" not in page
        assert sent_elsewhere not in page
        assert "uden for praktikperioden" not in page
        assert "praktikaftale" not in page
    assert "Amalie Holm" in teacher.get(f"/follow-up-days/{held.id}").text
    assert "uden for praktikperioden for Amalie Holm" in coordinator.get(f"/follow-up-days/{held.id}").text


def test_holiday_is_warned_about_on_the_page(make: Factory, teacher: Client, programme: Programme) -> None:
    """V-06, ux 18."""
    cohort = make.cohort(programme, practicum_ends_on=date(2025, 5, 4))
    day = make.follow_up_day(cohort, held_on=date(2025, 4, 17))
    assert "17. april 2025 er en helligdag: skærtorsdag." in teacher.get(f"/follow-up-days/{day.id}").text


def test_page_says_how_many_agreements_have_the_old_date(
    make: Factory, coordinator: Client, teacher: Client, held: FollowUpDay
) -> None:
    for name in ("Amalie Holm", "Claus Dam"):
        placement = student(make, held.cohort, name, status="agreed")
        make.agreement(placement, status="signed", sent_at=datetime.now(UTC))
    assert "siger en anden dato" not in coordinator.get(f"/follow-up-days/{held.id}").text
    coordinator.post(f"/follow-up-days/{held.id}/edit", data=typed(held))
    page = coordinator.get(f"/follow-up-days/{held.id}").text
    assert "2 praktikaftaler siger en anden dato" in page
    assert "Der står mandag 3. februar 2025 (uge 6)." in page
    assert "siger en anden dato" not in teacher.get(f"/follow-up-days/{held.id}").text


# Planning


def test_plan_saves_and_tells_in_the_history(make: Factory, teacher: Client, cohort: Cohort) -> None:
    day = make.follow_up_day(cohort)
    answer = teacher.post(f"/follow-up-days/{day.id}/edit", data=typed(day))
    page = teacher.get(answer.location).text
    assert (day.held_on, day.starts_at, day.ends_at) == (date(2025, 2, 12), time(9), time(12))
    assert "onsdag 12. februar 2025 (uge 7)" in page
    assert "Dagen er gemt." in page
    assert "Tid eller sted blev ændret" in page


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"held_on": "2025-04-07"}, "held_on"),
        ({"held_on": "12/2"}, "held_on"),
        ({"ends_at": "08:00"}, "ends_at"),
        ({"starts_at": "ni"}, "starts_at"),
        ({"place": "x" * 161}, "place"),
    ],
)
def test_plan_with_bad_input_is_refused_and_the_text_kept(
    make: Factory, teacher: Client, cohort: Cohort, values: dict[str, str], field: str
) -> None:
    day = make.follow_up_day(cohort)
    answer = teacher.post(f"/follow-up-days/{day.id}/edit", data=typed(day, **values))
    assert answer.status_code == 422
    page = BeautifulSoup(answer.text, "html.parser")
    bad = [found["name"] for found in page.select("[aria-invalid]")]
    assert bad == [field]
    assert page.select_one(f"[name={field}]")["value"] == values[field]  # type: ignore[index]
    assert page.select_one("[name=place]")["value"] == values.get("place", "Lokale 2")  # type: ignore[index]
    assert page.select_one(".error-summary") is not None
    assert day.held_on is None


def test_plan_of_an_old_version_shows_both_values(make: Factory, teacher: Client, cohort: Cohort) -> None:
    day = make.follow_up_day(cohort)
    first, second = typed(day), typed(day, held_on="2025-02-19", place="Salen")
    assert teacher.post(f"/follow-up-days/{day.id}/edit", data=first).status_code == 303
    answer = teacher.post(f"/follow-up-days/{day.id}/edit", data=second)
    assert answer.status_code == 409
    rows = BeautifulSoup(answer.text, "html.parser").select(".conflict-table tbody tr")
    assert [[cell.text for cell in row.select("th, td")] for row in rows] == [
        ["Dato", "2025-02-12", "2025-02-19"],
        ["Sted", "Lokale 2", "Salen"],
    ]
    assert day.held_on == date(2025, 2, 12)
    second["version"] = day.version
    assert teacher.post(f"/follow-up-days/{day.id}/edit", data=second).status_code == 303
    assert (day.held_on, day.place) == (date(2025, 2, 19), "Salen")


def test_plan_of_an_old_version_with_the_same_values_says_so(
    make: Factory, teacher: Client, cohort: Cohort
) -> None:
    day = make.follow_up_day(cohort)
    same = typed(day)
    teacher.post(f"/follow-up-days/{day.id}/edit", data=same)
    answer = teacher.post(f"/follow-up-days/{day.id}/edit", data=same)
    assert answer.status_code == 409
    assert "En anden har ændret noget andet her" in answer.text


def test_date_is_looked_at_before_it_is_saved(make: Factory, teacher: Client, cohort: Cohort) -> None:
    """ux 18, with and without JavaScript."""
    day = make.follow_up_day(cohort)
    path = f"/follow-up-days/{day.id}/edit"
    fragment = teacher.htmx("GET", f"{path}?held_on=2025-02-16").text
    assert "16. februar 2025 ligger i en weekend." in fragment
    assert "<html" not in fragment
    page = teacher.get(f"{path}?held_on=2025-02-16").text
    assert "16. februar 2025 ligger i en weekend." in page
    assert 'value="2025-02-16"' in page
    assert "Vælg en dag i den periode" in teacher.htmx("GET", f"{path}?held_on=2024-02-16").text
    assert teacher.htmx("GET", f"{path}?held_on=2025-02-12").text.strip() == ""
    assert teacher.htmx("GET", f"{path}?held_on=snart").text.strip() == ""
    assert day.held_on is None


# Topics


def test_topic_is_added_and_removed(teacher: Client, held: FollowUpDay) -> None:
    module = held.cohort.programme.modules[0]
    path = f"/follow-up-days/{held.id}/topics"
    answer = teacher.post(path, data={"text": " Når  grænser rykker ", "module_id": str(module.id)})
    assert answer.location == f"/follow-up-days/{held.id}#topics"
    [topic] = held.topics
    assert (topic.text, topic.module_id) == ("Når grænser rykker", module.id)
    page = teacher.get(f"/follow-up-days/{held.id}").text
    assert f'action="{path}/{topic.id}/remove"' in page
    assert teacher.post(f"{path}/{topic.id}/remove").status_code == 303
    assert held.topics == []


def test_topic_answers_htmx_with_the_topics_and_goes_on(teacher: Client, held: FollowUpDay) -> None:
    path = f"/follow-up-days/{held.id}/topics"
    fragment = teacher.htmx("POST", path, data={"text": "Håb", "module_id": "0"}).text
    assert fragment.strip().startswith('<div id="topics">')
    assert "Hele uddannelsen" in fragment
    assert fragment.count(" autofocus") == 1
    assert "Emnet er tilføjet." in fragment


@pytest.mark.parametrize("values", [{"text": " ", "module_id": "0"}, {"text": "Håb", "module_id": "99"}])
def test_topic_with_bad_input_is_refused_and_the_text_kept(
    teacher: Client, held: FollowUpDay, values: dict[str, str]
) -> None:
    path = f"/follow-up-days/{held.id}/topics"
    fragment, page = teacher.htmx("POST", path, data=values), teacher.post(path, data=values)
    assert (fragment.status_code, page.status_code, held.topics) == (422, 422, [])
    assert fragment.text.strip().startswith('<div id="topics">')
    assert 'aria-invalid="true"' in fragment.text
    if values["text"].strip():
        assert 'value="Håb"' in page.text


def test_topic_does_not_touch_the_register_beside_it(
    make: Factory, teacher: Client, held: FollowUpDay
) -> None:
    placement = student(make, held.cohort, "Amalie Holm")
    answer = teacher.post(f"/follow-up-days/{held.id}/topics", data={"text": "", "module_id": "0"})
    page = BeautifulSoup(answer.text, "html.parser")
    chosen = page.select(f"[name=placement_{placement.id}][checked]")
    assert [found["value"] for found in chosen] == ["present"]
