"""A programme's pages: what it says, its file, and the change of each part on screen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.blueprints.programmes.sections import SECTIONS
from placements.domain.programme_exports import as_file
from placements.domain.programme_files import read
from placements.models.programmes import Criterion, Module, Programme
from placements.models.users import User
from tests.blueprints.filled_forms import filled
from tests.conftest import Client
from tests.domain.test_programme_edits import FILES, export_changes, loaded
from tests.factories import Factory

As = Callable[[User], Client]


@pytest.fixture
def viborg(session: Session) -> Programme:
    return loaded(session, "viborg")


@pytest.fixture
def coordinator(make: Factory, as_user: As, viborg: Programme) -> Client:
    return as_user(make.coordinator(viborg))


def send(browser: Client, path: str, action: str = "", **changed: Any) -> Any:
    """Open the page, change some of its form, send it."""
    form = filled(browser.get(path).text, action or path)
    for name, value in changed.items():
        form.setlist(name.replace("__", "-"), value if isinstance(value, list) else [value])
    return browser.post(action or path, data=form)


def test_export_is_the_file(coordinator: Client, viborg: Programme, session: Session) -> None:
    answer = coordinator.get("/programmes/viborg.toml")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="viborg.toml"'
    file = read(answer.text, "viborg.toml")
    assert [cohort.slug for cohort in file.cohorts] == ["viborg-2024", "viborg-2025"]
    assert export_changes(session, viborg) == []


@pytest.mark.parametrize("name", FILES)
def test_every_part_of_every_programme_is_shown_and_saved_as_it_is(
    make: Factory, as_user: As, session: Session, name: str
) -> None:
    """H, V and a third that is unlike both (D-03): what nobody changes on screen stays to the letter."""
    programme = loaded(session, name)
    browser, before = as_user(make.coordinator(programme)), as_file(programme, ())
    page = browser.get(f"/programmes/{name}").text
    for part in SECTIONS:
        path = f"/programmes/{name}/edit/{part}"
        assert f'href="{path}"' in page
        assert send(browser, path).status_code == 303, part
    assert as_file(programme, ()) == before
    assert programme.version == 1
    assert export_changes(session, programme) == []


def test_parts_are_changed_on_screen(coordinator: Client, viborg: Programme, session: Session) -> None:
    edit = "/programmes/viborg/edit"
    for part, changed in {
        "basics": {
            "partners": "Randers Kommune\r\n\r\n  Skive   Kommune",
            "home_municipalities": "Viborg, Skive",
        },
        "organisers": {"organisers-name": ["Skolen", "Den nye skole"], "organisers-from": ["", "2026-01-01"]},
        "fee": {"payer": "employer", "amount": "12000", "when": "always"},
        "practicum": {"regional": "33,3", "municipal": "66,7", "hours_per_week": "7,5"},
        "completion": {"excused": "absent", "deadline_months": "18"},
        "statuses": {"statuses-name": ["På skærm", ""], "statuses-counts_as": ["present", "present"]},
        "network": {"partner": "Peernetværket"},
        "outcomes": {"outcomes-group": ["Du kan"], "outcomes-points": ["Lytte\nSpørge"]},
    }.items():
        assert send(coordinator, f"{edit}/{part}", **changed).status_code == 303, part
    file = as_file(viborg, ())
    assert file.partners == ("Randers Kommune", "Skive Kommune")
    assert [(each.name, each.from_, each.to) for each in file.organisers] == [
        ("Skolen", None, date(2026, 1, 1)),
        ("Den nye skole", date(2026, 1, 1), None),
    ]
    assert viborg.organiser_on(date(2025, 12, 31)) == "Skolen"
    assert viborg.organiser_on(date(2026, 1, 1)) == "Den nye skole"
    assert (viborg.fee_amount, viborg.practicum_weekly_minutes, viborg.excused_left_out) == (
        12000,
        450,
        False,
    )
    assert viborg.sector_shares == {"regional": 0.333, "municipal": 0.667}
    assert [status.name for status in viborg.statuses] == ["På skærm"]
    assert file.outcomes[0].points == ("Lytte", "Spørge")
    assert export_changes(session, viborg) == []


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    (
        "basics",
        {"home_municipalities": ""},
        "Skriv først uddannelsens hjemkommuner under Grundoplysninger.",
    ),
    ("fee", {"payer": "none"}, "Når ingen betaler, skal beløbet være 0."),
    ("theory", {"weeks": ""}, "Skriv både uger og gange om ugen, eller lad begge stå tomme."),
    ("theory", {"weeks": "12"}, "Modulerne har tilsammen 78 timer, men teorien har 72"),
    ("theory", {"hours_per_session": ""}, "Skriv, hvor længe en undervisningsgang varer."),
    ("practicum", {"regional": "40"}, "Andelene skal give 100 procent tilsammen."),
    ("practicum", {"weeks": ""}, "Viborg 2024: Holdet har en dato for praktikken"),
    ("completion", {"attendance_percent": "101"}, "skal være et helt tal fra 0 til 100"),
    ("network", {"offered_to": ["colleague"]}, "Ingen af modulerne er for målgruppen »Kollega«."),
    (
        "organisers",
        {"organisers-name": ["A", "B"]},
        "Skriv den dag, hvor der skiftes fra A til den næste.",
    ),
    ("organisers", {"organisers-name": ["", ""]}, "Skriv, hvem der står for uddannelsen."),
    (
        "outcomes",
        {"outcomes-group": ["Du kan"], "outcomes-points": [" "]},
        "Nr. 1: Her mangler »Punkter«.",
    ),
]


def test_part_is_refused_by_the_rules_of_the_file(coordinator: Client, viborg: Programme) -> None:
    before = as_file(viborg, ())
    for part, changed, sentence in REFUSED:
        answer = send(coordinator, f"/programmes/viborg/edit/{part}", **changed)
        assert (answer.status_code, sentence in answer.text) == (422, True), sentence
    assert as_file(viborg, ()) == before


def test_part_that_somebody_else_changed_is_not_overwritten(coordinator: Client, viborg: Programme) -> None:
    path = "/programmes/viborg/edit/basics"
    mine = filled(coordinator.get(path).text, path)
    send(coordinator, "/programmes/viborg/edit/completion", deadline_months="12")
    mine["name"] = "Mit navn"
    answer = coordinator.post(path, data=mine)
    assert answer.status_code == 409
    assert "nåede at gemme før dig" in answer.text
    assert viborg.name == "Peer-uddannelsen Viborg"


def test_criterion_keeps_its_key_and_a_new_one_gets_one(coordinator: Client, session: Session) -> None:
    path = "/programmes/viborg/edit/selection"
    form = filled(coordinator.get(path).text, path)
    texts, keys = form.getlist("criteria-text"), form.getlist("criteria-key")
    texts[0], texts[1], texts[-1] = "Du er fyldt 21 år.", "", "Du kan møde ærligt op."
    form.setlist("criteria-text", texts)
    assert coordinator.post(path, data=form).status_code == 303
    found = list(session.scalars(select(Criterion).order_by(Criterion.position)))
    assert (found[0].key, found[0].text) == (keys[0], "Du er fyldt 21 år.")
    assert keys[1] not in {each.key for each in found}
    assert (found[-1].key, found[-1].text) == ("du_kan_moede_aerligt", "Du kan møde ærligt op.")


# Modules


def numbers(session: Session) -> list[tuple[int, str, int]]:
    rows = session.scalars(select(Module).order_by(Module.number))
    return [(row.number, row.title[:12], row.minutes // 60) for row in rows][-3:]


def test_module_is_added_with_hours_of_another_and_removed(coordinator: Client, session: Session) -> None:
    """V-05: the hours go on giving 78."""
    path = "/programmes/viborg/modules/new"
    new = {"title": "Sprog og magt", "text": "Om ord.", "hours": "3"}
    refused = send(coordinator, path, **new)
    assert refused.status_code == 422
    assert "Modulerne har tilsammen 81 timer" in refused.text
    assert send(coordinator, path, **new, balance="6").status_code == 303
    assert numbers(session) == [(6, "Kommunikatio", 9), (7, "Roller og gr", 9), (8, "Sprog og mag", 3)]
    gone = send(
        coordinator,
        "/programmes/viborg/modules/8",
        "/programmes/viborg/modules/8/remove",
        **{"remove-balance": "6"},
    )
    assert gone.status_code == 303
    assert numbers(session) == [(5, "Livshistorie", 12), (6, "Kommunikatio", 12), (7, "Roller og gr", 9)]


def test_module_takes_the_place_of_another_and_stays_the_same(coordinator: Client, session: Session) -> None:
    before = {row.title: row.id for row in session.scalars(select(Module))}
    assert send(coordinator, "/programmes/viborg/modules/7", number="1", title="Roller").status_code == 303
    rows = {row.number: row for row in session.scalars(select(Module))}
    assert rows[1].id == before["Roller og grænser"]
    assert rows[7].id == before["Peer-faglighed og erfaringskompetence"]


def test_module_in_use_is_not_removed(
    coordinator: Client, make: Factory, viborg: Programme, session: Session
) -> None:
    make.run(make.cohort(viborg, slug="viborg-2026"), viborg.modules[1])
    page = "/programmes/viborg/modules/2"
    answer = send(coordinator, page, f"{page}/remove", **{"remove-balance": "1"})
    assert answer.status_code == 422
    assert "Modul 2, Recovery og empowerment, er i brug og kan ikke fjernes." in answer.text
    assert len(session.scalars(select(Module)).all()) == 7


# The matrix


@pytest.fixture
def hovedstaden(session: Session) -> Programme:
    return loaded(session, "hovedstaden")


def cell(programme: Programme, number: int, audience: str) -> tuple[str, int | None, int]:
    [module] = [module for module in programme.modules if module.number == number]
    [rule] = [rule for rule in module.rules if rule.audience == audience]
    return rule.rule, rule.introduction_days, rule.extra_minutes


def test_cell_is_changed_alone_and_said_aloud(
    make: Factory, as_user: As, hovedstaden: Programme, session: Session
) -> None:
    """H-12, H-15: the row comes back with the focus on the cell, in the page and to htmx alike."""
    browser = as_user(make.coordinator(hovedstaden))
    path = "/programmes/hovedstaden/matrix/2/colleague"
    form = filled(browser.htmx("GET", path).text, path)
    answer = browser.htmx("POST", path, data={**form.to_dict(), "rule": "compulsory"})
    assert answer.text.lstrip().startswith('<tbody id="module-2">')
    assert answer.text.count("autofocus") == 1
    assert "Individuel peer-støtte, kollega: obligatorisk" in answer.text
    assert cell(hovedstaden, 2, "colleague") == ("compulsory", None, 0)
    plain = send(browser, "/programmes/hovedstaden/matrix/3/student", rule="elective")
    assert plain.location == "/programmes/hovedstaden/matrix/3?cell=student#module-3"
    page = browser.get(plain.location).text
    assert page.count('autofocus>Valgfrit<span class="sr-only"> – ret studerende i') == 1
    assert export_changes(session, hovedstaden) == []


def test_introduction_follows_its_days(make: Factory, as_user: As, hovedstaden: Programme) -> None:
    """H-13, H-14: four hours a day for those who have most days; without an offer there are no days."""
    browser = as_user(make.coordinator(hovedstaden))
    matrix = "/programmes/hovedstaden/matrix/1"
    assert send(browser, f"{matrix}/paid_peer", introduction_days="5", extra_hours="2,5").status_code == 303
    assert cell(hovedstaden, 1, "paid_peer") == ("compulsory", 5, 150)
    assert hovedstaden.modules[0].minutes == 20 * 60
    assert send(browser, f"{matrix}/paid_peer", rule="not_offered").status_code == 303
    assert cell(hovedstaden, 1, "paid_peer") == ("not_offered", None, 0)
    assert hovedstaden.modules[0].minutes == 16 * 60
    refused = send(browser, f"{matrix}/colleague", introduction_days="61")
    assert refused.status_code == 422
    assert "skal være et helt tal fra 1 til 60" in refused.text


@pytest.mark.parametrize("more", [0, 4])
def test_matrix_has_a_fixed_number_of_queries(
    make: Factory, as_user: As, hovedstaden: Programme, query_count: Callable[..., int], more: int
) -> None:
    for number in range(10, 10 + more):
        make.module(hovedstaden, number)
    browser = as_user(make.coordinator(hovedstaden))
    assert query_count(lambda: browser.get("/programmes/hovedstaden/matrix")) == 4


@pytest.mark.usefixtures("with_csrf")
def test_part_without_a_token_is_refused(coordinator: Client) -> None:
    assert coordinator.post("/programmes/viborg/edit/basics", data={"name": "x"}).status_code == 400


def test_a_coordinator_who_only_teaches_here_changes_nothing(
    make: Factory, as_user: As, viborg: Programme
) -> None:
    teacher = make.coordinator(make.programme("another"))
    make.grant(teacher, "teacher", programme=viborg)
    browser = as_user(teacher)
    assert browser.get("/programmes/viborg").status_code == 200
    for path in ("edit/basics", "modules/new", "modules/2", "matrix", "matrix/2", "matrix/2/student"):
        assert browser.get(f"/programmes/viborg/{path}").status_code == 404


# The file, taken in on screen


def upload(client: Client, text: str) -> Any:
    file = BytesIO(text.encode()), "viborg.toml"
    return client.post("/programmes/load", data={"file": file}, content_type="multipart/form-data")


def test_file_shows_what_it_changes_and_is_loaded_once_confirmed(
    coordinator: Client, viborg: Programme
) -> None:
    text = coordinator.get("/programmes/viborg.toml").text
    assert "Filen ændrer intet" in upload(coordinator, text).text
    preview = upload(coordinator, text.replace("Randers Kommune", "Skive Kommune"))
    assert "Filen ændrer én ting" in preview.text
    assert "Skive Kommune" not in viborg.partners
    confirmed = filled(preview.text, "/programmes/load/confirm")
    assert coordinator.post("/programmes/load/confirm", data=confirmed).location == "/programmes/viborg"
    assert "Skive Kommune" in viborg.partners
    confirmed.pop("once")
    again = coordinator.post("/programmes/load/confirm", data=confirmed)
    assert (again.status_code, "Vælg filen igen." in again.text) == (422, True)


def test_bad_file_is_refused_with_each_line(
    coordinator: Client, make: Factory, as_user: As, viborg: Programme
) -> None:
    text = coordinator.get("/programmes/viborg.toml").text
    bad = upload(coordinator, text.replace("amount = 14000", "ammount = 14000"))
    assert bad.status_code == 422
    assert "viborg.toml, linje" in bad.text
    assert "Mente du »amount«?" in bad.text
    third = FILES["tredje"].read_text("utf-8")
    assert "den uddannelse koordinerer du ikke" in upload(coordinator, third).text
    assert "tredje: ny" in upload(as_user(make.admin()), third).text
    assert "Vælg en fil først." in coordinator.post("/programmes/load", data={}).text
