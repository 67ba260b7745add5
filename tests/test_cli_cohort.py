"""`flask --app wsgi cohort import COHORT FILE.xlsx [--dry-run]`."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select

from placements.db import db
from placements.models.events import Event
from placements.models.users import User
from tests.domain.workbooks import ANNA, book, saved
from tests.factories import Factory


@pytest.fixture
def file(tmp_path: Path, make: Factory) -> Path:
    make.cohort(slug="viborg-2024")
    path = tmp_path / "hold.xlsx"
    path.write_bytes(saved(book()))
    return path


def run(app: Flask, file: Path, *options: str, cohort: str = "viborg-2024") -> Result:
    db.session.rollback()
    result = app.test_cli_runner().invoke(args=["cohort", "import", cohort, str(file), *options])
    db.session.rollback()
    return result


def test_import_twice_says_what_is_new_and_then_that_nothing_is(app: Flask, file: Path) -> None:
    dry = run(app, file, "--dry-run")
    assert (dry.exit_code, dry.stderr, db.session.scalars(select(User.id)).all()) == (0, "", [])
    assert dry.stdout.splitlines()[0] == "Deltagere, nye: Anna Holm (anna@example.org)"
    assert dry.stdout.splitlines()[-1] == "Prøvekørsel, intet er gemt: 12 nye, 0 ændrede."
    assert run(app, file).stdout.splitlines()[-1] == "Gemt: 12 nye, 0 ændrede."
    events = db.session.scalars(select(Event.id)).all()
    again = run(app, file)
    assert (again.exit_code, again.stdout) == (0, "Filen ændrer intet: alt findes i forvejen.\n")
    assert db.session.scalars(select(Event.id)).all() == events


def test_import_names_each_bad_cell_and_changes_nothing(app: Flask, file: Path) -> None:
    file.write_bytes(saved(book(students=[[*ANNA[:3], "Vborg", "Studerende", "9/9/24"]], practicum=[])))
    events = db.session.scalars(select(Event.id)).all()
    result = run(app, file)
    assert (result.exit_code, db.session.scalars(select(Event.id)).all()) == (1, events)
    assert result.stderr.splitlines() == [
        "Studerende, række 2, kolonne D (Kommune): »Vborg« Den kommune kendes ikke. Mente du »Viborg«?",
        "Studerende, række 2, kolonne F (Startdato): »9/9/24« Datoen kan ikke læses. "
        "Skriv den som 6.1.2025 eller 2025-01-06. Mente du »9.9.2024«?",
        "Intet er ændret. Ret 2 steder i hold.xlsx, og prøv igen.",
    ]


def test_import_refuses_a_wrong_file_or_cohort_in_a_sentence(app: Flask, file: Path, tmp_path: Path) -> None:
    (tmp_path / "csv.xlsx").write_text("Navn;E-mail\n")
    results = [
        run(app, tmp_path / "csv.xlsx"),
        run(app, tmp_path / "gone.xlsx"),
        run(app, file, cohort="no-such"),
    ]
    assert [result.exit_code for result in results] == [1, 1, 1]
    assert [result.stderr.splitlines()[0][:40] for result in results] == [
        "Filen er ikke en Excel-projektmappe (.xl",
        "Filen gone.xlsx kan ikke åbnes.",
        "Der er intet hold med navnet no-such.",
    ]
