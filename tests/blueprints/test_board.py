"""The board: who sees what, filters in the address, order, pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
from sqlalchemy.orm import Session

from placements.db import writing
from placements.models.cohorts import Cohort
from placements.models.hosts import Sector
from placements.models.placements import Placement, PlacementStatus
from placements.models.programmes import Programme
from placements.models.users import User
from tests.blueprints.board_pages import choices, students
from tests.conftest import Client
from tests.factories import Factory

AsUser = Callable[[User], Client]
STATEMENTS = 4
"""Who is signed in; the cohorts to choose from; the units, while they are few; the rows."""


# Who sees what


def test_board_shows_own_programmes_only(
    make: Factory, coordinator: Client, place: Callable[..., Placement]
) -> None:
    place("Anna Egen")
    place("Bo Fremmed", cohort=make.cohort(make.programme("hovedstaden"), name="Andres hold"))
    answer = coordinator.get("/placements")
    assert students(answer) == ["Anna Egen"]
    assert "Fremmed" not in answer.text
    assert "Andres hold" not in answer.text


@pytest.mark.parametrize(
    "query", ["cohort=andres", "q=fremmed", "status=draft", "sector=regional", "after=1.2"]
)
def test_filter_opens_nothing_of_others(
    make: Factory, coordinator: Client, place: Callable[..., Placement], query: str
) -> None:
    place("Bo Fremmed", cohort=make.cohort(make.programme("hovedstaden"), slug="andres", name="Andres hold"))
    answer = coordinator.get(f"/placements?{query}")
    assert answer.status_code == 200
    assert "Bo Fremmed" not in answer.text
    assert "Andres hold" not in answer.text


@pytest.mark.parametrize("path", ["/placements", "/placements/1/edit", "/placements/1/row"])
@pytest.mark.parametrize("role", ["admin", "teacher", "host", "student"])
def test_board_is_for_coordinators(
    make: Factory, as_user: AsUser, programme: Programme, role: str, path: str
) -> None:
    people: dict[str, Callable[[], User]] = {
        "admin": make.admin,
        "teacher": lambda: make.teacher(programme),
        "host": lambda: make.host(make.unit()),
        "student": lambda: make.grant(make.user(), "student"),
    }
    assert as_user(people[role]()).get(path).status_code == 403


@pytest.mark.parametrize("path", ["edit", "row"])
def test_row_of_another_programme_is_not_found(
    make: Factory, coordinator: Client, place: Callable[..., Placement], path: str
) -> None:
    foreign = place(cohort=make.cohort(make.programme("hovedstaden")))
    assert coordinator.get(f"/placements/{foreign.id}/{path}").status_code == 404
    assert coordinator.get(f"/placements/999/{path}").status_code == 404


def test_save_of_another_programme_is_not_found_though_they_host_there(
    make: Factory, as_user: AsUser, programme: Programme, place: Callable[..., Placement], session: Session
) -> None:
    """Somebody with two roles sees the placement as a host, and yet may not edit it."""
    foreign = place(cohort=make.cohort(make.programme("hovedstaden")), status="proposed")
    person = make.grant(make.coordinator(programme), "host", unit=foreign.unit)
    answer = as_user(person).post(f"/placements/{foreign.id}/edit", data={"weekly_hours": "9"})
    assert answer.status_code == 404
    assert session.get_one(Placement, foreign.id).weekly_minutes == 360


def test_empty_board_says_what_it_is_for(coordinator: Client) -> None:
    answer = coordinator.get("/placements")
    assert "Her er ingen praktikforløb endnu" in answer.text
    assert '<a class="button button-secondary" href="/offers">Find en praktikplads</a>' in answer.text


# Rows


def test_row_says_everything(make: Factory, coordinator: Client, cohort: Cohort) -> None:
    unit = make.unit("Afsnit Å", sector=Sector.MUNICIPAL)
    supervisor = make.contact(unit, "Vita Vejleder")
    make.follow_up_day(cohort, 1, held_on=date(2025, 1, 22))
    make.follow_up_day(cohort, 2, held_on=date(2025, 3, 5))
    placement = make.placement(
        enrolment=make.enrolment(cohort, make.user("Ída <b>")),
        unit=unit,
        supervisor_id=supervisor.id,
        status="active",
        weekly_minutes=450,
    )
    page = coordinator.get("/placements").text
    row = page[page.index(f'<tr id="placement-{placement.id}"') :].split("</tr>")[0]
    texts = [unescape(text).strip() for text in re.split(r"<[^>]+>", row) if text.strip()]
    assert texts == [
        "Ída <b>",
        "Hold 2024",
        "Afsnit Å",
        "Kommunal",
        "uge 2–14",
        "6. jan. – 6. apr. 2025",
        "Vita Vejleder",
        "7,5",
        "5. mar. 2025",
        "I praktik",
        "Ret",
        "Ída <b>",
    ]


def test_row_of_a_placement_that_is_over_cannot_be_opened(
    coordinator: Client, place: Callable[..., Placement]
) -> None:
    over = place(status="completed")
    assert f"/placements/{over.id}/edit" not in coordinator.get("/placements").text
    answer = coordinator.get(f"/placements/{over.id}/edit")
    assert answer.status_code == 422
    assert "Forløbet er slut og kan ikke rettes." in answer.text


def test_board_asks_the_same_number_of_questions_however_many_there_are(
    make: Factory,
    coordinator: Client,
    place: Callable[..., Placement],
    query_count: Callable[[Callable[[], object]], int],
) -> None:
    units = [make.unit(f"Afsnit {number}") for number in range(3)]
    for number in range(3):
        place(f"Person {number}", unit=units[number])
    few = query_count(lambda: coordinator.get("/placements"))
    for number in range(297):
        place(f"Person {number}", unit=units[number % 3])
    many = query_count(lambda: coordinator.get("/placements"))
    assert (few, many) == (STATEMENTS, STATEMENTS)
    assert query_count(lambda: coordinator.get("/placements?q=person&sort=student")) == STATEMENTS
    assert query_count(lambda: coordinator.get("/placements?sort=status&after=50.50")) == STATEMENTS + 1


# Filters


@pytest.fixture
def mixed(make: Factory, cohort: Cohort, programme: Programme, place: Callable[..., Placement]) -> None:
    north = make.unit("Team Nord", sector=Sector.REGIONAL)
    south = make.unit("Team Syd", sector=Sector.MUNICIPAL)
    later = make.cohort(programme, slug="viborg-2025", name="Hold 2025", practicum_starts_on=date(2026, 1, 5))
    place("Anna Krogh", unit=north, status="active", search_text="anna krogh team nord region vita holm")
    place("Bo Lind", unit=south, status="active", search_text="bo lind team syd kommune")
    place("Carl Bo Dam", unit=north, status="draft", search_text="carl bo dam team nord region")
    place(
        "Dorte Æbelø",
        unit=south,
        cohort=later,
        starts_on=date(2026, 1, 5),
        ends_on=date(2026, 4, 5),
        search_text="dorte æbelø team syd kommune",
    )


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("cohort=viborg-2025", ["Dorte Æbelø"]),
        ("sector=municipal", ["Dorte Æbelø", "Bo Lind"]),
        ("status=active", ["Bo Lind", "Anna Krogh"]),
        ("status=active&sector=regional", ["Anna Krogh"]),
        ("unit=2", ["Dorte Æbelø", "Bo Lind"]),
        ("cohort=viborg-2024&unit=2&status=active", ["Bo Lind"]),
        ("q=krogh", ["Anna Krogh"]),
        ("q=ANNA", ["Anna Krogh"]),
        ("q=nord+carl", ["Carl Bo Dam"]),
        ("q=bo", ["Carl Bo Dam", "Bo Lind"]),  # begins a word; not "æbelø"
        ("q=æbel", ["Dorte Æbelø"]),
        ("q=vita", ["Anna Krogh"]),
        ("q=team&status=active", ["Bo Lind", "Anna Krogh"]),
        ("q=team&cohort=viborg-2025", ["Dorte Æbelø"]),
        ("q=team&sort=student", ["Anna Krogh", "Bo Lind", "Carl Bo Dam", "Dorte Æbelø"]),
        ("q=50%25", []),
        ("q=_nna", []),
        ('q="anna"', []),
        (
            "status=nonsense&sector=&unit=x&sort=age&after=z",
            ["Dorte Æbelø", "Carl Bo Dam", "Bo Lind", "Anna Krogh"],
        ),
    ],
)
def test_filter_shows(mixed: None, coordinator: Client, query: str, expected: list[str]) -> None:
    assert students(coordinator.get(f"/placements?{query}")) == expected


def test_filters_in_use_can_be_removed_one_by_one(mixed: None, coordinator: Client) -> None:
    page = coordinator.get("/placements?cohort=viborg-2024&status=active&q=team&sort=student").text
    tags = page[page.index('class="filter-tags"') : page.index("</ul>", page.index('class="filter-tags"'))]
    assert [unescape(href) for href in re.findall(r'href="(/placements[^"]*)"', tags)] == [
        "/placements?status=active&q=team&sort=student",
        "/placements?cohort=viborg-2024&q=team&sort=student",
        "/placements?cohort=viborg-2024&status=active&sort=student",
    ]
    assert '<a class="filter-clear" href="/placements">Ryd alle</a>' in page


def test_no_hits_says_which_filter_to_give_up(mixed: None, coordinator: Client) -> None:
    page = coordinator.get("/placements?sector=municipal&status=draft&q=anna").text
    ways = page[page.index('class="empty"') :]
    assert re.findall(r"»([^«]+)«</a> – ([^<]+)<", ways) == [
        ("Sektor: Kommunal", "Ingen praktikforløb"),
        ("Status: Kladde", "Ingen praktikforløb"),
        ("Søgning: anna", "1 praktikforløb"),
    ]


def test_search_for_one_letter_says_so_and_filters_nothing(mixed: None, coordinator: Client) -> None:
    answer = coordinator.get("/placements?q=a")
    assert "Skriv mindst to bogstaver" in answer.text
    assert len(students(answer)) == 4


def test_units_are_offered_while_they_are_few(
    make: Factory, mixed: None, coordinator: Client, session: Session
) -> None:
    assert choices(coordinator.get("/placements"), "unit") == ["Alle steder", "Team Nord", "Team Syd"]
    for number in range(61):
        make.unit(f"Sted {number}")
    assert 'name="unit"' not in coordinator.get("/placements").text
    of_cohort = coordinator.get("/placements?cohort=viborg-2025")
    assert choices(of_cohort, "unit") == ["Alle steder", "Team Syd"]
    chosen = coordinator.get("/placements?unit=1")
    assert choices(chosen, "unit") == ["Alle steder", "Team Nord"]


def test_fragment_is_the_board_of_the_page(mixed: None, coordinator: Client) -> None:
    page = coordinator.get("/placements?status=active&q=&cohort=")
    fragment = coordinator.htmx("GET", "/placements?status=active&q=&cohort=")
    board, said = fragment.text.strip().split('<div id="status"')
    assert board.strip() in page.text
    assert "2 praktikforløb" in said
    assert fragment.headers["HX-Push-Url"] == "/placements?status=active"
    assert "<html" not in fragment.text


# Order and pages


@pytest.mark.parametrize(
    ("sort", "column", "order"),
    [
        ("", "Periode", "descending"),
        ("sort=start", "Periode", "ascending"),
        ("sort=student", "Studerende", "ascending"),
        ("sort=-student", "Studerende", "descending"),
        ("sort=status", "Status", "ascending"),
    ],
)
def test_one_column_says_that_it_is_sorted(
    mixed: None, coordinator: Client, sort: str, column: str, order: str
) -> None:
    page = coordinator.get(f"/placements?{sort}").text
    assert re.findall(r'<th scope="col" aria-sort="(\w+)"><a[^>]*>([^<]+)</a>', page) == [(order, column)]


@pytest.mark.parametrize("query", ["", "status=active", "q=person", "q=person&sector=regional"])
@pytest.mark.parametrize("sort", ["start", "-start", "student", "-student", "status", "-status"])
def test_pages_follow_each_other_without_gap_or_repetition(
    make: Factory,
    coordinator: Client,
    cohort: Cohort,
    session: Session,
    sort: str,
    query: str,
) -> None:
    """120 placements of every status in 7 periods; the pages together are the whole, in order."""
    unit = make.unit()
    expected = _many(make, session, cohort, unit.id)
    if "status=active" in query:
        expected = [placement for placement in expected if placement.status is PlacementStatus.ACTIVE]
    key: dict[str, Callable[[Placement], Any]] = {
        "start": lambda p: (p.starts_on, p.id),
        "student": lambda p: (p.student_name, p.id),
        "status": lambda p: (list(PlacementStatus).index(p.status), p.starts_on, p.id),
    }
    expected.sort(key=key[sort.removeprefix("-")], reverse=sort.startswith("-"))
    seen: list[str] = []
    address = f"/placements?{query}&sort={sort}"
    while address:
        answer = coordinator.get(address)
        seen += students(answer)
        following = re.search(r'<a rel="next" href="([^"]+)"', answer.text)
        address = unescape(following[1]) if following else ""
    assert seen == [placement.student_name for placement in expected]


def _many(make: Factory, session: Session, cohort: Cohort, unit_id: int) -> list[Placement]:
    enrolment = make.enrolment(cohort)
    made = [
        Placement(
            programme_id=cohort.programme_id,
            cohort_id=cohort.id,
            enrolment_id=enrolment.id,
            unit_id=unit_id,
            sector=Sector.REGIONAL,
            status=list(PlacementStatus)[number % 9],
            starts_on=date(2025, 1, 6 + number % 7),
            ends_on=date(2025, 4, 6),
            weekly_minutes=360,
            student_name=f"Person {number * 7919 % 1000:03d}",
            search_text=f"person {number}",
        )
        for number in range(120)
    ]
    with writing():
        session.add_all(made)
        session.commit()
    return made


def test_page_says_where_it_is(make: Factory, coordinator: Client, cohort: Cohort, session: Session) -> None:
    _many(make, session, cohort, make.unit().id)
    first = coordinator.get("/placements")
    assert "Viser 1–50 af 120" in first.text
    following = re.search(r'<a rel="next" href="([^"]+)"', first.text)
    assert following is not None
    second = coordinator.get(unescape(following[1]))
    assert "Viser 51–100 af 120" in second.text
    assert '<a class="paging-first" href="/placements">Til begyndelsen</a>' in second.text


def test_board_of_several_programmes_is_merged_in_order(
    make: Factory, as_user: AsUser, programme: Programme, place: Callable[..., Placement]
) -> None:
    other = make.programme("hovedstaden")
    elsewhere = make.cohort(other)
    for number, name in enumerate(["Anna", "Bo", "Carl", "Dina"]):
        place(name, cohort=elsewhere if number % 2 else make.cohort(programme))
    person = make.grant(make.coordinator(programme), "coordinator", programme=other)
    board = as_user(person)
    assert students(board.get("/placements?sort=student")) == ["Anna", "Bo", "Carl", "Dina"]
    assert students(board.get("/placements?sort=status")) == ["Anna", "Bo", "Carl", "Dina"]
    assert students(board.get("/placements?q=afsnit&sort=-student")) == ["Dina", "Carl", "Bo", "Anna"]
