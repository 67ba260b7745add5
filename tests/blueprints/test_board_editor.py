"""A row of the board that is changed in place."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from sqlalchemy.orm import Session

from placements.db import writing
from placements.models.cohorts import Cohort
from placements.models.hosts import Sector
from placements.models.placements import Placement, PlacementStatus
from placements.models.programmes import Programme
from placements.models.users import User
from tests.blueprints.board_pages import choices, fields
from tests.conftest import Client
from tests.factories import Factory

AsUser = Callable[[User], Client]


@pytest.fixture
def row(make: Factory, cohort: Cohort, place: Callable[..., Placement]) -> Placement:
    """Proposed at Team Nord, which has offered seats; Team Syd has offered one too, Team Vest nothing."""
    north, south = make.unit("Team Nord"), make.unit("Team Syd", sector=Sector.MUNICIPAL)
    make.unit("Team Vest")
    offer = make.offer(north, cohort)
    make.offer(south, cohort, seats=1)
    make.contact(north, "Nora Nord")
    make.contact(south, "Sara Syd")
    return place("Anna Krogh", unit=north, offer_id=offer.id, status="proposed")


def opened(board: Client, row: Placement) -> dict[str, str]:
    return fields(board.get(f"/placements/{row.id}/edit"))


def stored(session: Session, row: Placement) -> Placement:
    session.expire_all()
    return session.get_one(Placement, row.id)


def test_editor_offers_what_the_placement_may_have(coordinator: Client, row: Placement) -> None:
    editor = coordinator.htmx("GET", f"/placements/{row.id}/edit")
    assert choices(editor, "status") == ["Afventer praktikværten", "Sagt ja"]
    assert choices(editor, "unit_id") == ["Team Nord – 1 ledig plads", "Team Syd – 1 ledig plads"]
    assert choices(editor, "supervisor_id") == ["Ikke valgt endnu", "Nora Nord", "Sara Syd"]
    assert re.findall(r'<optgroup label="([^"]+)"', editor.text) == ["Team Nord", "Team Syd"]
    assert {name: text for name, text in fields(editor).items() if name not in {"csrf_token", "once"}} == {
        "status": "proposed",
        "unit_id": "1",
        "supervisor_id": "",
        "starts_on": "2025-01-06",
        "ends_on": "2025-04-06",
        "weekly_hours": "6",
        "version": "1",
    }


def test_editor_keeps_the_unit_once_the_agreement_is_signed(
    make: Factory, coordinator: Client, row: Placement, session: Session
) -> None:
    with writing():
        row.status = PlacementStatus.AGREED
        session.commit()
    assert choices(coordinator.get(f"/placements/{row.id}/edit"), "unit_id") == ["Team Nord"]


def test_editor_is_one_row_for_htmx_and_a_page_of_its_own_otherwise(
    coordinator: Client, row: Placement
) -> None:
    fragment = coordinator.htmx("GET", f"/placements/{row.id}/edit?back=status%3Dproposed").text
    page = coordinator.get(f"/placements/{row.id}/edit?back=status%3Dproposed").text
    assert fragment.strip().startswith(f'<tr id="placement-{row.id}" class="row-edit">')
    assert "<h1>Ret forløbet for Anna Krogh</h1>" in page
    assert f'action="/placements/{row.id}/edit?back=status%3Dproposed"' in page
    assert 'href="/placements?status=proposed"' in page
    assert "data-editor" in page


def test_save_changes_the_row_and_returns_it_with_the_focus_on_its_link(
    coordinator: Client, row: Placement, session: Session
) -> None:
    form = opened(coordinator, row) | {
        "supervisor_id": "1",
        "starts_on": "2025-01-13",
        "weekly_hours": "7,5",
        "status": "accepted",
    }
    answer = coordinator.htmx("POST", f"/placements/{row.id}/edit", data=form)
    assert answer.status_code == 200
    html, said = answer.text.split('<div id="status"')
    assert html.strip().startswith(f'<tr id="placement-{row.id}">')
    assert re.search(r'<a class="edit-link"[^>]* autofocus>Ret', html)
    assert [text in html for text in ("Nora Nord", "uge 3–14".replace("–", "&#8211;"), "7,5", "Sagt ja")] == [
        True
    ] * 4
    assert "Forløbet for Anna Krogh er gemt." in said
    placement = stored(session, row)
    assert (placement.status.value, placement.weekly_minutes) == ("accepted", 450)
    assert (placement.supervisor_id, placement.starts_on) == (1, date(2025, 1, 13))


def test_save_without_javascript_returns_to_the_same_board(
    coordinator: Client, row: Placement, session: Session
) -> None:
    form = opened(coordinator, row) | {"weekly_hours": "8"}
    answer = coordinator.post(f"/placements/{row.id}/edit?back=q%3Dkrogh%26sort%3Dstudent", data=form)
    assert answer.status_code == 303
    assert answer.location == f"/placements?q=krogh&sort=student#placement-{row.id}"
    assert stored(session, row).weekly_minutes == 480
    assert "Forløbet for Anna Krogh er gemt." in coordinator.get("/placements").text


def test_return_leads_nowhere_else(coordinator: Client, row: Placement) -> None:
    form = opened(coordinator, row)
    answer = coordinator.post(
        f"/placements/{row.id}/edit?back=//example.org/%3Fq%3Dx%0d%0aSet-Cookie:a", data=form
    )
    assert answer.location.startswith("/placements?q=x+Set-Cookie") or answer.location.startswith(
        "/placements#"
    )
    assert "\n" not in answer.location


def test_save_offers_to_take_back_an_edit_but_not_a_step(coordinator: Client, row: Placement) -> None:
    edited = opened(coordinator, row) | {"weekly_hours": "8"}
    assert "Fortryd" in coordinator.htmx("POST", f"/placements/{row.id}/edit", data=edited).text
    same = opened(coordinator, row)
    assert "Fortryd" not in coordinator.htmx("POST", f"/placements/{row.id}/edit", data=same).text
    step = opened(coordinator, row) | {"status": "accepted"}
    assert "Fortryd" not in coordinator.htmx("POST", f"/placements/{row.id}/edit", data=step).text


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("starts_on", "2024-12-01", "Holdets praktik går fra 6. januar 2025 til 6. april 2025."),
        ("starts_on", "", "Vælg en dato."),
        ("ends_on", "2025-01-01", "Sidste dag ligger før første dag."),
        ("weekly_hours", "mange", "Skriv timer som et tal"),
        ("weekly_hours", "99", "Skriv et antal timer om ugen mellem 1 og 37."),
        ("unit_id", "3", "Vælg et praktiksted, der har tilbudt holdet en plads."),
        ("supervisor_id", "2", "Vælg en praktikvejleder, der arbejder på praktikstedet."),
        ("status", "completed", "Den status kan forløbet ikke få herfra."),
        ("status", "declined", "Den status kan forløbet ikke få herfra."),
    ],
)
def test_save_of_something_wrong_keeps_the_text(
    coordinator: Client, row: Placement, session: Session, field: str, typed: str, sentence: str
) -> None:
    form = opened(coordinator, row) | {"weekly_hours": "7"} | {field: typed}
    answer = coordinator.htmx("POST", f"/placements/{row.id}/edit", data=form)
    assert answer.status_code == 422
    assert sentence in unescape(answer.text)
    assert re.search(rf'<(input|select)[^>]*aria-invalid="true"[^>]*name="{field}"', answer.text)
    kept = fields(answer)
    assert kept["weekly_hours"] == form["weekly_hours"]
    assert kept["ends_on"] == form["ends_on"]
    assert stored(session, row).weekly_minutes == 360


def test_stale_save_shows_both_values_and_loses_nothing(
    make: Factory,
    as_user: AsUser,
    programme: Programme,
    coordinator: Client,
    row: Placement,
    session: Session,
) -> None:
    mine = opened(coordinator, row) | {"weekly_hours": "8"}
    other = as_user(make.coordinator(programme, email="mette@example.org"))
    other.post(
        f"/placements/{row.id}/edit", data=opened(other, row) | {"weekly_hours": "7", "status": "accepted"}
    )
    answer = coordinator.htmx("POST", f"/placements/{row.id}/edit", data=mine)
    assert answer.status_code == 409
    conflict = re.search(r'<th scope="row">Timer om ugen</th><td[^>]*>7</td><td[^>]*>8</td>', answer.text)
    assert conflict is not None
    assert "Karen Koordinator" in answer.text
    assert "Behold min" in answer.text
    assert "Brug den andens" in answer.text
    assert stored(session, row).weekly_minutes == 420
    kept = fields(answer)
    assert (kept["weekly_hours"], kept["version"]) == ("8", str(stored(session, row).version))
    again = coordinator.htmx("POST", f"/placements/{row.id}/edit", data=kept | {"status": "accepted"})
    assert again.status_code == 200
    assert stored(session, row).weekly_minutes == 480


def test_cancel_returns_the_row_as_it_stands(coordinator: Client, row: Placement) -> None:
    answer = coordinator.htmx("GET", f"/placements/{row.id}/row")
    assert answer.text.strip().startswith(f'<tr id="placement-{row.id}">')
    assert " autofocus>Ret" in answer.text
    page = coordinator.get(f"/placements/{row.id}/row?back=status%3Dproposed")
    assert (page.status_code, page.location) == (303, f"/placements?status=proposed#placement-{row.id}")


def test_save_needs_the_token_of_the_form(
    with_csrf: None, coordinator: Client, row: Placement, session: Session
) -> None:
    form = opened(coordinator, row) | {"weekly_hours": "8"}
    without = {name: value for name, value in form.items() if name != "csrf_token"}
    assert coordinator.post(f"/placements/{row.id}/edit", data=without).status_code == 400
    assert stored(session, row).weekly_minutes == 360
    assert coordinator.post(f"/placements/{row.id}/edit", data=form).status_code == 303
    assert stored(session, row).weekly_minutes == 480


def test_editor_asks_the_same_number_of_questions_however_many_units_there_are(
    make: Factory,
    coordinator: Client,
    cohort: Cohort,
    row: Placement,
    query_count: Callable[[Callable[[], object]], int],
) -> None:
    few = query_count(lambda: coordinator.get(f"/placements/{row.id}/edit"))
    for number in range(20):
        make.contact(make.offer(make.unit(f"Team {number}"), cohort).unit)
    many = query_count(lambda: coordinator.get(f"/placements/{row.id}/edit"))
    assert few == many
