"""V-05, H-17: a timetable and a run are proposed, adjusted line by line, and saved in one step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placements.models.cohorts import Cohort
from placements.models.mails import OutgoingMail
from placements.models.programmes import Audience, Module, Programme
from placements.models.teaching import ModuleRun, RunSignUp, TeachingSession
from placements.models.users import User
from tests.conftest import Client
from tests.factories import MOMENT, Factory

AsUser = Callable[[User], Client]
Count = Callable[[Callable[[], object]], int]
ADDRESS = "/cohorts/viborg-2024/schedule"
ASKED = "?starts_on=2025-04-14&weekdays=0&starts_at=09:00&minutes=3&skip_weeks="


@pytest.fixture
def cohort(make: Factory, programme: Programme) -> Cohort:
    """Two modules of nine and six hours, twice a week from Monday 3 March 2025."""
    make.module(programme, 2, minutes=360)
    return make.cohort(
        programme,
        slug="viborg-2024",
        starts_on=date(2025, 3, 3),
        theory_time=time(9),
        practicum_starts_on=None,
        practicum_ends_on=None,
    )


def fields(page: str) -> dict[str, str]:
    """What a browser would send of the form that saves."""
    form = BeautifulSoup(page, "html.parser").select_one("form.form-wide")
    assert form
    sent = {}
    for field in form.select("input[name], select[name]"):
        if field.get("type") == "checkbox" or field["name"] == "once":
            continue
        chosen = field.select_one("option[selected]") or field.select_one("option") or field
        sent[str(field["name"])] = str(chosen.get("value") or "")
    return sent


def days(session: Session) -> list[date]:
    return list(session.scalars(select(TeachingSession.held_on).order_by(TeachingSession.held_on)))


def test_proposal_is_adjusted_and_saved_in_one_step(
    session: Session, coordinator: Client, cohort: Cohort
) -> None:
    """V-05."""
    page = coordinator.get(ADDRESS).text
    assert "5 gange, 15 timer" in page
    assert days(session) == []
    data = fields(page)
    answer = coordinator.post(
        ADDRESS,
        data=data
        | {"held_on_4": "2025-03-19", "where_0": "https://video.example.org/1", "elsewhere": "Lokale 2"},
    )
    assert (answer.status_code, answer.location) == (303, ADDRESS)
    assert days(session) == [date(2025, 3, day) for day in (3, 5, 10, 12, 19)]
    kept = session.execute(
        select(TeachingSession.place, TeachingSession.link).order_by(TeachingSession.held_on)
    )
    assert list(kept)[:2] == [(None, "https://video.example.org/1"), ("Lokale 2", None)]
    runs = (
        select(ModuleRun.sign_up, func.count(TeachingSession.id)).join(TeachingSession).group_by(ModuleRun.id)
    )
    assert sorted(session.execute(runs).all()) == [(False, 2), (False, 3)]


def test_line_is_added_and_taken_off(session: Session, coordinator: Client, cohort: Cohort) -> None:
    coordinator.post(ADDRESS, data=fields(coordinator.get(ADDRESS).text))
    data = fields(coordinator.get(ADDRESS).text) | {"off_0": "y"}
    new = {"held_on_5": "2025-03-20", "starts_at_5": "13:00", "ends_at_5": "15:00"}
    assert coordinator.post(ADDRESS, data=data | new).status_code == 303
    assert days(session) == [date(2025, 3, day) for day in (5, 10, 12, 17, 20)]
    assert "Modul 1 får 8 timer. Uddannelsen siger 9." in coordinator.get(ADDRESS).text


def test_clash_is_told_at_its_line_and_needs_a_reason(
    session: Session, coordinator: Client, cohort: Cohort
) -> None:
    """A holiday, and two at once."""
    data = fields(coordinator.get(ADDRESS).text) | {"held_on_4": "2025-04-21", "held_on_1": "2025-03-03"}
    refused = coordinator.post(ADDRESS, data=data)
    assert refused.status_code == 422
    soup = BeautifulSoup(refused.text, "html.parser")
    notes = [note.get_text(strip=True) for note in soup.select(".line-notes li")]
    assert notes == [
        "Der er også undervisning kl. 9.00-12.00 samme dag.",
        "Der er også undervisning kl. 9.00-12.00 samme dag.",
        "21. april 2025 er en helligdag: anden påskedag.",
    ]
    assert days(session) == []
    assert coordinator.post(ADDRESS, data=data | {"reason": "Alle er enige"}).status_code == 303
    assert coordinator.post(ADDRESS, data=fields(coordinator.get(ADDRESS).text)).status_code == 303


def test_stale_timetable_keeps_what_was_typed(session: Session, coordinator: Client, cohort: Cohort) -> None:
    coordinator.post(ADDRESS, data=fields(coordinator.get(ADDRESS).text))
    old = fields(coordinator.get(ADDRESS).text)
    coordinator.post(ADDRESS, data=old | {"where_0": "Salen"})
    refused = coordinator.post(ADDRESS, data=old | {"where_0": "Kantinen"})
    assert refused.status_code == 409
    assert all(place in refused.text for place in ("Salen", "Kantinen"))
    assert coordinator.post(ADDRESS, data=fields(refused.text)).status_code == 303
    assert (
        session.scalars(select(TeachingSession.place).order_by(TeachingSession.held_on)).first() == "Kantinen"
    )


def test_refusal_for_another_reason_does_not_hide_what_another_saved(
    make: Factory, session: Session, coordinator: Client, cohort: Cohort
) -> None:
    """In the timetable, and in a run whose seats are too few."""
    coordinator.post(ADDRESS, data=fields(coordinator.get(ADDRESS).text))
    run = make.run(cohort, make.module(cohort.programme, 3), sign_up=True, seats=1)
    make.sign_up(run, make.enrolment(cohort))
    make.sign_up(run, make.enrolment(cohort))
    make.teaching_session(run, held_on=date(2025, 6, 2))
    for address, bad, good in (
        (ADDRESS, {"where_0": "ftp://x"}, {"where_0": ""}),
        (f"/cohorts/viborg-2024/runs/{run.id}", {"seats": "1"}, {"seats": "2"}),
    ):
        old = fields(coordinator.get(address).text)
        coordinator.post(address, data=old | good | {"where_0": "Salen"})
        refused = coordinator.post(address, data=old | bad)
        again = coordinator.post(address, data=fields(refused.text) | good)
        assert (refused.status_code, again.status_code) == (422, 409)
        assert "Salen" in again.text


def test_more_lines_than_there_is_room_for_are_refused(
    session: Session, coordinator: Client, cohort: Cohort
) -> None:
    """Rather than calling off those that are left out."""
    data = fields(coordinator.get(ADDRESS).text)
    refused = coordinator.post(ADDRESS, data=data | {f"held_on_{number}": "" for number in range(201)})
    assert refused.status_code == 422
    assert "Der er flere end 200 linjer" in refused.text
    assert days(session) == []


def test_new_proposal_moves_only_what_is_not_held(
    make: Factory, session: Session, coordinator: Client, cohort: Cohort
) -> None:
    coordinator.post(ADDRESS, data=fields(coordinator.get(ADDRESS).text))
    make.enrolment(cohort)
    first = session.scalars(select(TeachingSession).order_by(TeachingSession.held_on)).first()
    assert first
    first.register_kept_at = MOMENT
    session.commit()
    page = coordinator.get(ADDRESS + ASKED).text
    assert "Forslaget er ikke gemt" in page
    assert days(session)[-1] == date(2025, 3, 17)
    ids = set(session.scalars(select(TeachingSession.id)))
    assert coordinator.post(ADDRESS, data=fields(page)).status_code == 303
    assert days(session) == [
        date(2025, 3, 3),
        *(date(2025, 4, day) for day in (14, 28)),
        *(date(2025, 5, day) for day in (5, 12)),
    ]
    assert set(session.scalars(select(TeachingSession.id))) == ids
    assert session.scalars(select(OutgoingMail.message)).all() == ["teaching_changed"]


def test_proposal_without_weekdays_says_what_to_choose(
    make: Factory, session: Session, coordinator: Client, cohort: Cohort
) -> None:
    cohort.theory_weekdays = []
    session.commit()
    assert "Vælg, hvilke ugedage der er undervisning." in coordinator.get(ADDRESS).text


def test_page_costs_the_same_for_one_session_as_for_three(
    make: Factory, coordinator: Client, query_count: Count, cohort: Cohort
) -> None:
    run = make.run(cohort, cohort.programme.modules[0])
    make.session_teacher(make.teaching_session(run))
    one = query_count(lambda: coordinator.get(ADDRESS))
    for day in (4, 5):
        more = make.run(cohort, make.module(cohort.programme, day + 10))
        make.session_teacher(make.teaching_session(more, held_on=date(2025, 3, day)))
    assert query_count(lambda: coordinator.get(ADDRESS)) == one


# Runs


def test_run_is_laid_with_seats_and_called_off(
    make: Factory, session: Session, coordinator: Client, cohort: Cohort
) -> None:
    """H-17. H-13: the introduction's last day is for those who have so many."""
    rules = {"paid_peer": "compulsory", "colleague": "compulsory"}
    module: Module = make.module(cohort.programme, 3, minutes=360, rules=rules)
    for rule, number in zip(module.rules, (1, 2), strict=True):
        rule.introduction_days = number
    session.commit()
    [short] = [rule.audience for rule in module.rules if rule.introduction_days == 1]
    address = f"/cohorts/viborg-2024/runs/new{ASKED}&module_id={module.id}"
    page = coordinator.get(address).text
    assert coordinator.post(address, data=fields(page) | {"seats": "0"}).status_code == 422
    assert coordinator.post(address, data=fields(page) | {"seats": "1"}).status_code == 303
    [run] = session.scalars(select(ModuleRun))
    assert (run.seats, run.sign_up, run.module_id) == (1, True, module.id)
    long = next(a for a in (Audience.PAID_PEER, Audience.COLLEAGUE) if a is not short)
    assert [one.audiences for one in run.sessions] == [[], [long.value]]
    own = f"/cohorts/viborg-2024/runs/{run.id}"
    make.sign_up(run, make.enrolment(cohort, audience=Audience.PAID_PEER))
    make.sign_up(run, make.enrolment(cohort, audience=Audience.COLLEAGUE))
    few = coordinator.post(own, data=fields(coordinator.get(own).text))
    assert few.status_code == 422
    assert "2 har allerede meldt sig til" in few.text
    assert coordinator.post(own, data=fields(few.text) | {"seats": "2"}).status_code == 303
    assert "0 af 2" in coordinator.get("/cohorts/viborg-2024/runs").text
    assert coordinator.post(f"{own}/call-off").status_code == 303
    assert session.scalars(select(ModuleRun)).all() == []


def test_list_of_runs_costs_the_same_for_one_as_for_three(
    make: Factory, coordinator: Client, query_count: Count, cohort: Cohort
) -> None:
    def lay(number: int) -> None:
        module = make.module(cohort.programme, number + 10)
        run = make.run(cohort, module, sign_up=True)
        make.session_teacher(make.teaching_session(run))
        make.sign_up(run, make.enrolment(cohort))

    address = "/cohorts/viborg-2024/runs"
    lay(1)
    one = query_count(lambda: coordinator.get(address))
    lay(2)
    lay(3)
    assert query_count(lambda: coordinator.get(address)) == one


@pytest.mark.usefixtures("with_csrf")
def test_saving_needs_the_token(coordinator: Client, cohort: Cohort) -> None:
    assert coordinator.post(ADDRESS, data={}).status_code == 400


def test_coordinator_takes_somebody_off_a_run_that_has_begun(
    make: Factory, session: Session, coordinator: Client, cohort: Cohort
) -> None:
    """H-17: the module counts neither for nor against who has to stop; nobody else is touched."""
    run = make.run(cohort, make.module(cohort.programme, 3), sign_up=True)
    make.teaching_session(run, held_on=date(2025, 1, 6))
    stopping, staying = (make.sign_up(run, make.enrolment(cohort)) for _number in range(2))
    elsewhere = make.sign_up(make.run(cohort, run.module, sign_up=True, number=2), staying.enrolment)
    page = f"/cohorts/viborg-2024/runs/{run.id}"
    answer = coordinator.post(f"{page}/sign-ups/{stopping.id}/remove")
    assert (answer.status_code, answer.location) == (303, f"{page}#sign-ups")
    assert coordinator.post(f"{page}/sign-ups/{elsewhere.id}/remove").status_code == 404
    assert set(session.scalars(select(RunSignUp.id))) == {staying.id, elsewhere.id}
