"""`flask allocate COHORT [--commit] [--json]`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placements.models.cohorts import Cohort
from placements.models.placements import Placement
from placements.models.preferences import RankedOffer, Wishes
from tests.domain.workbooks import ANNA, BO, BROEN, NORD, book, saved
from tests.factories import MOMENT, Factory

CILLE = ["Cille Due", "cille@example.org", "", "Viborg", "Studerende", "2024-09-09"]


@pytest.fixture
def cohort(make: Factory) -> Cohort:
    """Two students who both want the one seat in the region; there is another in the municipality."""
    cohort = make.cohort(slug="viborg-2025")
    north = make.offer(make.unit("Team Nord"), cohort, seats=1)
    house = make.offer(make.unit("Huset", sector="municipal"), cohort, seats=1)
    for name in ("Anna Ager", "Bo Bæk"):
        student = make.enrolment(cohort, make.user(name))
        ranked = [RankedOffer(offer_id=north.id, rank=1), RankedOffer(offer_id=house.id, rank=2)]
        make.keep(Wishes(enrolment_id=student.id, saved_at=MOMENT, ranked=ranked))
    return cohort


def test_allocate_as_json_gives_students_totals_objective_and_reasons(app: Flask, cohort: Cohort) -> None:
    ran = app.test_cli_runner().invoke(args=["allocate", cohort.slug, "--json"])
    data = json.loads(ran.stdout)
    assert data["objective"] == {"unplaced": 0, "deviation": 0, "ranks": 2, "distance": 4}
    assert data["totals"] == {
        "students": 2,
        "placed": 2,
        "unplaced": 0,
        "sectors": {"regional": {"placed": 1, "target": 1}, "municipal": {"placed": 1, "target": 1}},
    }
    assert sorted((one["unit"], one["rank"]) for one in data["students"]) == [("Huset", 2), ("Team Nord", 1)]
    second = next(one for one in data["students"] if one["rank"] == 2)
    assert second["reasons"][-1] == "Det ville være lige så godt. Lodtrækning har afgjort det."
    assert (data["cohort"], data["proposal"], data["status"], len(data["input"])) == (
        "viborg-2025",
        1,
        "proposed",
        64,
    )


def test_allocate_prints_each_student_with_the_reasons(app: Flask, cohort: Cohort) -> None:
    ran = app.test_cli_runner().invoke(args=["allocate", cohort.slug])
    assert ran.exit_code == 0
    assert ran.stdout.startswith("Forslag 1: 2 af 2 får en plads.\n")
    assert "får sit første ønske, Team Nord." in ran.stdout


def test_allocate_commit_makes_the_drafts(app: Flask, session: Session, cohort: Cohort) -> None:
    ran = app.test_cli_runner().invoke(args=["allocate", cohort.slug, "--commit", "--json"])
    session.rollback()
    assert json.loads(ran.stdout)["status"] == "committed"
    assert session.scalar(select(func.count()).select_from(Placement)) == 2


def test_allocate_says_plainly_what_is_wrong(app: Flask, make: Factory) -> None:
    make.cohort(slug="tomt")
    for slug, sentence in (
        ("findes-ikke", "Der er intet hold med navnet findes-ikke.\n"),
        ("tomt", "Alle på holdet har allerede et praktikforløb, så der er ingen at fordele.\n"),
    ):
        ran = app.test_cli_runner().invoke(args=["allocate", slug])
        assert (ran.exit_code, ran.stderr) == (1, sentence)


def test_allocate_a_cohort_that_comes_in_by_its_workbook(app: Flask, make: Factory, tmp_path: Path) -> None:
    """No placements in the sheet, two students, a seat in each sector; then one student more than seats."""
    make.cohort(slug="viborg-2025")
    path, runner = tmp_path / "hold.xlsx", app.test_cli_runner()
    for students in ([ANNA, BO], [ANNA, BO, CILLE]):
        path.write_bytes(saved(book(students=students, sites=[[*NORD[:6], 1], BROEN], practicum=[])))
        taken_in = runner.invoke(args=["cohort", "import", "viborg-2025", str(path)])
        assert (taken_in.exit_code, taken_in.stderr) == (0, "")
        ran = runner.invoke(args=["allocate", "viborg-2025", "--json"])
        data = json.loads(ran.stdout)
        assert data["totals"]["placed"] == 2
        assert data["totals"]["unplaced"] == len(students) - 2
        assert sorted(one["unit"] for one in data["students"] if one["unit"]) == ["Broen", "Team Nord"]
        assert sorted(one["student"] for one in data["students"]) == [row[0] for row in students]
        assert [one for one in data["students"] if not one["reasons"]] == []
    [left] = [one for one in data["students"] if one["offer_id"] is None]
    first, second, third = left["reasons"]
    assert first == f"{left['student']} får ikke en plads."
    assert second.endswith(" kan kun være på Team Nord og Broen, hvor der i alt er 2 pladser.")
    assert third == "Én plads mere der ville give én mere en plads."


def test_allocate_help_describes_the_json(app: Flask) -> None:
    ran = app.test_cli_runner().invoke(args=["allocate", "--help"])
    assert [key for key in ("objective", "totals", "reasons", "rank", "seed") if key not in ran.stdout] == []
