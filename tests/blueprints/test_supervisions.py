"""Supervisions counted (D-02), and the log that coordinators alone see."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.domain import visits
from placements.models.placements import Placement
from placements.models.supervisions import Supervision, SupervisionForm
from placements.models.users import User
from placements.models.visits import Visit, VisitKind
from tests.conftest import Client
from tests.factories import Factory

AsUser = Callable[[User], Client]
Count = Callable[[Callable[[], object]], int]
SENT = {"held_on": "2025-01-22", "minutes": "1,5", "held_by": "Sus Psykolog", "form": "group"}
LINE = {"held_on": "2025-01-22", "kind": "phone", "people": "Vejlederen", "line": "Ugeplanen er ændret"}


@pytest.fixture
def placement(make: Factory, place: Callable[..., Placement]) -> Placement:
    placement = place(status="active")
    placement.cohort.programme.supervisions = 2
    make.grant(placement.enrolment.user, "student")
    return placement


@pytest.fixture
def host(make: Factory, as_user: AsUser, placement: Placement) -> Client:
    return as_user(make.host(placement.unit))


@pytest.fixture
def student(as_user: AsUser, placement: Placement) -> Client:
    return as_user(placement.enrolment.user)


def text(answer: str) -> str:
    return " ".join(BeautifulSoup(answer, "html.parser").text.split())


def logged(make: Factory, placement: Placement, line: str = "Første besøg", day: int = 14) -> Visit:
    return make.keep(
        Visit(
            placement_id=placement.id,
            held_on=date(2025, 1, day),
            kind=VisitKind.VISIT,
            people="Vejlederen",
            line=line,
        )
    )


# Supervisions


def test_supervision_is_registered_by_host_and_counted_for_all(
    session: Session, host: Client, coordinator: Client, student: Client, placement: Placement
) -> None:
    """D-02: 1 af 2."""
    here = f"/placements/{placement.id}/supervisions"
    assert host.post(here, data=SENT).location == here
    kept = session.scalars(select(Supervision)).one()
    assert (kept.minutes, kept.held_by, kept.form) == (90, "Sus Psykolog", SupervisionForm.GROUP)
    for reader in (host, coordinator, student):
        assert "1 af 2" in text(reader.get(here).text)
        assert "1 af 2" in text(reader.get(f"/placements/{placement.id}").text)
    assert "<form" not in student.get(here).text.partition("<main")[2].partition("</main")[0]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"held_on": "2025-02-04"}, "Datoen er ikke kommet endnu."),
        ({"held_on": "2025-01-05"}, "Datoen ligger uden for praktikken (6. januar 2025 til 6. april 2025)."),
        ({"minutes": "9"}, "Skriv timer mellem 0 og 8."),
        ({"held_by": " "}, "Skriv navnet på den, der holdt supervisionen."),
        ({"form": "opera"}, "Det er ikke et af valgene."),
    ],
)
def test_supervision_that_cannot_be_is_refused(
    session: Session, host: Client, placement: Placement, wrong: dict[str, str], sentence: str
) -> None:
    answer = host.post(f"/placements/{placement.id}/supervisions", data=SENT | wrong)
    assert (answer.status_code, session.scalars(select(Supervision)).all()) == (422, [])
    assert BeautifulSoup(answer.text, "html.parser").select_one(".form-error-message") is not None
    if wrong.get("form") is None:
        assert sentence in text(answer.text)


def test_supervision_before_the_practicum_begins_is_refused(
    make: Factory, host: Client, placement: Placement
) -> None:
    placement.status = "agreed"  # type: ignore[assignment]
    make.keep(placement)
    answer = host.post(f"/placements/{placement.id}/supervisions", data=SENT)
    assert (answer.status_code, "når praktikken er i gang" in answer.text) == (422, True)


def test_supervision_is_removed_once(session: Session, host: Client, placement: Placement) -> None:
    here = f"/placements/{placement.id}/supervisions"
    host.post(here, data=SENT)
    path = f"{here}/{session.scalars(select(Supervision.id)).one()}/remove"
    assert host.post(path, data={"version": "7"}).status_code == 409
    assert host.post(path, data={"version": "1"}).location == here
    assert host.post(path, data={"version": "1"}).status_code == 404


# The log


def test_visit_is_written_and_read_by_coordinators_alone(
    session: Session, coordinator: Client, host: Client, student: Client, placement: Placement
) -> None:
    here = f"/placements/{placement.id}/visits"
    assert coordinator.post(here, data=LINE).location == here
    assert "Ugeplanen er ændret" in coordinator.get(here).text
    visit = session.scalars(select(Visit)).one()
    for reader in (host, student):
        pages = [reader.get(here), reader.get(f"{here}/{visit.id}/edit"), reader.post(here, data=LINE)]
        assert [page.status_code for page in pages] == [404, 404, 404]
        assert here not in reader.get(f"/placements/{placement.id}").text


def test_visit_on_a_day_to_come_is_refused(coordinator: Client, placement: Placement) -> None:
    answer = coordinator.post(f"/placements/{placement.id}/visits", data=LINE | {"held_on": "2025-02-04"})
    assert (answer.status_code, "Datoen er ikke kommet endnu." in answer.text) == (422, True)


def test_visit_edited_by_another_is_a_conflict(
    make: Factory, session: Session, coordinator: Client, placement: Placement
) -> None:
    visit = logged(make, placement)
    path = f"/placements/{placement.id}/visits/{visit.id}/edit"
    assert coordinator.post(path, data=LINE | {"version": "1"}).status_code == 303
    answer = coordinator.post(path, data=LINE | {"version": "1", "line": "Noget andet"})
    assert (answer.status_code, "Ugeplanen er ændret" in answer.text) == (409, True)
    assert session.scalars(select(Visit.line)).one() == "Ugeplanen er ændret"


def test_line_is_not_repeated_in_the_history(
    make: Factory, coordinator: Client, placement: Placement
) -> None:
    logged(make, placement, "Kun her")
    page = coordinator.get(f"/placements/{placement.id}").text
    assert ("Et besøg eller en kontakt blev skrevet" in page, "Kun her" in page) == (True, False)


def test_log_is_paged_from_the_newest(
    make: Factory, session: Session, coordinator: Client, query_count: Count, placement: Placement
) -> None:
    here = f"/placements/{placement.id}/visits"
    logged(make, placement, "Linje 0", 1)
    few = query_count(lambda: coordinator.get(here))
    for number in range(1, visits.SHOWN + 2):
        logged(make, placement, f"Linje {number}", 1 + number // 2)
    assert query_count(lambda: coordinator.get(here)) == few
    first = visits.page_of(session, placement)
    second = visits.page_of(session, placement, after=first.after)
    lines = [visit.line for visit in (*first.visits, *second.visits)]
    assert lines == [f"Linje {number}" for number in reversed(range(visits.SHOWN + 2))]
    assert (len(first.visits), first.number, second.after) == (25, 27, None)
    assert "Linje 0" in coordinator.get(f"{here}?after={first.after}").text
