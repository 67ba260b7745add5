"""The list of sessions, and one session changed: moved, called off, given its teachers (V-07, H-20)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.models.cohorts import Cohort
from placements.models.mails import OutgoingMail
from placements.models.programmes import Programme
from placements.models.teaching import ModuleRun, SessionTeacher, TeachingSession
from placements.models.users import User
from tests.conftest import Client
from tests.factories import MOMENT, Factory

AsUser = Callable[[User], Client]
Count = Callable[[Callable[[], object]], int]


@pytest.fixture
def programme(make: Factory) -> Programme:
    return make.programme(teachers_required=["professional", "peer"])


@pytest.fixture
def run(make: Factory, cohort: Cohort) -> ModuleRun:
    return make.run(cohort, make.module(cohort.programme))


@pytest.fixture
def taught(make: Factory, run: ModuleRun) -> TeachingSession:
    """Monday 10 February 2025, a week from today."""
    return make.teaching_session(run, held_on=date(2025, 2, 10), place="Lokale 2")


def typed(taught: TeachingSession, **values: Any) -> dict[str, Any]:
    good = {"held_on": "2025-02-10", "starts_at": "09:00", "ends_at": "12:00", "place": "Lokale 2"}
    return {**good, "version": taught.version, **values}


def mails(session: Session) -> list[tuple[str, str | None]]:
    rows = session.execute(select(OutgoingMail.message, OutgoingMail.path).order_by(OutgoingMail.path))
    return [(message, path) for message, path in rows]


# The list


def test_list_shows_what_comes_and_what_has_been(
    make: Factory, teacher: Client, run: ModuleRun, taught: TeachingSession
) -> None:
    make.teaching_session(run, held_on=date(2025, 1, 27), register_kept_at=MOMENT)
    coming, past = (teacher.get(f"/teaching{query}").text for query in ("", "?when=past&cohort=viborg-2024"))
    days = ("mandag 10. februar 2025 (uge 7)", "mandag 27. januar 2025 (uge 5)")
    assert [[day in page for day in days] for page in (coming, past)] == [[True, False], [False, True]]
    assert f'href="/teaching/{taught.id}"' in coming
    assert "Mangler en faglig underviser" in coming
    assert "Ført" in past
    assert "Der er ingen undervisning her" in teacher.get("/teaching?cohort=nowhere").text


def test_list_of_others_is_empty(make: Factory, as_user: AsUser, taught: TeachingSession) -> None:
    other = as_user(make.coordinator(make.programme("hovedstaden")))
    page = other.get("/teaching").text
    assert "Lokale 2" not in page
    assert "Der er ingen kommende undervisning" in page


def test_list_goes_on_after_fifty(make: Factory, coordinator: Client, run: ModuleRun) -> None:
    for hour in range(51):
        make.session.add(
            TeachingSession(
                run_id=run.id, held_on=date(2025, 2, 10 + hour // 10), starts_at=time(8), ends_at=time(9)
            )
        )
    make.session.commit()
    first = coordinator.get("/teaching").text
    *_rest, fiftieth, last = make.session.scalars(select(TeachingSession.id).order_by(TeachingSession.id))
    assert f"&amp;after={fiftieth}" in first
    assert f'href="/teaching/{last}"' not in first
    second = coordinator.htmx("GET", f"/teaching?after={fiftieth}").text
    assert second.count('<th scope="row">') == 1
    assert f'href="/teaching/{last}"' in second


def test_list_costs_the_same_for_one_session_as_for_three(
    make: Factory, coordinator: Client, query_count: Count, taught: TeachingSession
) -> None:
    make.session_teacher(taught)
    one = query_count(lambda: coordinator.get("/teaching"))
    for _number in range(2):
        cohort = make.cohort(taught.run.cohort.programme)
        more = make.teaching_session(make.run(cohort, taught.run.module), held_on=date(2025, 2, 11))
        make.session_teacher(more)
    assert query_count(lambda: coordinator.get("/teaching")) == one


def test_home_asks_for_teachers_of_the_next_four_weeks_alone(
    make: Factory, coordinator: Client, run: ModuleRun, taught: TeachingSession
) -> None:
    last, later = (make.teaching_session(run, held_on=date(2025, 3, day)) for day in (2, 3))
    page = coordinator.get("/").text
    found = [f"/teaching/{one.id}/edit#teachers" in page for one in (taught, last, later)]
    assert found == [True, True, False]


# Moving


def test_moving_tells_participants_and_teachers(
    make: Factory, session: Session, coordinator: Client, cohort: Cohort, taught: TeachingSession
) -> None:
    make.enrolment(cohort)
    make.enrolment(cohort, status="withdrawn")
    make.session_teacher(taught, user_id=make.teacher(cohort.programme).id)
    answer = coordinator.post(f"/teaching/{taught.id}/edit", data=typed(taught, held_on="2025-02-12"))
    assert (answer.status_code, answer.location) == (303, f"/teaching/{taught.id}")
    session.refresh(taught)
    assert taught.held_on == date(2025, 2, 12)
    assert mails(session) == [("teaching_changed", "/my"), ("teaching_changed", "/teaching")]


def test_nobody_is_told_of_what_stays_or_is_over(
    make: Factory, session: Session, coordinator: Client, run: ModuleRun, taught: TeachingSession
) -> None:
    make.enrolment(run.cohort)
    old = make.teaching_session(run, held_on=date(2025, 1, 27))
    for one, values in ((taught, {}), (old, {"held_on": "2025-01-28"})):
        answer = coordinator.post(f"/teaching/{one.id}/edit", data=typed(one, **values))
        assert answer.status_code == 303
    assert mails(session) == []


def test_holiday_needs_a_reason(session: Session, coordinator: Client, taught: TeachingSession) -> None:
    """Easter Monday."""
    address, data = f"/teaching/{taught.id}/edit", typed(taught, held_on="2025-04-21")
    refused = coordinator.post(address, data=data)
    assert refused.status_code == 422
    assert "21. april 2025 er en helligdag: anden påskedag. Skriv hvorfor" in refused.text
    coordinator.post(address, data={**data, "reason": "Alle er enige"})
    session.refresh(taught)
    assert (taught.held_on, taught.clash_reason) == (date(2025, 4, 21), "Alle er enige")
    assert "I har skrevet hvorfor: Alle er enige" in coordinator.get(address).text


def test_chosen_date_is_warned_about_before_it_is_saved(coordinator: Client, taught: TeachingSession) -> None:
    address = f"/teaching/{taught.id}/edit?held_on=2025-04-"
    easter, weekday = (coordinator.htmx("GET", f"{address}{day}").text for day in (21, 23))
    assert easter.strip().startswith('<div id="clashes"')
    assert "21. april 2025 er en helligdag: anden påskedag." in easter
    assert "helligdag" not in weekday
    assert coordinator.get(f"{address}1x").status_code == 200


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"ends_at": "08:00"}, "slutter undervisningen, før den begynder"),
        ({"link": "javascript:alert(1)"}, "Et link begynder med https://"),
        ({"held_on": ""}, "Vælg en dato."),
    ],
)
def test_refuses_what_cannot_be(
    coordinator: Client, taught: TeachingSession, values: dict[str, str], sentence: str
) -> None:
    refused = coordinator.post(f"/teaching/{taught.id}/edit", data=typed(taught, **values))
    assert refused.status_code == 422
    assert sentence in refused.text


def test_stale_edit_shows_both(session: Session, coordinator: Client, taught: TeachingSession) -> None:
    old = typed(taught, place="Kantinen")
    coordinator.post(f"/teaching/{taught.id}/edit", data=typed(taught, place="Salen"))
    answer = coordinator.post(f"/teaching/{taught.id}/edit", data=old)
    assert answer.status_code == 409
    assert all(place in answer.text for place in ("Salen", "Kantinen"))


def test_kept_register_fixes_the_time(
    make: Factory, session: Session, coordinator: Client, taught: TeachingSession
) -> None:
    taught.register_kept_at = MOMENT
    session.commit()
    address = f"/teaching/{taught.id}"
    assert coordinator.post(f"{address}/edit", data=typed(taught, held_on="2025-02-12")).status_code == 422
    assert coordinator.post(f"{address}/edit", data=typed(taught, place="Salen")).status_code == 303
    assert coordinator.post(f"{address}/call-off").status_code == 422


def test_calling_off_tells_those_concerned(
    make: Factory, session: Session, coordinator: Client, taught: TeachingSession
) -> None:
    make.enrolment(taught.run.cohort)
    assert coordinator.post(f"/teaching/{taught.id}/call-off").location == "/teaching"
    assert session.scalars(select(TeachingSession)).all() == []
    assert mails(session) == [("teaching_changed", "/my")]


# Teachers


def test_teacher_is_put_on_the_whole_module_and_taken_off_once(
    make: Factory, session: Session, coordinator: Client, run: ModuleRun, taught: TeachingSession
) -> None:
    make.teaching_session(run, held_on=date(2025, 2, 17))
    user = make.teacher(run.cohort.programme)
    data = {"user_id": user.id, "kind": "peer", "scope": "run"}
    fragment = coordinator.htmx("POST", f"/teaching/{taught.id}/teachers", data=data).text
    assert fragment.strip().startswith('<div id="teachers">')
    assert "Underviseren er sat på 2 gange." in fragment
    assert "Mangler en faglig underviser" in fragment
    assert "Mangler en peer-underviser" not in fragment
    [own, _other] = session.scalars(select(SessionTeacher).order_by(SessionTeacher.session_id))
    coordinator.post(f"/teaching/{taught.id}/teachers/{own.id}/remove")
    assert [one.session_id for one in session.scalars(select(SessionTeacher))] != [taught.id]
    assert len(session.scalars(select(SessionTeacher)).all()) == 1


def test_external_teacher_is_put_on_by_name(
    session: Session, coordinator: Client, taught: TeachingSession
) -> None:
    address = f"/teaching/{taught.id}/teachers"
    empty = coordinator.post(address, data={"user_id": 0, "kind": "external", "scope": "session"})
    assert empty.status_code == 422
    assert "Vælg en underviser, eller skriv et navn." in empty.text
    coordinator.post(
        address, data={"user_id": 0, "name": "Bente Skov", "kind": "external", "scope": "session"}
    )
    [teacher] = session.scalars(select(SessionTeacher))
    assert (teacher.name, teacher.kind, teacher.user_id) == ("Bente Skov", "external", None)


@pytest.mark.usefixtures("with_csrf")
def test_change_needs_the_token(coordinator: Client, taught: TeachingSession) -> None:
    assert coordinator.post(f"/teaching/{taught.id}/call-off").status_code == 400
