"""`flask --app wsgi programme load FILE.toml`."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select

import placements
from placements.db import db
from placements.models.cohorts import Cohort
from placements.models.events import Event
from placements.models.programmes import Programme

FOLDER = Path(placements.__file__).parent / "programmes"


def run(app: Flask, file: Path) -> Result:
    db.session.rollback()
    result = app.test_cli_runner().invoke(args=["programme", "load", str(file)])
    db.session.rollback()
    return result


def changed(name: str, old: str, new: str, folder: Path) -> Path:
    text = (FOLDER / f"{name}.toml").read_text(encoding="utf-8")
    assert old in text
    file = folder / f"{name}.toml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return file


@pytest.mark.parametrize("name", ["viborg", "hovedstaden"])
def test_load_twice_says_what_is_new_and_then_that_nothing_is(app: Flask, name: str) -> None:
    first = run(app, FOLDER / f"{name}.toml")
    assert (first.exit_code, first.stderr) == (0, "")
    slugs = list(db.session.scalars(select(Cohort.slug).order_by(Cohort.slug)))
    assert first.stdout.splitlines() == [f"{name}: ny", *(f"cohorts.{slug}: ny" for slug in slugs)]
    events = db.session.scalars(select(Event.id)).all()
    second = run(app, FOLDER / f"{name}.toml")
    assert (second.exit_code, second.stdout) == (0, "Uddannelsen er uændret.\n")
    assert db.session.scalars(select(Event.id)).all() == events


def test_load_prints_what_changed(app: Flask, tmp_path: Path) -> None:
    run(app, FOLDER / "viborg.toml")
    result = run(app, changed("viborg", "amount = 14000", "amount = 15000", tmp_path))
    assert (result.exit_code, result.stdout) == (0, "fee.amount: 14000 → 15000\n")
    assert db.session.scalars(select(Programme.fee_amount)).all() == [15000]


@pytest.mark.parametrize(
    ("old", "new", "named", "reason"),
    [
        ("amount = 14000", "ammount = 14000", "[fee]", "Her mangler »amount«."),
        ("weeks = 13", 'weeks = "13"', 'weeks = "13"', "»weeks« skal være et helt tal fra 1 til 104."),
        (
            "weeks = 13",
            "weeks = 14",
            "[theory]",
            "Modulerne har tilsammen 78 timer, men teorien har 84 "
            "(uger gange undervisningsgange gange timer).",
        ),
        (
            "weeks = 13",
            "weeks = = 13",
            "weeks = = 13",
            "Værdien kan ikke læses. Tekster står i anførselstegn, decimaltal med punktum.",
        ),
    ],
)
def test_load_refuses_a_bad_file_and_changes_nothing(
    app: Flask, tmp_path: Path, old: str, new: str, named: str, reason: str
) -> None:
    run(app, FOLDER / "viborg.toml")
    events = db.session.scalars(select(Event.id)).all()
    file = changed("viborg", old, new, tmp_path)
    line = file.read_text(encoding="utf-8").splitlines().index(named) + 1
    result = run(app, file)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines()[0] == f"viborg.toml, linje {line}: {reason}"
    assert "Traceback" not in result.stderr
    assert db.session.scalars(select(Event.id)).all() == events


def test_load_names_every_problem(app: Flask, tmp_path: Path) -> None:
    result = run(app, changed("viborg", "amount = 14000", "ammount = 14000", tmp_path))
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        "viborg.toml, linje 23: Her mangler »amount«.",
        "viborg.toml, linje 25: Nøglen »ammount« kendes ikke her. Mente du »amount«?",
    ]
    assert db.session.scalars(select(Programme.id)).all() == []


def test_load_refuses_the_cohort_of_another_programme(app: Flask, tmp_path: Path) -> None:
    run(app, FOLDER / "viborg.toml")
    file = changed("hovedstaden", 'slug = "hovedstaden-2017"', 'slug = "viborg-2024"', tmp_path)
    result = run(app, file)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        "Holdet viborg-2024 hører allerede til Peer-uddannelsen Viborg. Giv filens hold en anden »slug«.\n"
    )
    assert db.session.scalars(select(Programme.slug)).all() == ["viborg"]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (None, "Filen x.toml kan ikke åbnes."),
        (
            b'slug = "x"\nname = "\xe6"',
            "x.toml, linje 2: Her står et tegn, der ikke er UTF-8. Gem filen som UTF-8.",
        ),
    ],
)
def test_load_refuses_what_is_no_text(app: Flask, tmp_path: Path, data: bytes | None, sentence: str) -> None:
    file = tmp_path / "x.toml"
    if data is not None:
        file.write_bytes(data)
    result = run(app, file)
    assert (result.exit_code, result.stderr) == (1, f"{sentence}\n")


def test_load_reads_a_file_that_begins_with_a_byte_order_mark(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "viborg.toml"
    file.write_bytes(b"\xef\xbb\xbf" + (FOLDER / "viborg.toml").read_bytes().replace(b"\n", b"\r\n"))
    assert run(app, file).exit_code == 0
    assert run(app, FOLDER / "viborg.toml").stdout == "Uddannelsen er uændret.\n"


def test_help(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["programme", "load", "--help"])
    assert result.exit_code == 0
    assert "FILE.toml" in result.stdout
